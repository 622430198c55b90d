import type { NumbersLike } from '../../core/arrays.js'
import { assertFields } from '../../core/fields.js'
import { arenaOf } from '../../numeric/wasm/arena.js'
import { evaluateProfile, type PeakPlace } from './evaluate.js'
import { GAUSSIAN_HEIGHT } from './gaussian.js'
import { LORENTZIAN_HEIGHT } from './lorentzian.js'
import type { DerivativeColumns, Profile } from './profile.js'
import { addPseudoVoigtOnKernel } from './pseudoVoigtKernel.js'

/** Beyond this 4 ln 2 u² the Gaussian is below 1e-26 of its height: not worth an exponential. */
const GAUSSIAN_ENDS = 60

/** What a pseudo-Voigt is computed from at each point; d = x - centre. */
export interface PseudoVoigtFactors {
  area: number
  centre: number
  eta: number
  /** 1 / fwhm. */
  inverse: number
  /** Square of half the fwhm: the Lorentzian is unitL ww / (ww + d²). */
  ww: number
  /** The Gaussian is unitG exp(-decay d²). */
  decay: number
  /** d² beyond which it is left out. */
  limit: number
  unitG: number
  unitL: number
  /** d/d centre is d (steepG (1 - eta) G + steepL eta ww / (ww + d²) L). */
  steepG: number
  steepL: number
}

// one for all calls, which are over before the next: a kernel allocates nothing
const factors: PseudoVoigtFactors = {
  area: 0.5,
  centre: 0.5,
  eta: 0.5,
  inverse: 0.5,
  ww: 0.5,
  decay: 0.5,
  limit: 0.5,
  unitG: 0.5,
  unitL: 0.5,
  steepG: 0.5,
  steepL: 0.5,
}

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
  const p = factors
  const fwhm = shape[at]!
  const inverse = 1 / fwhm
  p.area = area
  p.centre = centre
  p.eta = shape[at + 1]!
  p.inverse = inverse
  p.ww = 0.25 * fwhm * fwhm
  p.decay = 4 * Math.LN2 * inverse * inverse
  p.limit = GAUSSIAN_ENDS / p.decay
  p.unitG = GAUSSIAN_HEIGHT * inverse
  p.unitL = LORENTZIAN_HEIGHT * inverse
  p.steepG = 2 * area * p.decay
  p.steepL = 8 * area * inverse * inverse
  const arena = arenaOf(out)
  if (arena && (columns === null || columns.values.buffer === out.buffer)) {
    addPseudoVoigtOnKernel(arena, x, from, to, p, out, columns)
  } else if (columns === null) addSum(x, from, to, p, out)
  else addSlopes(x, from, to, p, out, columns)
}

function addSum(x: Float64Array, from: number, to: number, p: PseudoVoigtFactors, out: Float64Array): void {
  const { centre, ww, decay, limit } = p
  const unitG = p.area * (1 - p.eta) * p.unitG
  const unitL = p.area * p.eta * p.unitL * ww
  for (let i = from; i < to; i++) {
    const d = x[i]! - centre
    const dd = d * d
    const l = unitL / (ww + dd)
    out[i]! += dd < limit ? unitG * Math.exp(-decay * dd) + l : l
  }
}

function addSlopes(
  x: Float64Array,
  from: number,
  to: number,
  p: PseudoVoigtFactors,
  out: Float64Array,
  columns: DerivativeColumns,
): void {
  const { area, centre, eta, ww, decay, limit, unitG, unitL, steepG, steepL } = p
  const v = columns.values
  const [fwhmColumn, etaColumn] = [columns.shape[0]!, columns.shape[1]!]
  const wanted = Math.max(columns.area, columns.centre, fwhmColumn, etaColumn)
  if (wanted < 0) {
    addSum(x, from, to, p, out)
    return
  }
  // what nobody wants goes to a wanted column, times 0: a loop that asks at each point takes a quarter longer
  const areaAt = columns.area < 0 ? wanted : columns.area
  const centreAt = columns.centre < 0 ? wanted : columns.centre
  const fwhmAt = fwhmColumn < 0 ? wanted : fwhmColumn
  const etaAt = etaColumn < 0 ? wanted : etaColumn
  const byArea = columns.area < 0 ? 0 : columns.areaFactor
  const byCentre = columns.centre < 0 ? 0 : columns.centreFactor
  const byWidth = fwhmColumn < 0 ? 0 : p.inverse
  const slope = area * byWidth
  const byEta = etaColumn < 0 ? 0 : area
  for (let i = from; i < to; i++) {
    const d = x[i]! - centre
    const dd = d * d
    const g = dd < limit ? unitG * Math.exp(-decay * dd) : 0
    const q = ww / (ww + dd)
    const l = unitL * q
    const mixed = g + eta * (l - g)
    const steep = d * (steepG * (g - eta * g) + steepL * q * eta * l)
    out[i]! += area * mixed
    v[areaAt + i]! += byArea * mixed
    v[centreAt + i]! += byCentre * steep
    v[fwhmAt + i]! += byWidth * d * steep - slope * mixed
    v[etaAt + i]! += byEta * (l - g)
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
  assertFields(p, 'pseudoVoigt', ['centre'])
  return evaluateProfile(PSEUDO_VOIGT, x, p, [p.fwhm, p.eta], out)
}
