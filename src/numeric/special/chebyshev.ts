/**
 * Sum of a Chebyshev series, c[0] + c[1] T1(t) + ... by Clenshaw's recurrence.
 * @param c Coefficients, at least 1.
 * @param t In [-1, 1].
 * @see Clenshaw, Math. Comp. 9 (1955) 118
 * @example
 * ```ts
 * import { chebyshevSum } from 'operando/numeric'
 * chebyshevSum(Float64Array.of(1, 0, 2), 0.5) // 1 + 2 T2(0.5) = 0
 * ```
 */
export function chebyshevSum(c: Float64Array, t: number): number {
  let b1 = 0
  let b2 = 0
  const twice = 2 * t
  for (let k = c.length - 1; k > 0; k--) {
    const b = twice * b1 - b2 + c[k]!
    b2 = b1
    b1 = b
  }
  return t * b1 - b2 + c[0]!
}
