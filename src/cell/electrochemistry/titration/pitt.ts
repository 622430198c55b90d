import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { type Potential, toValue } from '../../../core/quantity.js'
import type { Electrochemistry } from '../../../model/electrochemistry.js'
import { linearRegression } from '../../../numeric/statistics/linearRegression.js'
import { type CyclingColumns, cyclingColumns } from '../columns.js'
import { type DiffusionGeometry, type DiffusionPath, diffusionPath } from './diffusionLength.js'

/** Options of {@link pitt}. */
export interface PittOptions {
  /** Along what ions diffuse. */
  readonly geometry: DiffusionGeometry
  /** Least change of the potential from row to row that is a step, V or `'2 mV'`. Default 2 mV. */
  readonly leastStep?: Potential | undefined
}

const OPTIONS: FieldsOf<PittOptions> = { geometry: true, leastStep: true }

/** What a step of potential tells. */
export interface PittStep {
  /** First row at the new potential. */
  readonly from: number
  /** One past the last. */
  readonly to: number
  /** When the potential was changed, s of the record. */
  readonly start: number
  /** Potential held, V. */
  readonly potential: number
  /** Composition at the end of the step, if the record has x. */
  readonly x: number | null
  /** Current that is left at the end (side reactions), taken off before anything else: mean of the last twentieth of the rows, A. */
  readonly residualCurrent: number
  /** Charge of the step without that of the residual current, A h. */
  readonly charge: number
  /** D from the first part, where I goes with one over the root of time, cm²/s; `null` where it makes no sense. */
  readonly shortTime: number | null
  /** D from the last part, where I falls exponentially, cm²/s; `null` where it makes no sense. */
  readonly longTime: number | null
  /** Short-time over long-time D: 1 when diffusion alone limits the current. */
  readonly agreement: number | null
  /** Whether both agree within 30 % and the current had come to rest. */
  readonly valid: boolean
  /** Why not: kinetics or an ohmic drop show as `disagree`. */
  readonly doubts: readonly ('few points' | 'not finished' | 'disagree')[]
}

/** What is left of the charge where the first exponential stands alone, and where noise begins. */
const LATE = { planar: [0.35, 0.02], sphere: [0.2, 0.02] } as const

function describe(columns: CyclingColumns, from: number, to: number, path: DiffusionPath, x: number | null): PittStep {
  const { time, potential, current } = columns
  const start = time[from - 1]!
  const tail = Math.max(2, Math.ceil((to - from) / 20))
  let residual = 0
  for (let i = to - tail; i < to; i++) residual += current[i]! / tail
  const n = to - from
  // charge left after each row; the row's own current flowed before it
  const left = new Float64Array(n)
  for (let k = n - 2; k >= 0; k--)
    left[k] = left[k + 1]! + (current[from + k + 1]! - residual) * (time[from + k + 1]! - time[from + k]!)
  const charge = left[0]! + (current[from]! - residual) * (time[from]! - start)
  const base = { from, to, start, potential: potential[to - 1]!, x, residualCurrent: residual, charge: charge / 3600 }
  const late: number[] = []
  const [much, little] = LATE[path.kind]
  for (let k = 1; k < n; k++) {
    const share = left[k]! / charge
    if (share <= much && share >= little && (current[from + k]! - residual) / charge > 0) late.push(k)
  }
  // the charge left falls with the same exponential as the current, and is less noisy
  const decay =
    late.length >= 3
      ? -linearRegression(
          late.map(k => time[from + k]! - start),
          late.map(k => Math.log(left[k]! / charge)),
        ).slope
      : 0
  const square = path.length ** 2
  const longTime = decay > 0 ? (decay * square * (path.kind === 'planar' ? 4 : 1)) / Math.PI ** 2 : null
  // mean current of an interval of the root law belongs to neither end: use the charge, which goes with sqrt(t) (and t, in a sphere)
  const reach = longTime === null ? 0 : (path.kind === 'planar' ? 0.15 : 0.02) * (square / longTime)
  const early: number[] = []
  for (let k = 0; k < n; k++) if (time[from + k]! - start <= reach) early.push(k)
  let shortTime: number | null = null
  if (early.length >= 3) {
    const roots = early.map(k => Math.sqrt(time[from + k]! - start))
    // Q(t)/Q = 2/sqrt(pi) (A/V) sqrt(D t) - 3 D t / R² in a sphere: divided by sqrt(t) a straight line in sqrt(t)
    const passed = early.map((k, j) => (1 - left[k]! / charge) / roots[j]!)
    const height =
      path.kind === 'planar' ? passed.reduce((a, b) => a + b, 0) / passed.length : linearRegression(roots, passed).intercept
    if (height > 0) shortTime = ((height * Math.sqrt(Math.PI) * path.volumeOverArea) / 2) ** 2
  }
  const doubts: PittStep['doubts'][number][] = []
  if (shortTime === null || longTime === null) doubts.push('few points')
  const largest = Math.max(...Array.from({ length: n }, (_, k) => Math.abs(current[from + k]!)))
  if (Math.abs(residual) > 0.05 * largest) doubts.push('not finished')
  const agreement = shortTime !== null && longTime !== null ? shortTime / longTime : null
  if (agreement !== null && !(agreement > 0.7 && agreement < 1.3)) doubts.push('disagree')
  return { ...base, shortTime, longTime, agreement, valid: doubts.length === 0, doubts }
}

/**
 * Potentiostatic intermittent titration: the diffusion coefficient at each step of potential, from the first part of the current (Cottrell's root law) and from
 * its exponential end. Both hold where diffusion alone limits the current; a drop over a resistance or slow kinetics lowers the first
 * and shows as disagreement.
 *
 * @param echem   A record in which the potential is held, step after step.
 * @param options Geometry, least step.
 * @returns One entry a step with at least 8 rows, in order.
 * @throws OperandoError `E_MISSING` without geometry, `E_RANGE` for a length or step out of range, `E_TIME` where time falls.
 * @see Wen, Boukamp, Huggins & Weppner, J. Electrochem. Soc. 126 (1979) 2258; Montella, J. Electroanal. Chem. 518 (2002) 61, for kinetics
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { pitt } from 'operando/cell'
 * const time = Array.from({ length: 400 }, (_, i) => i)
 * const echem = createElectrochemistry({
 *   time,
 *   potential: time.map(t => (t < 5 ? 3.4 : 3.41)),
 *   current: time.map(t => (t < 5 ? 0 : 1e-4 * Math.exp(-(t - 4) / 60))),
 * })
 * pitt(echem, { geometry: { planar: '5 µm' } })[0]!.longTime // cm²/s
 * ```
 */
export function pitt(echem: Electrochemistry, options: PittOptions): PittStep[] {
  assertKnown(options, 'pitt options', OPTIONS)
  assertFields(options, 'pitt options', ['geometry'])
  const path = diffusionPath(options.geometry)
  const leastStep = toValue(options.leastStep ?? 0.002, 'V', 'leastStep')
  if (!(leastStep > 0)) throw new OperandoError('E_RANGE', `leastStep is ${leastStep} V: more than 0 expected.`)
  const columns = cyclingColumns(echem)
  const { potential, current } = columns
  const n = potential.length
  const out: PittStep[] = []
  for (let from = 1; from < n; ) {
    let to = from
    if (Math.abs(potential[from]! - potential[from - 1]!) >= leastStep) {
      to = from + 1
      while (to < n && Math.abs(potential[to]! - potential[to - 1]!) < leastStep && Number.isFinite(current[to])) to++
      const x = echem.x?.values[to - 1]
      if (to - from >= 8) out.push(describe(columns, from, to, path, x === undefined || Number.isNaN(x) ? null : x))
    } else to++
    from = to
  }
  return out
}
