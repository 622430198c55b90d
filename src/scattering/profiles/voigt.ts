import type { NumbersLike } from '../../core/arrays.js'
import { assertFields } from '../../core/fields.js'
import { faddeevaAt } from '../../numeric/special/faddeeva.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN } from './lorentzian.js'
import type { DerivativeColumns, Profile } from './profile.js'
import { assertSomeWidth } from './thompsonCoxHastings.js'

const TWO_SQRT_LN2 = 2 * Math.sqrt(Math.LN2)
const scratch = /* @__PURE__ */ new Float64Array(6)
/** Below this ratio the Gaussian is not seen and Faddeeva's argument would lose its digits. */
const NO_GAUSSIAN = 1e-7

function addVoigt(
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
  const fwhmG = shape[at]!
  const fwhmL = shape[at + 1]!
  if (fwhmG <= NO_GAUSSIAN * fwhmL) {
    addLimit(x, from, to, area, centre, fwhmL, out, columns)
    return
  }
  // V = G(0) Re w(z), z = (2 sqrt(ln 2) (x - centre) + i sqrt(ln 2) fwhmL) / fwhmG, G(0) the height of the Gaussian alone
  const scale = TWO_SQRT_LN2 / fwhmG
  const unit = GAUSSIAN_HEIGHT / fwhmG
  const y = 0.5 * scale * fwhmL
  const wanted = columns !== null
  for (let i = from; i < to; i++) {
    const u = scale * (x[i]! - centre)
    faddeevaAt(u, y, scratch, 0, wanted)
    const value = unit * scratch[0]!
    out[i]! += area * value
    if (columns === null) continue
    const v = columns.values
    // d Re w / du = Re w', d Re w / dy = -Im w'
    const du = unit * scratch[2]!
    const dy = -unit * scratch[3]!
    if (columns.area >= 0) v[columns.area + i]! += columns.areaFactor * value
    if (columns.centre >= 0) v[columns.centre + i]! -= columns.centreFactor * area * scale * du
    const first = columns.shape[0]!
    if (first >= 0) v[first + i]! -= (area / fwhmG) * (value + u * du + y * dy)
    const second = columns.shape[1]!
    if (second >= 0) v[second + i]! += area * 0.5 * scale * dy
  }
}

/** Without Gaussian: a Lorentzian. The derivative by fwhmG vanishes there, since widths of a Gaussian act by their square. */
function addLimit(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhmL: number,
  out: Float64Array,
  columns: DerivativeColumns | null,
): void {
  const moved = columns && { ...columns, shape: columns.shape.subarray(1) }
  LORENTZIAN.add(x, from, to, area, centre, Float64Array.of(fwhmL), 0, out, moved)
}

/** Olivero and Longbothum's width is good to 2e-4; Newton's steps on the profile itself make it exact. */
function voigtFwhm(shape: Float64Array): number {
  const [g, l] = [shape[0]!, shape[1]!]
  if (g <= NO_GAUSSIAN * l) return l
  const scale = TWO_SQRT_LN2 / g
  const y = 0.5 * scale * l
  faddeevaAt(0, y, scratch, 0)
  const half = 0.5 * scratch[0]!
  let u = 0.5 * scale * (0.5346 * l + Math.sqrt(0.2166 * l * l + g * g))
  for (let round = 0; round < 4; round++) {
    faddeevaAt(u, y, scratch, 0, true)
    u -= (scratch[0]! - half) / scratch[2]!
  }
  return (2 * u) / scale
}

function voigtHeight(shape: Float64Array): number {
  const [g, l] = [shape[0]!, shape[1]!]
  if (g <= NO_GAUSSIAN * l) return LORENTZIAN.height(shape.subarray(1))
  faddeevaAt(0, (0.5 * TWO_SQRT_LN2 * l) / g, scratch, 0)
  return (GAUSSIAN_HEIGHT / g) * scratch[0]!
}

/** The Voigt profile as a {@link Profile} for fits: shape parameters `fwhmG`, `fwhmL`. */
export const VOIGT: Profile = {
  name: 'voigt',
  shape: [
    { name: 'fwhmG', kind: 'width', min: 0, max: Infinity },
    { name: 'fwhmL', kind: 'width', min: 0, max: Infinity },
  ],
  add: addVoigt,
  fwhm: voigtFwhm,
  height: voigtHeight,
  guess: fwhm => [fwhm / 1.636, fwhm / 1.636],
  reach: 50,
}

/**
 * Voigt profile of area 1, the convolution of a Gaussian and a Lorentzian, by the Faddeeva function: relative error below 1e-12.
 *
 * @param x   Abscissae, any order, n values.
 * @param p   Centre, fwhmG and fwhmL: full widths at half maximum of the Gaussian and the Lorentzian (unit of x, not both 0), area (default 1).
 * @param out Receives n values in unit(area) / unit(x); made if absent.
 * @throws OperandoError `E_RANGE` when a width is negative or both are 0.
 * @see {@link thompsonCoxHastings} for the pseudo-Voigt that Rietveld programs use in its place
 * @example
 * ```ts
 * import { voigt } from 'operando/scattering'
 * voigt([10.1, 10.2, 10.3], { centre: 10.2, fwhmG: 0.05, fwhmL: 0.02 })
 * ```
 */
export function voigt(
  x: NumbersLike,
  p: PeakPlace & { readonly fwhmG: number; readonly fwhmL: number },
  out?: Float64Array,
): Float64Array {
  assertFields(p, 'voigt', ['centre'])
  assertSomeWidth('voigt', p)
  return evaluateProfile(VOIGT, x, p, [p.fwhmG, p.fwhmL], out)
}
