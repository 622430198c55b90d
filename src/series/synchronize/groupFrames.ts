import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'

/** Frames taken at one cell or position. */
export interface FrameGroup {
  /** Mean of the recorded values of the group. */
  readonly value: number
  /** Its frames, in order. */
  readonly frames: readonly number[]
}

/**
 * Groups frames by what was recorded with them (cell number, motor position), never by index modulo the number of cells: one missed frame
 * would shift all that follow.
 *
 * Sorted values further apart than `tolerance` begin a new group, so that the jitter of a motor does not split one.
 *
 * @param recorded  One value a frame: a coordinate, or an array.
 * @param tolerance Largest step, in the unit of the values, between neighbours of one group. Default 0: equal values only.
 * @returns Groups in order of rising value.
 * @throws OperandoError `E_RANGE` for a negative tolerance, `E_NAN` where nothing was recorded.
 * @example
 * ```ts
 * import { groupFrames } from 'operando/series'
 * groupFrames([1.001, 7.5, 1.002, 7.499], 0.01).map(group => group.frames) // [[0, 2], [1, 3]]
 * ```
 */
export function groupFrames(recorded: NumbersLike, tolerance = 0): FrameGroup[] {
  if (!(tolerance >= 0)) throw new OperandoError('E_RANGE', `tolerance is ${tolerance}: zero or more expected.`)
  const values = asFloat64(recorded, 'recorded')
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
  const groups: number[][] = []
  for (const frame of order) {
    const group = groups[groups.length - 1]
    if (group && values[frame]! - values[group[group.length - 1]!]! <= tolerance) group.push(frame)
    else groups.push([frame])
  }
  return groups.map(frames => ({
    value: frames.reduce((sum, frame) => sum + values[frame]!, 0) / frames.length,
    frames: frames.sort((a, b) => a - b),
  }))
}
