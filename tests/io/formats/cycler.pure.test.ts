import fc from 'fast-check'
import { CYCLING_MODES, createElectrochemistry, type Electrochemistry, parseInstant, unit, withReference } from 'operando'
import { type OpenOptions, open, openElectrochemistry, writeBdf } from 'operando/io'
import { describe, expect, test } from 'vitest'

const read = (text: string, options?: OpenOptions, name = 'cell.csv'): Promise<Electrochemistry> =>
  openElectrochemistry({ name, bytes: new TextEncoder().encode(text) }, options)
const codes = (e: Electrochemistry): string[] => e.warnings.map(w => w.code)

describe('text tables of cyclers', () => {
  test('decimal commas are read beside dates with points, and in quotes', async () => {
    for (const text of [
      'DateTime;Test Time (s);Voltage (V);Current (mA)\n24.11.2026 10:00:00;0,5;3,41;1,5\n24.11.2026 10:01:00;60,5;3,42;1,5\n',
      '"Test Time (s)","Voltage (V)","Current (mA)"\n"0,5","3,41","1,5"\n"60,5","3,42","1,5"\n',
    ]) {
      const e = await read(text)
      expect([...e.time.values], text).toEqual([0.5, 60.5])
      expect([...e.potential.values], text).toEqual([3.41, 3.42])
      expect([...e.current.values], text).toEqual([0.0015, 0.0015])
    }
  })

  test('a column of voltage in words is a fault of its line, not a list of words', async () => {
    const text = 'Time(s),Voltage(V),Current(A)\n0,low,1\n1,high,1\n2,low,1\n'
    await expect(read(text)).rejects.toMatchObject({ code: 'E_FORMAT', message: expect.stringContaining('line 2') })
  })

  test('a discharge that is counted downwards is the same as one counted upwards', async () => {
    const head = 'Time(h),Current(mA),Voltage(V),Charge Capacity(mAh),Discharge Capacity(mAh)\n0,1,3.4,0,0\n1,1,3.5,1,0\n'
    const up = await read(`${head}2,-1,3.4,1,1\n3,-1,3.3,1,2\n`)
    const down = await read(`${head}2,-1,3.4,1,-1\n3,-1,3.3,1,-2\n`)
    expect([...down.charge.values]).toEqual([...up.charge.values])
    expect([...down.charge.values]).toEqual([0, 0.001, 0, -0.001])
  })

  test('labels of many makers mean the same, with their units', async () => {
    for (const text of [
      'Test_Time(s),Cycle_Index,Current(A),Voltage(V)\n0,1,0.5,3\n3600,1,0.5,3.1\n7200,2,-0.5,3\n',
      'Total Time (Hours);Voltage (mV);Current (mA);Cycle\n0;3000;500;1\n1;3100;500;1\n2;3000;-500;2\n',
      '# t [h]\tV [V]\tI [A]\n0\t3\t0.5\n1\t3.1\t0.5\n2\t3\t-0.5\n',
      'Total Time\tVolts\tAmps\n0d 00:00:00\t3\t0.5\n0d 01:00:00\t3.1\t0.5\n02:00:00\t3\t-0.5\n',
      'time/s;Ecell/V;I/mA\n0;3,0;500\n3600;3,1;500\n7200;3,0;-500\n',
      'test_time_second,voltage_volt,current_ampere\n0,3,0.5\n3600,3.1,0.5\n7200,3,-0.5\n',
      'CURVE\tTABLE\t3\n\tPt\tT\tVf\tIm\n\t#\ts\tV vs. Ref.\tA\n\t0\t0\t3,0\t5E-1\n\t1\t3600\t3,1\t5E-1\n\t2\t7200\t3,0\t-5E-1\n',
    ]) {
      const e = await read(text)
      expect([...e.time.values], text).toEqual([0, 3600, 7200])
      expect([...e.potential.values], text).toEqual([3, 3.1, 3])
      expect([...e.current.values], text).toEqual([0.5, 0.5, -0.5])
      expect([...e.charge.values], text).toEqual([0, 0.5, 0])
      expect(codes(e).filter(code => code !== 'W_UNIT_ASSUMED')).toEqual([])
    }
  })

  test('columns that are not known stay under their own name, those without name as unknown_n', async () => {
    const e = await read('Time/s,Voltage/V,Current/A,Oven/°C,,Door\n0,3,1,25,7,open\n1,3.1,1,26,8,shut\n')
    expect(e.columns.Oven).toMatchObject({ unit: { symbol: '°C' } })
    expect([...e.columns.unknown_5!.values]).toEqual([7, 8])
    expect([...e.columns.Door!.values]).toEqual([0, 1])
    expect(e.meta.extra?.words).toEqual({ Door: ['open', 'shut'] })
  })

  test('a current without sign takes it from the state; without states a warning tells', async () => {
    const rows = ['0,3.0,0,R', '1,3.1,1,C', '2,3.2,1,C', '3,3.3,1,C', '4,3.2,2,D', '5,3.1,2,D', '6,3.0,2,D']
    const stated = await read(`Time/s,Voltage/V,Current/A,State\n${rows.join('\n')}\n`)
    expect([...stated.current.values]).toEqual([0, 1, 1, 1, -2, -2, -2])
    const bare = `Time/s,Voltage/V,Current/A\n${rows.map(row => row.slice(0, -2)).join('\n')}\n`
    expect(codes(await read(bare))).toEqual(['W_SIGN'])
    expect([...(await read(bare, { currentSign: 'from-potential' })).current.values]).toEqual([0, 1, 1, 1, -2, -2, -2])
    expect([...(await read(bare, { currentSign: 'reduction' })).current.values]).toEqual([0, -1, -1, -1, -2, -2, -2])
    expect(codes(await read(bare, { currentSign: 'oxidation' }))).toEqual([])
    const mirrored = 'Time/s,Voltage/V,Current/A\n0,3.5,0\n1,3.4,1\n2,3.5,0\n3,3.6,-1\n4,3.5,0\n'
    expect(codes(await read(mirrored))).toEqual(['W_SIGN'])
  })

  test('charge and discharge capacities are netted, over their resets', async () => {
    const e = await read(
      'Time/s,Voltage/V,Current/A,Charge Capacity (Ah),Discharge Capacity (Ah)\n0,3,0,0,0\n1,3,1,2,0\n2,3,-1,2,1\n3,3,1,0.5,0\n',
    )
    expect([...e.charge.values]).toEqual([0, 2, 1, 1.5])
  })

  test('the wall clock gives the start, and is not believed where it does not run with the time', async () => {
    const e = await read('Time/s,Date,Voltage/V,Current/A\n10,2024-05-01 10:00:10,3,1\n20,2024-05-01 10:00:20,3,1\n', {
      zone: 'UTC',
    })
    expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2024, 4, 1, 10) / 1000 })
    const ole = await read('Time/s,DateTime,Voltage/V,Current/A\n0,45413.416666666664,3,1\n20,45413.416898148146,3,1\n')
    expect(ole.clock.start).toMatchObject({ seconds: Date.UTC(2024, 4, 1, 10) / 1000, source: 'naive' })
    expect(codes(await read('Time/s,Date,Voltage/V,Current/A\n0,2024-05-01 10:00,3,1\n20,2024-05-01 12:00,3,1\n'))).toEqual([
      'W_TIME',
    ])
    const alone = await read('Date,Voltage/V,Current/A\n2024-05-01 10:00:00,3,1\n2024-05-01 10:01:00,3,1\n')
    expect([...alone.time.values]).toEqual([0, 60])
  })

  test('what is wrong is said with its line', async () => {
    const head = 'Time/s,Voltage/V,Current/A\n0,3,1\n'
    const wrong: [string, string, RegExp][] = [
      [`${head}1,3`, 'E_TRUNCATED', /line 3: 3 fields expected, 2 found at the very end/],
      [`${head}1,3\n2,3,1\n`, 'E_FORMAT', /line 3: 3 fields expected, 2 found/],
      [`${head}1,,1\n`, 'E_NAN', /line 3: 1 of 2 values of the potential/],
      [`${head}1,oops,1\n2,3,1\n`, 'E_FORMAT', /line 3: Voltage\/V is "oops"/],
      [`${head}-1,3,1\n`, 'E_TIME', /line 3: time runs backwards: -1 s follows 0 s/],
      ['Time/s,Voltage/V,Current/A\n', 'E_TRUNCATED', /no rows/],
      ['Time/s,Voltage/V,Cycle\n0,3,1\n', 'E_MISSING', /no column for the current among Time\/s, Voltage\/V, Cycle/],
    ]
    for (const [text, code, message] of wrong)
      await expect(read(text, { format: 'cycler-text' }), text).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      })
    const kept = await read(`${head}1,,1\n2,3\n3,3,2\n`, { lenient: true })
    expect([...kept.time.values]).toEqual([0, 3])
    expect(codes(kept)).toEqual(['E_FORMAT', 'E_NAN'])
  })

  test('a table of a measured curve is not taken for a cycler', async () => {
    for (const text of ['Energy (eV),mu,time\n7000,1,0\n7001,2,1\n', 'time (s),I\n0,1\n1,2\n', 'q,I,sigma\n1,2,3\n2,3,4\n'])
      expect((await open({ name: 'a.csv', bytes: new TextEncoder().encode(text) })).format, text).toBe('columns')
  })
})

const record = fc.integer({ min: 1, max: 12 }).chain(n => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true })
  const holed = fc.array(fc.oneof({ weight: 5, arbitrary: number }, { weight: 1, arbitrary: fc.constant(Number.NaN) }), {
    minLength: n,
    maxLength: n,
  })
  const numbers = fc.array(number, { minLength: n, maxLength: n })
  const whole = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: n, maxLength: n })
  const name = fc.stringMatching(/^Aux [a-z",() ]{0,6}[a-z]$/)
  return fc.record({
    time: fc
      .array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: n, maxLength: n })
      .map(t => t.sort((a, b) => a - b)),
    potential: numbers,
    current: numbers,
    charge: numbers.map(q => q.map(v => v / 4)),
    step: whole,
    cycle: whole.map(c => [0, ...c.slice(1)]),
    halfCycle: whole,
    mode: fc.array(fc.constantFrom(...CYCLING_MODES), { minLength: n, maxLength: n }),
    x: fc.option(holed, { nil: undefined }),
    counterPotential: fc.option(holed, { nil: undefined }),
    interpolated: fc.option(fc.array(fc.constantFrom(0, 1), { minLength: n, maxLength: n }), { nil: undefined }),
    columns: fc.dictionary(name, fc.record({ values: holed, unit: fc.constantFrom('V', 'Ω', '', 'µF', '°C', 'mA') }), {
      maxKeys: 4,
    }),
    start: fc.option(
      fc.constantFrom(
        parseInstant('2024-05-01T10:00:00.25'),
        parseInstant('2024-05-01T10:00:00+02:00'),
        parseInstant('1999-12-31T23:59:59Z'),
      ),
      { nil: undefined },
    ),
    reference: fc.constantFrom(undefined, 'Li', 'Na/Na+'),
  })
})

describe('BDF', () => {
  test('what is written reads back, every digit', async () => {
    await fc.assert(
      fc.asyncProperty(record, async ({ reference, ...input }) => {
        const volts = reference === undefined ? unit('V') : withReference(unit('V'), reference)
        const echem = createElectrochemistry({ ...input, potential: { values: input.potential, unit: volts } })
        const back = await read(writeBdf(echem), { currentSign: 'oxidation' }, 'cell.bdf.csv')
        for (const key of ['time', 'potential', 'current', 'charge', 'x', 'counterPotential'] as const) {
          expect(back[key]?.values, key).toEqual(echem[key]?.values)
          expect(back[key]?.unit, key).toEqual(echem[key]?.unit)
        }
        for (const key of ['step', 'cycle', 'halfCycle', 'mode', 'interpolated'] as const)
          expect(back[key], key).toEqual(echem[key])
        const full = Object.entries(echem.columns).map(([name, v]) => [name, [...v.values], v.unit.symbol])
        expect(Object.entries(back.columns).map(([name, v]) => [name, [...v.values], v.unit.symbol])).toEqual(full)
        if (echem.clock.start === undefined) expect(back.clock.start).toBeUndefined()
        else {
          expect(back.clock.start).toMatchObject({ source: echem.clock.start.source })
          const off =
            back.clock.start!.seconds - echem.clock.start.seconds + (back.clock.start!.nanos - echem.clock.start.nanos) * 1e-9
          expect(Math.abs(off)).toBeLessThan(1e-8)
        }
      }),
    )
  })

  test('the names are those of the format, the current positive on charge', () => {
    const echem = createElectrochemistry({
      time: [0, 3600],
      potential: [3, 4],
      current: [1, 1],
      start: parseInstant('2024-05-01T10:00:00Z'),
    })
    expect(writeBdf(echem).split('\n').slice(0, 3)).toEqual([
      'Test Time / s,Voltage / V,Current / A,Date Time,Unix Time / s,Cycle Count / 1,Step Index / 1,Net Capacity / Ah,Half Cycle Count / 1,Control Mode',
      '0,3,1,2024-05-01T10:00:00Z,1714557600,1,0,0,0,unknown',
      '3600,4,1,2024-05-01T11:00:00Z,1714561200,1,0,1,0,unknown',
    ])
    const holed = createElectrochemistry({ time: [0], potential: [Number.NaN], current: [1], charge: [0] })
    expect(() => writeBdf(holed)).toThrow(/potential of row 0 is NaN/)
  })
})

describe('binary files that are not read', () => {
  test('a workbook is named, with the way out', async () => {
    await expect(open({ name: 'a.xlsx', bytes: Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]) })).rejects.toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringContaining('csv'),
    })
  })
})
