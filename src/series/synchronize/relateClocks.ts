import { OperandoError } from '../../core/errors.js'
import { assumeZone, differenceSeconds, type Instant } from '../../core/instant.js'
import type { ClockRelation } from '../../model/electrochemistry.js'

/** A linear relation between two clocks, without wall-clock moments: run seconds = offset + rate * t of the record. */
export interface RunClock {
  /** Run seconds at t = 0 of the record. */
  readonly offset: number
  /** Run seconds per second of the record. */
  readonly rate: number
  /** Standard uncertainty in s; `null` while nothing supports the relation. */
  readonly sigma: number | null
  /** What had to be assumed, if anything: a sentence for the warnings. */
  readonly assumption?: string | undefined
}

/** A zone for whichever of two clocks has none. */
export interface AssumedZone {
  /** IANA zone (`Europe/Paris`) or offset (`+02:00`) of moments that were recorded without one. Default: none is assumed. */
  zone?: string | undefined
}

/**
 * Turns a clock relation into run seconds = offset + rate * t, where run seconds count from the start of the run.
 *
 * A relation with a `start` is read against `runStart`; one without counts from the run's own zero. A moment without zone never meets one with a zone
 * unless `zone` says where it was recorded.
 *
 * @param clock    The relation.
 * @param runStart When the run's time 0 was, if known.
 * @param options  Zone of moments that have none.
 * @throws OperandoError `E_TIME` if nothing relates the clocks, if one is naive and the other absolute, or the rate is not positive.
 */
export function relateClocks(clock: ClockRelation, runStart: Instant | undefined, options: AssumedZone = {}): RunClock {
  const { start, offset, rate, sigma } = clock
  if (!(rate > 0) || !Number.isFinite(offset)) {
    throw new OperandoError(
      'E_TIME',
      `clock: a finite offset and a positive rate expected, found offset ${offset}, rate ${rate}.`,
    )
  }
  if (start === undefined) return { offset, rate, sigma }
  if (runStart === undefined) {
    throw new OperandoError(
      'E_TIME',
      'The record knows when it began but the run does not: its meta.start is absent. Set it, or pass a clock without start: ' +
        '{ offset, rate } in run seconds.',
    )
  }
  const [own, run] = [start, runStart].map(instant => (options.zone ? assumeZone(instant, options.zone) : instant)) as [
    Instant,
    Instant,
  ]
  if ((own.source === 'naive') !== (run.source === 'naive')) {
    const naive = own.source === 'naive' ? 'record' : 'run'
    throw new OperandoError(
      'E_TIME',
      `The start of the ${naive} has no time zone, that of the other clock has one: they may be hours apart. Say where the ${naive} was taken, ` +
        `e.g. { zone: 'Europe/Paris' }.`,
      { details: { naive } },
    )
  }
  const both =
    own.source === 'naive' ? 'Neither clock names its time zone; both were taken to show the same local time.' : undefined
  return { offset: differenceSeconds(own, run) + offset, rate, sigma, assumption: both }
}
