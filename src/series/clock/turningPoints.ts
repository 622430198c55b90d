import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { median } from '../../numeric/statistics/quantile.js'
import { bentLineMisfit } from './bentLineMisfit.js'
import { brokenLineMisfit } from './brokenLineMisfit.js'
import { extremes } from './extremes.js'
import { flatTopWidth } from './flatTopWidth.js'

/** Where a series changes direction. */
export interface TurningPoint {
  /** When, in the unit of the time given. */
  readonly time: number
  /** Standard uncertainty of the time: from the scatter about the two branches, their bend, and half the width of a flat top between them. */
  readonly sigma: number
  /** How long the series stands still between the two branches, in the unit of the time; 0 where they meet in a point. */
  readonly flat: number
  /** How far away two bent branches would meet, in the unit of the time; 0 where straight ones fit as well. */
  readonly bend: number
  /** Which way it turns. */
  readonly kind: 'max' | 'min'
  /** Index of the extreme value. */
  readonly index: number
}

/** Options of {@link turningPoints}. */
export interface TurningPointsOptions {
  /** Least swing between two turning points, in the unit of the values. Default: the larger of a fifth of the range and six times the noise. */
  threshold?: number | undefined
}

const OPTIONS: FieldsOf<TurningPointsOptions> = { threshold: true }

/**
 * Turning points of a noisy series that rises and falls by turns: a lattice parameter, an edge position, a charge.
 *
 * A turn counts when the series swings by `threshold` before and after it. Its time is not that of the extreme value, which noise moves along
 * a flat top, but the knot of two straight branches fitted about it.
 *
 * @param time    Abscissae, rising, n values.
 * @param values  The series, n values; NaN (a failed frame) is left out.
 * @param options Threshold.
 * @returns Turning points in order of time; the ends of the series are none.
 * @throws OperandoError `E_AXIS` for times that do not rise, `E_SHAPE` for different lengths.
 * @example
 * ```ts
 * import { turningPoints } from 'operando/series'
 * const time = Float64Array.from({ length: 41 }, (_, i) => 100 * i)
 * const a = time.map(t => 8.27 - 0.00005 * (2000 - Math.abs(t - 2000)))
 * turningPoints(time, a).map(turn => [turn.kind, turn.time]) // [['min', 2000]]
 * ```
 */
export function turningPoints(time: NumbersLike, values: NumbersLike, options: TurningPointsOptions = {}): TurningPoint[] {
  assertKnown(options, 'turningPoints options', OPTIONS)
  const allTimes = asFloat64(time, 'time')
  const all = asFloat64(values, 'values', { length: allTimes.length, allowNaN: true })
  assertRising(allTimes, 'time')
  const known = [...all.keys()].filter(i => !Number.isNaN(all[i]))
  const t = Float64Array.from(known, i => allTimes[i]!)
  const y = Float64Array.from(known, i => all[i]!)
  const threshold = options.threshold ?? defaultThreshold(y)
  if (!(threshold >= 0)) throw new OperandoError('E_RANGE', `threshold is ${threshold}: zero or more expected.`)
  const turns = extremes(y, threshold)
  return turns.map(({ index, kind }, k) => {
    const left = turns[k - 1]?.index ?? 0
    const right = turns[k + 1]?.index ?? y.length - 1
    return { ...knot(t, y, index, left, right), kind, index: known[index]! }
  })
}

function defaultThreshold(y: Float64Array): number {
  let low = Infinity
  let high = -Infinity
  const bends: number[] = []
  for (let i = 0; i < y.length; i++) {
    low = Math.min(low, y[i]!)
    high = Math.max(high, y[i]!)
    if (i >= 2) bends.push(Math.abs(y[i]! - 2 * y[i - 1]! + y[i - 2]!))
  }
  // the second difference of white noise has sqrt(6) times its standard deviation
  const noise = bends.length > 0 ? (1.4826 * median(bends)) / Math.sqrt(6) : 0
  return Math.max(0.2 * (high - low), 6 * noise)
}

const MOST_POINTS_A_BRANCH = 12

/** The knot of the broken line that fits best about an extreme, and its uncertainty from the flatness of the misfit. */
function knot(t: Float64Array, y: Float64Array, at: number, left: number, right: number): Omit<TurningPoint, 'kind' | 'index'> {
  const from = Math.max(at - Math.max(1, Math.min(MOST_POINTS_A_BRANCH, (at - left) >> 1)), 0)
  const to = Math.min(at + Math.max(1, Math.min(MOST_POINTS_A_BRANCH, (right - at) >> 1)), y.length - 1)
  const step = median(Float64Array.from({ length: to - from }, (_, i) => t[from + i + 1]! - t[from + i]!))
  const n = to - from + 1
  if (n < 6) return { time: t[at]!, sigma: step / Math.sqrt(3), flat: 0, bend: 0 }
  const straight = meeting(t, y, from, to, 20, brokenLineMisfit)
  // a rest of the current makes a flat top about the turn, hysteresis one that only begins there: half a width from the middle that is found
  const flat = flatTopWidth(t, y, at, left, right)
  // branches that are plainly bent meet elsewhere than straight ones: neither is the truth, so the distance is an uncertainty
  const curved = n < 12 || flat > 0 ? undefined : meeting(t, y, from, to, 3, bentLineMisfit)
  const isBent = curved !== undefined && straight.misfit > curved.misfit * (1 + 9 / (n - 6))
  const bend = isBent ? Math.abs(curved.time - straight.time) : 0
  return { time: straight.time, sigma: Math.hypot(straight.sigma, bend, 0.5 * flat), flat, bend }
}

type Misfit = (t: Float64Array, y: Float64Array, from: number, to: number, tau: number) => number

/** Where two branches meet best; its standard uncertainty is where chi-square, scaled to 1 a degree of freedom, has risen by 1. */
function meeting(t: Float64Array, y: Float64Array, from: number, to: number, fineness: number, misfitAt: Misfit): Meeting {
  const n = to - from + 1
  const grid = fineness * (n - 1)
  const cell = (t[to]! - t[from]!) / grid
  const misfit = new Float64Array(grid + 1)
  let best = -1
  for (let g = 0; g <= grid; g++) {
    const tau = t[from]! + g * cell
    misfit[g] = tau < t[from + 2]! || tau > t[to - 2]! ? Infinity : misfitAt(t, y, from, to, tau)
    if (misfit[g] !== Infinity && (best < 0 || misfit[g]! < misfit[best]!)) best = g
  }
  const limit = misfit[best]! * (1 + 1 / Math.max(1, n - 4))
  let low = best
  let high = best
  while (low > 0 && misfit[low - 1]! <= limit) low--
  while (high < grid && misfit[high + 1]! <= limit) high++
  const sigma = Math.hypot(0.5 * (high - low) * cell, cell / Math.sqrt(12))
  return { time: t[from]! + best * cell, sigma, misfit: misfit[best]! }
}

interface Meeting {
  readonly time: number
  readonly sigma: number
  readonly misfit: number
}
