import { lgamma, stirling } from './gamma.js'
import { log1pMinus } from './log1pMinus.js'

const MOST_TERMS = 1e6

/** ln of the beta function B(a, b). */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (large < 10) return lgamma(small) + lgamma(large) - lgamma(a + b)
  // Stirling's forms subtracted term by term, since both logarithms are large and nearly equal
  const sum = small + large
  const change = stirling(large) - stirling(sum) - (large - 0.5) * Math.log1p(small / large) - small * (Math.log(sum) - 1)
  return lgamma(small) + change
}

/** x^a y^b / (a B(a, b)) for y = 1 - x. */
export function frontFactor(a: number, b: number, x: number, y: number): number {
  const sum = a + b
  if (a < 10 || b < 10) {
    const logX = x < 0.7 ? Math.log(x) : Math.log1p(-y)
    const logY = y < 0.7 ? Math.log(y) : Math.log1p(-x)
    return Math.exp(a * logX + b * logY - logBeta(a, b)) / a
  }
  // deviation from the mean, by whichever of x and y is the smaller
  const lambda = x < y ? a - sum * x : sum * y - b
  const exponent = a * log1pMinus(-lambda / a, (x * sum) / a) + b * log1pMinus(lambda / b, (y * sum) / b)
  return (Math.exp(exponent + stirling(sum) - stirling(a) - stirling(b)) * Math.sqrt((a * b) / (2 * Math.PI * sum))) / a
}

/**
 * I_x(a, b) by its continued fraction (Lentz's algorithm), quick for x below the mean. Of DiDonato and Morris's form, which needs y beside x: no term is a
 * difference of nearly equal ones, even where a is huge and x close to 1.
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const below = (m: number): number =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (a + 2 * m + 1)
  let h = (a * (a * y - b * x + 1)) / (a + 1)
  let c = h
  let d = 0
  for (let m = 1; m < MOST_TERMS; m++) {
    const odd = a + 2 * m - 1
    const above = ((a + m - 1) / odd) * ((a + b + m - 1) / odd) * m * (b - m) * x * x
    const term = below(m)
    d = 1 / (term + above * d)
    c = term + above / c
    h *= c * d
    if (Math.abs(c * d - 1) < 3e-16) break
  }
  return (a * frontFactor(a, b, x, y)) / h
}

/**
 * I_x(a, b) from x and y = 1 - x, so that neither end loses digits.
 * @param a First order, > 0.
 * @param b Second order, > 0.
 * @param x From 0 to 1.
 * @param y 1 - x.
 */
export function betaShare(a: number, b: number, x: number, y: number): number {
  if (x === 0) return 0
  if (y === 0) return 1
  return x <= (a + 1) / (a + b + 2) ? fraction(a, b, x, y) : 1 - fraction(b, a, y, x)
}

/**
 * Regularised incomplete beta function I_x(a, b): the share of the integral of t^(a - 1) (1 - t)^(b - 1) below x. The upper share is
 * betaInc(b, a, 1 - x). Relative error below 1e-12 where the result is not subnormal and a, b are not below 1e-2.
 * @param a First order, > 0; else NaN.
 * @param b Second order, > 0; else NaN.
 * @param x From 0 to 1; else NaN.
 * @see Abramowitz & Stegun 26.5; DiDonato & Morris, ACM Trans. Math. Softw. 18 (1992) 360
 * @example
 * ```ts
 * import { betaInc } from 'operando/numeric'
 * betaInc(2, 3, 0.5) // 0.6875
 * ```
 */
export function betaInc(a: number, b: number, x: number): number {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity && x >= 0 && x <= 1)) return Number.NaN
  return betaShare(a, b, x, 1 - x)
}
