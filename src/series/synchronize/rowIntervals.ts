import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { unit } from '../../core/unit.js'
import { valuesIn } from '../../model/align.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'

/**
 * The time between neighbouring rows of a record, on the clock of the run: interval `i` lies between row `i` and row `i + 1`.
 * Kernels of this folder integrate over these intervals.
 */
export interface RowIntervals {
  /** Times of the n rows in s on the run's clock, not falling. */
  readonly time: Float64Array
  /** n - 1 values, 1 where nothing is known between two rows: the pause between two files, or longer than `maxGap`. */
  readonly gap: Uint8Array
}

/**
 * Puts the rows of a record on the run's clock and marks the intervals that no file covers.
 *
 * @param echem  The record.
 * @param offset Run seconds at t = 0 of the record.
 * @param rate   Run seconds per second of the record.
 * @param maxGap Longest interval in s (of the record) over which values may be drawn straight; longer ones are gaps.
 * @throws OperandoError `E_SHAPE` for a record without rows, `E_AXIS` where its time runs backwards.
 */
export function rowIntervals(echem: Electrochemistry, offset: number, rate: number, maxGap: number = Infinity): RowIntervals {
  const own = asFloat64(valuesIn(echem.time, unit('s'), 'echem.time'), 'echem.time')
  const n = own.length
  if (n === 0) throw new OperandoError('E_SHAPE', 'echem: at least one row expected, none found.')
  const time = new Float64Array(n)
  const gap = new Uint8Array(Math.max(0, n - 1))
  for (let i = 0; i < n; i++) {
    time[i] = offset + rate * own[i]!
    if (i === 0) continue
    const step = own[i]! - own[i - 1]!
    if (step < 0) {
      throw new OperandoError(
        'E_AXIS',
        `echem.time falls at row ${i}: ${own[i]} s follows ${own[i - 1]} s. Order or split the record at that row first.`,
        { details: { row: i } },
      )
    }
    if (step > maxGap) gap[i - 1] = 1
  }
  // Between two files the current is unknown, so nothing may be drawn across.
  for (const segment of echem.segments) if (segment.from > 0 && segment.from < n) gap[segment.from - 1] = 1
  return { time, gap }
}

/**
 * Index of the last row at or before `at`; -1 when all are later.
 * @param time Times of the rows, not falling.
 * @param at   A time.
 */
export function lastRowAtOrBefore(time: Float64Array, at: number): number {
  let low = 0
  let high = time.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (time[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
