import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Potential, toValue } from '../../core/quantity.js'
import { convolve } from '../../numeric/signal/convolve.js'
import { edgeIndex } from '../../numeric/signal/edges.js'
import { median } from '../../numeric/statistics/quantile.js'
import { robustSigma } from '../../numeric/statistics/robust.js'
import type { CapacityBasis } from './capacityBasis.js'

/** Potential against capacity: a `HalfCycleCurve`, or plain numbers. */
export interface CapacityCurve {
  /** n potentials in V; they need not rise steadily. */
  readonly potential: NumbersLike
  /** n capacities in the order of time, not falling, any unit. */
  readonly capacity: NumbersLike
  /** What the capacities are divided by, if it is known. */
  readonly basis?: CapacityBasis | undefined
}

/** Options of {@link differentialCapacity}. */
export interface DifferentialCapacityOptions {
  /**
   * Full width at half maximum of the Gaussian that smooths, V or `'5 mV'`. Default the largest of: 5 mV (a plateau of a real cell is wider, a solid
   * solution much wider: kT/e is 26 mV); 20 times the noise of the potential, which leaves some 4 % of noise in the curve; 3 times the steps of its converter. The result says which.
   */
  readonly fwhm?: Potential | undefined
  /** Step of the grid of potentials, V. Default a fifth of the FWHM. */
  readonly step?: Potential | undefined
}

const OPTIONS: FieldsOf<DifferentialCapacityOptions> = { fwhm: true, step: true }

/** How a derivative was smoothed: a peak is never narrower than this. */
export interface DerivativeSmoothing {
  /** By what. */
  readonly kind: 'gaussian' | 'savitzky-golay'
  /** FWHM of the Gaussian in V, or width of the window in the unit of the capacity. */
  readonly width: number
  /** Step of the grid. */
  readonly step: number
  /** What the width was chosen by. */
  readonly chosenBy: 'caller' | 'default' | 'noise' | 'resolution'
}

/** What {@link differentialCapacity} returns. */
export interface DifferentialCapacity {
  /** Potential in V, evenly spaced, rising. */
  readonly potential: Float64Array
  /** dQ/dV in the unit of capacity over V: positive where the potential rises with the charge, negative on the way down. */
  readonly values: Float64Array
  /** Unit of `values`, e.g. `mAh/(g V)`; `''` when that of the capacity is not known. */
  readonly unit: string
  /** How it was smoothed. */
  readonly smoothing: DerivativeSmoothing
  /** Charge under the curve: that between the first and the last point, exactly. */
  readonly area: number
  /** What capacities are divided by. */
  readonly basis?: CapacityBasis | undefined
}

/** Reads a curve and refuses capacities that fall. */
export function readCapacityCurve(curve: CapacityCurve, least: number): { potential: Float64Array; capacity: Float64Array } {
  assertFields(curve, 'a curve', ['potential', 'capacity'])
  const capacity = asFloat64(curve.capacity, 'capacity')
  const potential = asFloat64(curve.potential, 'potential', { length: capacity.length })
  if (capacity.length < least)
    throw new OperandoError('E_SHAPE', `A curve of at least ${least} points expected, ${capacity.length} found.`)
  const falls = capacity.findIndex((q, i) => i > 0 && q < capacity[i - 1]!)
  if (falls > 0)
    throw new OperandoError(
      'E_AXIS',
      `The capacity falls at point ${falls}, from ${capacity[falls - 1]} to ${capacity[falls]}: the curve of one half-cycle expected, see halfCycleCurve.`,
      { details: { index: falls } },
    )
  if (!(capacity.at(-1)! > capacity[0]!))
    throw new OperandoError('E_RANGE', 'No charge flows between the first and the last point of the curve.')
  return { potential, capacity }
}

/** Noise and converter step of a potential, V: from its second differences, and from the steps between equal neighbours. */
function grainOf(potential: Float64Array): { noise: number; resolution: number } {
  const n = potential.length
  const second = Float64Array.from(
    { length: Math.max(0, n - 2) },
    (_, i) => potential[i]! - 2 * potential[i + 1]! + potential[i + 2]!,
  )
  const steps = Float64Array.from({ length: n - 1 }, (_, i) => Math.abs(potential[i + 1]! - potential[i]!)).filter(s => s > 0)
  const still = n - 1 - steps.length
  return {
    noise: second.length > 0 ? robustSigma(second) / Math.sqrt(6) : 0,
    resolution: still > 0.2 * (n - 1) && steps.length > 0 ? median(steps) : 0,
  }
}

function widthOf(fwhm: Potential | undefined, potential: Float64Array): Pick<DerivativeSmoothing, 'width' | 'chosenBy'> {
  if (fwhm !== undefined) return { width: positive(toValue(fwhm, 'V', 'fwhm'), 'fwhm'), chosenBy: 'caller' }
  const { noise, resolution } = grainOf(potential)
  const width = Math.max(0.005, 20 * noise, 3 * resolution)
  return { width, chosenBy: width === 0.005 ? 'default' : width === 20 * noise ? 'noise' : 'resolution' }
}

function positive(value: number, name: string): number {
  if (value > 0) return value
  throw new OperandoError('E_RANGE', `${name} is ${value} V: more than 0 expected.`, { details: { [name]: value } })
}

/** Adds the charge of each interval to the bins of potential it passes, evenly; an interval at rest gives it to one bin. */
function chargeByPotential(potential: Float64Array, capacity: Float64Array, low: number, step: number, bins: Float64Array): void {
  const last = bins.length - 1
  for (let i = 1; i < potential.length; i++) {
    const dq = capacity[i]! - capacity[i - 1]!
    if (dq === 0) continue
    const a = (Math.min(potential[i]!, potential[i - 1]!) - low) / step
    const b = (Math.max(potential[i]!, potential[i - 1]!) - low) / step
    const from = Math.min(last, Math.floor(a))
    const to = Math.min(last, Math.floor(b))
    if (from === to) bins[from]! += dq
    else for (let k = from; k <= to; k++) bins[k]! += (dq * (Math.min(b, k + 1) - Math.max(a, k))) / (b - a)
  }
}

/** Smooths bins by a Gaussian; what would leave at the ends is turned back, so that the sum stays. */
function smoothed(bins: Float64Array, fwhm: number, step: number): Float64Array {
  const sigma = fwhm / (2.3548200450309493 * step)
  const half = Math.max(1, Math.ceil(5 * sigma))
  const kernel = Float64Array.from({ length: 2 * half + 1 }, (_, k) => Math.exp(-0.5 * ((k - half) / sigma) ** 2))
  const sum = kernel.reduce((total, w) => total + w, 0)
  const padded = Float64Array.from(
    { length: bins.length + 2 * half },
    (_, k) => bins[edgeIndex(k - half, bins.length, 'reflect')]!,
  )
  return convolve(
    padded,
    kernel.map(w => w / sum),
    { mode: 'valid', method: 'direct' },
  )
}

/**
 * Incremental capacity dQ/dV of a half-cycle: how much charge flows at which potential.
 *
 * The charge of each interval is spread evenly between the potentials at its ends, summed on an even grid, and smoothed by a Gaussian whose
 * width the result states. Nothing is divided by a small difference, so plateaus, noise and potentials that turn back (nucleation in LiFePO4,
 * converter steps) need no sorting or dropping, and the area is the charge between first and last point to rounding, whatever the width.
 * The charge before the first point has no known potential and is left out.
 *
 * @param curve   Potential and capacity in order of time: of `halfCycleCurve`, or arrays.
 * @param options Width of the smoothing, grid.
 * @throws OperandoError `E_SHAPE` for fewer than 3 points, `E_AXIS` where the capacity falls, `E_RANGE` without charge or for a width that is not positive, `E_NAN`,
 *   `E_LIMIT` for a grid of more than 1e6 points.
 * @see Bloom et al., J. Power Sources 139 (2005) 295, for the use of dQ/dV and dV/dQ
 * @example
 * ```ts
 * import { differentialCapacity } from 'operando/cell'
 * const potential = Float64Array.from({ length: 200 }, (_, i) => 3 + 0.005 * i)
 * const capacity = potential.map(v => 100 / (1 + Math.exp((3.45 - v) / 0.01)))
 * const { values } = differentialCapacity({ potential, capacity })
 * values.length > 0 // true: a peak at 3.45 V
 * ```
 */
export function differentialCapacity(curve: CapacityCurve, options: DifferentialCapacityOptions = {}): DifferentialCapacity {
  assertKnown(options, 'differentialCapacity options', OPTIONS)
  const { potential, capacity } = readCapacityCurve(curve, 3)
  const chosen = widthOf(options.fwhm, potential)
  const step = options.step === undefined ? chosen.width / 5 : positive(toValue(options.step, 'V', 'step'), 'step')
  let low = Infinity
  let high = -Infinity
  for (const v of potential) {
    if (v < low) low = v
    if (v > high) high = v
  }
  const count = Math.max(1, Math.ceil((high - low) / step - 1e-9))
  if (count > 1e6)
    throw new OperandoError(
      'E_LIMIT',
      `A grid of ${count} potentials from ${low} to ${high} V: at most 1e6. Take a larger step or fwhm.`,
    )
  const bins = new Float64Array(count)
  chargeByPotential(potential, capacity, low, step, bins)
  const amounts = smoothed(bins, chosen.width, step)
  const sign = potential.at(-1)! < potential[0]! ? -1 : 1
  return {
    potential: bins.map((_, k) => low + (k + 0.5) * step),
    values: amounts.map(q => (sign * q) / step),
    unit: curve.basis ? { mAh: 'mAh/V', 'mAh/g': 'mAh/(g V)', 'mAh/cm²': 'mAh/(cm² V)' }[curve.basis.unit] : '',
    smoothing: { kind: 'gaussian', ...chosen, step },
    area: capacity.at(-1)! - capacity[0]!,
    basis: curve.basis,
  }
}
