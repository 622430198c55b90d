import type { Dataset } from '../../../model/dataset.js'
import { turningPoints } from '../../../series/clock/turningPoints.js'
import { known } from './trend.js'

/** Frames of one direction with the same phases. */
export interface Stretch {
  /** Frames with values, rising. */
  readonly frames: readonly number[]
  /** Whether the progress rises. */
  readonly isForward: boolean
  /** Indices of the phases that are seen. */
  readonly present: readonly number[]
}

/** A phase that comes for fewer frames, or goes, is noise about its limit of detection. */
const SHORTEST = 2

/**
 * Cuts a series where its progress turns, and where phases come and go.
 * @param progress What rises and falls with the reaction: a fraction, a lattice parameter.
 * @param cells    One trend a phase that is NaN where the phase is not seen.
 * @param given    First and last frames of intervals; default where the progress turns.
 */
export function intervalsOf(
  progress: Dataset<'frame'>,
  cells: readonly Dataset<'frame'>[],
  given: readonly (readonly [number, number])[] | undefined,
): Stretch[] {
  const frames = known(progress)
  const ends = given ?? branches(progress, frames)
  return ends.flatMap(([first, last]) => {
    const own = frames.filter(i => i >= first && i <= last)
    if (own.length === 0) return []
    const ends = Math.max(1, Math.floor(own.length / 4))
    const level = (some: readonly number[]): number => some.reduce((sum, i) => sum + progress.values[i]!, 0) / some.length
    const isForward = level(own.slice(-ends)) >= level(own.slice(0, ends))
    const seen = own.map(i => cells.map(cell => !Number.isNaN(cell.values[i])))
    return runsOf(seen).map(([from, to]) => ({
      frames: own.slice(from, to),
      isForward,
      present: [...cells.keys()].filter(p => seen[from]![p]),
    }))
  })
}

/** From turn to turn; a turn belongs to the branch that it ends. */
function branches(progress: Dataset<'frame'>, frames: readonly number[]): [number, number][] {
  const turns = turningPoints(
    frames,
    frames.map(i => progress.values[i]!),
  ).map(({ index }) => frames[index]!)
  const starts = [frames[0] ?? 0, ...turns.map(turn => turn + 1)]
  return starts.map((start, k) => [start, turns[k] ?? frames[frames.length - 1] ?? 0])
}

/** Runs of equal rows, as [from, to); those shorter than two join the run before them. */
function runsOf(rows: readonly (readonly boolean[])[]): [number, number][] {
  const equal = (i: number, j: number): boolean => rows[i]!.every((seen, p) => seen === rows[j]![p])
  const runs: [number, number][] = []
  for (let from = 0, i = 1; i <= rows.length; i++) {
    if (i < rows.length && equal(from, i)) continue
    const last = runs[runs.length - 1]
    if (last && (i - from < SHORTEST || equal(last[0], from))) last[1] = i
    else runs.push([from, i])
    from = i
  }
  return runs
}
