import type { NumbersLike } from '../../core/arrays.js'
import { assertFields } from '../../core/fields.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN_HEIGHT } from './lorentzian.js'
import type { DerivativeColumns, Profile } from './profile.js'

const FOUR_LN2 = 4 * Math.LN2

function addSplitPseudoVoigt(
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
  const left = shape[at]!
  const right = shape[at + 1]!
  const eta = shape[at + 2]!
  // each side is half a pseudo-Voigt of its own width, both of one height: 2 / (left + right) x shape of width 1
  const common = 2 / (left + right)
  for (let i = from; i < to; i++) {
    const d = x[i]! - centre
    const onLeft = d < 0
    const inverse = 1 / (onLeft ? left : right)
    const u = d * inverse
    const uu = u * u
    const t = FOUR_LN2 * uu
    const g = t < 60 ? GAUSSIAN_HEIGHT * common * Math.exp(-t) : 0
    const q = 1 / (1 + 4 * uu)
    const l = LORENTZIAN_HEIGHT * common * q
    const mixed = g + eta * (l - g)
    out[i]! += area * mixed
    if (columns === null) continue
    const v = columns.values
    // -u d/du of the profile
    const fall = 2 * (t * (1 - eta) * g + 4 * uu * q * eta * l)
    if (columns.area >= 0) v[columns.area + i]! += columns.areaFactor * mixed
    if (columns.centre >= 0)
      v[columns.centre + i]! += columns.centreFactor * area * inverse * 2 * u * (FOUR_LN2 * (1 - eta) * g + 4 * q * eta * l)
    const byLeft = columns.shape[0]!
    const byRight = columns.shape[1]!
    const spread = -0.5 * common * mixed
    if (byLeft >= 0) v[byLeft + i]! += area * (spread + (onLeft ? fall * inverse : 0))
    if (byRight >= 0) v[byRight + i]! += area * (spread + (onLeft ? 0 : fall * inverse))
    const mixing = columns.shape[2]!
    if (mixing >= 0) v[mixing + i]! += area * (l - g)
  }
}

/** The split pseudo-Voigt as a {@link Profile} for fits: shape parameters `fwhmLeft`, `fwhmRight`, `eta`. */
export const SPLIT_PSEUDO_VOIGT: Profile = {
  name: 'splitPseudoVoigt',
  shape: [
    { name: 'fwhmLeft', kind: 'width', min: Number.MIN_VALUE, max: Infinity },
    { name: 'fwhmRight', kind: 'width', min: Number.MIN_VALUE, max: Infinity },
    { name: 'eta', kind: 'fraction', min: 0, max: 1 },
  ],
  add: addSplitPseudoVoigt,
  fwhm: shape => 0.5 * (shape[0]! + shape[1]!),
  height: shape => (2 * (shape[2]! * LORENTZIAN_HEIGHT + (1 - shape[2]!) * GAUSSIAN_HEIGHT)) / (shape[0]! + shape[1]!),
  guess: fwhm => [fwhm, fwhm, 0.5],
  reach: 50,
}

/**
 * Split pseudo-Voigt of area 1, for asymmetric peaks: below the centre a pseudo-Voigt of width `fwhmLeft`, above it one of width `fwhmRight`, of one
 * height. The maximum lies at the centre; the full width at half maximum is the mean of both.
 *
 * @param x   Abscissae, any order, n values.
 * @param p   Centre, fwhmLeft > 0, fwhmRight > 0 (unit of x), eta 0 (Gaussian) to 1 (Lorentzian), area (default 1).
 * @param out Receives n values in unit(area) / unit(x); made if absent.
 * @throws OperandoError `E_RANGE` when a width is not positive or eta is outside [0, 1].
 * @see H. Toraya, J. Appl. Cryst. 23 (1990) 485, for split forms
 * @example
 * ```ts
 * import { splitPseudoVoigt } from 'operando/scattering'
 * splitPseudoVoigt([-1, 0, 2], { centre: 0, fwhmLeft: 2, fwhmRight: 4, eta: 0.3 }) // half of the maximum at -1 and 2
 * ```
 */
export function splitPseudoVoigt(
  x: NumbersLike,
  p: PeakPlace & { readonly fwhmLeft: number; readonly fwhmRight: number; readonly eta: number },
  out?: Float64Array,
): Float64Array {
  assertFields(p, 'splitPseudoVoigt', ['centre'])
  return evaluateProfile(SPLIT_PSEUDO_VOIGT, x, p, [p.fwhmLeft, p.fwhmRight, p.eta], out)
}
