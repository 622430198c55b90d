import fc from 'fast-check'
import { zipSync } from 'fflate'
import { CYCLING_MODES, type Electrochemistry, formatInstant, isOperandoError } from 'operando'
import { type OpenOptions, openElectrochemistry, unzip } from 'operando/io'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import { type LaterNdc, type NewareRow, nda8, nda86, nda130, ndaxFirst, ndaxLater, ndcPages } from './newareFiles.js'

const read = (name: string, bytes: Uint8Array, options?: OpenOptions): Promise<Electrochemistry> =>
  openElectrochemistry({ name, bytes }, options)
const codes = (e: Electrochemistry): string[] => e.warnings.map(w => w.code)

const START = Date.UTC(2024, 4, 1, 10) / 1000
/** 10 s rest, 20 s charge at 36 mA (0.1 mAh in 10 s), 20 s discharge at half of it. */
const run: NewareRow[] = [
  { index: 1, step: 1, type: 4, time: 0, volts: 3.5, milliamperes: 0, unix: START },
  { index: 2, step: 1, type: 4, time: 10, volts: 3.5, milliamperes: 0, unix: START + 10 },
  { index: 3, step: 2, type: 1, time: 10, volts: 3.6, milliamperes: 36, charge: 0.1, unix: START + 20 },
  { index: 4, step: 2, type: 1, time: 20, volts: 3.7, milliamperes: 36, charge: 0.2, unix: START + 30 },
  { index: 5, step: 3, type: 2, time: 10, volts: 3.6, milliamperes: -18, discharge: 0.05, unix: START + 40 },
  { index: 6, step: 3, type: 2, time: 20, volts: 3.5, milliamperes: -18, discharge: 0.1, unix: START + 50 },
]

function expectRun(e: Electrochemistry, name: string, wall: 'utc' | 'naive'): void {
  expect([...e.time.values], name).toEqual([0, 10, 20, 30, 40, 50])
  expectClose(e.potential.values, [3.5, 3.5, 3.6, 3.7, 3.6, 3.5], { rtol: 1e-7 })
  expectClose(e.current.values, [0, 0, 0.036, 0.036, -0.018, -0.018], { rtol: 1e-7 })
  expectClose(e.charge.values, [0, 0, 1e-4, 2e-4, 1.5e-4, 1e-4], { rtol: 1e-6 })
  expect([...e.step], name).toEqual([1, 1, 2, 2, 3, 3])
  expect([...e.cycle], name).toEqual([0, 0, 0, 0, 0, 0])
  const modes = Array.from(e.mode, m => CYCLING_MODES[m])
  expect(modes, name).toEqual(['rest', 'rest', ...new Array(4).fill('constant-current')])
  expect(e.clock.start, name).toMatchObject({ seconds: START, source: wall })
  expect(e.meta.extra?.words, name).toEqual({ 'Step Type': ['Rest', 'CC Chg', 'CC DChg'] })
}

describe('.nda', () => {
  test('all versions give the same record; steps are added up, a discharge is negative, currents follow their range', async () => {
    expectRun(await read('a.nda', nda8(run)), 'version 8', 'utc')
    expectRun(await read('a.nda', nda86(22, run)), 'version 22', 'utc')
    expectRun(await read('a.nda', nda86(26, run)), 'version 26', 'naive')
    expectRun(await read('a.nda', nda86(29, run)), 'version 29', 'naive')
    expectRun(await read('a.nda', nda130(run, '9.0')), 'version 130 of BTS 9.0', 'utc')
    const newest = await read('a.nda', nda130(run, '9.1'))
    expectRun(newest, 'version 130 of BTS 9.1', 'utc')
    expect([...newest.columns.T1!.values].slice(0, 3)).toEqual([25, 25.125, 25.25])
    for (const e of [await read('a.nda', nda86(29, run)), newest]) expect(e.warnings).toEqual([])
  })

  test('a local time takes the zone that is said; a Unix time has its own', async () => {
    const civil = await read('a.nda', nda86(29, run), { zone: 'Europe/Paris' })
    expect(formatInstant(civil.clock.start!)).toContain('2024-05-01T10:00:00+02:00')
    const unix = await read('a.nda', nda86(22, run), { zone: 'Europe/Paris' })
    expect(unix.clock.start).toMatchObject({ seconds: START, source: 'utc' })
  })

  test('each range has its factor, and a range that no instrument has is refused', async () => {
    for (const [range, scale] of [
      [-1, 1e-5],
      [-25, 1e-4],
      [-500, 1e-3],
      [-6000, 1e-2],
      [5, 1e-4],
      [25, 1e-3],
      [250, 1e-2],
      [6000, 0.1],
      [-1e8, 10],
    ] as const) {
      const e = await read('a.nda', nda86(29, run.slice(0, 4), range, scale))
      // as near as an integer in the unit of the range can be
      expectClose(e.current.values[3]!, Math.round(36 / scale) * scale * 1e-3, { rtol: 1e-12 })
    }
    await expect(read('a.nda', nda86(29, run, 7_000_000))).rejects.toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringMatching(/^a\.nda byte 600: the current is in units of the range 7000000/),
    })
  })

  test('rows out of order or twice are put in order aloud, missing ones are told', async () => {
    const mixed = await read('a.nda', nda86(29, [...run.slice(0, 3), run[4]!, run[3]!, run[4]!, run[5]!]))
    expectRun(mixed, 'mixed', 'naive')
    expect(mixed.warnings).toMatchObject([
      { code: 'W_ORDER', place: 'byte 944', message: expect.stringContaining('1 that came twice') },
    ])
    const holed = await read('a.nda', nda86(29, [...run.slice(0, 4), run[5]!]))
    expect(holed.warnings).toMatchObject([
      { code: 'W_ROWS', place: 'byte 944', message: expect.stringContaining('1 rows are missing') },
    ])
  })

  test('a pause that the step times leave out is told where it is, and stays in the wall clock', async () => {
    const paused = run.map(row => ({ ...row, unix: row.unix + (row.step > 1 ? 5000 : 0) }))
    const e = await read('a.nda', nda86(29, paused))
    expect([...e.time.values]).toEqual([0, 10, 20, 30, 40, 50])
    expect(e.clock.start).toBeUndefined()
    expect(e.warnings).toMatchObject([{ code: 'W_TIME', place: 'byte 772', message: expect.stringContaining('by 5000 s') }])
    expect([...e.columns['Wall Clock']!.values]).toEqual([0, 10, 5020, 5030, 5040, 5050])
  })

  test('a current against its step, a step type that nobody knows: warnings with their place', async () => {
    const wrong = run.map(row => (row.index === 5 ? { ...row, milliamperes: 18 } : row))
    expect((await read('a.nda', nda86(29, wrong))).warnings).toMatchObject([
      { code: 'W_SIGN', place: 'byte 944', message: expect.stringContaining('in 1 of 4 rows') },
      { code: 'W_CHARGE_INCONSISTENT' },
    ])
    const odd = run.map(row => (row.step === 1 ? { ...row, type: 99 } : row))
    const e = await read('a.nda', nda86(29, odd))
    expect(e.warnings).toMatchObject([{ code: 'W_STEP_TYPE', place: 'byte 600' }])
    expect((e.meta.extra!.words as Record<string, string[]>)['Step Type']![0]).toBe('type 99')
  })

  test('a step time that runs backwards is an error; lenient mode leaves such rows out', async () => {
    const back = run.map(row => (row.index === 4 ? { ...row, time: 5 } : row))
    await expect(read('a.nda', nda86(29, back))).rejects.toMatchObject({
      code: 'E_TIME',
      message: expect.stringMatching(/^a\.nda byte 858: time runs backwards: 15 s follows 20 s/),
    })
    const e = await read('a.nda', nda86(29, back), { lenient: true })
    expect([...e.time.values]).toEqual([0, 10, 20, 30, 40])
    expect(codes(e)[0]).toBe('E_TIME')
  })

  test('a cut file is an error with its byte; lenient mode keeps the whole rows', async () => {
    const whole = nda86(29, run)
    await expect(read('a.nda', whole.slice(0, -30))).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringMatching(/^a\.nda byte 1030: records have 86 bytes, the last has 56/),
    })
    expect((await read('a.nda', whole.slice(0, -30), { lenient: true })).time.values.length).toBe(5)
    await expect(read('a.nda', whole.slice(0, 400))).rejects.toMatchObject({ code: 'E_TRUNCATED' })
    await expect(read('a.nda', whole.slice(0, 12))).rejects.toMatchObject({ code: 'E_TRUNCATED' })
    expect(codes(await read('a.nda', nda130(run, '9.0', false)))).toEqual(['W_TRUNCATED'])
    const other = whole.slice()
    other[14] = 77
    await expect(read('a.nda', other)).rejects.toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringContaining('byte 14: version 77 of .nda: 8, 22, 26, 29, 130'),
    })
  })
})

describe('.ndax', () => {
  test('the first kind has everything in its rows', async () => {
    const e = await read('a.ndax', ndaxFirst(run))
    expectRun(e, 'version 5', 'naive')
    expect(e.interpolated).toBeUndefined()
  })

  test('later kinds record time and capacity of some rows; the others are laid between and flagged', async () => {
    for (const version of [11, 14, 16, 17] satisfies LaterNdc[]) {
      const e = await read('a.ndax', ndaxLater(version, run, [1, 3, 5], 10))
      expectRun(e, `version ${version}`, 'utc')
      expect([...e.interpolated!]).toEqual([0, 1, 0, 1, 0, 1])
      expect(e.meta.extra).toMatchObject({ ndcVersion: version, Barcode: 'A&B', StartTime: '2024-05-01 12:00:00' })
      expect([...(await read('a.ndax', ndaxLater(version, run, [1, 2, 3, 4, 5, 6], 10))).interpolated!]).toEqual([
        0, 0, 0, 0, 0, 0,
      ])
    }
  })

  test('rows that an interval would carry past the next mark are laid before it: time does not run backwards', async () => {
    // five rows a second apart whose mark claims an interval of 10 s; the next mark of the step says that 5 s passed
    const rows = Array.from(
      { length: 7 },
      (_, i): NewareRow => ({
        ...run[0]!,
        index: i + 1,
        time: i,
        unix: START + i,
        volts: 3.5 + i / 100,
      }),
    )
    const e = await read('a.ndax', ndaxLater(14, rows, [1, 6, 7], 10))
    expect([...e.time.values]).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect([...e.interpolated!]).toEqual([0, 1, 1, 1, 1, 0, 0])
    expect(e.warnings).toEqual([])
  })

  test('sensors are named and numbered by TestInfo.xml, and are empty where they have no record', async () => {
    const sensor = ndcPages(
      14,
      5,
      4,
      run.slice(0, 4).map((_, i) => (view, at) => view.setFloat32(at, 25 + i / 4, true)),
    )
    const e = await read('a.ndax', ndaxLater(14, run, [1, 2, 3, 4, 5, 6], 10, { 'data_AUX_9_3_1.ndc': sensor }))
    expect([...e.columns.T4!.values]).toEqual([25, 25.25, 25.5, 25.75, Number.NaN, Number.NaN])
    expect(e.columns.T4!.unit.symbol).toBe('°C')
  })

  test('what is missing or cut is said with its entry', async () => {
    const entries = Object.fromEntries(unzip(ndaxLater(14, run, [1, 3, 5], 10), 'a.ndax'))
    const without = (name: string): Uint8Array =>
      zipSync(Object.fromEntries(Object.entries(entries).filter(([entry]) => entry !== name)))
    await expect(read('a.ndax', without('data.ndc'))).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('no data.ndc among data_step.ndc'),
    })
    await expect(read('a.ndax', without('data_runInfo.ndc'))).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('data_runInfo.ndc with the times is missing'),
    })
    const cut = zipSync({ ...entries, 'data.ndc': entries['data.ndc']!.slice(0, 6000) })
    await expect(read('a.ndax', cut)).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('data.ndc byte 4096: data.ndc has 6000 bytes, whole pages of 4096'),
    })
    const few = zipSync({ ...entries, 'data_step.ndc': ndcPages(14, 7, 37, []) })
    await expect(read('a.ndax', few)).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('data_step.ndc: 0 steps are described'),
    })
    await expect(read('a.ndax', ndaxLater(14, run, [3, 5], 10))).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('row 1 (index 1) comes before the first mark of a time, index 3'),
    })
    const future = entries['data.ndc']!.slice()
    future[2] = 99
    await expect(read('a.ndax', zipSync({ ...entries, 'data.ndc': future }))).rejects.toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringContaining('data.ndc is of version 99, type 1'),
    })
  })

  test('with bytes of its entries changed it opens or is refused in words', async () => {
    // the zip's own check would catch most changes, so the entries are packed anew
    const changes = fc.array(fc.record({ at: fc.nat(8191), to: fc.nat(255) }), { minLength: 1, maxLength: 6 })
    const entry = fc.constantFrom('data.ndc', 'data_step.ndc', 'data_runInfo.ndc')
    const wholes = [11, 14, 16, 17].map(version => unzip(ndaxLater(version as LaterNdc, run, [1, 3, 5], 10), 'a.ndax'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...wholes), entry, changes, fc.boolean(), async (whole, name, edits, lenient) => {
        const entries = Object.fromEntries(whole)
        const bytes = entries[name]!.slice()
        // most of a page is empty: half of the changes go where the records are
        for (const { at, to } of edits) bytes[at % 2 === 0 ? at : 4096 + (at % 700)] = to
        try {
          const e = await read('a.ndax', zipSync({ ...entries, [name]: bytes }, { level: 0 }), { lenient })
          expect(e.time.values.every(Number.isFinite)).toBe(true)
        } catch (error) {
          if (!isOperandoError(error)) throw error
          expect(error.message).toMatch(/^a\.ndax/)
        }
      }),
      { numRuns: 400 },
    )
  }, 60_000)

  test('a test that recorded nothing is a record without rows', async () => {
    const e = await read('a.ndax', ndaxLater(14, [], [], 10))
    expect(e.time.values.length).toBe(0)
  })
})
