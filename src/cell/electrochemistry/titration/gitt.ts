import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Electrochemistry } from '../../../model/electrochemistry.js'
import { linearRegression } from '../../../numeric/statistics/linearRegression.js'
import { type CyclingColumns, cyclingColumns } from '../columns.js'
import { type DiffusionGeometry, type DiffusionPath, diffusionPath } from './diffusionLength.js'
import { type CurrentPulse, pulsesIn } from './findPulses.js'
import { type DiffusionFit, fitPulse } from './fitPulse.js'
import { fluxResponse } from './fluxResponse.js'

/** Options of {@link gitt}. */
export interface GittOptions {
  /** Along what ions diffuse. */
  readonly geometry: DiffusionGeometry
  /** Part of the pulse in which E is fitted against the root of time, as fractions of its duration. Default 0.05 to 0.5: after ohmic drop and double layer. */
  readonly window?: readonly [number, number] | undefined
  /** Whether the full solution for finite diffusion is fitted to pulse and relaxation as well. Default true. */
  readonly fit?: boolean | undefined
}

const OPTIONS: FieldsOf<GittOptions> = { geometry: true, window: true, fit: true }

/** What a pulse of a titration tells. */
export interface GittStep {
  /** The pulse. */
  readonly pulse: CurrentPulse
  /** Potential of the rest before, V. */
  readonly potential: number
  /** Composition at the rest before, if the record has x. */
  readonly x: number | null
  /** Change of the rest potential over the pulse, V: that of the thermodynamic curve. */
  readonly steadyChange: number
  /** Slope of E against the root of time within the window, V/√s. */
  readonly slope: number
  /** Square of the correlation of E with the root of time: 1 for a straight line. */
  readonly straightness: number
  /** Change of E without the ohmic drop over the pulse, slope times root of its duration, V. */
  readonly transientChange: number
  /** Drop where the straight line begins, over the current: ohmic and charge transfer, Ω. */
  readonly resistance: number
  /** Diffusion coefficient of Weppner and Huggins, cm²/s; `null` where it makes no sense (see `doubts`). */
  readonly diffusion: number | null
  /** Duration of the pulse over the diffusion time L²/D: the method wants it much below 1. */
  readonly ratio: number | null
  /** By how much the method errs at that ratio, window and geometry: D found over D true, minus 1. */
  readonly bias: number | null
  /** Whether it errs by less than 10 %, on a straight line, after a rest that had come to its end. */
  readonly valid: boolean
  /** Why it is not. */
  readonly doubts: readonly ('biased' | 'not straight' | 'not relaxed' | 'opposite signs' | 'few points')[]
  /** The full solution for finite diffusion, fitted; `null` when not asked for or with fewer than 8 rows. */
  readonly fit: DiffusionFit | null
}

/** D found over D true - 1 when the exact response at this D is read as the root of time. */
function biasOf(diffusion: number, times: readonly number[], path: DiffusionPath): number {
  const perSecond = diffusion / path.length ** 2
  const roots = times.map(t => Math.sqrt(t))
  const { slope } = linearRegression(
    roots,
    times.map(t => fluxResponse(t * perSecond, path.kind)),
  )
  const share = path.kind === 'planar' ? 1 : 3
  // the response without end is 2 sqrt(theta / pi) over volume/area in units of the length
  const ideal = (2 * Math.sqrt(perSecond / Math.PI)) / share
  return (ideal / slope) ** 2 - 1
}

/**
 * Whether less than a twentieth of the change that the pulse made is still to come: what remains is judged from the thirds of the rest, as of an
 * exponential (Aitken).
 */
function relaxed({ time, potential }: CyclingColumns, { to, restTo }: CurrentPulse, change: number): boolean {
  const end = restTo - 1
  const from = time[to - 1]!
  const at = (share: number): number => {
    let i = to
    while (i < end && time[i]! < from + share * (time[end]! - from)) i++
    return potential[i]!
  }
  const before = at(2 / 3) - at(1 / 3)
  const last = potential[end]! - at(2 / 3)
  const ratio = before === 0 ? 0 : last / before
  const remaining = ratio > 0 ? (last * ratio) / (1 - Math.min(ratio, 0.95)) : last
  return Math.abs(remaining) <= 0.05 * Math.abs(change)
}

function describe(
  columns: CyclingColumns,
  pulse: CurrentPulse,
  path: DiffusionPath,
  options: GittOptions,
  x: number | null,
): GittStep {
  const { time, potential } = columns
  const [begin, end] = options.window ?? [0.05, 0.5]
  const rows: number[] = []
  for (let i = pulse.from; i < pulse.to; i++) {
    const share = (time[i]! - pulse.start) / pulse.duration
    if (share >= begin && share <= end) rows.push(i)
  }
  const equilibrium = potential[pulse.before]!
  const steadyChange = potential[pulse.restTo - 1]! - equilibrium
  const base = { pulse, potential: equilibrium, x, steadyChange }
  const times = rows.map(i => time[i]! - pulse.start)
  if (rows.length < 3 || times.at(-1) === times[0] || rows.some(i => !Number.isFinite(potential[i])))
    return {
      ...base,
      slope: 0,
      straightness: 0,
      transientChange: 0,
      resistance: 0,
      diffusion: null,
      ratio: null,
      bias: null,
      valid: false,
      doubts: ['few points'],
      fit: null,
    }
  const line = linearRegression(
    times.map(t => Math.sqrt(t)),
    rows.map(i => potential[i]!),
  )
  const doubts: GittStep['doubts'][number][] = []
  const transientChange = line.slope * Math.sqrt(pulse.duration)
  const same = line.slope * steadyChange > 0
  const diffusion = same ? (4 / Math.PI) * ((path.volumeOverArea * steadyChange) / (line.slope * pulse.duration)) ** 2 : null
  const bias = diffusion === null ? null : biasOf(diffusion, times, path)
  const straightness = line.correlation ** 2
  if (!same) doubts.push('opposite signs')
  if (straightness < 0.99) doubts.push('not straight')
  if (!relaxed(columns, pulse, steadyChange)) doubts.push('not relaxed')
  if (bias !== null && !(Math.abs(bias) < 0.1)) doubts.push('biased')
  return {
    ...base,
    slope: line.slope,
    straightness,
    transientChange,
    resistance: (line.intercept - equilibrium) / pulse.current,
    diffusion,
    ratio: diffusion === null ? null : (pulse.duration * diffusion) / path.length ** 2,
    bias,
    valid: doubts.length === 0,
    doubts,
    fit: options.fit === false ? null : fitPulse(columns, pulse, path, diffusion),
  }
}

/**
 * Galvanostatic intermittent titration: the diffusion coefficient at each pulse between rests, D = 4/(π τ) (V/A)² (ΔE_s / ΔE_t)², with its conditions checked
 * and, beside it, the full solution for diffusion in a body of finite size, which needs no pulse shorter than L²/D.
 *
 * Both assume that the potential follows the surface concentration in proportion within one pulse, one diffusion length and a D that is constant
 * within a pulse: across a two-phase plateau the number is no diffusion coefficient. D goes with the square of the length given.
 *
 * @param echem   A record with pulses between rests.
 * @param options Geometry, window.
 * @returns One step a pulse, in order; none if the record has no pulses.
 * @throws OperandoError `E_MISSING` without geometry, `E_RANGE` for a length or a window out of range, `E_TIME` where time falls.
 * @see Weppner & Huggins, J. Electrochem. Soc. 124 (1977) 1569; Crank, The Mathematics of Diffusion (1975)
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { gitt } from 'operando/cell'
 * const time = Array.from({ length: 121 }, (_, i) => 10 * i)
 * const echem = createElectrochemistry({
 *   time,
 *   current: time.map(t => (t > 0 && t <= 600 ? 1e-4 : 0)),
 *   potential: time.map(t => 3.6 + (t === 0 ? 0 : t <= 600 ? 0.01 + 0.001 * Math.sqrt(t) : 0.004 + 0.02 * Math.exp(-(t - 600) / 60))),
 * })
 * gitt(echem, { geometry: { sphere: '5 µm' } })[0]!.diffusion // cm²/s
 * ```
 */
export function gitt(echem: Electrochemistry, options: GittOptions): GittStep[] {
  assertKnown(options, 'gitt options', OPTIONS)
  assertFields(options, 'gitt options', ['geometry'])
  const path = diffusionPath(options.geometry)
  const [begin, end] = options.window ?? [0.05, 0.5]
  if (!(begin >= 0 && begin < end && end <= 1))
    throw new OperandoError('E_RANGE', `window is [${begin}, ${end}]: two rising fractions of the pulse from 0 to 1 expected.`)
  const columns = cyclingColumns(echem)
  return pulsesIn(columns).map(pulse => {
    const x = echem.x?.values[pulse.before]
    return describe(columns, pulse, path, options, x === undefined || Number.isNaN(x) ? null : x)
  })
}
