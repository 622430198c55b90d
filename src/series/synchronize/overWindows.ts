import { lastRowAtOrBefore, type RowIntervals } from './rowIntervals.js'

/** The exposures of m frames on the run's clock: from `start` to `stop`, both in s. `stop === start` asks for a point value. */
export interface Windows {
  /** When each exposure begins. */
  readonly start: Float64Array
  /** When it ends. */
  readonly stop: Float64Array
}

/**
 * Visits the covered parts of one window in order of time.
 * A point window (`to === from`) has one part of length zero: inside an interval, or the interval that ends in it.
 */
function eachPart(
  rows: RowIntervals,
  from: number,
  to: number,
  visit: (interval: number, begin: number, end: number) => void,
): void {
  const { time, gap } = rows
  const last = time.length - 1
  if (!(to >= time[0]! && from <= time[last]!)) return
  let i = Math.max(0, lastRowAtOrBefore(time, from))
  if (to === from) {
    // A point on a row belongs to the interval that ends there, unless that is a gap or does not exist.
    let before = i
    while (before > 0 && time[before] === from) before--
    if (time[before]! < from && before < last && !gap[before]) visit(before, from, from)
    else if (i < last && !gap[i]) visit(i, from, from)
    return
  }
  for (; i < last && time[i]! < to; i++) {
    if (gap[i]) continue
    const begin = Math.max(time[i]!, from)
    const end = Math.min(time[i + 1]!, to)
    if (end > begin) visit(i, begin, end)
  }
}

/**
 * Part of each window that the rows cover, 0 to 1. A point window has 0 or 1.
 * @param rows    Row times and gaps.
 * @param windows The exposures.
 */
export function coverageOfWindows(rows: RowIntervals, windows: Windows): Float64Array {
  const out = new Float64Array(windows.start.length)
  for (let k = 0; k < out.length; k++) {
    const from = windows.start[k]!
    const to = windows.stop[k]!
    let covered = 0
    eachPart(rows, from, to, (_, begin, end) => {
      covered += to === from ? 1 : end - begin
    })
    out[k] = to === from ? covered : Math.min(1, covered / (to - from))
  }
  return out
}

/**
 * Time-weighted mean over the covered part of each window of a quantity that runs straight from row to row, such as a potential;
 * exact for such a quantity. NaN where nothing is covered. Intervals that touch a NaN row count as not covered.
 * @param rows    Row times and gaps.
 * @param y       The quantity, one value a row.
 * @param windows The exposures.
 */
export function linearMeans(rows: RowIntervals, y: Float64Array, windows: Windows): Float64Array {
  const { time } = rows
  return means(rows, windows, (i, begin, end) => {
    const span = time[i + 1]! - time[i]!
    const slope = span > 0 ? (y[i + 1]! - y[i]!) / span : 0
    return y[i]! + slope * (0.5 * (begin + end) - time[i]!)
  })
}

/**
 * Time-weighted mean over the covered part of each window of a quantity that holds, between two rows, the value of the row that ends the
 * interval, such as a current that is stepped (a trapezoid would be half a step wrong at each switch). NaN where nothing is covered.
 * @param rows    Row times and gaps.
 * @param y       The quantity, one value a row.
 * @param windows The exposures.
 */
export function steppedMeans(rows: RowIntervals, y: Float64Array, windows: Windows): Float64Array {
  return means(rows, windows, i => y[i + 1]!)
}

function means(
  rows: RowIntervals,
  windows: Windows,
  valueIn: (interval: number, begin: number, end: number) => number,
): Float64Array {
  const out = new Float64Array(windows.start.length)
  for (let k = 0; k < out.length; k++) {
    let weight = 0
    let sum = 0
    eachPart(rows, windows.start[k]!, windows.stop[k]!, (i, begin, end) => {
      const value = valueIn(i, begin, end)
      if (Number.isNaN(value)) return
      const w = end > begin ? end - begin : 1
      weight += w
      sum += w * value
    })
    out[k] = weight > 0 ? sum / weight : Number.NaN
  }
  return out
}

/**
 * The label (cycle, step ...) that holds for most of the covered part of each window, the earlier one on a tie; NaN where nothing is covered.
 * An interval has the label of the row that ends it.
 * @param rows    Row times and gaps.
 * @param labels  One label a row.
 * @param windows The exposures.
 */
export function dominantLabels(rows: RowIntervals, labels: ArrayLike<number>, windows: Windows): Float64Array {
  const out = new Float64Array(windows.start.length)
  const held = new Map<number, number>()
  for (let k = 0; k < out.length; k++) {
    held.clear()
    eachPart(rows, windows.start[k]!, windows.stop[k]!, (i, begin, end) => {
      const label = labels[i + 1]!
      held.set(label, (held.get(label) ?? 0) + (end > begin ? end - begin : 1))
    })
    let best = Number.NaN
    let longest = 0
    for (const [label, time] of held) {
      if (time > longest) {
        longest = time
        best = label
      }
    }
    out[k] = best
  }
  return out
}

/**
 * 1 for each window inside which the stepped quantity `y` changes by more than `threshold` from one interval to the next.
 * @param rows      Row times and gaps.
 * @param y         The quantity, one value a row; an interval has that of the row that ends it.
 * @param threshold Largest change that is no step.
 * @param windows   The exposures.
 */
export function straddlesStep(rows: RowIntervals, y: ArrayLike<number>, threshold: number, windows: Windows): Uint8Array {
  const out = new Uint8Array(windows.start.length)
  for (let k = 0; k < out.length; k++) {
    let before = Number.NaN
    eachPart(rows, windows.start[k]!, windows.stop[k]!, i => {
      const value = y[i + 1]!
      if (Math.abs(value - before) > threshold) out[k] = 1
      before = value
    })
  }
  return out
}
