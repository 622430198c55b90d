// AssemblyScript: the exponential of two numbers at a time.

// @ts-ignore: decorator
@inline function next(p: v128, r: v128, c: f64): v128 { return f64x2.add(f64x2.mul(p, r), f64x2.splat(c)) }

/**
 * exp(x) for -700 < x < 700, to 1 unit in the last place: 2^k times the Taylor series of what is left, at most ln(2) / 2.
 * The last term, r^13 / 13!, is 6e-17 there at most 2e-16 of the sum.
 */
// @ts-ignore: decorator
@inline export function exp2lanes(x: v128): v128 {
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(1.4426950408889634)))
  // ln 2 in two parts, the first of 33 bits: k times it is exact
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.693147180369123816490))),
    f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)),
  )
  let p = f64x2.splat(1.6059043836821613e-10)
  p = next(p, r, 2.08767569878681e-9)
  p = next(p, r, 2.505210838544172e-8)
  p = next(p, r, 2.755731922398589e-7)
  p = next(p, r, 2.7557319223985893e-6)
  p = next(p, r, 2.48015873015873e-5)
  p = next(p, r, 1.984126984126984e-4)
  p = next(p, r, 1.388888888888889e-3)
  p = next(p, r, 8.333333333333333e-3)
  p = next(p, r, 4.1666666666666664e-2)
  p = next(p, r, 1.6666666666666666e-1)
  p = next(p, r, 0.5)
  p = next(p, r, 1)
  p = next(p, r, 1)
  // k stands in the last bits of k + 1.5 x 2^52: shifted into the exponent
  return i64x2.add(p, i64x2.shl(f64x2.add(k, f64x2.splat(6755399441055744)), 52))
}
