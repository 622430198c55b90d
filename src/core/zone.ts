import { OperandoError } from './errors.js'

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        calendar: 'iso8601',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      })
    } catch (cause) {
      throw new OperandoError(
        'E_TIME',
        `'${zone}' is no time zone: an IANA name such as 'Europe/Paris', 'UTC', or an offset such as '+02:00' was expected.`,
        {
          cause,
          details: { found: zone },
        },
      )
    }
    formatters.set(zone, formatter)
  }
  return formatter
}

/** Seconds east of UTC in `+02:00`, `+0200`, `-05`, `Z`; `undefined` if it is no offset. */
export function parseOffset(text: string): number | undefined {
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return 0
  const match = /^([+\-\u2212])([01]\d|2[0-3])(?::?([0-5]\d))?$/.exec(text)
  if (!match) return undefined
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60
  return match[1] === '+' ? seconds : -seconds
}

/** `+02:00`. */
export function formatOffset(seconds: number): string {
  const minutes = Math.abs(Math.round(seconds / 60))
  const two = (x: number): string => String(x).padStart(2, '0')
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Seconds east of UTC that a zone keeps at a moment given in seconds since the epoch. */
export function offsetAt(zone: string, epoch: number): number {
  const fixed = parseOffset(zone)
  if (fixed !== undefined) return fixed
  const part: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(epoch * 1000)) part[type] = Number(value)
  const wall = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) / 1000
  return wall - Math.floor(epoch)
}

/** Which of the two moments is meant when the clocks went back over a wall-clock time. */
export type Fold = 'earlier' | 'later'

/**
 * Seconds since the epoch at which a clock on the wall of `zone` showed `wall` (seconds since the epoch as if the wall were UTC).
 * @param wall What the clock showed.
 * @param zone IANA name or offset.
 * @param fold Which one, for the hour that happens twice.
 * @throws OperandoError `E_TIME` for the hour that happens twice without `fold`, for the one that never happens, for an unknown zone.
 */
export function epochOfWall(wall: number, zone: string, fold?: Fold): number {
  // no zone is further than a day from UTC, and none changes twice in two days: the offsets on both sides are all there can be
  const offsets = [...new Set([offsetAt(zone, wall - 86400), offsetAt(zone, wall + 86400)])]
  const moments = offsets.filter(offset => offsetAt(zone, wall - offset) === offset).map(offset => wall - offset)
  moments.sort((a, b) => a - b)
  const shown = new Date(wall * 1000).toISOString().slice(0, 19)
  if (moments.length === 0) {
    throw new OperandoError(
      'E_TIME',
      `${shown} does not exist in ${zone}: the clocks were put forward over it. Check the zone or give the offset.`,
      {
        details: { wall: shown, zone },
      },
    )
  }
  if (moments.length === 1) return moments[0]!
  if (fold === undefined) {
    const [a, b] = moments.map(m => new Date(m * 1000).toISOString().slice(0, 19))
    throw new OperandoError(
      'E_TIME',
      `${shown} happened twice in ${zone}, at ${a}Z and at ${b}Z, when the clocks were put back. Say { fold: 'earlier' } or { fold: 'later' }.`,
      { details: { wall: shown, zone, earlier: `${a}Z`, later: `${b}Z` } },
    )
  }
  return fold === 'earlier' ? moments[0]! : moments[moments.length - 1]!
}
