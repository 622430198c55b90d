import { OperandoError } from './errors.js'
import { assertKnown, assertText, type FieldsOf } from './fields.js'
import { ASSUME_ZONE_FIELDS, type AssumeZoneOptions, assumeZone, type Instant, instantFromUnix, makeInstant } from './instant.js'
import { LONGEST_WORD, quote } from './quote.js'
import { epochOfWall, parseOffset } from './zone.js'

/** Options of {@link parseInstant}. */
export interface ParseInstantOptions extends AssumeZoneOptions {
  /** Zone to assume where the text has none: IANA name or offset. Without it the result is naive. */
  zone?: string | undefined
  /**
   * Order of `a/b/yyyy`. EC-Lab writes month first whatever the locale of its machine. Without it only dates that allow one reading
   * (a day above 12, or a = b) are taken.
   */
  dateOrder?: 'month-first' | 'day-first' | undefined
}

const OPTIONS: FieldsOf<ParseInstantOptions> = { ...ASSUME_ZONE_FIELDS, zone: true, dateOrder: true }

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'
const TIME = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,12}))?)?'
const ZONE = '\\s*(Z|UTC|GMT|[+\\-\\u2212]\\d{2}(?::?\\d{2})?)?(?:\\[([\\w/:+\\-]+)\\])?'
const ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:(?:[T_]|\\s+)${TIME})?${ZONE}$`, 'i')
const SLASHED = new RegExp(`^(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})(?:\\s+${TIME}\\s*([AP]M)?)?${ZONE}$`, 'i')
const CTIME = new RegExp(`^(?:[a-z]{3},?\\s+)?([a-z]{3})\\s+(\\d{1,2})\\s+${TIME}\\s+(\\d{4})${ZONE}$`, 'i')
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z|[+-]\d{2}(?::?\d{2})?)?$/i

function refuse(text: string, why: string): never {
  throw new OperandoError('E_TIME', `${quote(text)}: ${why}`, { details: { found: text } })
}

interface Parts {
  year: number
  month: number
  day: number
  time: readonly [string | undefined, string | undefined, string | undefined, string | undefined]
  half?: string | undefined
  zone?: string | undefined
  bracket?: string | undefined
}

function partsOf(text: string, options: ParseInstantOptions): Parts {
  const iso = ISO.exec(text) ?? COMPACT.exec(text)
  if (iso) {
    const compact = iso.length === 8
    return {
      year: Number(iso[1]),
      month: Number(iso[2]),
      day: Number(iso[3]),
      time: [iso[4], iso[5], iso[6], compact ? undefined : iso[7]],
      zone: compact ? iso[7] : iso[8],
      bracket: compact ? undefined : iso[9],
    }
  }
  const spec = CTIME.exec(text)
  if (spec) {
    const at = MONTHS.indexOf(spec[1]!.toLowerCase())
    if (at < 0 || at % 3 !== 0) refuse(text, `'${spec[1]}' is no month.`)
    return {
      year: Number(spec[7]),
      month: at / 3 + 1,
      day: Number(spec[2]),
      time: [spec[3], spec[4], spec[5], spec[6]],
      zone: spec[8],
      bracket: spec[9],
    }
  }
  const slashed = SLASHED.exec(text)
  if (!slashed)
    refuse(
      text,
      `a date and time such as '2022-07-26T22:38:30.19+02:00' or, with { dateOrder }, '07/26/2022 22:38:30' was expected.`,
    )
  const [a, b] = [Number(slashed[1]), Number(slashed[2])]
  const monthFirst = options.dateOrder ? options.dateOrder === 'month-first' : b > 12 || a === b
  if (!options.dateOrder && !monthFirst && a <= 12)
    refuse(
      text,
      `this may be month ${a} day ${b}, or day ${a} month ${b}. Say { dateOrder: 'month-first' } (as EC-Lab writes) or 'day-first'.`,
    )
  const year = Number(slashed[3])
  return {
    // two digits: 1970 to 2069, as POSIX does (one year apart)
    year: slashed[3]!.length === 2 ? (year < 70 ? 2000 : 1900) + year : year,
    month: monthFirst ? a : b,
    day: monthFirst ? b : a,
    time: [slashed[4], slashed[5], slashed[6], slashed[7]],
    half: slashed[8],
    zone: slashed[9],
    bracket: slashed[10],
  }
}

/**
 * Reads the times that instruments write: ISO 8601 (T or blank; a zone in the text always wins), EC-Lab's `MM/DD/YYYY HH:MM:SS.fff`,
 * SPEC's `Tue Jul 26 23:01:58 2022`. A date alone is its midnight. Without zone in the text or the options the result is `naive`.
 *
 * @param text    The time.
 * @param options Zone to assume, order of day and month, which of two for the hour that happens twice.
 * @throws OperandoError `E_TIME` if it is not understood, can be read in two ways, does not exist or happened twice.
 * @example
 * ```ts
 * import { parseInstant } from 'operando'
 * parseInstant('12/08/2022 14:36:53.355', { dateOrder: 'month-first', zone: 'Europe/Paris' }).seconds // 1670506613
 * ```
 */
export function parseInstant(text: string, options: ParseInstantOptions = {}): Instant {
  assertKnown(options, 'parseInstant options', OPTIONS)
  if (typeof text !== 'string') throw new OperandoError('E_TIME', `A time as text was expected, found ${typeof text}.`)
  if (text.length > LONGEST_WORD) refuse(text, 'too long for a time.')
  const trimmed = text.trim()
  const parts = partsOf(trimmed, options)
  const { year, month, day } = parts
  let hour = Number(parts.time[0] ?? 0)
  const minute = Number(parts.time[1] ?? 0)
  const second = Number(parts.time[2] ?? 0)
  if (parts.half !== undefined) {
    if (hour < 1 || hour > 12) refuse(text, `hour ${hour} with AM or PM.`)
    hour = (hour % 12) + (/^p/i.test(parts.half) ? 12 : 0)
  }
  const date = new Date(Date.UTC(year, month - 1, day))
  if (year < 100) date.setUTCFullYear(year)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    refuse(text, `there is no day ${day} in month ${month} of ${year}.`)
  // a leap second is told as the second after it, as POSIX does
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0))
    refuse(text, `${hour}:${minute}:${second} is no time of day.`)
  const wall = date.getTime() / 1000 + hour * 3600 + minute * 60 + second
  const nanos = Math.round(Number(`0.${parts.time[3] ?? 0}`) * 1e9)
  const offset = parts.zone === undefined ? undefined : parseOffset(parts.zone)
  if (parts.zone !== undefined && offset === undefined)
    refuse(text, `${parts.zone} is no offset from UTC: at most 23:59 was expected.`)
  if (offset !== undefined) {
    const utc = /^[zug]/i.test(parts.zone!)
    if (parts.bracket !== undefined) return makeInstant(wall - offset, nanos, 'assumed-zone', parts.bracket)
    return utc ? makeInstant(wall, nanos, 'utc') : makeInstant(wall - offset, nanos, 'offset', parts.zone)
  }
  if (parts.bracket !== undefined)
    return makeInstant(epochOfWall(wall, parts.bracket, options.fold), nanos, 'assumed-zone', parts.bracket)
  const naive = makeInstant(wall, nanos, 'naive')
  return options.zone === undefined ? naive : assumeZone(naive, options.zone, { fold: options.fold })
}

/** Clocks that count from somewhere. */
export type Epoch = 'unix' | 'unix-ms' | 'labview' | 'ole' | 'matlab'

/**
 * An instant from a counter: `unix` s and `unix-ms` ms since 1970 UTC, `labview` s since 1904-01-01 UTC, `ole` (Excel, Arbin) days since
 * 1899-12-30 and `matlab` (datenum) days since year 0, both of the clock on the wall: naive unless a zone is given. Days resolve about 1 µs.
 * @param value   The counter.
 * @param epoch   Which one.
 * @param options Zone to assume for the wall clocks.
 * @throws OperandoError `E_TIME` as {@link parseInstant}.
 * @example
 * ```ts
 * import { formatInstant, instantFromEpoch } from 'operando'
 * formatInstant(instantFromEpoch(44768.5, 'ole')) // '2022-07-26T12:00:00', naive
 * ```
 */
export function instantFromEpoch(value: number, epoch: Epoch, options: ParseInstantOptions = {}): Instant {
  assertKnown(options, 'instantFromEpoch options', OPTIONS)
  if (epoch === 'unix') return instantFromUnix(value)
  if (epoch === 'unix-ms') {
    const whole = Math.floor(value / 1000)
    return makeInstant(whole, Math.round((value - whole * 1000) * 1e6), 'utc')
  }
  if (epoch === 'labview') return instantFromUnix(value - 2082844800)
  if (epoch !== 'ole' && epoch !== 'matlab')
    throw new OperandoError('E_ARGUMENT', `epoch is '${epoch as string}': unix, unix-ms, labview, ole or matlab was expected.`)
  // a double of days is good to a microsecond at best: rounding there undoes the noise of the product
  const seconds = Math.round((value - (epoch === 'ole' ? 25569 : 719529)) * 86400 * 1e6) / 1e6
  const naive = instantFromUnix(seconds, 'naive')
  return options.zone === undefined ? naive : assumeZone(naive, options.zone, { fold: options.fold })
}

/**
 * Seconds in a duration as instruments write it: `26:40:01`, `1000:00:0,0000`, `2d 03:04:05.25`, `12.5`.
 * @param text The duration.
 * @throws OperandoError `E_TIME` if it is not understood.
 * @example
 * ```ts
 * import { parseDuration } from 'operando'
 * parseDuration('26:40:01') // 96001
 * ```
 */
export function parseDuration(text: string): number {
  assertText(text, 'a duration')
  if (String(text).length > LONGEST_WORD) refuse(String(text), 'too long for a duration.')
  const match = /^\s*([+-])?(?:(\d+)\s*d(?:ays?)?,?\s*)?(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?)\s*$/i.exec(text)
  if (!match) refuse(text, `a duration such as '26:40:01' or '2d 03:04:05' was expected.`)
  const seconds = Number(match[5]!.replace(',', '.'))
  const total = Number(match[2] ?? 0) * 86400 + Number(match[3] ?? 0) * 3600 + Number(match[4] ?? 0) * 60 + seconds
  return match[1] === '-' ? -total : total
}
