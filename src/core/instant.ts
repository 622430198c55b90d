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
