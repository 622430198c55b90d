// AssemblyScript: peak profiles added to a sum, and their derivatives to columns. The algebra is that of scattering/profiles/pseudoVoigt.ts.
import { exp2lanes } from './exp'
import { VECTOR } from './vectors'

const FOUR_LN2: f64 = 2.7725887222397811449
/** Height of a Gaussian, of a Lorentzian of area 1 and full width at half maximum 1. */
const GAUSSIAN_HEIGHT: f64 = 0.93943727869965133
const LORENTZIAN_HEIGHT: f64 = 0.63661977236758134
/** Beyond this 4 ln 2 u^2 the Gaussian is left out. */
const GAUSSIAN_ENDS: f64 = 60

/** Adds two values, or the first of them. */
// @ts-ignore: decorator
@inline function add(p: usize, v: v128, both: bool): void {
  if (both) v128.store(p, f64x2.add(v128.load(p), v))
  else store<f64>(p, load<f64>(p) + f64x2.extract_lane(v, 0))
}

// @ts-ignore: decorator
@inline function gaussian(t: v128, unit: v128): v128 {
  const inside = f64x2.lt(t, f64x2.splat(GAUSSIAN_ENDS))
  if (!v128.any_true(inside)) return f64x2.splat(0)
  // lanes that are outside must not overflow the exponent
  const x = f64x2.neg(f64x2.min(t, f64x2.splat(GAUSSIAN_ENDS)))
  return v128.and(inside, f64x2.mul(unit, exp2lanes(x)))
}

/** Adds area times a pseudo-Voigt of area 1 to `count` values of out. */
export function pseudoVoigt(x: usize, count: usize, area: f64, centre: f64, fwhm: f64, eta: f64, out: usize): void {
  const inverse = 1 / fwhm
  const unitG = f64x2.splat(area * (1 - eta) * GAUSSIAN_HEIGHT * inverse)
  const unitL = f64x2.splat(area * eta * LORENTZIAN_HEIGHT * inverse)
  const one = f64x2.splat(1)
  for (let left: isize = count; left > 0; left -= 2, x += VECTOR, out += VECTOR) {
    const at = left > 1 ? v128.load(x) : v128.load64_splat(x)
    const u = f64x2.mul(f64x2.sub(at, f64x2.splat(centre)), f64x2.splat(inverse))
    const uu = f64x2.mul(u, u)
    const l = f64x2.div(unitL, f64x2.add(one, f64x2.mul(f64x2.splat(4), uu)))
    add(out, f64x2.add(gaussian(f64x2.mul(f64x2.splat(FOUR_LN2), uu), unitG), l), left > 1)
  }
}

// @ts-ignore: decorator
@inline function slopesAt(
  at: v128, both: bool, area: f64, centre: f64, inverse: f64, eta: f64, unitG: v128, unitL: v128, out: usize,
  areaColumn: usize, centreColumn: usize, fwhmColumn: usize, etaColumn: usize, areaFactor: f64, centreFactor: f64,
): void {
  const one = f64x2.splat(1)
  const u = f64x2.mul(f64x2.sub(at, f64x2.splat(centre)), f64x2.splat(inverse))
  const uu = f64x2.mul(u, u)
  const t = f64x2.mul(f64x2.splat(FOUR_LN2), uu)
  const g = gaussian(t, unitG)
  const uu4 = f64x2.mul(f64x2.splat(4), uu)
  const q = f64x2.div(one, f64x2.add(one, uu4))
  const l = f64x2.mul(unitL, q)
  const difference = f64x2.sub(l, g)
  const ll = f64x2.mul(f64x2.splat(eta), l)
  const gg = f64x2.mul(f64x2.splat(1 - eta), g)
  const mixed = f64x2.add(gg, ll)
  const slope = f64x2.splat(area * inverse)
  const qll = f64x2.mul(q, ll)
  add(out, f64x2.mul(f64x2.splat(area), mixed), both)
  add(areaColumn, f64x2.mul(f64x2.splat(areaFactor), mixed), both)
  const tangent = f64x2.add(f64x2.mul(f64x2.splat(FOUR_LN2), gg), f64x2.mul(f64x2.splat(4), qll))
  add(centreColumn, f64x2.mul(f64x2.mul(f64x2.splat(2 * centreFactor), f64x2.mul(slope, u)), tangent), both)
  const spread = f64x2.add(f64x2.mul(t, gg), f64x2.mul(uu4, qll))
  add(fwhmColumn, f64x2.mul(slope, f64x2.sub(f64x2.mul(f64x2.splat(2), spread), mixed)), both)
  add(etaColumn, f64x2.mul(f64x2.splat(area), difference), both)
}

/** As {@link pseudoVoigt}, with its derivatives added to four columns. */
export function pseudoVoigtSlopes(
  x: usize, count: usize, area: f64, centre: f64, fwhm: f64, eta: f64, out: usize,
  areaColumn: usize, centreColumn: usize, fwhmColumn: usize, etaColumn: usize, areaFactor: f64, centreFactor: f64,
): void {
  const inverse = 1 / fwhm
  const unitG = f64x2.splat(GAUSSIAN_HEIGHT * inverse)
  const unitL = f64x2.splat(LORENTZIAN_HEIGHT * inverse)
  for (let left: isize = count; left > 1; left -= 2) {
    slopesAt(
      v128.load(x), true, area, centre, inverse, eta, unitG, unitL, out,
      areaColumn, centreColumn, fwhmColumn, etaColumn, areaFactor, centreFactor,
    )
    x += VECTOR
    out += VECTOR
    areaColumn += VECTOR
    centreColumn += VECTOR
    fwhmColumn += VECTOR
    etaColumn += VECTOR
  }
  if (count & 1) {
    slopesAt(
      v128.load64_splat(x), false, area, centre, inverse, eta, unitG, unitL, out,
      areaColumn, centreColumn, fwhmColumn, etaColumn, areaFactor, centreFactor,
    )
  }
}
