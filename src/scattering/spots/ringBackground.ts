/** Median and scatter of the pixels of each ring, and where rings stand. */
export interface RingBackground {
  /** Fills background and noise of every pixel. */
  fill(values: ArrayLike<number>, bad: Uint8Array, background: Float64Array, noise: Float64Array): void
}

/** Least pixels that a ring needs to say what its background is. */
const LEAST = 12

/**
 * Background of a frame by rings: median of each, straight lines between their middles, so that a steep powder ring is followed; noise from the median of the deviations, not below that of counts.
 * @param radius Radial coordinate of every pixel.
 * @param rings  Number of rings.
 */
export function createRingBackground(radius: Float64Array, rings: number): RingBackground {
  const n = radius.length
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < n; i++) [low, high] = [Math.min(low, radius[i]!), Math.max(high, radius[i]!)]
  const width = (high - low) / rings || 1
  const ring = new Int32Array(n)
  const starts = new Int32Array(rings + 1)
  for (let i = 0; i < n; i++) {
    ring[i] = Math.min(rings - 1, Math.floor((radius[i]! - low) / width))
    starts[ring[i]! + 1]!++
  }
  for (let r = 0; r < rings; r++) starts[r + 1]! += starts[r]!
  const order = new Int32Array(n)
  const next = starts.slice(0, rings)
  for (let i = 0; i < n; i++) order[next[ring[i]!]!++] = i
  const scratch = new Float64Array(n)
  const middle = new Float64Array(rings)
  const spread = new Float64Array(rings)

  /** Median of the numbers of a ring; NaN where there are too few. */
  const medianOf = (r: number, bad: Uint8Array, of: (i: number) => number): number => {
    let count = 0
    for (let k = starts[r]!; k < starts[r + 1]!; k++) if (!bad[order[k]!]) scratch[count++] = of(order[k]!)
    if (count < LEAST) return Number.NaN
    const sorted = scratch.subarray(0, count).sort()
    return count % 2 ? sorted[(count - 1) / 2]! : (sorted[count / 2 - 1]! + sorted[count / 2]!) / 2
  }
  const bridge = (list: Float64Array): void => {
    // rings that know nothing take the next one's
    for (let r = 1; r < rings; r++) if (Number.isNaN(list[r]!)) list[r] = list[r - 1]!
    for (let r = rings - 2; r >= 0; r--) if (Number.isNaN(list[r]!)) list[r] = list[r + 1]!
  }
  return {
    fill(values, bad, background, noise) {
      for (let r = 0; r < rings; r++) middle[r] = medianOf(r, bad, i => values[i]!)
      bridge(middle)
      for (let i = 0; i < n; i++) {
        const at = (radius[i]! - low) / width - 0.5
        const r = Math.min(Math.max(0, rings - 2), Math.max(0, Math.floor(at)))
        const t = Math.min(1, Math.max(0, at - r))
        background[i] = middle[r]! + t * ((middle[r + 1] ?? middle[r]!) - middle[r]!)
      }
      for (let r = 0; r < rings; r++) spread[r] = 1.482602218505602 * medianOf(r, bad, i => Math.abs(values[i]! - background[i]!))
      bridge(spread)
      for (let i = 0; i < n; i++) noise[i] = Math.max(spread[ring[i]!]!, Math.sqrt(Math.max(1, background[i]!)))
    },
  }
}
