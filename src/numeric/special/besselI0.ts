/**
 * Modified Bessel function I0 by its power series, all of whose terms are positive. Relative error below 1e-14 for |x| < 700, where it overflows.
 * Meant for windows, not for hot loops: it takes about |x| terms.
 * @param x A finite number.
 * @see Abramowitz & Stegun 9.6.12
 * @example
 * ```ts
 * import { besselI0 } from 'operando/numeric'
 * besselI0(1) // 1.2660658777520082
 * ```
 */
export function besselI0(x: number): number {
  const quarter = (x * x) / 4
  let term = 1
  let sum = 1
  for (let k = 1; term > 1e-17 * sum && k < 5000; k++) {
    term *= quarter / (k * k)
    sum += term
  }
  return sum
}
