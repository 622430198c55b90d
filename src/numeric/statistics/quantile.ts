import { assertKnown } from '../../core/fields.js'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { NAN_FIELDS, type NanOptions, sampleOf, samplesOf } from './sample.js'

/** Quantile of a sorted list by linear interpolation: type 7 of Hyndman and Fan. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.min(Math.floor(position), Math.max(0, sorted.length - 2))
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  const fraction = position - below
  // from the nearer end, so that equal neighbours give themselves
  return fraction < 0.5 ? low + fraction * (high - low) : high - (1 - fraction) * (high - low)
}

/** Median of a sorted list. */
export function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Quantiles, with linear interpolation between neighbours: type 7 of Hyndman and Fan, the default of numpy, R and Excel.
 *
 * @param x       Values, at least 1, any order.
 * @param shares  Which: numbers from 0 (smallest) to 1 (largest).
 * @param options What to do with NaN.
 * @returns One value for each share.
 * @throws OperandoError `E_SHAPE` for no values, `E_NAN`, `E_RANGE` for a share outside [0, 1].
 * @see Hyndman & Fan, Am. Stat. 50 (1996) 361
 * @example
 * ```ts
 * import { quantiles } from 'operando/numeric'
 * quantiles([4, 1, 3, 2], [0.25, 0.5]) // [1.75, 2.5]
 * ```
 */
export function quantiles(x: NumbersLike, shares: ArrayLike<number>, options: NanOptions = {}): Float64Array {
  assertKnown(options, 'quantiles options', NAN_FIELDS)
  const sorted = sampleOf(x, 'x', 1, options).slice().sort()
  return Float64Array.from(shares, share => {
    if (share >= 0 && share <= 1) return quantileOfSorted(sorted, share)
    throw new OperandoError('E_RANGE', `Share of a quantile: 0 to 1 expected, found ${share}.`, { details: { found: share } })
  })
}

/**
 * Median: the middle value, or the mean of both middle ones.
 * @param x       Values, at least 1, any order.
 * @param options What to do with NaN.
 * @throws OperandoError `E_SHAPE` for no values, `E_NAN`.
 * @example
 * ```ts
 * import { median } from 'operando/numeric'
 * median([5, 1, 100]) // 5
 * ```
 */
export function median(x: NumbersLike, options: NanOptions = {}): number {
  assertKnown(options, 'median options', NAN_FIELDS)
  return medianOfSorted(sampleOf(x, 'x', 1, options).slice().sort())
}

/**
 * Weighted median: the value at which the cumulated weight passes one half, the mean of both neighbours where it is met exactly. It minimises
 * the sum of weight |x - m|; with equal weights it is the median.
 *
 * @param x       Values, at least 1, any order.
 * @param weights Weights, >= 0, not all 0. For values of unequal uncertainty 1 / sigma.
 * @param options What to do with NaN.
 * @throws OperandoError `E_SHAPE`, `E_NAN`; `E_RANGE` for a negative weight, or none above 0.
 * @example
 * ```ts
 * import { weightedMedian } from 'operando/numeric'
 * weightedMedian([1, 2, 3], [1, 1, 5]) // 3
 * ```
 */
export function weightedMedian(x: NumbersLike, weights: NumbersLike, options: NanOptions = {}): number {
  assertKnown(options, 'weightedMedian options', NAN_FIELDS)
  const sample = samplesOf({ x, weights }, 1, options)
  const values = sample.x
  const total = sample.weights.reduce((sum, w, i) => {
    if (w >= 0) return sum + w
    throw new OperandoError('E_RANGE', `weights[${i}] is ${w}: 0 or more expected.`, { details: { index: i } })
  }, 0)
  if (!(total > 0)) throw new OperandoError('E_RANGE', 'weights: all are 0; at least one must be positive.')
  const order = Array.from(values, (_, i) => i)
    .filter(i => sample.weights[i]! > 0)
    .sort((i, j) => values[i]! - values[j]!)
  // sums of weights such as 0.1 meet one half but for rounding
  const rounding = order.length * Number.EPSILON * total
  let sum = 0
  for (let k = 0; k < order.length; k++) {
    sum += sample.weights[order[k]!]!
    if (Math.abs(2 * sum - total) <= rounding && k + 1 < order.length) return (values[order[k]!]! + values[order[k + 1]!]!) / 2
    if (2 * sum >= total) return values[order[k]!]!
  }
  return values[order.at(-1)!]!
}
