import { erfc } from './erf.js'
import { lgamma, lgamma1p, stirling } from './gamma.js'
import { log1pMinus } from './log1pMinus.js'

/** Beyond this a the expansion for large a has all digits, and sums would be long. */
const LARGE = 1e8
const MOST_TERMS = 1e6

/** x^a exp(-x) / gamma(a + 1), without the cancellation of its large factors. */
export function poissonTerm(a: number, x: number): number {
  if (a < 10) return Math.exp(a * Math.log(x) - x - (a < 1 ? lgamma1p(a) : lgamma(a + 1)))
  return Math.exp(a * log1pMinus((x - a) / a, x / a) - stirling(a)) / Math.sqrt(2 * Math.PI * a)
}

/** P by its power series: all terms positive, quick for x below a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > 1e-17 * sum && n < MOST_TERMS; n++) {
    term *= x / (a + n)
    sum += term
  }
  return poissonTerm(a, x) * sum
}

/** Q by Legendre's continued fraction (Lentz's algorithm), quick for x above a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let h = d
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = n * (a - n)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    h *= c * d
    if (Math.abs(c * d - 1) < 3e-16) break
  }
  return poissonTerm(a, x) * a * h
}

/** Q for small a and x, where 1 - P would cancel. */
function upperSmall(a: number, x: number): number {
  let term = 1
  let sum = 0
  for (let n = 1; n < 40; n++) {
    term *= -x / n
    sum += term / (a + n)
  }
  const exponent = a * Math.log(x) - lgamma1p(a)
  return -Math.expm1(exponent) - Math.exp(exponent) * a * sum
}

/** Q, or with `sign` -1 P, by the leading terms of Temme's uniform expansion. */
function largeOrder(a: number, x: number, sign: 1 | -1): number {
  const mu = (x - a) / a
  const eta = Math.sign(mu) * Math.sqrt(-2 * log1pMinus(mu, x / a))
  const gaussian = Math.exp(-0.5 * a * eta * eta) / Math.sqrt(2 * Math.PI * a)
  // the bracket is 1 / mu - 1 / eta with its pole taken out; further off, the Gaussian is 0
  return 0.5 * erfc(sign * eta * Math.sqrt(a / 2)) + sign * gaussian * (-1 / 3 + eta * (1 / 12 - (eta * 2) / 135))
}

/**
 * Regularised lower incomplete gamma function P(a, x): the share of the integral of t^(a - 1) exp(-t) below x. P + Q = 1.
 * Relative error below 1e-12 where the result is not subnormal.
 * @param a Order, > 0; else NaN.
 * @param x >= 0; below 0 NaN. 0 gives 0, Infinity 1.
 * @see Abramowitz & Stegun 6.5.1; Gautschi, ACM Trans. Math. Softw. 5 (1979) 466; Temme, SIAM J. Math. Anal. 10 (1979) 757
 * @example
 * ```ts
 * import { gammaP } from 'operando/numeric'
 * gammaP(1, 2) // 0.8646647167633873 = 1 - exp(-2)
 * ```
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0 && a < Infinity && x >= 0)) return Number.NaN
  if (x === 0) return 0
  if (x === Infinity) return 1
  if (a > LARGE) return largeOrder(a, x, -1)
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/**
 * Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), without cancellation: the survival function of counting statistics.
 * Relative error below 1e-12 where the result is not subnormal.
 * @param a Order, > 0; else NaN.
 * @param x >= 0; below 0 NaN. 0 gives 1, Infinity 0.
 * @see Abramowitz & Stegun 6.5.3
 * @example
 * ```ts
 * import { gammaQ } from 'operando/numeric'
 * gammaQ(1, 50) // 1.9287498479639178e-22 = exp(-50)
 * ```
 */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0 && a < Infinity && x >= 0)) return Number.NaN
  if (x === 0) return 1
  if (x === Infinity) return 0
  if (a > LARGE) return largeOrder(a, x, 1)
  if (x >= a + 1) return upperFraction(a, x)
  return a < 1 && x < 1 ? upperSmall(a, x) : 1 - lowerSeries(a, x)
}
