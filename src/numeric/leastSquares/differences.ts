/** What a difference Jacobian needs. */
export interface DifferenceOptions {
  /** Number of residuals. */
  readonly points: number
  /** Lower bounds of the varied parameters. */
  readonly lower: Float64Array
  /** Upper bounds. */
  readonly upper: Float64Array
  /** A size of each that matters. */
  readonly scale: Float64Array
  /**
   * Raw residuals at varied values.
   * @param varied k values.
   * @param out    n values to fill.
   */
  residuals(varied: Float64Array, out: Float64Array): void
}

/** Fills a difference Jacobian: see {@link createDifferences}. */
export type Differences = (
  varied: Float64Array,
  atVaried: Float64Array,
  accuracy: 'forward' | 'central',
  out: Float64Array,
) => boolean

const HALF = Math.sqrt(Number.EPSILON)
const THIRD = Math.cbrt(Number.EPSILON)

function allFinite(x: Float64Array): boolean {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]! - x[i]!
  return sum === 0
}

/**
 * Difference Jacobian that stays within the bounds and keeps its buffers. Steps are relative: sqrt(eps) of the parameter forward, cbrt(eps)
 * central; where a bound or a NaN stands in the way of one side, the other side is taken (three points, second order, when `central`).
 *
 * @param options Points, bounds, sizes and the residuals.
 * @returns A function that fills n x k columns and says whether all of it is finite.
 */
export function createDifferences({ points: n, lower, upper, scale, residuals }: DifferenceOptions): Differences {
  const k = lower.length
  const moved = new Float64Array(k)
  const one = new Float64Array(n)
  const two = new Float64Array(n)

  /** Residuals with parameter j moved to `value`; false when out of bounds or not finite. */
  const probe = (j: number, value: number, out: Float64Array): boolean => {
    if (value < lower[j]! || value > upper[j]!) return false
    moved[j] = value
    residuals(moved, out)
    return allFinite(out)
  }

  const column = (
    j: number,
    p: number,
    size: number,
    at: Float64Array,
    accuracy: 'forward' | 'central',
    out: Float64Array,
  ): boolean => {
    const room = Math.max(upper[j]! - p, p - lower[j]!)
    const h = Math.min((accuracy === 'forward' ? HALF : THIRD) * size, 0.4 * room)
    const base = j * n
    if (accuracy === 'central' && probe(j, p + h, one) && probe(j, p - h, two)) {
      const inverse = 1 / (p + h - (p - h))
      for (let i = 0; i < n; i++) out[base + i] = (one[i]! - two[i]!) * inverse
      return true
    }
    for (const side of p < 0 ? [-h, h] : [h, -h]) {
      if (!probe(j, p + side, one)) continue
      const step = p + side - p
      if (accuracy === 'central' && probe(j, p + 2 * step, two)) {
        const inverse = 1 / (2 * step)
        for (let i = 0; i < n; i++) out[base + i] = (4 * one[i]! - 3 * at[i]! - two[i]!) * inverse
      } else {
        const inverse = 1 / step
        for (let i = 0; i < n; i++) out[base + i] = (one[i]! - at[i]!) * inverse
      }
      return true
    }
    return false
  }

  return (varied, atVaried, accuracy, out) => {
    moved.set(varied)
    for (let j = 0; j < k; j++) {
      const p = varied[j]!
      const range = upper[j]! - lower[j]!
      const size = Math.max(Math.abs(p), scale[j]!) || (Number.isFinite(range) ? 0.01 * range : 1)
      if (!column(j, p, size, atVaried, accuracy, out)) return false
      moved[j] = p
    }
    return true
  }
}
