import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import type { Issue } from '../../../core/issue.js'
import type { Dataset } from '../../../model/dataset.js'
import { type ComplexParts, complexParts } from './complexParts.js'
import { createXftf } from './createXftf.js'
import type { XftfOptions } from './xftfOptions.js'
import { xftfSeries } from './xftfSeries.js'

/** chi(R): the complex transform of k-weighted chi(k). Unit 1/Å to the power of 1 + kweight. */
export interface ChiR extends ComplexParts {
  /** Distances, Å, even steps from 0. A peak stands 0.2 to 0.5 Å below the distance of its atoms unless a phase was taken off. */
  readonly r: Float64Array
  /** The window, at `k`. */
  readonly kwin: Float64Array
  /** The even grid in k, 1/Å. */
  readonly k: Float64Array
  /** The transform, as it was made: what {@link xftr} needs to go back. */
  readonly transform: Readonly<Required<Omit<XftfOptions, 'phaseCorrection' | 'rmaxOut'>>>
  /** Names of other programs that were translated. */
  readonly warnings: readonly Issue[]
}

/**
 * Forward Fourier transform of EXAFS: chi(R) = kstep / sqrt(pi) * sum of chi(k) k^kweight W(k) exp(-2 i k R), on R = n pi / (kstep nfft).
 *
 * The normalisation is Larch's and IFEFFIT's; magnitudes do not change with nfft. Wavenumbers that are not points of the even grid go there by a cubic spline. Below the first point of
 * the data chi counts as 0.
 *
 * Of a Dataset whose last dim is `k` (a spectrum, or `frame` x `k`) it makes one with the dim `R` in its place, complex; sigma goes along as the standard uncertainty of real and imaginary part, the points
 * of chi taken as independent.
 *
 * @param k       Wavenumbers, 1/Å, n values, rising; or a Dataset.
 * @param chi     chi(k), n values; or, after a Dataset, the options.
 * @param options Range, weight, window, grid, phase correction.
 * @throws OperandoError `E_RANGE` for a range outside the data, saying which; `E_SHAPE`, `E_AXIS`, `E_NAN` for data; `E_ARGUMENT` for unknown options.
 * @see Newville, Reviews in Mineralogy and Geochemistry 78 (2014) 33; Larch, xftf
 * @example
 * ```ts
 * import { kGrid, xftf } from 'operando/spectroscopy'
 * const k = kGrid(14)
 * const chi = k.map(q => Math.sin(2 * q * 2.1) * Math.exp(-0.012 * q * q))
 * const { r, magnitude } = xftf(k, chi, { kmin: 3, kmax: 12, kweight: 2, dk: 1, window: 'hanning' })
 * console.log(r[magnitude.indexOf(Math.max(...magnitude))]) // 2.09
 * ```
 */
export function xftf(k: NumbersLike, chi: NumbersLike, options?: XftfOptions): ChiR
export function xftf(data: Dataset, options?: XftfOptions): Dataset
export function xftf(
  first: NumbersLike | Dataset,
  second: NumbersLike | XftfOptions = {},
  third: XftfOptions = {},
): ChiR | Dataset {
  if (isDataset(first)) return xftfSeries(first, second as XftfOptions)
  return transformed(first, second as NumbersLike, third)
}

function isDataset(given: unknown): given is Dataset {
  return typeof given === 'object' && given !== null && 'dims' in given && 'coords' in given
}

function transformed(k: NumbersLike, chi: NumbersLike, options: XftfOptions): ChiR {
  const plan = createXftf(k, options)
  const values = asFloat64(chi, 'chi', { length: asFloat64(k, 'k').length })
  const parts = complexParts(plan.transform(values), plan.r.length, 1)
  const { rmaxOut: _, ...transform } = plan.options
  const grid = plan.kwin.map((_w, i) => i * transform.kstep)
  return Object.freeze({ r: plan.r, ...parts, k: grid, kwin: plan.kwin, transform, warnings: plan.hints })
}
