import type { NumbersLike } from '../../core/arrays.js'
import { arenaOf } from '../../numeric/wasm/arena.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN_HEIGHT } from './lorentzian.js'
import type { DerivativeColumns, Profile } from './profile.js'
import { addPseudoVoigtOnKernel } from './pseudoVoigtKernel.js'

const FOUR_LN2 = 4 * Math.LN2
/** Beyond this 4 ln 2 u² the Gaussian is below 1e-26 of its height: not worth an exponential. */
const GAUSSIAN_ENDS = 60

function addPseudoVoigt(
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
  const eta = shape[at + 1]!
  const arena = arenaOf(out)
  if (arena && (columns === null || columns.values.buffer === out.buffer)) {
    addPseudoVoigtOnKernel(arena, x, from, to, area, centre, fwhm, eta, out, columns)
  } else if (columns === null) addSum(x, from, to, area, centre, fwhm, eta, out)
  else addSlopes(x, from, to, area, centre, fwhm, eta, out, columns)
}

function addSum(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  out: Float64Array,
): void {
  const inverse = 1 / fwhm
  const unitG = area * (1 - eta) * GAUSSIAN_HEIGHT * inverse
  const unitL = area * eta * LORENTZIAN_HEIGHT * inverse
  for (let i = from; i < to; i++) {
    const u = (x[i]! - centre) * inverse
    const uu = u * u
    const t = FOUR_LN2 * uu
    const l = unitL / (1 + 4 * uu)
    out[i]! += t < GAUSSIAN_ENDS ? unitG * Math.exp(-t) + l : l
  }
}

function addSlopes(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  out: Float64Array,
  columns: DerivativeColumns,
): void {
  const inverse = 1 / fwhm
  const unitG = GAUSSIAN_HEIGHT * inverse
  const unitL = LORENTZIAN_HEIGHT * inverse
  const slope = area * inverse
  const v = columns.values
  const { areaFactor, centreFactor } = columns
  const areaAt = columns.area
  const centreAt = columns.centre
  const fwhmAt = columns.shape[0]!
  const etaAt = columns.shape[1]!
  for (let i = from; i < to; i++) {
    const u = (x[i]! - centre) * inverse
    const uu = u * u
    const t = FOUR_LN2 * uu
    const g = t < GAUSSIAN_ENDS ? unitG * Math.exp(-t) : 0
    const q = 1 / (1 + 4 * uu)
    const l = unitL * q
    const gg = (1 - eta) * g
    const ll = eta * l
    const mixed = gg + ll
    out[i]! += area * mixed
    if (areaAt >= 0) v[areaAt + i]! += areaFactor * mixed
    if (centreAt >= 0) v[centreAt + i]! += centreFactor * slope * 2 * u * (FOUR_LN2 * gg + 4 * q * ll)
    if (fwhmAt >= 0) v[fwhmAt + i]! += slope * (2 * (t * gg + 4 * uu * q * ll) - mixed)
    if (etaAt >= 0) v[etaAt + i]! += area * (l - g)
  }
}

/** The pseudo-Voigt as a {@link Profile} for fits: shape parameters `fwhm`, `eta`. */
export const PSEUDO_VOIGT: Profile = {
  name: 'pseudoVoigt',
  shape: [
    { name: 'fwhm', kind: 'width', min: Number.MIN_VALUE, max: Infinity },
    { name: 'eta', kind: 'fraction', min: 0, max: 1 },
  ],
  add: addPseudoVoigt,
  fwhm: shape => shape[0]!,
  height: shape => (shape[1]! * LORENTZIAN_HEIGHT + (1 - shape[1]!) * GAUSSIAN_HEIGHT) / shape[0]!,
  guess: fwhm => [fwhm, 0.5],
  reach: 50,
}

/**
 * Pseudo-Voigt of area 1: eta L + (1 - eta) G with one common full width at half maximum. `eta` mixes areas, not heights.
 *
 * @param x   Abscissae, any order, n values.
 * @param p   Centre, fwhm > 0 (unit of x), eta 0 (Gaussian) to 1 (Lorentzian), area (default 1).
 * @param out Receives n values in unit(area) / unit(x); made if absent.
 * @throws OperandoError `E_RANGE` when fwhm is not positive or eta is outside [0, 1].
 * @see G. K. Wertheim et al., Rev. Sci. Instrum. 45 (1974) 1369
 * @example
 * ```ts
 * import { pseudoVoigt } from 'operando/scattering'
 * pseudoVoigt([-1, 0, 1], { centre: 0, fwhm: 2, eta: 0.5 }) // half of the maximum at -1 and 1
 * ```
 */
export function pseudoVoigt(
  x: NumbersLike,
  p: PeakPlace & { readonly fwhm: number; readonly eta: number },
  out?: Float64Array,
): Float64Array {
  return evaluateProfile(PSEUDO_VOIGT, x, p, [p.fwhm, p.eta], out)
}
