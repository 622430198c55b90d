import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'

/** Options of {@link splitHalfScans}. */
export interface SplitHalfScansOptions {
  /** What the positions are. Default `'angle'`: energies rise where angles fall. */
  axis?: 'angle' | 'energy' | undefined
  /** The motion has turned when it has gone back by this share of its whole range. Default 0.05: noise of an encoder is no turn. */
  hysteresis?: number | undefined
  /** Shorter pieces are left out, samples. Default 10. */
  minLength?: number | undefined
}

const OPTIONS: FieldsOf<SplitHalfScansOptions> = { axis: true, hysteresis: true, minLength: true }

/** One way of the monochromator between two turns. */
export interface HalfScan {
  /** First sample. */
  readonly start: number
  /** The sample after its last. */
  readonly stop: number
  /** Which way the energy goes. */
  readonly direction: 'up' | 'down'
}

/**
 * Splits the stream of a quick monochromator at its turning points.
 *
 * @param position Angles (any unit) or energies, a sample each.
 * @param options  What positions are, hysteresis.
 * @returns Half scans in time order; the first and the last may be parts.
 * @throws OperandoError `E_RANGE` where nothing moves; `E_NAN`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { splitHalfScans } from 'operando/spectroscopy'
 * const angle = Array.from({ length: 1000 }, (_, i) => 13.7 + 0.5 * Math.sin(i / 40))
 * splitHalfScans(angle)[1] // { start: 63, stop: 188, direction: 'up' }
 * ```
 */
export function splitHalfScans(position: NumbersLike, options: SplitHalfScansOptions = {}): HalfScan[] {
  assertKnown(options, 'splitHalfScans options', OPTIONS)
  const { axis = 'angle', hysteresis = 0.05, minLength = 10 } = options
  assertOneOf(axis, 'axis', ['angle', 'energy'])
  const x = asFloat64(position, 'position')
  let [low, high] = [Infinity, -Infinity]
  for (const v of x) {
    if (v < low) low = v
    if (v > high) high = v
  }
  if (!(high > low && hysteresis > 0 && hysteresis < 1)) {
    throw new OperandoError(
      'E_RANGE',
      `splitHalfScans: positions from ${low} to ${high}, hysteresis ${hysteresis}: a motion, and a share between 0 and 1, expected.`,
    )
  }
  const scans: HalfScan[] = []
  const add = (start: number, stop: number): void => {
    if (stop - start < minLength) return
    const rises = x[stop - 1]! > x[start]!
    scans.push({ start, stop, direction: rises === (axis === 'energy') ? 'up' : 'down' })
  }
  let start = 0
  for (const turn of turningPoints(x, hysteresis * (high - low))) {
    add(start, turn)
    start = turn
  }
  add(start, x.length)
  return scans
}

/** Middles of the extreme stretches between which the motion goes by more than `back`. */
function turningPoints(x: Float64Array, back: number): number[] {
  const turns: number[] = []
  // 0 until the first motion is known
  let direction = 0
  let [top, topEnd, bottom, bottomEnd] = [0, 0, 0, 0]
  for (let i = 1; i < x.length; i++) {
    if (x[i]! > x[top]!) top = topEnd = i
    else if (x[i]! === x[top]!) topEnd = i
    if (x[i]! < x[bottom]!) bottom = bottomEnd = i
    else if (x[i]! === x[bottom]!) bottomEnd = i
    if (direction >= 0 && x[top]! - x[i]! > back) {
      if (direction > 0) turns.push((top + topEnd + 1) >> 1)
      direction = -1
      bottom = bottomEnd = i
    } else if (direction <= 0 && x[i]! - x[bottom]! > back) {
      if (direction < 0) turns.push((bottom + bottomEnd + 1) >> 1)
      direction = 1
      top = topEnd = i
    }
  }
  return turns
}
