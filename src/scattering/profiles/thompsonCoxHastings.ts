import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN_HEIGHT } from './lorentzian.js'
import type { DerivativeColumns, Profile } from './profile.js'

/**
 * Width and mixing of the pseudo-Voigt that stands for a Voigt, with their derivatives.
 * @param g   Fwhm of the Gaussian.
 * @param l   Fwhm of the Lorentzian.
 * @param out Receives fwhm, eta, dfwhm/dg, dfwhm/dl, deta/dg, deta/dl.
 */
export function thompsonCoxHastingsAt(g: number, l: number, out: Float64Array): void {
  // by Horner in the ratio of the smaller to the larger, so that widths of any size neither overflow nor underflow
  const scale = Math.max(g, l)
  const a = g / scale
  const b = l / scale
  const sum = a ** 5 + b * (2.69269 * a ** 4 + b * (2.42843 * a ** 3 + b * (4.47163 * a * a + b * (0.07842 * a + b))))
  const h = sum ** 0.2
  const power = 1 / (5 * h ** 4)
  const da = power * (5 * a ** 4 + b * (4 * 2.69269 * a ** 3 + b * (3 * 2.42843 * a * a + b * (2 * 4.47163 * a + b * 0.07842))))
  const db = power * (2.69269 * a ** 4 + b * (2 * 2.42843 * a ** 3 + b * (3 * 4.47163 * a * a + b * (4 * 0.07842 * a + b * 5))))
  const q = b / h
  const slope = 1.36603 - 2 * 0.47719 * q + 3 * 0.11116 * q * q
  out[0] = scale * h
  out[1] = q * (1.36603 - q * (0.47719 - q * 0.11116))
  out[2] = da
  out[3] = db
  out[4] = (slope * (-q * da)) / (h * scale)
  out[5] = (slope * (1 - q * db)) / (h * scale)
}

const FOUR_LN2 = 4 * Math.LN2
const scratch = /* @__PURE__ */ new Float64Array(6)

function addThompsonCoxHastings(
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
  thompsonCoxHastingsAt(shape[at]!, shape[at + 1]!, scratch)
  const eta = scratch[1]!
  const [hg, hl, eg, el] = [scratch[2]!, scratch[3]!, scratch[4]!, scratch[5]!]
  const inverse = 1 / scratch[0]!
  const unitG = GAUSSIAN_HEIGHT * inverse
  const unitL = LORENTZIAN_HEIGHT * inverse
  for (let i = from; i < to; i++) {
    const u = (x[i]! - centre) * inverse
    const uu = u * u
    const t = FOUR_LN2 * uu
    const g = t < 60 ? unitG * Math.exp(-t) : 0
    const q = 1 / (1 + 4 * uu)
    const l = unitL * q
    const mixed = g + eta * (l - g)
    out[i]! += area * mixed
    if (columns === null) continue
    const v = columns.values
    const slope = area * inverse
    const gg = (1 - eta) * g
    const ll = eta * l
    const byWidth = slope * (2 * (t * gg + 4 * uu * q * ll) - mixed)
    const byEta = area * (l - g)
    if (columns.area >= 0) v[columns.area + i]! += columns.areaFactor * mixed
    if (columns.centre >= 0) v[columns.centre + i]! += columns.centreFactor * slope * 2 * u * (FOUR_LN2 * gg + 4 * q * ll)
    const first = columns.shape[0]!
    if (first >= 0) v[first + i]! += byWidth * hg + byEta * eg
    const second = columns.shape[1]!
    if (second >= 0) v[second + i]! += byWidth * hl + byEta * el
  }
}

function of(shape: Float64Array, which: 0 | 1): number {
  thompsonCoxHastingsAt(shape[0]!, shape[1]!, scratch)
  return scratch[which]!
}

/** The Thompson-Cox-Hastings pseudo-Voigt as a {@link Profile} for fits: shape parameters `fwhmG`, `fwhmL`. */
export const THOMPSON_COX_HASTINGS: Profile = {
  name: 'thompsonCoxHastings',
  shape: [
    { name: 'fwhmG', kind: 'width', min: 0, max: Infinity },
    { name: 'fwhmL', kind: 'width', min: 0, max: Infinity },
  ],
  add: addThompsonCoxHastings,
  fwhm: shape => of(shape, 0),
  height: shape => (of(shape, 1) * LORENTZIAN_HEIGHT + (1 - of(shape, 1)) * GAUSSIAN_HEIGHT) / of(shape, 0),
  // a Voigt of equal Gaussian and Lorentzian widths w is 1.636 w wide
  guess: fwhm => [fwhm / 1.636, fwhm / 1.636],
  reach: 50,
}

/**
 * Thompson-Cox-Hastings pseudo-Voigt of area 1: a pseudo-Voigt whose fwhm and eta follow from the widths of a Gaussian (`fwhmG`) and a Lorentzian
 * (`fwhmL`), which add as instrument and sample broadening do. It differs from the true {@link voigt} by up to 1.2 % of the maximum.
 *
 * @param x   Abscissae, any order, n values.
 * @param p   Centre, fwhmG and fwhmL (unit of x, not both 0), area (default 1).
 * @param out Receives n values in unit(area) / unit(x); made if absent.
 * @throws OperandoError `E_RANGE` when a width is negative or both are 0.
 * @see P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79
 * @example
 * ```ts
 * import { thompsonCoxHastings } from 'operando/scattering'
 * thompsonCoxHastings([10.1, 10.2, 10.3], { centre: 10.2, fwhmG: 0.05, fwhmL: 0.02 })
 * ```
 */
export function thompsonCoxHastings(
  x: NumbersLike,
  p: PeakPlace & { readonly fwhmG: number; readonly fwhmL: number },
  out?: Float64Array,
): Float64Array {
  assertFields(p, 'thompsonCoxHastings', ['centre'])
  assertSomeWidth('thompsonCoxHastings', p)
  return evaluateProfile(THOMPSON_COX_HASTINGS, x, p, [p.fwhmG, p.fwhmL], out)
}

/**
 * Throws where neither width is above 0.
 * @param name What to call the profile.
 * @param p    Its widths.
 * @throws OperandoError `E_RANGE`.
 */
export function assertSomeWidth(name: string, p: { readonly fwhmG: number; readonly fwhmL: number }): void {
  if (p.fwhmG > 0 || p.fwhmL > 0) return
  throw new OperandoError('E_RANGE', `${name}: one of fwhmG = ${p.fwhmG} and fwhmL = ${p.fwhmL} must be above 0.`)
}
