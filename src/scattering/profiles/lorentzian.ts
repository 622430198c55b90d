import type { NumbersLike } from '../../core/arrays.js'
import { assertFields } from '../../core/fields.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import type { DerivativeColumns, Profile } from './profile.js'

/** Height of a Lorentzian of area 1 and fwhm 1. */
export const LORENTZIAN_HEIGHT: number = 2 / Math.PI

function addLorentzian(
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
  const inverse = 1 / shape[at]!
  const unit = LORENTZIAN_HEIGHT * inverse
  for (let i = from; i < to; i++) {
    const u = (x[i]! - centre) * inverse
    const q = 1 / (1 + 4 * u * u)
    const l = unit * q
    out[i]! += area * l
    if (columns === null) continue
    const v = columns.values
    const slope = area * inverse * l
    if (columns.area >= 0) v[columns.area + i]! += columns.areaFactor * l
    if (columns.centre >= 0) v[columns.centre + i]! += columns.centreFactor * slope * 8 * u * q
    const width = columns.shape[0]!
    // d/dH of H / (H² + 4 x²): (8 u² q - 1) / H
    if (width >= 0) v[width + i]! += slope * (8 * u * u * q - 1)
  }
}

/** The Lorentzian as a {@link Profile} for fits: shape parameter `fwhm`. */
export const LORENTZIAN: Profile = {
  name: 'lorentzian',
  shape: [{ name: 'fwhm', kind: 'width', min: Number.MIN_VALUE, max: Infinity }],
  add: addLorentzian,
  fwhm: shape => shape[0]!,
  height: shape => LORENTZIAN_HEIGHT / shape[0]!,
  guess: fwhm => [fwhm],
  reach: 50,
}

/**
 * Lorentzian (Cauchy) of area 1: L(x) = 2 / (pi H) / (1 + 4 (x - centre)² / H²), H the full width at half maximum. A fifth of its area lies
 * further than 1.5 H from the centre.
 *
 * @param x   Abscissae, any order, n values.
 * @param p   Centre, fwhm > 0 (unit of x), area (default 1).
 * @param out Receives n values in unit(area) / unit(x); made if absent.
 * @throws OperandoError `E_RANGE` when fwhm is not positive.
 * @example
 * ```ts
 * import { lorentzian } from 'operando/scattering'
 * lorentzian([-1, 0, 1], { centre: 0, fwhm: 2 }) // [ 1/(2 pi), 1/pi, 1/(2 pi) ]
 * ```
 */
export function lorentzian(x: NumbersLike, p: PeakPlace & { readonly fwhm: number }, out?: Float64Array): Float64Array {
  assertFields(p, 'lorentzian', ['centre'])
  return evaluateProfile(LORENTZIAN, x, p, [p.fwhm], out)
}
