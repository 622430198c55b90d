import type { Electrochemistry } from 'operando'
import { type OpenOptions, openElectrochemistry } from 'operando/io/node'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const load = (path: string, options?: OpenOptions): Promise<Electrochemistry> =>
  openElectrochemistry(sharedPath(`data/io/cycler/${path}`), options)
const last = (v: { values: ArrayLike<number> }): number => v.values[v.values.length - 1]!
const codes = (e: Electrochemistry): string[] => e.warnings.map(w => w.code)

describe.skipIf(!hasSharedData)('cycler files of real instruments', () => {
  test('a BDF csv reads by its own labels, the source beside them is kept', async () => {
    const e = await load('arbin/arbin_example.bdf.csv')
    expect(e.time.values.length).toBe(599)
    expect([e.time.values[0], last(e.time)]).toEqual([0.072595419795086, 175121.2218486636])
    expect([e.potential.values[0], last(e.potential), last(e.current)]).toEqual([3.8591957, 3.9311352, 8.6498592e-8])
    expect(last(e.charge)).toBe(5.5750750919e-8) // Charging - Discharging Capacity / Ah
    expect([e.cycle[0], e.cycle[598], e.step[598]]).toEqual([0, 1, 2])
    expect(last(e.columns.Current!)).toBe(8.6498592e-5) // Arbin's own column, in mA
    expect(e.warnings).toEqual([])
  })

  test('a Maccor file without signs takes them from its states', async () => {
    const e = await load('maccor/maccor_001_first500.txt', { dateOrder: 'month-first' })
    expect(e.time.values.length).toBe(499)
    expect(last(e.time)).toBeCloseTo(3 * 3600 + 18 * 60 + 2.66, 6)
    expect(e.current.values.filter(i => i < 0).length).toBe(230) // rows of state D
    expect(last(e.current)).toBe(1.49996)
    expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2020, 11, 11, 12, 22, 12) / 1000, source: 'naive' })
    expect(e.warnings).toEqual([])
    // the date alone may be the 11th of December or the 12th of November
    expect(codes(await load('maccor/maccor_001_first500.txt'))).toEqual(['W_TIME'])
  })

  test('PEC in mV and mA, Neware with running and step times', async () => {
    const pec = await load('pec/pec_first400.csv')
    expect(pec.time.values.length).toBe(367)
    expectClose(
      [pec.potential.values[0]!, last(pec.potential), last(pec.current), last(pec.charge)],
      [3.272632, 3.2007162, -1.6399, -3.279875],
      { rtol: 1e-12 },
    )
    const neware = await load('neware/neware_uio_first800.csv')
    expect([neware.time.values.length, last(neware.time)]).toEqual([800, 12 * 3600 + 17])
    expect(last(neware.current)).toBe(-0.00024872)
    expectClose(last(neware.charge), -1.18e-6, { rtol: 1e-12 })
    expect(neware.clock.start).toMatchObject({ seconds: Date.UTC(2022, 4, 18, 16, 27, 52) / 1000 })
  })

  test('a Gamry file of a stopped run, with units below the labels and decimal commas', async () => {
    const e = await load('gamry/chronoa_de_data.dta', { dateOrder: 'day-first' })
    expect([...e.time.values]).toEqual([0, 30, 60, 90.0001, 120, 150, 180, 210, 240, 270])
    expect([e.potential.values[0], last(e.potential), e.current.values[0], last(e.current)]).toEqual([-5e-4, 0.4, -2e-8, 3e-9])
    expect(e.warnings).toMatchObject([{ code: 'W_ROWS', message: expect.stringContaining('5258 rows are announced, 10 found') }])
    expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2019, 9, 3, 12) / 1000, source: 'naive' })
    expect(codes(await load('gamry/chronoa_de_data.dta'))).toEqual(['W_ROWS', 'W_TIME']) // 3/10/2019 may be March or October
  })

  test('a home-made table reads, its doubts told; each damaged one is refused for its own reason', async () => {
    const good = await load('custom/custom_data_001.csv')
    expect([good.time.values.length, last(good.time), last(good.potential)]).toEqual([380, 24754.48, 3.3])
    expect(codes(good).filter(code => code !== 'W_UNIT_ASSUMED')).toEqual(['W_TIME']) // dates with two decimals of a day
    expect((await load('custom/bad/custom_good_small.csv')).time.values.length).toBe(60)
    await expect(load('custom/bad/custom_missing_column.csv')).rejects.toMatchObject({
      code: 'E_MISSING',
      message: expect.stringContaining('no column for the voltage'),
    })
    await expect(load('custom/bad/custom_nan_inf.csv')).rejects.toMatchObject({
      code: 'E_NAN',
      message: expect.stringContaining('line 24: 3 of 60'),
    })
    await expect(load('custom/bad/custom_truncated.csv')).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('line 80: 10 fields expected, 5 found'),
    })
    expect((await load('custom/bad/custom_truncated.csv', { lenient: true })).time.values.length).toBe(59)
    expect((await load('custom/bad/custom_nan_inf.csv', { lenient: true })).time.values.length).toBe(57)
    expect(codes(await load('custom/bad/custom_missing_cycle.csv'))).toContain('W_CYCLE_GAP')
  })
})
