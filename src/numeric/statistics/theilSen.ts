import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { assertSpread } from './linearRegression.js'
import { normalQuantile } from './normalDistribution.js'
import { medianOfSorted } from './quantile.js'
import { NAN_FIELDS, type NanOptions, samplesOf } from './sample.js'

/** Options of {@link theilSen}. */
export interface TheilSenOptions extends NanOptions {
  /** Level of the interval of the slope. Default 0.95. */
  readonly level?: number | undefined
}

const OPTIONS: FieldsOf<TheilSenOptions> = { ...NAN_FIELDS, level: true }

/** A line that outliers do not move. */
export interface TheilSenLine {
  /** Median of the slopes of all pairs. */
  readonly slope: number
  /** Median of y - slope x median of x. */
  readonly intercept: number
  /** Interval of the slope at the level asked for, from the distribution of Kendall's tau. */
  readonly slopeInterval: readonly [low: number, high: number]
  /** Points used. */
  readonly points: number
}

/**
 * Straight line after Theil and Sen: the median of the slopes of all pairs of points, which up to 29 % of outliers cannot spoil. n² / 2 slopes
 * are sorted: meant for up to some thousands of points.
 *
 * @param x       Abscissae, n >= 2, not all equal.
 * @param y       Values.
 * @param options Level of the interval, NaN.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for a level outside (0, 1), `E_SINGULAR` when all x are equal.
 * @see Sen, J. Am. Stat. Assoc. 63 (1968) 1379
 * @example
 * ```ts
 * import { theilSen } from 'operando/numeric'
 * theilSen([0, 1, 2, 3, 4], [0, 1, 2, 3, 90]).slope // 1
 * ```
 */
export function theilSen(x: NumbersLike, y: NumbersLike, options: TheilSenOptions = {}): TheilSenLine {
  assertKnown(options, 'theilSen options', OPTIONS)
  const { level = 0.95 } = options
  if (!(level > 0 && level < 1)) throw new OperandoError('E_RANGE', `level: between 0 and 1 expected, found ${level}.`)
  const sample = samplesOf({ x, y }, 2, options)
  const n = sample.x.length
  const slopes = new Float64Array((n * (n - 1)) / 2)
  let count = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = sample.x[i]! - sample.x[j]!
      if (dx !== 0) slopes[count++] = (sample.y[i]! - sample.y[j]!) / dx
    }
  }
  assertSpread(sample.x, count)
  const sorted = slopes.subarray(0, count).sort()
  const slope = medianOfSorted(sorted)
  const intercept = medianOfSorted(sample.y.slice().sort()) - slope * medianOfSorted(sample.x.slice().sort())
  const spread = normalQuantile((1 + level) / 2) * Math.sqrt(kendallVariance(sample.x, sample.y))
  const at = (position: number): number => sorted[Math.max(0, Math.min(count - 1, Math.round(position)))]!
  return { slope, intercept, slopeInterval: [at((count - spread) / 2 - 1), at((count + spread) / 2)], points: n }
}

/** Variance of Kendall's S without correlation, ties taken into account. */
function kendallVariance(x: Float64Array, y: Float64Array): number {
  const term = (n: number): number => n * (n - 1) * (2 * n + 5)
  const ties = (v: Float64Array): number => {
    const counts = new Map<number, number>()
    for (const value of v) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts.values()].reduce((sum, n) => sum + term(n), 0)
  }
  return (term(x.length) - ties(x) - ties(y)) / 18
}
