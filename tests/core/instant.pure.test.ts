import fc from 'fast-check'
import {
  addSeconds,
  assumeZone,
  differenceSeconds,
  formatInstant,
  instantFromEpoch,
  instantFromUnix,
  parseDuration,
  parseInstant,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText } from '../errorCode.js'

const PARIS = { zone: 'Europe/Paris' }
const iso = (text: string, options = {}): string => {
  const { seconds, nanos } = parseInstant(text, options)
  return formatInstant({ seconds, nanos, source: 'utc' })
}

describe('parseInstant', () => {
  it.each([
    ['2022-07-26T23:01:58.055+02:00', {}, '2022-07-26T21:01:58.055Z'],
    ['2022-07-26T23:01:58.055+02:00', { zone: 'America/New_York' }, '2022-07-26T21:01:58.055Z'],
    ['2022-07-26T21:01:58.055Z', PARIS, '2022-07-26T21:01:58.055Z'],
    ['2022-07-26 23:01:58.055', PARIS, '2022-07-26T21:01:58.055Z'],
    ['07/26/2022 22:38:30.190', PARIS, '2022-07-26T20:38:30.19Z'],
    ['12/08/2022 14:36:53.355', { ...PARIS, dateOrder: 'month-first' }, '2022-12-08T13:36:53.355Z'],
    ['12/08/2022 14:36:53.355', { ...PARIS, dateOrder: 'day-first' }, '2022-08-12T12:36:53.355Z'],
    ['01/16/2020 14:13:34', PARIS, '2020-01-16T13:13:34Z'],
    ['03.26.18', { zone: 'UTC' }, '2018-03-26T00:00:00Z'],
    ['Tue Jul 26 23:01:58 2022', PARIS, '2022-07-26T21:01:58Z'],
    ['20220726T210158Z', {}, '2022-07-26T21:01:58Z'],
    ['2020-02-29', { zone: '+00:00' }, '2020-02-29T00:00:00Z'],
    ['1969-12-31T23:59:59.5Z', {}, '1969-12-31T23:59:59.5Z'],
    ['7/26/2022 12:05:00 AM', { zone: 'UTC' }, '2022-07-26T00:05:00Z'],
  ])('reads %s %o as %s', (text, options, utc) => {
    expect(iso(text, options)).toBe(utc)
  })

  it('says how the zone is known', () => {
    expect(parseInstant('2022-07-26T23:01:58Z').source).toBe('utc')
    expect(parseInstant('2022-07-26T23:01:58+02:00')).toMatchObject({ source: 'offset', zone: '+02:00' })
    expect(parseInstant('2022-07-26T23:01:58', PARIS)).toMatchObject({ source: 'assumed-zone', zone: 'Europe/Paris' })
    expect(parseInstant('2022-07-26T23:01:58').source).toBe('naive')
  })

  it('reports the hour that happens twice, unless told which one', () => {
    expect(errorText(() => parseInstant('2022-10-30T02:30:00', PARIS))).toMatch(/E_TIME.*twice.*00:30:00Z.*01:30:00Z.*fold/)
    expect(iso('2022-10-30T02:30:00', { ...PARIS, fold: 'earlier' })).toBe('2022-10-30T00:30:00Z')
    expect(iso('2022-10-30T02:30:00', { ...PARIS, fold: 'later' })).toBe('2022-10-30T01:30:00Z')
    expect(iso('2022-10-30T03:00:00', PARIS)).toBe('2022-10-30T02:00:00Z')
    expect(iso('2022-10-30T01:59:59', PARIS)).toBe('2022-10-29T23:59:59Z')
  })

  it('reports the hour that never happens', () => {
    expect(errorText(() => parseInstant('2022-03-27T02:30:00', PARIS))).toMatch(/E_TIME.*does not exist in Europe\/Paris/)
  })

  it.each([
    ['12/08/2022 14:36', /month 12 day 8, or day 12 month 8/],
    ['2022-02-30T00:00:00', /no day 30/],
    ['2022-07-26T25:00:00', /no time of day/],
    ['yesterday', /was expected/],
    ['Tue Foo 26 23:01:58 2022', /no month/],
    ['', /was expected/],
  ])('refuses %s', (text, why) => {
    const said = errorText(() => parseInstant(text))
    expect(said).toMatch(/^E_TIME/)
    expect(said).toMatch(why)
  })

  it('refuses an unknown zone', () => {
    expect(errorText(() => parseInstant('2022-07-26', { zone: 'Europe/Atlantis' }))).toMatch(/E_TIME.*IANA/)
  })
})

describe('instants', () => {
  it('never mix a naive time with an absolute one', () => {
    const naive = parseInstant('2022-07-26T23:01:58')
    const absolute = parseInstant('2022-07-26T21:01:58Z')
    expect(errorText(() => differenceSeconds(naive, absolute))).toMatch(/E_TIME.*has no zone.*assumeZone/)
    expect(differenceSeconds(assumeZone(naive, 'Europe/Paris'), absolute)).toBe(0)
    expect(differenceSeconds(naive, addSeconds(naive, -1.25))).toBe(1.25)
    expect(assumeZone(absolute, 'Europe/Paris')).toBe(absolute)
  })

  it('count from the epochs of instruments', () => {
    expect(formatInstant(instantFromEpoch(42587.6815162037, 'ole', PARIS))).toBe('2016-08-05T16:21:23+02:00[Europe/Paris]')
    expect(instantFromEpoch(42587.5, 'ole').source).toBe('naive')
    expect(formatInstant(instantFromEpoch(3741721318, 'labview'))).toBe('2022-07-26T23:01:58Z')
    expect(differenceSeconds(instantFromEpoch(1658869318055, 'unix-ms'), parseInstant('2022-07-26T21:01:58.055Z'))).toBeCloseTo(
      0,
      6,
    )
    expect(formatInstant(instantFromEpoch(719529.5, 'matlab'))).toBe('1970-01-01T12:00:00')
    expect(errorText(() => instantFromUnix(Number.NaN))).toMatch(/E_TIME/)
  })

  it('come back from their text, with the zone and how it is known', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', '+05:30']
    fc.assert(
      fc.property(
        fc.integer({ min: -2e9, max: 4e9 }),
        fc.integer({ min: 0, max: 999999999 }),
        fc.constantFrom(...zones),
        (seconds, nanos, zone) => {
          const offset = zone.startsWith('+')
          const instant = { seconds, nanos, source: offset ? ('offset' as const) : ('assumed-zone' as const), zone }
          // before 1970 some zones kept offsets with seconds, which no ISO text can say
          fc.pre(offset || seconds > 0)
          expect(parseInstant(formatInstant(instant))).toEqual(instant)
          const naive = { seconds, nanos, source: 'naive' as const }
          expect(parseInstant(formatInstant(naive))).toEqual(naive)
          expect(parseInstant(formatInstant({ ...naive, source: 'utc' }))).toEqual({ ...naive, source: 'utc' })
        },
      ),
    )
  })

  it('tell an assumed offset from one that stood in the file, also in their text', () => {
    for (const zone of ['+02:00', 'UTC', 'Etc/GMT+1']) {
      const assumed = parseInstant('2022-07-26T22:38:30', { zone })
      expect(parseInstant(formatInstant(assumed))).toEqual(assumed)
    }
  })

  it('stay within the calendar, so that each can be shown', () => {
    expect(errorText(() => instantFromUnix(1e18))).toMatch(/E_TIME/)
    expect(errorText(() => addSeconds(instantFromUnix(0), Number.NaN))).toMatch(/E_TIME/)
    expect(formatInstant(instantFromUnix(-8.64e12))).toMatch(/^-271821/)
  })

  it('keep the milliseconds of a counter exactly', () => {
    expect(instantFromEpoch(1658867910123, 'unix-ms')).toMatchObject({ seconds: 1658867910, nanos: 123000000 })
    expect(instantFromEpoch(-1, 'unix-ms')).toMatchObject({ seconds: -1, nanos: 999000000 })
    expect(errorText(() => instantFromEpoch(1, 'excel' as 'ole'))).toMatch(/E_ARGUMENT/)
  })

  it('refuse offsets that no zone can have, and what is no text', () => {
    for (const offset of ['+25:00', '+02:75'])
      expect(errorText(() => parseInstant(`2022-07-26T22:38:30${offset}`))).toMatch(/E_TIME/)
    expect(errorText(() => parseInstant(5 as unknown as string))).toMatch(/E_TIME/)
    expect(iso('20220726T223830+0200')).toBe(iso('2022-07-26T20:38:30Z'))
  })
})

describe('parseDuration', () => {
  it.each([
    ['00:00:10', 10],
    ['26:40:01', 96001],
    ['1000:00:0,0000', 3600000],
    ['0d 00:00:05.25', 5.25],
    ['2d 03:04:05', 183845],
    ['00:41:50', 2510],
    ['41:50', 2510],
    ['12.5', 12.5],
    ['-00:00:01', -1],
  ])('reads %s as %d s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })
  it('refuses what is no duration', () => {
    expect(errorText(() => parseDuration('1:2:3:4'))).toMatch(/E_TIME/)
    expect(errorText(() => parseDuration(''))).toMatch(/E_TIME/)
  })
})
