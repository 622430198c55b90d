/**
 * Derivative as Larch takes it: central difference of the values over that of the abscissae. On an uneven grid this is the chord over both neighbours, not the slope at the point.
 * @param x Abscissae, n values, strictly rising.
 * @param y Values, n.
 */
export function chordSlope(x: Float64Array, y: Float64Array): Float64Array {
  const last = x.length - 1
  const out = new Float64Array(x.length)
  for (let i = 0; i <= last; i++) {
    const [low, high] = [Math.max(i - 1, 0), Math.min(i + 1, last)]
    out[i] = (y[high]! - y[low]!) / (x[high]! - x[low]!)
  }
  return out
}

/**
 * The steepest point that is no glitch: both neighbours must be steep as well.
 * @param derivative n values.
 * @param low        First index that counts.
 * @param high       Last index that counts.
 * @param share      What the neighbours must have at least, of the highest. Default 0.1.
 * @returns Its index, -1 if there is none.
 */
export function steepest(derivative: Float64Array, low: number, high: number, share = 0.1): number {
  let most = -Infinity
  for (let i = low; i <= high; i++) if (derivative[i]! > most) most = derivative[i]!
  if (!(most > 0)) return -1
  let best = -1
  for (let i = low; i <= high; i++) {
    if (!(derivative[i]! > share * most && derivative[i - 1]! > share * most && derivative[i + 1]! > share * most)) continue
    if (best < 0 || derivative[i]! > derivative[best]!) best = i
  }
  return best
}
