/**
 * Correlation of two rows over the points that are good in both, by sums about the rows' own means; NaN if fewer than two are, or if one does
 * not vary there.
 * @param z     Centred rows with 0 at bad points, row-major.
 * @param good  1 at good points, 0 at bad ones, as long.
 * @param n     Length of a row.
 * @param i     One row.
 * @param j     The other.
 */
export function pairwiseCorrelation(z: Float64Array, good: Float64Array, n: number, i: number, j: number): number {
  let count = 0
  let sx = 0
  let sy = 0
  let sxx = 0
  let syy = 0
  let sxy = 0
  for (let k = 0, a = i * n, b = j * n; k < n; k++, a++, b++) {
    const x = z[a]! * good[b]!
    const y = z[b]! * good[a]!
    count += good[a]! * good[b]!
    sx += x
    sy += y
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  const vx = sxx - (sx * sx) / count
  const vy = syy - (sy * sy) / count
  // what is left of a constant row by rounding is no variation
  if (!(count >= 2 && vx > 1e-15 * sxx && vy > 1e-15 * syy)) return Number.NaN
  return Math.max(-1, Math.min(1, (sxy - (sx * sy) / count) / Math.sqrt(vx * vy)))
}
