import { GAUSSIAN_HEIGHT } from '../../profiles/gaussian.js'
import { LORENTZIAN_HEIGHT } from '../../profiles/lorentzian.js'

const FOUR_LN2 = 4 * Math.LN2
/** Fwhm from the centre at which a Gaussian has 1e-26 of its height left. */
const GAUSSIAN_REACH = 4.65

/**
 * Adds a pseudo-Voigt of a given area to an array that begins at point `from`. Kernel.
 * @param x      2theta, rising.
 * @param from   First point.
 * @param to     One past the last.
 * @param area   Area.
 * @param centre Centre.
 * @param fwhm   Width.
 * @param eta    Lorentzian share.
 * @param out    Receives to - from values, added.
 * @param at     Where they begin.
 */
export function addProfile(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  out: Float64Array,
  at: number,
): void {
  const inverse = 1 / fwhm
  const shift = at - from
  const twice = 2 * inverse
  const lorentz = area * eta * LORENTZIAN_HEIGHT * inverse
  if (lorentz !== 0) {
    // one division, which costs as much as all else at a point, serves two points: 1 / a = b / (a b)
    let i = from
    for (; i + 1 < to; i += 2) {
      const u = (x[i]! - centre) * twice
      const v = (x[i + 1]! - centre) * twice
      const a = 1 + u * u
      const b = 1 + v * v
      const shared = lorentz / (a * b)
      out[shift + i]! += shared * b
      out[shift + i + 1]! += shared * a
    }
    if (i < to) {
      const u = (x[i]! - centre) * twice
      out[shift + i]! += lorentz / (1 + u * u)
    }
  }
  const gauss = area * (1 - eta) * GAUSSIAN_HEIGHT * inverse
  if (gauss === 0) return
  const reach = GAUSSIAN_REACH * fwhm
  for (let i = from; i < to; i++) {
    const d = x[i]! - centre
    if (d < -reach) continue
    if (d > reach) break
    out[shift + i]! += gauss * Math.exp(-FOUR_LN2 * d * inverse * d * inverse)
  }
}

/**
 * Adds the derivatives of a pseudo-Voigt of a given area by centre, fwhm and Lorentzian share. Kernel.
 * @param x      2theta, rising.
 * @param from   First point.
 * @param to     One past the last.
 * @param area   Area.
 * @param centre Centre.
 * @param fwhm   Width.
 * @param eta    Lorentzian share.
 * @param slopes Receives them, the first 0 to n, then n to 2 n, 2 n to 3 n, all by point.
 * @param n      Points.
 */
export function addProfileSlopes(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  slopes: Float64Array,
  n: number,
): void {
  const inverse = 1 / fwhm
  const unitL = area * LORENTZIAN_HEIGHT * inverse
  const unitG = area * GAUSSIAN_HEIGHT * inverse
  const ownG = 1 - eta
  for (let i = from; i < to; i++) {
    const u = (x[i]! - centre) * inverse
    const uu = u * u
    const q = 1 / (1 + 4 * uu)
    const l = unitL * q
    let byCentre = 4 * q * eta * l
    let byWidth = (8 * uu * q - 1) * eta * l
    let byEta = l
    if (uu < GAUSSIAN_REACH * GAUSSIAN_REACH) {
      const t = FOUR_LN2 * uu
      const g = unitG * Math.exp(-t)
      byCentre += FOUR_LN2 * ownG * g
      byWidth += (2 * t - 1) * ownG * g
      byEta -= g
    }
    slopes[i]! += 2 * u * inverse * byCentre
    slopes[n + i]! += inverse * byWidth
    slopes[2 * n + i]! += byEta
  }
}

/**
 * Adds coefficients times the derivatives by centre, fwhm and Lorentzian share to a column of a Jacobian. Kernel.
 */
export function addCombination(
  slopes: Float64Array,
  n: number,
  c: number,
  h: number,
  e: number,
  from: number,
  to: number,
  jacobian: Float64Array,
  column: number,
): void {
  if (h === 0 && e === 0) {
    if (c !== 0) for (let i = from; i < to; i++) jacobian[column + i]! += c * slopes[i]!
    return
  }
  if (c === 0) for (let i = from; i < to; i++) jacobian[column + i]! += h * slopes[n + i]! + e * slopes[2 * n + i]!
  else for (let i = from; i < to; i++) jacobian[column + i]! += c * slopes[i]! + h * slopes[n + i]! + e * slopes[2 * n + i]!
}

/**
 * Adds a split pseudo-Voigt: below the centre it is wider by the skew, above it narrower, or the other way round. Kernel.
 * @param skew (left width - right width) / (left width + right width).
 */
export function addSkewProfile(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  skew: number,
  out: Float64Array,
  at: number,
): void {
  const left = 1 / (fwhm * (1 + skew))
  const right = 1 / (fwhm * (1 - skew))
  const lorentz = (area * eta * LORENTZIAN_HEIGHT) / fwhm
  const gauss = (area * (1 - eta) * GAUSSIAN_HEIGHT) / fwhm
  const shift = at - from
  for (let i = from; i < to; i++) {
    const d = x[i]! - centre
    const u = d * (d < 0 ? left : right)
    const uu = u * u
    const g = uu < GAUSSIAN_REACH * GAUSSIAN_REACH ? gauss * Math.exp(-FOUR_LN2 * uu) : 0
    out[shift + i]! += g + lorentz / (1 + 4 * uu)
  }
}

/** As {@link addProfileSlopes}, for a split pseudo-Voigt; the derivative by the skew goes to 3 n. Kernel. */
export function addSkewSlopes(
  x: Float64Array,
  from: number,
  to: number,
  area: number,
  centre: number,
  fwhm: number,
  eta: number,
  skew: number,
  slopes: Float64Array,
  n: number,
): void {
  const inverse = 1 / fwhm
  const unitL = area * LORENTZIAN_HEIGHT * inverse
  const unitG = area * GAUSSIAN_HEIGHT * inverse
  for (let i = from; i < to; i++) {
    const d = x[i]! - centre
    const side = d < 0 ? 1 + skew : 1 - skew
    const own = inverse / side
    const u = d * own
    const uu = u * u
    const q = 1 / (1 + 4 * uu)
    const l = unitL * q
    const g = uu < GAUSSIAN_REACH * GAUSSIAN_REACH ? unitG * Math.exp(-FOUR_LN2 * uu) : 0
    const steep = FOUR_LN2 * (1 - eta) * g + 4 * q * eta * l
    // -u d/du of the profile
    const fall = 2 * uu * steep
    slopes[i]! += 2 * u * own * steep
    slopes[n + i]! += inverse * (fall - (1 - eta) * g - eta * l)
    slopes[2 * n + i]! += l - g
    slopes[3 * n + i]! += (d < 0 ? fall : -fall) / side
  }
}
