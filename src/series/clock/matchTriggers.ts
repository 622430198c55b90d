import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { median } from '../../numeric/statistics/quantile.js'
import { type ClockFit, type ClockPair, fitClock } from './fitClock.js'

/** Options of {@link matchTriggers}. */
export interface MatchTriggersOptions {
  /** How far in s a frame may lie from the trigger that caused it, once the clocks are related. Default: a quarter of the usual interval. */
  tolerance?: number | undefined
  /** Largest |offset| in s that is looked for. Default: any. */
  maxOffset?: number | undefined
}

const OPTIONS: FieldsOf<MatchTriggersOptions> = { tolerance: true, maxOffset: true }

/** What {@link matchTriggers} returns. */
export interface TriggerMatch {
  /** For each frame the index of its trigger; `null` for a frame that none caused. */
  readonly frameToTrigger: readonly (number | null)[]
  /** Indices of triggers without a frame. */
  readonly missed: readonly number[]
  /** The relation that follows: run seconds = offset + rate * trigger seconds. Its offset contains the latency of the detector. */
  readonly clock: ClockFit
  /** True when an offset one interval away or more matches as many frames: evenly spaced series without a gap cannot tell. */
  readonly ambiguous: boolean
}

const MAX_DIFFERENCES = 2e7

/**
 * Finds which trigger caused which frame by time and interval, never by index: after the first missed or spurious trigger the indices differ.
 *
 * The offset is the one that most pairs of trigger and frame share (within the tolerance); it is then refined together with the rate,
 * and each frame takes the nearest trigger.
 *
 * @param frames   Times of the frames in s by the run's clock, rising.
 * @param triggers Times of the triggers in s by the record's clock, rising.
 * @param options  Tolerance, largest offset.
 * @throws OperandoError `E_AXIS` for times that do not rise, `E_SHAPE` for fewer than two of either, `E_TIME` when nothing matches,
 *   `E_LIMIT` beyond 2e7 possible pairs (then give `maxOffset`).
 * @example
 * ```ts
 * import { matchTriggers } from 'operando/series'
 * const match = matchTriggers([5.3, 17.3, 41.4, 53.3], [5, 17, 29, 41, 53])
 * console.log(match.frameToTrigger, match.missed) // [ 0, 1, 3, 4 ] [ 2 ]
 * ```
 */
export function matchTriggers(frames: NumbersLike, triggers: NumbersLike, options: MatchTriggersOptions = {}): TriggerMatch {
  assertKnown(options, 'matchTriggers options', OPTIONS)
  const run = asFloat64(frames, 'frames')
  const own = asFloat64(triggers, 'triggers')
  if (run.length < 2 || own.length < 2) {
    throw new OperandoError('E_SHAPE', `Two frames and two triggers at least, found ${run.length} and ${own.length}.`)
  }
  assertRising(run, 'frames')
  assertRising(own, 'triggers')
  const usual = Math.min(median(intervals(run)), median(intervals(own)))
  const tolerance = options.tolerance ?? usual / 4
  const vote = mostShared(differences(run, own, options.maxOffset ?? Infinity), tolerance)
  if (vote.count < 2) {
    throw new OperandoError(
      'E_TIME',
      `No two of ${run.length} frames lie as far apart as two of ${own.length} triggers within ${tolerance} s: these are not the triggers of this run.`,
    )
  }
  let clock: { offset: number; rate: number } = { offset: vote.offset, rate: 1 }
  let fit: ClockFit | undefined
  let link: (number | null)[] = []
  for (let round = 0; round < 5; round++) {
    const before = link
    link = nearest(run, own, clock, tolerance)
    if (round > 0 && link.every((j, i) => j === before[i])) break
    fit = fitClock(pairsOf(run, own, link))
    clock = fit
  }
  const used = new Set(link)
  return {
    frameToTrigger: link,
    missed: [...own.keys()].filter(j => !used.has(j)),
    clock: fit!,
    ambiguous: vote.rival >= vote.count,
  }
}

function intervals(times: Float64Array): Float64Array {
  return Float64Array.from({ length: times.length - 1 }, (_, i) => times[i + 1]! - times[i]!)
}

function differences(run: Float64Array, own: Float64Array, maxOffset: number): Float64Array {
  if (run.length * own.length > MAX_DIFFERENCES && maxOffset === Infinity) {
    throw new OperandoError('E_LIMIT', `${run.length} frames x ${own.length} triggers are too many to try: give maxOffset in s.`)
  }
  const found: number[] = []
  let from = 0
  for (const s of run) {
    while (from < own.length && s - own[from]! > maxOffset) from++
    for (let j = from; j < own.length && own[j]! - s <= maxOffset; j++) found.push(s - own[j]!)
    if (found.length > MAX_DIFFERENCES) throw new OperandoError('E_LIMIT', 'Too many pairs within maxOffset: give a smaller one.')
  }
  return Float64Array.from(found).sort()
}

/** The offset within +-tolerance of which most differences lie, and the best count clearly elsewhere. */
function mostShared(sorted: Float64Array, tolerance: number): { offset: number; count: number; rival: number } {
  const counts = new Int32Array(sorted.length)
  let best = 0
  let end = 0
  for (let begin = 0; begin < sorted.length; begin++) {
    while (end < sorted.length && sorted[end]! - sorted[begin]! <= 2 * tolerance) end++
    counts[begin] = end - begin
    if (counts[begin]! > counts[best]!) best = begin
  }
  const count = counts[best] ?? 0
  const offset = median(sorted.subarray(best, best + count))
  let rival = 0
  for (let i = 0; i < sorted.length; i++) {
    const elsewhere = sorted[i]! > offset + 2 * tolerance || sorted[i]! + 2 * tolerance < offset - 2 * tolerance
    if (elsewhere && counts[i]! > rival) rival = counts[i]!
  }
  return { offset, count, rival }
}

/** For each frame the nearest trigger within the tolerance; of two frames that claim one, the nearer keeps it. */
function nearest(
  run: Float64Array,
  own: Float64Array,
  clock: { offset: number; rate: number },
  tolerance: number,
): (number | null)[] {
  const link: (number | null)[] = new Array<number | null>(run.length).fill(null)
  const holder = new Map<number, [frame: number, distance: number]>()
  let j = 0
  for (let i = 0; i < run.length; i++) {
    const distance = (k: number): number => Math.abs(run[i]! - clock.offset - clock.rate * own[k]!)
    while (j + 1 < own.length && distance(j + 1) <= distance(j)) j++
    const off = distance(j)
    const rival = holder.get(j)
    if (off > tolerance || (rival && rival[1] <= off)) continue
    if (rival) link[rival[0]] = null
    holder.set(j, [i, off])
    link[i] = j
  }
  return link
}

function pairsOf(run: Float64Array, own: Float64Array, link: readonly (number | null)[]): ClockPair[] {
  const pairs: ClockPair[] = []
  link.forEach((j, i) => {
    if (j !== null) pairs.push([own[j]!, run[i]!])
  })
  return pairs
}
