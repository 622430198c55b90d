import { expSquares } from './expSquare.js'
import { WOFZ_H, WOFZ_HALF, WOFZ_WHOLE } from './tables.generated.js'

/**
 * Dawson's integral exp(-x²) times the integral of exp(t²) from 0 to x: sqrt(pi)/2 Im w(x). Relative error below 1e-14; odd.
 * @param x Any number; NaN gives NaN.
 * @see Abramowitz & Stegun 7.1.17; computed as {@link faddeeva} on the real axis
 * @example
 * ```ts
 * import { dawson } from 'operando/numeric'
 * dawson(1) // 0.5380795069127684
 * ```
 */
export function dawson(x: number): number {
  const u = Math.abs(x)
  if (u > 12) {
    let r = 0
    if (u < 1e8) for (let k = 9; k > 0; k--) r = (0.5 * k) / (u - r)
    return (Math.sign(x) * 0.5) / (u - r)
  }
  // below this x (1 - 2 x² / 3) is x to rounding
  if (u < 1e-9) return x
  const phase = u / WOFZ_H
  const part = phase - Math.floor(phase)
  const whole = part >= 0.25 && part <= 0.75
  const weights = whole ? WOFZ_WHOLE : WOFZ_HALF
  const first = whole ? WOFZ_H : 0.5 * WOFZ_H
  let sum = whole ? 0.5 / (u * u) : 0
  for (let k = 0; k < weights.length; k++) {
    const t = first + k * WOFZ_H
    sum += weights[k]! / ((u - t) * (u + t))
  }
  const pole = whole ? -1 / Math.tan(Math.PI * part) : Math.tan(Math.PI * part)
  const im = ((2 * WOFZ_H) / Math.PI) * u * sum + expSquares(u, 0) * pole
  return x * (0.886226925452758 * (im / u))
}
