/**
 * sin(x) / x, with 1 at 0. There is no pi in it (numpy.sinc(x) is our sinc(pi x)). Even; 0 at infinities.
 * Error below 2e-16 relative to min(1, 1 / |x|).
 * @param x Any number; NaN gives NaN.
 * @example
 * ```ts
 * import { sinc } from 'operando/numeric'
 * sinc(Math.PI / 2) // 0.6366197723675814
 * ```
 */
export function sinc(x: number): number {
  if (x === 0) return 1
  if (x === Infinity || x === -Infinity) return 0
  return Math.sin(x) / x
}
