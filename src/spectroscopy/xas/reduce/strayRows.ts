/** At most so many rows at an end, or this share of the scan, can be stray. */
const MOST = { rows: 10, share: 0.05 }
/** A gap is so many times as wide as the steps on both of its sides. */
const GAP = 2.5

/**
 * Rows at either end of a scan that a gap cuts off: several rows whose own steps, and those behind the gap, are much narrower than it. Regions of a normal scan change their step, but no step is wider than those on both sides.
 * @param axis Energies.
 * @param rows Rows of the scan in their order.
 */
export function strayRows(axis: Float64Array, rows: readonly number[]): number[] {
  const most = Math.min(Math.max(MOST.rows, Math.floor(MOST.share * rows.length)), rows.length >> 2)
  const step = (i: number): number => Math.abs(axis[rows[i]!]! - axis[rows[i - 1]!]!)
  const isGap = (i: number): boolean => {
    const beside = Math.max(step(i - 1), step(i + 1))
    return beside > 0 && step(i) > GAP * beside
  }
  const stray: number[] = []
  for (let i = most; i > 1; i--) {
    if (!isGap(i)) continue
    stray.push(...rows.slice(0, i))
    break
  }
  for (let i = rows.length - most; i < rows.length - 1; i++) {
    if (!isGap(i)) continue
    stray.push(...rows.slice(i))
    break
  }
  return stray
}
