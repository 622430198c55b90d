import { addSeconds, formatInstant, type Instant } from '../../core/instant.js'

/**
 * A range of run seconds for people, with wall-clock times where the start of the run is known.
 * @param from  Begin in run seconds.
 * @param to    End in run seconds.
 * @param start When run second 0 was, if known.
 */
export function describeRange(from: number, to: number, start: Instant | undefined): string {
  const seconds = `${toMilliseconds(from)} s to ${toMilliseconds(to)} s of the run`
  if (start === undefined) return seconds
  const moment = (t: number): string => formatInstant(addSeconds(start, toMilliseconds(t)))
  return `${moment(from)} to ${moment(to)} (${seconds})`
}

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000
