/**
 * Which points of a run to draw: all, or where there are many more than pixels, the first, lowest, highest and last of each half pixel,
 * which draws the very same line. A run that is not in order of x is kept whole.
 * @param px   Pixel positions.
 * @param py   Pixel positions.
 * @param from First point.
 * @param to   One past the last.
 * @see Jugel et al., "M4: a visualization-oriented time series data aggregation", VLDB 7 (2014) 797
 */
export function thinned(px: Float64Array, py: Float64Array, from: number, to: number): number[] {
  const keep: number[] = []
  const bin = (i: number): number => Math.floor(px[i]! * 2)
  let ordered = to - from > 2000
  for (let i = from + 1; ordered && i < to; i++) ordered = px[i]! >= px[i - 1]!
  if (!ordered) {
    for (let i = from; i < to; i++) keep.push(i)
    return keep
  }
  for (let i = from; i < to; ) {
    const b = bin(i)
    let low = i
    let high = i
    let end = i
    for (; end < to && bin(end) === b; end++) {
      if (py[end]! < py[low]!) low = end
      if (py[end]! > py[high]!) high = end
    }
    for (const k of [...new Set([i, low, high, end - 1])].sort((a, c) => a - c)) keep.push(k)
    i = end
  }
  return keep
}
