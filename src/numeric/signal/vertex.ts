/**
 * Abscissa of the vertex of the parabola through a maximum and its neighbours; the maximum itself at the ends and where nothing bends down. Kernel.
 * @param x Abscissae, rising.
 * @param y Values.
 * @param i Index of the maximum.
 * @example
 * ```ts
 * import { vertexOf } from 'operando/numeric'
 * vertexOf(Float64Array.of(0, 1, 2), Float64Array.of(0, 3, 2), 1) // 1.25
 * ```
 */
export function vertexOf(x: Float64Array, y: Float64Array, i: number): number {
  if (i <= 0 || i >= x.length - 1) return x[i]!
  const [a, b] = [x[i]! - x[i - 1]!, x[i + 1]! - x[i]!]
  const [left, right] = [(y[i]! - y[i - 1]!) / a, (y[i + 1]! - y[i]!) / b]
  const bend = left - right
  // the slope is the mean of the two chords, weighted for uneven steps
  const slope = (left * b + right * a) / (a + b)
  return bend > 0 ? x[i]! + Math.min(Math.max((slope * (a + b)) / (2 * bend), -a), b) : x[i]!
}
