/** Rows and columns of a tile: its two images stay in the cache. */
const tile = 32

/**
 * Copies rows of an upper triangle and their mirror image.
 * @param from   The rows `first` to `end - 1`, whole, `stride` values each; what is left of the diagonal is not read.
 * @param stride Values from row to row of `from`.
 * @param first  First row.
 * @param end    After the last row.
 * @param to     count x count; may be `from` where that holds all rows.
 * @param count  Rows and columns.
 */
export function mirror(from: Float64Array, stride: number, first: number, end: number, to: Float64Array, count: number): void {
  for (let top = first; top < end; top += tile) {
    const bottom = Math.min(end, top + tile)
    for (let left = top; left < count; left += tile) {
      const right = Math.min(count, left + tile)
      for (let i = top; i < bottom; i++) {
        const row = (i - first) * stride
        for (let j = Math.max(i, left); j < right; j++) {
          const value = from[row + j]!
          to[i * count + j] = value
          to[j * count + i] = value
        }
      }
    }
  }
}
