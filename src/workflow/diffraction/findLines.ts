import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { axisOf } from '../../model/layout.js'
import { findPeaks } from '../../scattering/peaks/findPeaks.js'
import type { LineConfig } from './config.js'

/** Options of {@link findLines}. */
export interface FindLinesOptions {
  /** How many lines at most. Default 6. */
  count?: number | undefined
}

const OPTIONS: FieldsOf<FindLinesOptions> = { count: true }

/** Of the lines to follow, so many parts may be chosen because they change; the rest because they are strong. */
const CHANGING_SHARE = 2 / 3
/** Change counts where it is above this part of the largest, and above so many times the usual. */
const ACTIVE = { ofLargest: 0.12, overUsual: 4 }
/** Half of the range of a line that stands still, in its own full widths at half maximum. */
const HALF_RANGE = 3

/**
 * Lines worth following: first those where the patterns change most from frame to frame beyond noise (a line that moves is one stretch of change), then
 * the strongest that stand still.
 * @param run     Patterns with dims `frame`, `twoTheta`.
 * @param options How many.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { gaussian } from 'operando/scattering'
 * import { findLines } from 'operando/workflow'
 * const twoTheta = Float64Array.from({ length: 400 }, (_, i) => 18 + 0.01 * i)
 * const values = Float64Array.from([19, 19.1, 19.2].flatMap(centre => [...gaussian(twoTheta, { centre, fwhm: 0.15, area: 30 })]), (v, i) => v + 5 + (i % 3))
 * const coords = { twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' } }
 * const run = createDataset({ name: 'I', dims: ['frame', 'twoTheta'], shape: [3, 400], values, unit: 'counts', coords })
 * console.log(findLines(run, { count: 1 })) // the line that moves, and the range to fit it in
 * ```
 */
export function findLines(run: Dataset<'frame' | 'twoTheta'>, options: FindLinesOptions = {}): LineConfig[] {
  assertKnown(options, 'findLines options', OPTIONS)
  const { count = 6 } = options
  assertDataset(run, 'findLines')
  axisOf(run, 'twoTheta')
  const axis = Float64Array.from(run.coords.twoTheta!.values)
  const { mean, change } = statisticsOf(run)
  const peaks = findPeaks(axis, mean, { shoulders: false })
  const strong = [...peaks].sort((a, b) => b.prominence - a.prominence)
  const widths = strong
    .slice(0, 10)
    .map(peak => peak.fwhm)
    .sort((a, b) => a - b)
  const fwhm = widths[widths.length >> 1] ?? (axis[axis.length - 1]! - axis[0]!) / 100
  const stretches = stretchesOf(axis, change, fwhm).slice(0, Math.ceil(count * CHANGING_SHARE))
  const lines = stretches.map(({ from, to }): LineConfig => {
    const range = [Math.max(axis[0]!, from - 1.5 * fwhm), Math.min(axis[axis.length - 1]!, to + 1.5 * fwhm)] as const
    // the margins may hold the foot of a stronger neighbour: it starts where the patterns change
    return { name: `${((from + to) / 2).toFixed(2)}°`, range, at: strongestWithin(run, from, to) }
  })
  for (const { centre, fwhm: own } of strong) {
    if (lines.length >= count) break
    const range = [
      Math.max(axis[0]!, centre - HALF_RANGE * own),
      Math.min(axis[axis.length - 1]!, centre + HALF_RANGE * own),
    ] as const
    if (lines.some(line => line.range[0] < range[1] && line.range[1] > range[0])) continue
    lines.push({ name: `${centre.toFixed(2)}°`, range, at: centre })
  }
  return apart(lines.sort((a, b) => a.range[0] - b.range[0]))
}

/** Ranges that overlap are cut half-way: in a common fit a strong neighbour, and its second wavelength, would draw a weak line to itself. */
function apart(lines: readonly LineConfig[]): LineConfig[] {
  const cuts = lines.slice(1).map((line, i) => {
    const end = lines[i]!.range[1]
    return line.range[0] < end ? (line.range[0] + end) / 2 : undefined
  })
  return lines.map((line, i) => ({ ...line, range: [cuts[i - 1] ?? line.range[0], cuts[i] ?? line.range[1]] }))
}

/** Where the first frame that has anything within a stretch is strongest. */
function strongestWithin(run: Dataset<'frame' | 'twoTheta'>, from: number, to: number): number | undefined {
  const [frames, n] = run.shape as [number, number]
  const axis = run.coords.twoTheta!.values
  for (let f = 0; f < frames; f++) {
    let top = -1
    for (let i = 0; i < n; i++) {
      const y = run.values[f * n + i]!
      if (axis[i]! < from || axis[i]! > to || run.mask?.[f * n + i] || !(y > 0)) continue
      if (top < 0 || y > run.values[f * n + top]!) top = i
    }
    if (top >= 0) return axis[top]
  }
  return undefined
}

/** Mean pattern, and how much each point changes along the frames beyond what it jumps from one frame to the next. */
function statisticsOf(run: Dataset<'frame' | 'twoTheta'>): { readonly mean: Float64Array; readonly change: Float64Array } {
  const [frames, n] = run.shape as [number, number]
  const totals = new Float64Array(frames)
  for (let f = 0; f < frames; f++) for (let i = 0; i < n; i++) totals[f]! += run.mask?.[f * n + i] ? 0 : run.values[f * n + i]!
  const usual = totals.reduce((sum, t) => sum + t, 0) / frames
  // the beam comes and goes: patterns are compared at the same total
  const at = (f: number, i: number): number =>
    run.mask?.[f * n + i] ? Number.NaN : (run.values[f * n + i]! * usual) / totals[f]!
  const mean = new Float64Array(n)
  const change = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let [sum, square, jumps, count, pairs] = [0, 0, 0, 0, 0]
    let before = Number.NaN
    for (let f = 0; f < frames; f++) {
      const y = at(f, i)
      if (Number.isNaN(y)) continue
      sum += y
      square += y * y
      count++
      if (!Number.isNaN(before)) {
        jumps += (y - before) ** 2 / 2
        pairs++
      }
      before = y
    }
    if (count === 0) continue
    mean[i] = sum / count
    const variance = square / count - mean[i]! ** 2
    change[i] = Math.sqrt(Math.max(0, variance - (pairs > 0 ? jumps / pairs : 0)))
  }
  return { mean, change }
}

/** Stretches of the axis where the patterns change, most change first. */
function stretchesOf(axis: Float64Array, change: Float64Array, fwhm: number): { from: number; to: number }[] {
  const sorted = Float64Array.from(change).sort()
  const limit = Math.max(ACTIVE.ofLargest * sorted[sorted.length - 1]!, ACTIVE.overUsual * sorted[sorted.length >> 1]!)
  const found: { from: number; to: number; sum: number }[] = []
  for (let i = 0; i < axis.length; i++) {
    if (!(change[i]! > limit)) continue
    const last = found[found.length - 1]
    // flanks of one line are parted by its top, which does not change while the line moves through
    if (last && axis[i]! - last.to < fwhm) {
      last.to = axis[i]!
      last.sum += change[i]!
    } else found.push({ from: axis[i]!, to: axis[i]!, sum: change[i]! })
  }
  return found.filter(({ from, to }) => to - from > fwhm / 3).sort((a, b) => b.sum - a.sum)
}
