import { chebyshevSum } from './chebyshev.js'
import { DIGAMMA, DIGAMMA_ZERO, DIGAMMA_ZERO_LOW, GAMMA, LGAMMA } from './tables.generated.js'

const HALF_LN_2PI = 0.9189385332046727

/** sin(pi x) without the rounding of pi x: exactly 0 at whole numbers. */
export function sinPi(x: number): number {
  // fold to |r| <= 1/2 around the nearest whole number
  const whole = Math.round(x)
  const r = x - whole
  const s = Math.sin(Math.PI * r)
  return whole % 2 === 0 ? s : -s
}

/** Stirling's series without its leading terms: ln gamma(x) - (x - 1/2) ln x + x - ln(2 pi) / 2, for x >= 10. */
export function stirling(x: number): number {
  const r = 1 / (x * x)
  // B(2k) / (2k (2k - 1)), k = 1 .. 8
  return (
    (1 / 12 -
      r *
        (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r * (1 / 156 - (r * 3617) / 122400))))))) /
    x
  )
}

/**
 * Gamma function. Relative error below 1e-13 where the result is finite and not subnormal; exact for whole numbers up to 23.
 * @param x Any number. 0 gives Infinity (-0: -Infinity), negative whole numbers and -Infinity give NaN, x > 171.62 Infinity.
 * @see Abramowitz & Stegun 6.1
 * @example
 * ```ts
 * import { gamma } from 'operando/numeric'
 * gamma(0.5) // 1.772453850905516
 * ```
 */
export function gamma(x: number): number {
  if (Number.isNaN(x) || x === -Infinity) return Number.NaN
  if (x === 0) return 1 / x
  if (x < 0 && Number.isInteger(x)) return Number.NaN
  if (x > 172) return Infinity
  if (x > 30 || x < -30) {
    const z = x > 0 ? x : 1 - x
    if (z > 190) return 0
    // in two halves, since the power alone may overflow
    const half = z ** (0.5 * z - 0.25)
    const rest = Math.exp(HALF_LN_2PI + stirling(z) - z)
    return x > 0 ? half * rest * half : Math.PI / half / (sinPi(x) * rest) / half
  }
  let product = 1
  let y = x
  if (Number.isInteger(x)) {
    while (y > 2) product *= --y
    return product
  }
  let divisor = 1
  while (y > 2) product *= --y
  while (y < 1) divisor *= y++
  // y++ loses the small digits of a tiny x: there gamma(x) = 1 / x - euler
  if (Math.abs(x) < 1e-9) return 1 / x - 0.5772156649015329
  return (chebyshevSum(GAMMA, 2 * y - 3) * product) / divisor
}

/**
 * ln |gamma(x)|. Relative error below 1e-13 for x > 0 (also at its zeros 1 and 2); absolute error below 1e-13 (1 + |x|) for x < 0, where it has other zeros.
 * @param x Any number. Infinity at 0, at negative whole numbers and at both infinities.
 * @see Abramowitz & Stegun 6.1.41
 * @example
 * ```ts
 * import { lgamma } from 'operando/numeric'
 * lgamma(1000) // 5905.220423209181
 * ```
 */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x
  if (x === Infinity || x === -Infinity || (x <= 0 && Number.isInteger(x))) return Infinity
  if (Math.abs(x) < 1e-17) return -Math.log(Math.abs(x))
  if (x < 0) return Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x)
  if (x < 0.5) return lgamma(1 + x) - Math.log(x)
  if (x <= 2.5) return (x - 1) * (x - 2) * chebyshevSum(LGAMMA, x - 1.5)
  if (x < 12) {
    let product = 1
    let y = x
    while (y > 2.5) product *= --y
    return Math.log(product) + lgamma(y)
  }
  const main = (x - 0.5) * (Math.log(x) - 1)
  return main === Infinity ? main : main + (HALF_LN_2PI - 0.5 + stirling(x))
}

/**
 * ln gamma(1 + x) for x from -1/2 to 3/2, exact in the small digits of x.
 * @param x In [-1/2, 3/2].
 */
export function lgamma1p(x: number): number {
  return x * (x - 1) * chebyshevSum(LGAMMA, x - 0.5)
}

/**
 * Digamma function, the derivative of ln gamma. Relative error below 1e-13 for x > 0 (also at its zero 1.4616...); for x < 0 the error is
 * relative to 1 + |pi cot(pi x)|.
 * @param x Any number. NaN at negative whole numbers and -Infinity; 0 gives -Infinity, -0 Infinity.
 * @see Abramowitz & Stegun 6.3
 * @example
 * ```ts
 * import { digamma } from 'operando/numeric'
 * digamma(1) // -0.5772156649015329
 * ```
 */
export function digamma(x: number): number {
  if (Number.isNaN(x) || x === -Infinity) return Number.NaN
  if (x === 0) return -1 / x
  if (x < 0) {
    if (Number.isInteger(x)) return Number.NaN
    const r = x - Math.round(x)
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * r)
  }
  if (x < 1) return digamma(x + 1) - 1 / x
  if (x <= 2) return (x - DIGAMMA_ZERO - DIGAMMA_ZERO_LOW) * chebyshevSum(DIGAMMA, 2 * x - 3)
  if (x < 12) {
    let sum = 0
    let y = x
    while (y > 2) sum += 1 / --y
    return digamma(y) + sum
  }
  const r = 1 / (x * x)
  // B(2k) / 2k, k = 1 .. 7
  const series = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760 - r / 12))))))
  return Math.log(x) - 0.5 / x - series
}
