// AssemblyScript: peak profiles added to a sum, and their derivatives to columns. The algebra is that of scattering/profiles/pseudoVoigt.ts,
// which also gives all factors: numbers written here would be made anew for each point.
import { exp2lanes } from './exp'
import { VECTOR } from './vectors'

/** Adds two values, or the first of them. */
// @ts-ignore: decorator
@inline function add(p: usize, v: v128, both: bool): void {
  if (both) v128.store(p, f64x2.add(v128.load(p), v))
  else store<f64>(p, load<f64>(p) + f64x2.extract_lane(v, 0))
}

/** unit exp(-decay dd) where dd < limit, else 0. */
// @ts-ignore: decorator
@inline function gaussian(dd: v128, decay: v128, limit: v128, unit: v128): v128 {
  const inside = f64x2.lt(dd, limit)
  if (!v128.any_true(inside)) return v128.xor(dd, dd)
  // the lane that is outside must not overflow the exponent
  return v128.and(inside, f64x2.mul(unit, exp2lanes(f64x2.neg(f64x2.mul(decay, f64x2.min(dd, limit))))))
}

/** Adds unitG exp(-decay d²) + unitL ww / (ww + d²), d = x - centre, the first term for d² < limit, to `count` values of out. */
export function pseudoVoigt(
  x: usize, count: usize, out: usize, centre: f64, ww: f64, decay: f64, limit: f64, unitG: f64, unitL: f64,
): void {
  const lorentz = unitL * ww
  for (let left: isize = count; left > 0; left -= 2, x += VECTOR, out += VECTOR) {
    const both = left > 1
    const d = f64x2.sub(both ? v128.load(x) : v128.load64_splat(x), f64x2.splat(centre))
    const dd = f64x2.mul(d, d)
    const l = f64x2.div(f64x2.splat(lorentz), f64x2.add(f64x2.splat(ww), dd))
    add(out, f64x2.add(gaussian(dd, f64x2.splat(decay), f64x2.splat(limit), f64x2.splat(unitG)), l), both)
  }
}

// @ts-ignore: decorator
@inline function slopesAt(
  at: v128, both: bool, out: usize, areaColumn: usize, centreColumn: usize, fwhmColumn: usize, etaColumn: usize,
  centre: f64, ww: f64, decay: f64, limit: f64, unitG: f64, unitL: f64,
  area: f64, eta: f64, areaFactor: f64, centreFactor: f64, inverse: f64, steepG: f64, steepL: f64, slope: f64,
): void {
  const d = f64x2.sub(at, f64x2.splat(centre))
  const dd = f64x2.mul(d, d)
  const g = gaussian(dd, f64x2.splat(decay), f64x2.splat(limit), f64x2.splat(unitG))
  const q = f64x2.div(f64x2.splat(ww), f64x2.add(f64x2.splat(ww), dd))
  const l = f64x2.mul(f64x2.splat(unitL), q)
  const difference = f64x2.sub(l, g)
  const mixed = f64x2.add(g, f64x2.mul(f64x2.splat(eta), difference))
  const ll = f64x2.mul(f64x2.splat(eta), l)
  const gg = f64x2.sub(g, f64x2.mul(f64x2.splat(eta), g))
  const steep = f64x2.mul(d, f64x2.add(f64x2.mul(f64x2.splat(steepG), gg), f64x2.mul(f64x2.splat(steepL), f64x2.mul(q, ll))))
  add(out, f64x2.mul(f64x2.splat(area), mixed), both)
  add(areaColumn, f64x2.mul(f64x2.splat(areaFactor), mixed), both)
  add(centreColumn, f64x2.mul(f64x2.splat(centreFactor), steep), both)
  add(fwhmColumn, f64x2.sub(f64x2.mul(f64x2.mul(f64x2.splat(inverse), d), steep), f64x2.mul(f64x2.splat(slope), mixed)), both)
  add(etaColumn, f64x2.mul(f64x2.splat(area), difference), both)
}

/** Adds area times the mixture of both, eta of the Lorentzian, and its derivatives to four columns. */
export function pseudoVoigtSlopes(
  x: usize, count: usize, out: usize, areaColumn: usize, centreColumn: usize, fwhmColumn: usize, etaColumn: usize,
  centre: f64, ww: f64, decay: f64, limit: f64, unitG: f64, unitL: f64,
  area: f64, eta: f64, areaFactor: f64, centreFactor: f64, inverse: f64, steepG: f64, steepL: f64, slope: f64,
): void {
  for (let left: isize = count; left > 1; left -= 2) {
    slopesAt(
      v128.load(x), true, out, areaColumn, centreColumn, fwhmColumn, etaColumn, centre, ww, decay, limit, unitG, unitL,
      area, eta, areaFactor, centreFactor, inverse, steepG, steepL, slope,
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
      v128.load64_splat(x), false, out, areaColumn, centreColumn, fwhmColumn, etaColumn, centre, ww, decay, limit, unitG, unitL,
      area, eta, areaFactor, centreFactor, inverse, steepG, steepL, slope,
    )
  }
}
