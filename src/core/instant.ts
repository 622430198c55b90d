import { OperandoError } from './errors.js'
import { assertFields, assertKnown, type FieldsOf } from './fields.js'
import { epochOfWall, type Fold, formatOffset, offsetAt } from './zone.js'

/** How the zone of an {@link Instant} is known. A `naive` time has none and never mixes with an absolute one silently. */
export type ZoneSource = 'utc' | 'offset' | 'assumed-zone' | 'naive'

/**
 * A moment, as plain data, with how its zone is known.
 * `seconds` counts from 1970-01-01T00:00:00 UTC; for a naive time it counts as if the wall clock had shown UTC.
 */
export interface Instant {
  /** Whole seconds since the epoch. */
  readonly seconds: number
  /** Nanoseconds within the second, 0 to 999 999 999. */
  readonly nanos: number
  /** How the zone is known. */
  readonly source: ZoneSource
  /** The zone or offset as given, e.g. `+02:00`, `Europe/Paris`. */
  readonly zone?: string | undefined
}

/**
 * An instant from seconds since 1970-01-01 UTC.
 * @param seconds Seconds; fractions are rounded to the nanosecond (doubles of today resolve about 0.2 µs).
 * @param source  How the zone is known. Default `utc`.
 * @param zone    The zone, where there is one.
 * @throws OperandoError `E_TIME` if it is not finite.
 * @example
 * ```ts
 * import { formatInstant, instantFromUnix } from 'operando'
 * formatInstant(instantFromUnix(1658867910.25)) // '2022-07-26T20:38:30.25Z'
 * ```
 */
export function instantFromUnix(seconds: number, source: ZoneSource = 'utc', zone?: string): Instant {
  if (!Number.isFinite(seconds)) throw new OperandoError('E_TIME', `Seconds since 1970 were expected, found ${seconds}.`)
  return makeInstant(Math.floor(seconds), Math.round((seconds - Math.floor(seconds)) * 1e9), source, zone)
}

const LAST_SECOND = 8.64e12 // what a Date can show: the years -271821 to 275760

/** An instant from whole seconds and nanoseconds that may spill over. */
export function makeInstant(seconds: number, nanos: number, source: ZoneSource, zone?: string): Instant {
  const carry = Math.floor(nanos / 1e9)
  if (!(Math.abs(seconds + carry) <= LAST_SECOND)) {
    throw new OperandoError(
      'E_TIME',
      `${seconds} s since 1970 is no time of any calendar: at most ${LAST_SECOND} s were expected.`,
    )
  }
  const base = { seconds: seconds + carry, nanos: nanos - carry * 1e9, source }
  return Object.freeze(zone === undefined ? base : { ...base, zone })
}

/** What {@link assumeZone} takes besides the zone. */
export interface AssumeZoneOptions {
  /** Which one is meant when the clocks were put back over this hour. Without it such a time is refused. */
  fold?: Fold | undefined
}

/** Their names, for `assertKnown`. */
export const ASSUME_ZONE_FIELDS: FieldsOf<AssumeZoneOptions> = { fold: true }

/**
 * Gives a naive time the zone it was written in. Times that have a zone already are returned as they are: what the file says wins.
 * @param instant A naive instant.
 * @param zone    IANA name (`Europe/Paris`) or offset (`+02:00`).
 * @param options What to do in the hour that happens twice.
 * @throws OperandoError `E_TIME` for the hour that happens twice (without `fold`) or never, or an unknown zone.
 * @example
 * ```ts
 * import { assumeZone, formatInstant, parseInstant } from 'operando'
 * formatInstant(assumeZone(parseInstant('2022-07-26T22:38:30'), 'Europe/Paris')) // 2022-07-26T22:38:30+02:00[Europe/Paris]
 * ```
 */
export function assumeZone(instant: Instant, zone: string, options: AssumeZoneOptions = {}): Instant {
  assertKnown(options, 'assumeZone options', ASSUME_ZONE_FIELDS)
  assertInstant(instant)
  if (instant.source !== 'naive') return instant
  return makeInstant(epochOfWall(instant.seconds, zone, options.fold), instant.nanos, 'assumed-zone', zone)
}

/**
 * Seconds from `b` to `a` (a - b).
 * @param a The later one, if positive.
 * @param b The earlier one.
 * @throws OperandoError `E_TIME` if one is naive and the other is not.
 * @example
 * ```ts
 * import { differenceSeconds, parseInstant } from 'operando'
 * differenceSeconds(parseInstant('2022-07-26T20:40:00+02:00'), parseInstant('2022-07-26T18:38:30Z')) // 90
 * ```
 */
export function differenceSeconds(a: Instant, b: Instant): number {
  assertInstant(a)
  assertInstant(b)
  if ((a.source === 'naive') !== (b.source === 'naive')) {
    const [naive, absolute] = a.source === 'naive' ? [a, b] : [b, a]
    throw new OperandoError(
      'E_TIME',
      `${formatInstant(naive)} has no zone and ${formatInstant(absolute)} has one: they cannot be compared. Say in which zone the first was written, with assumeZone(t, 'Europe/Paris').`,
      { details: { naive: formatInstant(naive), absolute: formatInstant(absolute) } },
    )
  }
  return a.seconds - b.seconds + (a.nanos - b.nanos) * 1e-9
}

/**
 * The moment some seconds later; the zone and how it is known stay.
 * @param instant Where to start.
 * @param seconds How much later, may be negative.
 * @throws OperandoError `E_TIME` if that is no finite number of seconds.
 * @example
 * ```ts
 * import { addSeconds, formatInstant, parseInstant } from 'operando'
 * formatInstant(addSeconds(parseInstant('2022-07-26T20:38:30Z'), 90)) // '2022-07-26T20:40:00Z'
 * ```
 */
export function addSeconds(instant: Instant, seconds: number): Instant {
  assertInstant(instant)
  const whole = Math.floor(seconds)
  return makeInstant(instant.seconds + whole, instant.nanos + Math.round((seconds - whole) * 1e9), instant.source, instant.zone)
}

/**
 * ISO 8601: `2022-07-26T20:38:30.19Z`; with its offset if it came with one; without any zone if it is naive; as RFC 9557 with the
 * zone in brackets if the zone was assumed. {@link parseInstant} reads all four back.
 * @param instant The moment.
 * @example
 * ```ts
 * import { assumeZone, formatInstant, parseInstant } from 'operando'
 * formatInstant(assumeZone(parseInstant('2022-07-26T20:38:30'), 'Europe/Paris')) // '2022-07-26T20:38:30+02:00[Europe/Paris]'
 * ```
 */
export function formatInstant(instant: Instant): string {
  assertInstant(instant)
  const { seconds, nanos, source, zone } = instant
  const offset = zone === undefined || source === 'utc' || source === 'naive' ? 0 : offsetAt(zone, seconds)
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`
  const wall = new Date((seconds + offset) * 1000).toISOString().slice(0, -5) + fraction
  if (source === 'naive') return wall
  if (source === 'utc') return `${wall}Z`
  return wall + formatOffset(offset) + (source === 'assumed-zone' && zone !== undefined ? `[${zone}]` : '')
}

function assertInstant(given: unknown): void {
  assertFields(given, 'an Instant', ['seconds', 'nanos', 'source'])
}
