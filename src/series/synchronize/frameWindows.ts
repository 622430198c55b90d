import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertOneOf } from '../../core/fields.js'
import { type Duration, toValue } from '../../core/quantity.js'
import { unit } from '../../core/unit.js'
import { valuesIn } from '../../model/align.js'
import type { Dataset } from '../../model/dataset.js'
import type { Windows } from './overWindows.js'

/** How the frames of a run tell their time. */
export interface FrameTiming {
  /** Exposure in s or `'20 ms'`, one for all or one a frame in s. Default: the coordinate `exposure` of the run. 0 asks for the value at that moment. */
  exposure?: Duration | NumbersLike | undefined
  /** What the coordinate `time` marks. Default `'start'` of the exposure. */
  timeMarks?: 'start' | 'middle' | 'end' | undefined
}

/**
 * Number of frames of a dataset.
 * @param run Anything with a dim `frame`.
 * @throws OperandoError `E_AXIS` without that dim.
 */
export function frameCount(run: Dataset): number {
  const axis = run.dims.indexOf('frame')
  if (axis < 0) {
    throw new OperandoError('E_AXIS', `${run.name}: a dim "frame" expected, found [${run.dims.join(', ')}].`)
  }
  return run.shape[axis]!
}

/**
 * The exposures of a run in run seconds.
 *
 * @param run    Dataset with dim `frame` and a coordinate `time` (since `meta.start`, any unit of time) on it.
 * @param timing Exposure and what `time` marks.
 * @throws OperandoError `E_MISSING` without time or exposure, `E_UNIT` where they are no times, `E_RANGE` for a negative exposure,
 *   `E_SHAPE` on a wrong number of values, `E_NAN` where a time is not known, `E_ARGUMENT` for another `timeMarks`.
 */
export function frameWindows(run: Dataset, timing: FrameTiming = {}): Windows {
  const n = frameCount(run)
  const time = secondsOf(run, 'time', n)
  if (time === undefined) {
    throw new OperandoError(
      'E_MISSING',
      `${run.name}: a coordinate "time" (s, one value a frame) expected, found [${Object.keys(run.coords).join(', ')}].`,
    )
  }
  const exposure = exposureOf(run, n, timing.exposure)
  const marks = timing.timeMarks ?? 'start'
  assertOneOf(marks, 'timeMarks', ['start', 'middle', 'end'])
  const share = { start: 0, middle: 0.5, end: 1 }[marks]
  const start = new Float64Array(n)
  const stop = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const length = exposure[i]!
    if (length < 0) throw new OperandoError('E_RANGE', `exposure[${i}] is ${length} s: zero or more expected.`)
    start[i] = time[i]! - share * length
    stop[i] = start[i]! + length
  }
  return { start, stop }
}

function secondsOf(run: Dataset, name: string, n: number): Float64Array | undefined {
  const variable = run.coords[name]
  if (variable === undefined) return undefined
  return asFloat64(valuesIn(variable, unit('s'), `${run.name}: the coordinate "${name}"`), name, { length: n })
}

function exposureOf(run: Dataset, n: number, given: Duration | NumbersLike | undefined): Float64Array {
  if (typeof given === 'number' || typeof given === 'string') return new Float64Array(n).fill(toValue(given, 's', 'exposure'))
  if (given !== undefined) return asFloat64(given, 'exposure', { length: n })
  const own = secondsOf(run, 'exposure', n)
  if (own !== undefined) return own
  throw new OperandoError(
    'E_MISSING',
    `${run.name}: how long the frames were exposed is not known. Pass { exposure } in s, or { exposure: 0 } for the values at the frames' times.`,
  )
}
