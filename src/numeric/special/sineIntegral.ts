import { chebyshevSum } from './chebyshev.js'
import { CI, SI, SI_F, SI_G } from './tables.generated.js'

/**
 * Sine integral Si, the integral of sin(t) / t from 0 to x. Relative error below 1e-14; odd, ±pi/2 at infinities.
 * @param x Any number; NaN gives NaN.
 * @see Abramowitz & Stegun 5.2
 * @example
 * ```ts
 * import { sineIntegral } from 'operando/numeric'
 * sineIntegral(Math.PI) // 1.8519370519824661
 * ```
 */
export function sineIntegral(x: number): number {
  const u = Math.abs(x)
  if (u <= 4) return x * chebyshevSum(SI, (u * u) / 8 - 1)
  if (Number.isNaN(x)) return x
  const half = Math.PI / 2
  if (u > 1e17) return x > 0 ? half : -half
  const t = 32 / (u * u) - 1
  const value = half - (chebyshevSum(SI_F, t) * Math.cos(u) + (chebyshevSum(SI_G, t) * Math.sin(u)) / u) / u
  return x < 0 ? -value : value
}

/**
 * Cosine integral Ci, euler + ln|x| plus the integral of (cos(t) - 1) / t from 0 to x. For x < 0 this is the real part, Ci(|x|).
 * Error below 1e-14 relative to its envelope (1 + |ln x| up to x = 1, 1 / x beyond).
 * @param x Any number; -Infinity at 0, 0 at infinities, NaN gives NaN.
 * @see Abramowitz & Stegun 5.2
 * @example
 * ```ts
 * import { cosineIntegral } from 'operando/numeric'
 * cosineIntegral(1) // 0.33740392290096816
 * ```
 */
export function cosineIntegral(x: number): number {
  const u = Math.abs(x)
  if (u === Infinity) return 0
  if (u <= 4) return 0.5772156649015329 + Math.log(u) + u * u * chebyshevSum(CI, (u * u) / 8 - 1)
  const t = 32 / (u * u) - 1
  return (chebyshevSum(SI_F, t) * Math.sin(u) - (chebyshevSum(SI_G, t) * Math.cos(u)) / u) / u
}
