import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'

/** How a detector loses counts. */
export interface DeadTime {
  /** Dead time, s. */
  tau: number
  /** Time of counting per point, s: one for all, or one each. */
  dwell: NumbersLike | number
  /** `'nonparalyzable'` (default): an event that comes in dead time is lost; `'paralyzable'`: it prolongs the dead time as well. */
  model?: 'nonparalyzable' | 'paralyzable' | undefined
}

const FIELDS: FieldsOf<DeadTime> = { tau: true, dwell: true, model: true }

/**
 * True counts from measured ones: m = t / (1 + t tau) for rates of a nonparalyzable detector, m = t exp(-t tau) for a paralyzable one (the smaller of its two solutions).
 *
 * @param counts   Measured counts, n values.
 * @param deadTime Dead time, dwell, model.
 * @throws OperandoError `E_RANGE` where a rate is more than the detector can tell, naming the point; `E_SHAPE`, `E_NAN`.
 * @see G. F. Knoll, Radiation Detection and Measurement, chapter 4
 * @example
 * ```ts
 * import { correctDeadTime } from 'operando/spectroscopy'
 * correctDeadTime([100_000], { tau: 1e-6, dwell: 1 }) // 111 111
 * ```
 */
export function correctDeadTime(counts: NumbersLike, deadTime: DeadTime): Float64Array {
  assertFields(deadTime, 'deadTime', ['tau', 'dwell'])
  assertKnown(deadTime, 'deadTime', FIELDS)
  const { tau, dwell, model = 'nonparalyzable' } = deadTime
  assertOneOf(model, 'deadTime.model', ['nonparalyzable', 'paralyzable'])
  const measured = asFloat64(counts, 'counts')
  const time = typeof dwell === 'number' ? undefined : asFloat64(dwell, 'dwell', { length: measured.length })
  if (!(tau >= 0)) throw new OperandoError('E_RANGE', `deadTime.tau is ${tau}: seconds, 0 or more, expected.`)
  return measured.map((m, i) => {
    const seconds = time ? time[i]! : (dwell as number)
    if (!(seconds > 0))
      throw new OperandoError('E_RANGE', `deadTime.dwell${time ? `[${i}]` : ''} is ${seconds}: seconds above 0 expected.`)
    const load = (m / seconds) * tau
    if (!(load < (model === 'paralyzable' ? 1 / Math.E : 1))) {
      throw new OperandoError(
        'E_RANGE',
        `counts[${i}] = ${m} in ${seconds} s is more than a detector with a dead time of ${tau} s can count. Is dwell in seconds, and tau right?`,
        { details: { index: i } },
      )
    }
    if (model === 'nonparalyzable') return m / (1 - load)
    // t tau = x with x exp(-x) = load, by Newton from below
    let x = load
    for (let step = 0; step < 60; step++) {
      const next = x + (load * Math.exp(x) - x) / (1 - load * Math.exp(x))
      if (Math.abs(next - x) <= 1e-15 * next) break
      x = next
    }
    return tau === 0 ? m : (x / tau) * seconds
  })
}
