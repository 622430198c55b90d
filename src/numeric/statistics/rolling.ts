import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { meanOf, squaresAbout } from './mean.js'
import { medianOfSorted } from './quantile.js'
import { NAN_FIELDS, type NanOptions } from './sample.js'

/** Options of {@link rolling}. */
export interface RollingOptions extends NanOptions {
  /** Where the window lies: around the point (`'centre'`, default) or on the point and those before it (`'trailing'`, for live data). */
  readonly align?: 'centre' | 'trailing' | undefined
  /** Fewest values in a window for a result, else NaN. Default 1; 2 for a standard deviation. At the ends windows are shorter. */
  readonly atLeast?: number | undefined
}

const OPTIONS: FieldsOf<RollingOptions> = { ...NAN_FIELDS, align: true, atLeast: true }

/** What `rolling` computes in each window. */
export type RollingStatistic = 'mean' | 'median' | 'standardDeviation' | 'min' | 'max'

/** Each takes a copy of a window, which it may sort. */
const STATISTICS: Readonly<Record<RollingStatistic, (window: Float64Array) => number>> = {
  mean: meanOf,
  median: window => medianOfSorted(window.sort()),
  standardDeviation: window => Math.sqrt(squaresAbout(window, meanOf(window)) / (window.length - 1)),
  min: window => window.reduce((a, b) => Math.min(a, b)),
  max: window => window.reduce((a, b) => Math.max(a, b)),
}

/**
 * A statistic in a window that rolls along the values: as pandas' `rolling(width, center, min_periods)`. For filters of uniform spectra see
 * `medianFilter` and `savitzkyGolay`, which treat the ends otherwise.
 *
 * @param x         n values in order.
 * @param width     Points of the window, >= 1; odd, if it is centred.
 * @param statistic Mean, median, standard deviation (n - 1), smallest, largest.
 * @param options   Alignment, fewest values, NaN (`'omit'`: left out of each window).
 * @returns n values; NaN only where a window has fewer than `atLeast` values, as asked for.
 * @throws OperandoError `E_RANGE` for a bad width, `E_ARGUMENT` for an unknown statistic, `E_NAN`.
 * @example
 * ```ts
 * import { rolling } from 'operando/numeric'
 * rolling([1, 2, 30, 4, 5], 3, 'median') // [1.5, 2, 4, 5, 4.5]
 * ```
 */
export function rolling(x: NumbersLike, width: number, statistic: RollingStatistic, options: RollingOptions = {}): Float64Array {
  assertKnown(options, 'rolling options', OPTIONS)
  const { align = 'centre', nan = 'error' } = options
  const least = Math.max(options.atLeast ?? 1, statistic === 'standardDeviation' ? 2 : 1)
  if (!Object.hasOwn(STATISTICS, statistic)) {
    throw new OperandoError('E_ARGUMENT', `statistic: ${Object.keys(STATISTICS).join(', ')} expected, found "${statistic}".`)
  }
  if (!(Number.isInteger(width) && width >= 1 && (align === 'trailing' || width % 2 === 1))) {
    throw new OperandoError('E_RANGE', `width: a whole number >= 1, odd for a centred window, expected, found ${width}.`, {
      details: { found: width },
    })
  }
  const values = asFloat64(x, 'x', { allowNaN: nan === 'omit' })
  const before = align === 'trailing' ? width - 1 : (width - 1) / 2
  const compute = STATISTICS[statistic]
  return values.map((_, i) => {
    const window = values.slice(Math.max(0, i - before), i - before + width).filter(v => !Number.isNaN(v))
    return window.length < least ? Number.NaN : compute(window)
  })
}

/** What is known after each point: see {@link cumulativeStatistics}. */
export interface CumulativeStatistics {
  /** Points so far. */
  readonly count: Float64Array
  /** Mean so far; NaN before the first point. */
  readonly mean: Float64Array
  /** Standard deviation (n - 1) so far; NaN before the second point. */
  readonly standardDeviation: Float64Array
}

/**
 * Mean and standard deviation of all values so far, after each: how a measurement settles. By Welford's update, which does not cancel.
 *
 * @param x       n values in order.
 * @param options With `nan: 'omit'` a NaN changes nothing.
 * @throws OperandoError `E_NAN`.
 * @see Welford, Technometrics 4 (1962) 419
 * @example
 * ```ts
 * import { cumulativeStatistics } from 'operando/numeric'
 * cumulativeStatistics([1, 2, 6]).mean // [1, 1.5, 3]
 * ```
 */
export function cumulativeStatistics(x: NumbersLike, options: NanOptions = {}): CumulativeStatistics {
  assertKnown(options, 'cumulativeStatistics options', NAN_FIELDS)
  const { nan = 'error' } = options
  const values = asFloat64(x, 'x', { allowNaN: nan === 'omit' })
  const n = values.length
  const [count, mean, standardDeviation] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  let points = 0
  let centre = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    if (!Number.isNaN(value)) {
      points++
      const off = value - centre
      centre += off / points
      squares += off * (value - centre)
    }
    count[i] = points
    mean[i] = points > 0 ? centre : Number.NaN
    standardDeviation[i] = points > 1 ? Math.sqrt(squares / (points - 1)) : Number.NaN
  }
  return { count, mean, standardDeviation }
}
