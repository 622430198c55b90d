import { OperandoError } from '../../core/errors.js'
import { type Duration, toValue } from '../../core/quantity.js'
import type { BeamStack } from '../beam/beamStack.js'
import { stackTransmission } from '../beam/stackTransmission.js'
import { absorbedDose, type BeamExposure, type LayerDose } from './absorbedDose.js'
import { framesBelow } from './framesBelow.js'

/** A way to spare the cell. What is not named stays as planned; several may go together. */
export interface DoseStrategy {
  /** What it is called. */
  readonly name: string
  /** Factor on the area of the beam with the same flux, 1 or more. */
  readonly defocus?: number | undefined
  /** Share of the flux that an attenuator lets through, above 0 to 1. */
  readonly attenuate?: number | undefined
  /** Exposure of a frame: a number in s, or `'5 ms'`. */
  readonly exposure?: Duration | undefined
  /** Stroboscopic: so many frames, then a rest of so long. */
  readonly rest?:
    | {
        /** Frames of a burst. */
        readonly frames: number
        /** Rest after it: a number in s, or `'10 min'`. */
        readonly time: Duration
      }
    | undefined
  /** Positions that are measured in turn, each with its own dose. */
  readonly positions?: number | undefined
}

/** A series as planned. `exposure` is that of a frame. */
export interface DosePlan extends BeamExposure {
  /** Frames that are wanted. */
  readonly frames: number
  /** Time from the beginning of a frame to that of the next: a number in s. Default the exposure: without a gap. */
  readonly interval?: Duration | undefined
  /** Dose that a spot may have, Gy. */
  readonly threshold: number
  /** Name of the layer whose dose counts. Default the one with the highest dose of the electrolyte, electrode and separator layers. */
  readonly layer?: string | undefined
  /**
   * Time in which damage heals to 1/e, s, if it does: rests help only then. Default: a dose stays. Damage of binders and electrolytes is as a rule not undone.
   */
  readonly recovery?: Duration | undefined
}

/** What a strategy costs and gains. */
export interface StrategyDose {
  /** Name of the strategy. */
  readonly name: string
  /** Dose rate in the layer while the beam is on, Gy/s. */
  readonly doseRate: number
  /** Dose of a frame, Gy. */
  readonly doseOfFrame: number
  /** Dose of a spot after the whole series as wanted, Gy, recovery not counted. */
  readonly doseOfSeries: number
  /** Dose rate at a spot over the whole series, gaps and rests counted, Gy/s. */
  readonly meanDoseRate: number
  /** Frames of the series, over all positions, before a spot exceeds the threshold; `Infinity` where recovery prevents it. */
  readonly framesBelow: number
  /** Whether the series as wanted stays below. */
  readonly allowed: boolean
  /** Time that the series as wanted takes, s. */
  readonly duration: number
  /** Photons of a frame behind the cell, as a share of those as planned: noise grows by the root of it. */
  readonly signal: number
  /** Heating of a frame if no heat leaves, K. */
  readonly heating: number
  /** The strategy in a sentence. */
  readonly sentence: string
}

/** The paper's five, each by a factor of ten, and none. */
const DEFAULT_FACTOR = 10

/**
 * Compares ways of sparing a cell over a series of frames: a wider beam, an attenuator, shorter exposures, rests between bursts, several positions; says how many
 * frames stay below a threshold, and what each costs in signal and time.
 *
 * A wider beam and more positions keep the signal and ask for a cell that is the same everywhere. Attenuator and shorter exposure lose signal alike; the shorter one
 * keeps the dose rate. Rests lower the mean dose rate, and the dose that counts only where damage heals.
 * @param stack      The cell with its tables.
 * @param plan       Beam, frames, threshold.
 * @param strategies What to compare. Default: as planned, and each of the five by a factor of ten.
 * @throws OperandoError `E_RANGE` for numbers without meaning, `E_MISSING` for a layer that is not there; as {@link absorbedDose}.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, doseBudget } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'electrolyte', name: 'DMC', thickness: 100, material: { formula: 'C3H6O3', density: 1.07 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const plan = { energy: 8400, flux: 1e12, spot: [300, 100], exposure: 0.1, interval: 60, frames: 1000, threshold: 1e6 } as const
 * const [asPlanned, defocus] = doseBudget(await createBeamStack(cell), plan)
 * console.log(asPlanned?.framesBelow, defocus?.framesBelow) // 351, 3517
 * ```
 */
export function doseBudget(stack: BeamStack, plan: DosePlan, strategies?: readonly DoseStrategy[]): StrategyDose[] {
  const exposure = toValue(plan.exposure, 's', 'exposure')
  const interval = toValue(plan.interval ?? exposure, 's', 'interval')
  const recovery = plan.recovery === undefined ? Number.POSITIVE_INFINITY : toValue(plan.recovery, 's', 'recovery')
  const { threshold, frames } = plan
  atLeast(frames, 'frames', 1)
  if (!(threshold > 0)) throw new OperandoError('E_RANGE', `threshold = ${threshold} Gy: above 0 expected.`)
  if (!(recovery > 0)) throw new OperandoError('E_RANGE', `recovery = ${recovery} s: above 0 expected.`)
  if (!(interval >= exposure))
    throw new OperandoError('E_RANGE', `interval = ${interval} s is shorter than the exposure of ${exposure} s.`)
  const counts = layerOf(stack, plan)
  const through = stackTransmission(stack, plan.energy, { tilt: plan.tilt }).transmission
  return (strategies ?? defaultStrategies(exposure, interval)).map(strategy => {
    const { name, defocus = 1, attenuate = 1, rest, positions = 1 } = strategy
    atLeast(defocus, `${name}: defocus`, 1)
    atLeast(positions, `${name}: positions`, 1)
    if (!(attenuate > 0 && attenuate <= 1))
      throw new OperandoError('E_RANGE', `${name}: attenuate = ${attenuate}: a share above 0 to 1 expected.`)
    if (rest) atLeast(rest.frames, `${name}: rest.frames`, 1)
    const seconds = toValue(strategy.exposure ?? exposure, 's', `${name}: exposure`)
    const pause = rest ? toValue(rest.time, 's', `${name}: rest.time`) : 0
    const step = Math.max(interval, seconds)
    const side = Math.sqrt(defocus)
    const spot = plan.spot.map(size => toValue(size, 'µm', 'spot') * side) as [number, number]
    const dose = absorbedDose(stack, { ...plan, flux: plan.flux * attenuate, spot, exposure: seconds }).find(
      l => l.name === counts,
    )!
    // positions in turn: a spot waits until all others had theirs, its bursts are shared
    const below = framesBelow({
      doseOfFrame: dose.dose,
      threshold,
      interval: step * positions,
      burst: rest ? Math.max(1, Math.floor(rest.frames / positions)) : 0,
      rest: pause,
      recovery,
    })
    const rests = rest ? Math.ceil(frames / rest.frames) - 1 : 0
    const duration = frames * step + rests * pause
    const doseOfSeries = dose.dose * Math.ceil(frames / positions)
    const framesOfAll = below * positions
    const signal = plan.flux === 0 ? 0 : (attenuate * seconds) / exposure
    return {
      name,
      doseRate: dose.doseRate,
      doseOfFrame: dose.dose,
      doseOfSeries,
      meanDoseRate: doseOfSeries / duration,
      framesBelow: framesOfAll,
      allowed: framesOfAll >= frames,
      duration,
      signal: through > 0 ? signal : 0,
      heating: dose.heating,
      sentence: sentenceOf(name, framesOfAll, frames, counts, threshold, signal),
    }
  })
}

function defaultStrategies(exposure: number, interval: number): DoseStrategy[] {
  const factor = DEFAULT_FACTOR
  return [
    { name: 'as planned' },
    { name: 'defocus', defocus: factor },
    { name: 'attenuate', attenuate: 1 / factor },
    { name: 'shorter exposure', exposure: exposure / factor },
    { name: 'stroboscopic', rest: { frames: factor, time: factor * 9 * interval } },
    { name: 'several positions', positions: factor },
  ]
}

/** The layer whose dose counts. */
function layerOf(stack: BeamStack, plan: DosePlan): string {
  if (plan.layer !== undefined) {
    if (stack.layers.some(layer => layer.name === plan.layer)) return plan.layer
    const names = stack.layers.map(layer => layer.name).join(', ')
    throw new OperandoError('E_MISSING', `${stack.name} has no layer "${plan.layer}": ${names} expected.`)
  }
  const matters = ['electrolyte', 'electrode', 'separator']
  const doses = absorbedDose(stack, plan)
  const candidates = doses.filter((_, i) => matters.includes(stack.layers[i]!.role))
  const highest = (a: LayerDose, b: LayerDose): LayerDose => (b.doseRate > a.doseRate ? b : a)
  return (candidates.length > 0 ? candidates : doses).reduce(highest).name
}

function atLeast(value: number, name: string, least: number): void {
  if (!(value >= least && Number.isFinite(value)))
    throw new OperandoError('E_RANGE', `${name} = ${value}: ${least} or more expected.`, { details: { name, found: value } })
}

function sentenceOf(name: string, below: number, wanted: number, layer: string, threshold: number, signal: number): string {
  const kilo = `${Number((threshold / 1000).toPrecision(3))} kGy`
  const enough =
    below >= wanted
      ? `all ${wanted} frames stay below ${kilo} in ${layer}`
      : `${below} of ${wanted} frames stay below ${kilo} in ${layer}`
  return `${name}: ${enough}${signal < 1 ? `, with ${Number((signal * 100).toPrecision(2))} % of the signal` : ''}.`
}
