import type { Dataset } from '../../../model/dataset.js'
import { linearRegression } from '../../../numeric/statistics/linearRegression.js'
import { weightedMean } from '../../../numeric/statistics/weightedMean.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import type { MechanismInterval, MiscibilityGap } from './mechanismTypes.js'

/** Fractions nearer to their ends belong to phases too weak to be told well. */
const EDGE = 0.05

/**
 * Ends of the miscibility gap from fractions along a composition: f = (x - x1) / (x2 - x1), a straight line that is 0 and 1 at the ends.
 * @param frames     Frames in which both phases are seen.
 * @param fraction   Fraction of the second phase.
 * @param coordinate Composition of each frame of the series.
 * @returns `null` where fewer than four frames say anything, or the fraction does not change.
 */
export function leverRule(
  frames: readonly number[],
  fraction: Dataset<'frame'>,
  coordinate: ArrayLike<number>,
): MiscibilityGap | null {
  const own = frames.filter(i => {
    const f = fraction.values[i]!
    return f > EDGE && f < 1 - EDGE && (fraction.sigma?.[i] ?? 0) > 0 && Number.isFinite(coordinate[i])
  })
  const x = own.map(i => coordinate[i]!)
  if (own.length < 4 || x.every(at => at === x[0])) return null
  const { slope, intercept, slopeError, interceptError, covariance } = linearRegression(
    x,
    own.map(i => fraction.values[i]!),
    { sigma: own.map(i => fraction.sigma![i]!) },
  )
  if (!(Math.abs(slope) > 3 * (slopeError ?? Infinity))) return null
  // x(f) = (f - intercept) / slope
  const at = (f: number): Estimate => {
    const value = (f - intercept) / slope
    const variance = (interceptError! ** 2 + value ** 2 * slopeError! ** 2 + 2 * value * covariance!) / slope ** 2
    return { value, standardError: Math.sqrt(Math.max(0, variance)) }
  }
  return { from: at(0), to: at(1), slope: { value: slope, standardError: slopeError }, by: 'lever rule' }
}

/** The mean of the gaps of intervals; its errors follow from their scatter where it is larger than they claim. */
export function meanGap(intervals: readonly MechanismInterval[]): MiscibilityGap | null {
  const gaps = intervals.map(({ gap }) => gap).filter(gap => gap !== null)
  const [only] = gaps
  if (only === undefined || gaps.length === 1) return only ?? null
  const mean = (of: (gap: MiscibilityGap) => Estimate): Estimate => meanOf(gaps.map(of))
  return { from: mean(gap => gap.from), to: mean(gap => gap.to), slope: mean(gap => gap.slope), by: only.by }
}

/** Weighted mean of estimates, as those that have an error say; `null` error where none has. */
export function meanOf(estimates: readonly Estimate[]): Estimate {
  const own = estimates.filter(({ value, standardError }) => Number.isFinite(value) && (standardError ?? 0) > 0)
  if (own.length === 0) return { value: estimates[0]?.value ?? Number.NaN, standardError: null }
  const values = own.map(({ value }) => value)
  const { value, standardError } = weightedMean(
    values,
    own.map(estimate => estimate.standardError!),
  )
  return { value, standardError }
}
