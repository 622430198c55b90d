import { median } from '../../numeric/statistics/quantile.js'
import { bentLineMisfit } from './bentLineMisfit.js'
import { brokenLineMisfit } from './brokenLineMisfit.js'

const MOST_POINTS_A_BRANCH = 40
const PLACES = 60

/**
 * How long a series stands still between its two branches about an extreme: a hysteretic structure answers late to a reversed current, and not at
 * all during a rest. 0 where two branches that meet in a point fit as well (F test, three standard deviations: many tops are tried), where they would if they were
 * bent (an indicator that follows the charge less and less), or where less than two intervals are flat.
 * @param t     Abscissae, rising.
 * @param y     The series.
 * @param at    Index of the extreme.
 * @param left  Index of the extreme before, or 0.
 * @param right Index of the extreme after, or the last.
 */
export function flatTopWidth(t: Float64Array, y: Float64Array, at: number, left: number, right: number): number {
  const from = at - Math.min(MOST_POINTS_A_BRANCH, (at - left) >> 1)
  const to = at + Math.min(MOST_POINTS_A_BRANCH, (right - at) >> 1)
  const n = to - from + 1
  if (at - from < 4 || to - at < 4) return 0
  const begin = t[from + 2]!
  const cell = (t[to - 2]! - begin) / PLACES
  let pointed = Infinity
  let flat = Infinity
  let width = 0
  for (let g = 0; g <= PLACES; g++) {
    for (let h = g; h <= PLACES; h++) {
      const misfit = brokenLineMisfit(t, y, from, to, begin + g * cell, begin + h * cell)
      if (h === g) pointed = Math.min(pointed, misfit)
      if (misfit >= flat) continue
      flat = misfit
      width = (h - g) * cell
    }
  }
  const interval = median(Float64Array.from({ length: n - 1 }, (_, i) => t[from + i + 1]! - t[from + i]!))
  const better = pointed > flat * (1 + 9 / Math.max(1, n - 5))
  return better && width > 2 * interval && flat < bentMisfit(t, y, from, to) ? width : 0
}

/** The least sum of squares about two bent branches, over places of the point where they meet. */
function bentMisfit(t: Float64Array, y: Float64Array, from: number, to: number): number {
  const begin = t[from + 2]!
  const cell = (t[to - 2]! - begin) / PLACES
  let least = Infinity
  for (let g = 0; g <= PLACES; g++) least = Math.min(least, bentLineMisfit(t, y, from, to, begin + g * cell))
  return least
}
