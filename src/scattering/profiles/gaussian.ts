import type { NumbersLike } from '../../core/arrays.js'
import { assertFields } from '../../core/fields.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import type { DerivativeColumns, Profile } from './profile.js'

const FOUR_LN2 = 4 * Math.LN2
/** Height of a Gaussian of area 1 and fwhm 1. */
export const GAUSSIAN_HEIGHT: number = 2 * Math.sqrt(Math.LN2 / Math.PI)

function addGaussian(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  shape: Float64Array,
  at: number,
  out: Float64Array,
  columns: DerivativeColumns | null,
): void {
  const fwhm = shape[at]!
  const inverse = 1 / fwhm
  const unit = GAUSSIAN_HEIGHT * inverse
  for (let i = from; i < to; i++) {
    const u = (x[i]! - centre) * inverse
    const t = FOUR_LN2 * u * u
    const g = unit * Math.exp(-t)
    out[i]! += area * g
    if (columns === null) continue
    const v = columns.values
    const slope = area * inverse * g
    if (columns.area >= 0) v[columns.area + i]! += columns.areaFactor * g
    if (columns.centre >= 0) v[columns.centre + i]! += columns.centreFactor * slope * 2 * FOUR_LN2 * u
    const width = columns.shape[0]!
    if (width >= 0) v[width + i]! += slope * (2 * t - 1)
  }
}

/** The Gaussian as a {@link Profile} for fits: shape parameter `fwhm`. */
export const GAUSSIAN: Profile = {
  name: 'gaussian',
  shape: [{ name: 'fwhm', kind: 'width', min: Number.MIN_VALUE, max: Infinity }],
  add: addGaussian,
  fwhm: shape => shape[0]!,
  height: shape => GAUSSIAN_HEIGHT / shape[0]!,
  guess: fwhm => [fwhm],
  reach: 2,
}

/**
 * Gaussian of area 1: G(x) = 2 sqrt(ln 2 / pi) / H exp(-4 ln 2 (x - centre)² / H²), H the full width at half maximum (2.3548 standard deviations).
 *
 * @param x   Abscissae, any order, n values.
 * @param p   Centre, fwhm > 0 (unit of x), area (default 1).
 * @param out Receives n values in unit(area) / unit(x); made if absent.
 * @throws OperandoError `E_RANGE` when fwhm is not positive.
 * @example
 * ```ts
 * import { gaussian } from 'operando/scattering'
 * gaussian([-1, 0, 1], { centre: 0, fwhm: 2 }) // half of the maximum at -1 and 1
 * ```
 */
export function gaussian(x: NumbersLike, p: PeakPlace & { readonly fwhm: number }, out?: Float64Array): Float64Array {
  assertFields(p, 'gaussian', ['centre'])
  return evaluateProfile(GAUSSIAN, x, p, [p.fwhm], out)
}
