import { chebyshevSum } from './chebyshev.js'
import { expSquares } from './expSquare.js'
import { ERF, ERFCX } from './tables.generated.js'

/** erfcx for x >= 0. */
function scaled(x: number): number {
  // 1 / (sqrt(pi) x) (1 - 1 / (2 x²)) is exact to rounding here
  if (x > 1e8) return 0.5641895835477563 / x
  return chebyshevSum(ERFCX, (x - 3.75) / (x + 3.75)) / (1 + 2 * x)
}

/**
 * Error function, 2/sqrt(pi) times the integral of exp(-t²) from 0 to x. Relative error below 1e-15 everywhere; odd, -0 stays -0.
 * @param x Any number; NaN gives NaN.
 * @see Abramowitz & Stegun 7.1.1
 * @example
 * ```ts
 * import { erf } from 'operando/numeric'
 * erf(1) // 0.8427007929497149
 * ```
 */
export function erf(x: number): number {
  if (Math.abs(x) <= 1) return x * chebyshevSum(ERF, 2 * x * x - 1)
  return x > 0 ? 1 - erfc(x) : erfc(-x) - 1
}

/**
 * Complementary error function 1 - erf(x), without cancellation. Relative error below 1e-14 until it underflows (x > 26.5).
 * @param x Any number; NaN gives NaN.
 * @example
 * ```ts
 * import { erfc } from 'operando/numeric'
 * erfc(10) // 2.088487583762545e-45
 * ```
 */
export function erfc(x: number): number {
  if (Math.abs(x) < 0.5) return 1 - erf(x)
  if (x < 0) return 2 - erfc(-x)
  if (x > 28) return 0
  return expSquares(x, 0) * scaled(x)
}

/**
 * Scaled complementary error function exp(x²) erfc(x): what remains of erfc when the Gaussian is taken out. Relative error below 1e-14;
 * Infinity below x = -26.7.
 * @param x Any number; NaN gives NaN.
 * @see Shepherd & Laframboise, Math. Comp. 36 (1981) 249 (the map of the half line; the coefficients are our own)
 * @example
 * ```ts
 * import { erfcx } from 'operando/numeric'
 * erfcx(50) // 0.011281536265323773
 * ```
 */
export function erfcx(x: number): number {
  if (!(x < 0)) return scaled(x)
  if (x < -27) return Infinity
  return 2 * expSquares(0, x) - scaled(-x)
}
