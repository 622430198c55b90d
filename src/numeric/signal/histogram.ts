import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'

/** Options of {@link histogram}. */
export interface HistogramOptions {
  /** Weight of each value, n numbers. Default 1 each. */
  weights?: NumbersLike | undefined
}

const OPTIONS: FieldsOf<HistogramOptions> = { weights: true }

/** What {@link histogram} returns. Nothing is lost: counts + below + above is the sum of the weights. */
export interface Histogram {
  /** Bin edges, m + 1. */
  readonly edges: Float64Array
  /** Sum of weights by bin, m values. Bins are closed on the left and open on the right, but the last one is closed on both sides. */
  readonly counts: Float64Array
  /** Standard uncertainty by bin: square root of the sum of squared weights (that is sqrt(counts) without weights). */
  readonly sigma: Float64Array
  /** Weight of the values below the first edge. */
  readonly below: number
  /** Weight of the values above the last edge. */
  readonly above: number
}

/**
 * Index of the bin that holds `x`; -1 below the first edge, m above the last, by bisection.
 * @param edges Bin edges, m + 1 values, strictly rising.
 * @param x     A finite number.
 * @example
 * ```ts
 * import { findBin } from 'operando/numeric'
 * findBin(Float64Array.of(0, 1, 2, 4), 3) // 2
 * ```
 */
export function findBin(edges: Float64Array, x: number): number {
  const m = edges.length - 1
  if (x < edges[0]!) return -1
  if (x >= edges[m]!) return x === edges[m] ? m - 1 : m
  let low = 0
  let high = m
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x >= edges[middle]!) low = middle
    else high = middle
  }
  return low
}

/**
 * Counts values into bins, even or uneven, with weights. Follows numpy.histogram, and also tells what fell outside.
 *
 * @param x       Values, any order.
 * @param bins    Edges, m + 1 values, strictly rising; or `{ count, min, max }` for even bins (min and max of x if absent).
 * @param options Weights.
 * @throws OperandoError `E_AXIS` on edges that do not rise, `E_SHAPE` on lengths that do not fit, `E_RANGE` on a bad count, `E_NAN` on NaN.
 * @see numpy.histogram, whose rule for the last bin this follows
 * @example
 * ```ts
 * import { histogram } from 'operando/numeric'
 * const { counts, above } = histogram([0.1, 0.2, 1.7, 9], [0, 1, 2]) // counts [2, 1], above 1
 * ```
 */
export function histogram(
  x: NumbersLike,
  bins: NumbersLike | { readonly count: number; readonly min?: number | undefined; readonly max?: number | undefined },
  options: HistogramOptions = {},
): Histogram {
  assertKnown(options, 'histogram options', OPTIONS)
  const values = asFloat64(x, 'x')
  const weights = options.weights === undefined ? undefined : asFloat64(options.weights, 'weights', { length: values.length })
  const edges = 'count' in bins ? evenEdges(values, bins.count, bins.min, bins.max) : asFloat64(bins, 'bins').slice()
  if (edges.length < 2) throw new OperandoError('E_SHAPE', `bins: at least 2 edges expected, ${edges.length} found.`)
  assertRising(edges, 'bins')
  const m = edges.length - 1
  const counts = new Float64Array(m)
  const sigma = new Float64Array(m)
  let below = 0
  let above = 0
  for (let i = 0; i < values.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!
    const bin = findBin(edges, values[i]!)
    if (bin < 0) below += weight
    else if (bin >= m) above += weight
    else {
      counts[bin]! += weight
      sigma[bin]! += weight * weight
    }
  }
  for (let j = 0; j < m; j++) sigma[j] = Math.sqrt(sigma[j]!)
  return { edges, counts, sigma, below, above }
}

function evenEdges(x: Float64Array, count: number, min?: number, max?: number): Float64Array {
  if (!Number.isInteger(count) || count < 1) {
    throw new OperandoError('E_RANGE', `bins.count is ${count}: a whole number >= 1 expected.`, { details: { found: count } })
  }
  let low = min ?? Infinity
  let high = max ?? -Infinity
  if (min === undefined) for (let i = 0; i < x.length; i++) if (x[i]! < low) low = x[i]!
  if (max === undefined) for (let i = 0; i < x.length; i++) if (x[i]! > high) high = x[i]!
  if (x.length === 0 && (min === undefined || max === undefined)) {
    throw new OperandoError('E_ARGUMENT', 'bins: there are no values to take min and max from; give both.')
  }
  // one value has no range: numpy's answer is half a unit to both sides
  if (low === high) {
    low -= 0.5
    high += 0.5
  }
  const edges = new Float64Array(count + 1)
  for (let i = 0; i <= count; i++) edges[i] = i === count ? high : low + ((high - low) * i) / count
  return edges
}
