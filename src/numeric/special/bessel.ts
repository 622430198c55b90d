import { chebyshevSum } from './chebyshev.js'
import { J0, J0_P, J0_Q, J1, J1_P, J1_Q } from './tables.generated.js'

const SQRT_INV_PI = 0.5641895835477563

/**
 * Bessel function J0. Error below 1e-14 relative to its envelope min(1, sqrt(2 / (pi |x|))); so relative to J0 itself away from its zeros. Even.
 * @param x Any number; 0 at infinities, NaN gives NaN. Beyond 1e16 a double has no phase, and neither has the answer.
 * @see Abramowitz & Stegun 9.2.5
 * @example
 * ```ts
 * import { besselJ0 } from 'operando/numeric'
 * besselJ0(1) // 0.7651976865579666
 * ```
 */
export function besselJ0(x: number): number {
  const u = Math.abs(x)
  if (u <= 8) return chebyshevSum(J0, (u * u) / 32 - 1)
  if (u === Infinity) return 0
  const w = 8 / u
  const t = 2 * w * w - 1
  const c = Math.cos(u)
  const s = Math.sin(u)
  // cos and sin of x - pi/4, without its rounding; their common 1 / sqrt(2) has gone into the factor
  return (SQRT_INV_PI / Math.sqrt(u)) * (chebyshevSum(J0_P, t) * (c + s) - w * chebyshevSum(J0_Q, t) * (s - c))
}

/**
 * Bessel function J1. Error below 1e-14 relative to its envelope min(|x| / 2, sqrt(2 / (pi |x|))). Odd.
 * @param x Any number; 0 at infinities, NaN gives NaN.
 * @see Abramowitz & Stegun 9.2.5
 * @example
 * ```ts
 * import { besselJ1 } from 'operando/numeric'
 * besselJ1(1) // 0.4400505857449335
 * ```
 */
export function besselJ1(x: number): number {
  const u = Math.abs(x)
  if (u <= 8) return x * chebyshevSum(J1, (u * u) / 32 - 1)
  if (u === Infinity) return 0
  const w = 8 / u
  const t = 2 * w * w - 1
  const c = Math.cos(u)
  const s = Math.sin(u)
  const value = (SQRT_INV_PI / Math.sqrt(u)) * (chebyshevSum(J1_P, t) * (s - c) + w * chebyshevSum(J1_Q, t) * (s + c))
  return x < 0 ? -value : value
}
