import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import type { GridLoader } from '../../transform/chiOnGrid.js'
import type { FitTransform } from './openTransform.js'

/** Uncertainty of a spectrum, one array a k-weight. */
export interface Noise {
  /** Of chi(k) on the grid. */
  readonly k: readonly Float64Array[]
  /** Of chi(R), one value. */
  readonly r: readonly Float64Array[]
}

/** Where chi(R) holds nothing but noise, Å. */
const NOISE_FROM = 15
const NOISE_TO = 30

/** A spectrum without any noise: what counts then is the balance of weights only. */
const SMALLEST = 1e-12

/**
 * Estimates the noise of chi from chi(R) between 15 and 30 Å, as Larch and IFEFFIT: the rms of its real and imaginary parts over the mean of the window, and by Parseval's theorem that of chi(k).
 * @param chi       On the even grid.
 * @param transform Window and weights.
 * @param kmin      Beginning of the range.
 * @param kmax      Its end.
 * @param kstep     Step of the grid.
 */
export function estimateNoise(chi: Float64Array, transform: FitTransform, kmin: number, kmax: number, kstep: number): Noise {
  const { rstep, area, kweights } = transform
  const first = Math.trunc(0.01 + NOISE_FROM / rstep)
  const end = Math.trunc(Math.min(Math.PI / (2 * kstep) / rstep, 1.01 + NOISE_TO / rstep))
  const bins = new Float64Array(2 * end)
  const mean = area / (kmax - kmin)
  const r = kweights.map((_, weight) => {
    transform.toR(chi, weight, bins)
    let sum = 0
    for (let i = 2 * first; i < 2 * end; i++) sum += bins[i]! * bins[i]!
    return Float64Array.of(Math.max(SMALLEST, Math.sqrt(sum / (2 * (end - first))) / mean))
  })
  const k = kweights.map((power, weight) => {
    const w = 2 * power + 1
    return new Float64Array(chi.length).fill(Math.sqrt((2 * Math.PI * w) / (kstep * (kmax ** w - kmin ** w))) * r[weight]![0]!)
  })
  return { k, r }
}

/**
 * The noise as the caller gives it, for chi(k); that of chi(R) follows as in Larch, from its mean.
 * @param epsilon   One for all, or one each wavenumber of the data.
 * @param name      Of the spectrum, for messages.
 * @param points    Wavenumbers of the data.
 * @param loader    Their grid.
 * @param transform Weights.
 * @param kmin      Beginning of the range.
 * @param kmax      Its end.
 * @param kstep     Step of the grid.
 * @throws OperandoError `E_RANGE` for an uncertainty that is not above 0.
 */
export function givenNoise(
  epsilon: number | NumbersLike,
  name: string,
  points: number,
  loader: GridLoader,
  transform: FitTransform,
  kmin: number,
  kmax: number,
  kstep: number,
): Noise {
  const given =
    typeof epsilon === 'number'
      ? new Float64Array(points).fill(epsilon)
      : asFloat64(epsilon, `${name}: epsilon`, { length: points })
  const at = given.findIndex(value => !(value > 0 && value < Infinity))
  if (at >= 0)
    throw new OperandoError(
      'E_RANGE',
      `${name}: epsilon is ${given[at]} at point ${at}: an uncertainty of chi(k) above 0 expected.`,
    )
  const onGrid = new Float64Array(loader.points)
  loader.load(given, onGrid)
  const mean = given.reduce((sum, value) => sum + value, 0) / points
  for (let i = 0; i < onGrid.length; i++) onGrid[i] = Math.max(SMALLEST, onGrid[i]! || mean)
  const r = transform.kweights.map(power => {
    const w = 2 * power + 1
    return Float64Array.of(mean / (2 * Math.sqrt((Math.PI * w) / (kstep * (kmax ** w - kmin ** w)))))
  })
  return { k: transform.kweights.map(() => onGrid), r }
}
