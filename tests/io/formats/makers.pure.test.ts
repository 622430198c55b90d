import { CYCLING_MODES, type Electrochemistry } from 'operando'
import { type OpenOptions, open, openElectrochemistry } from 'operando/io'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string, options?: OpenOptions, name = 'cell.csv'): Promise<Electrochemistry> =>
  openElectrochemistry({ name, bytes: bytesOf(text) }, options)
const codes = (e: Electrochemistry): string[] => e.warnings.map(w => w.code)

describe('Neware csv', () => {
  const nested = [
    'Cycle ID,Cap_Chg(mAh),Cap_DChg(mAh)',
    ',Step ID,Step Name,Step Time(h:min:s.ms),Capacity(mAh)',
    ',,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA),Capacitance_Chg(mAh),Capacitance_DChg(mAh),Realtime',
    '1,0.2,0.1',
    ',1,CC_Chg,0:00:20.000,0.2',
    ',,1,0:00:00.000,3.5,36,0,0,2024-05-01 10:00:00',
    ',,2,0:00:10.000,3.6,36,0.1,0,2024-05-01 10:00:10',
    ',,3,0:00:20.000,3.7,36,0.2,0,2024-05-01 10:00:20',
    '2,0,0.1',
    ',1,CC_DChg,0:00:20.000,0.1',
    ',,1,0:00:10.000,3.6,-18,0,0.05,2024-05-01 10:00:30',
    ',,2,0:00:20.500,3.5,-18,0,0.1025,2024-05-01 10:00:40',
  ]

  test('nested in cycles, steps and records it is laid flat; step times are added up', async () => {
    const e = await read(`${nested.join('\n')}\n`)
    expect([...e.time.values]).toEqual([0, 10, 20, 30, 40.5])
    expect([...e.potential.values]).toEqual([3.5, 3.6, 3.7, 3.6, 3.5])
    expectClose(e.current.values, [0.036, 0.036, 0.036, -0.018, -0.018], { rtol: 1e-12 })
    expectClose(e.charge.values, [0, 1e-4, 2e-4, 1.5e-4, 0.975e-4], { rtol: 1e-12 })
    expect([...e.cycle]).toEqual([0, 0, 0, 1, 1])
    expect(e.meta.extra?.words).toEqual({ 'Step Name': ['CC_Chg', 'CC_DChg'] })
    expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2024, 4, 1, 10) / 1000 })
    expect(e.warnings).toMatchObject([{ code: 'W_TIME', message: expect.stringContaining('added up over the steps') }])
  })

  test('a broken record is named with its line, and left out in lenient mode', async () => {
    const broken = nested.with(6, ',,2,0:00:10.000,3.6').join('\n')
    await expect(read(`${broken}\n`)).rejects.toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringMatching(/^cell\.csv line 7: 9 fields expected, 5 found/),
    })
    expect([...(await read(`${broken}\n`, { lenient: true })).time.values]).toEqual([0, 20, 30, 40.5])
    await expect(read(nested.join('\n').slice(0, -30))).rejects.toMatchObject({ code: 'E_TRUNCATED' })
  })

  test('flat, with a time of the step alone', async () => {
    const e = await read(
      'Cycle ID,Step ID,Record ID,Step Time(h:min:s.ms),Voltage(V),Current(mA)\n1,1,1,0:00:00.0,3.5,1\n1,1,2,0:00:10.0,3.6,1\n1,2,3,0:00:05.5,3.5,-1\n',
    )
    expect([...e.time.values]).toEqual([0, 10, 15.5])
    expect(codes(e)).toEqual(['W_TIME'])
  })
})

describe('Maccor text', () => {
  const rows = (times: readonly number[], stamps: readonly string[]): string =>
    [
      'Rec#\tCyc#\tStep\tTestTime\tStepTime\tAmp-hr\tAmps\tVolts\tState\tDPt Time',
      ...times.map((t, i) => `${i + 1}\t0\t1\t${t}\t${t}\t0\t0.5\t${3 + 0.1 * i}\t${i < 2 ? 'C' : 'D'}\t${stamps[i]}`),
      '',
    ].join('\n')
  const stamps = ['2020-12-11 12:00:00', '2020-12-11 12:10:00', '2020-12-11 12:20:00', '2020-12-11 12:30:00']

  test('a time in minutes that does not say so is known by the wall clock, aloud; a current without sign by its state', async () => {
    const minutes = await read(rows([0, 10, 20, 30], stamps))
    expect([...minutes.time.values]).toEqual([0, 600, 1200, 1800])
    expect([...minutes.current.values]).toEqual([0.5, 0.5, -0.5, -0.5])
    expect(minutes.warnings).toMatchObject([{ code: 'W_UNIT_ASSUMED', message: expect.stringContaining('taken as min') }])
    const hours = await read(rows([0, 1 / 6, 2 / 6, 3 / 6], stamps))
    expectClose(hours.time.values, [0, 600, 1200, 1800], { rtol: 1e-12 })
    const seconds = await read(rows([0, 600, 1200, 1800], stamps))
    expect([...seconds.time.values]).toEqual([0, 600, 1200, 1800])
    const said = await read(rows([0, 10, 20, 30], stamps), { units: { TestTime: 's' } })
    expect([...said.time.values]).toEqual([0, 10, 20, 30])
  })
})

describe('Gamry .dta', () => {
  const head = ['EXPLAIN', 'TAG\tCV', 'DATE\tLABEL\t2024-05-01\tDate', 'TIME\tLABEL\t10:00:00\tTime']
  const table = (name: string, said: number, from: number): string[] => [
    `${name}\tTABLE\t${said}`,
    '\tPt\tT\tVf\tIm',
    '\t#\ts\tV vs. Ref.\tA',
    `\t0\t${from}\t3.0\t1E-3`,
    `\t1\t${from + 10}\t3.1\t1E-3`,
  ]
  const ocv = ['OCVCURVE\tTABLE\t2', '\tPt\tT\tVf\tVm\tAch', '\t#\ts\tV\tV\tV', '\t0\t0\t2.9\t2.9\t0', '\t1\t5\t2.95\t2.9\t0']
  const dta = (...parts: string[][]): string => `${[...head, ...parts.flat()].join('\n')}\n`

  test('the curve is read past the open circuit before it, which is told and can be asked for', async () => {
    const e = await read(dta(ocv, table('CURVE', 2, 0)), {}, 'a.dta')
    expect([...e.potential.values]).toEqual([3, 3.1])
    expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2024, 4, 1, 10) / 1000, source: 'naive' })
    expect(e.warnings).toMatchObject([
      { code: 'W_BLOCK', message: expect.stringContaining('0 OCVCURVE (2 rows), 1 CURVE (2 rows)') },
    ])
    const open = await read(dta(ocv, table('CURVE', 2, 0)), { block: 0 }, 'a.dta')
    expect([...open.potential.values, ...open.current.values]).toEqual([2.9, 2.95, 0, 0])
    await expect(read(dta(ocv), { block: 3 }, 'a.dta')).rejects.toMatchObject({ code: 'E_ARGUMENT' })
  })

  test('the cycles of one run are joined; each count that lies is told with its line', async () => {
    const e = await read(dta(table('CURVE1', 2, 0), table('CURVE2', 9, 20)), {}, 'a.dta')
    expect([...e.time.values]).toEqual([0, 10, 20, 30])
    expect(e.warnings).toMatchObject([
      { code: 'W_ROWS', place: 'line 10', message: expect.stringContaining('9 rows are announced, 2 found') },
    ])
  })

  test('notes are passed over, whatever they say', async () => {
    const notes = ['NOTES\tNOTES\t2\t&Notes...', 'CURVE\tTABLE\t7', '\tPt\tT\tVf\tIm']
    const e = await read(dta(notes, table('CURVE', 2, 0)), {}, 'a.dta')
    expect([...e.time.values]).toEqual([0, 10])
    expect(e.warnings).toEqual([])
  })

  test('another sign convention is told, and settled by currentSign', async () => {
    const text = dta(['CONVENTION\tIQUANT\t0\tCurrent Convention'], table('CURVE', 2, 0))
    expect(codes(await read(text, {}, 'a.dta'))).toEqual(['W_SIGN'])
    const e = await read(text, { currentSign: 'reduction' }, 'a.dta')
    expect([...e.current.values]).toEqual([-1e-3, -1e-3])
    expect(codes(e)).toEqual([])
  })

  test('impedance says so', async () => {
    const z = [
      'ZCURVE\tTABLE\t2',
      '\tPt\tTime\tFreq\tZreal\tZimag\tIdc\tVdc',
      '\t#\ts\tHz\tohm\tohm\tA\tV',
      '\t0\t1\t1000\t5\t-1\t0\t3.4',
      '\t1\t2\t100\t6\t-2\t0\t3.4',
    ]
    const e = await read(dta(z), {}, 'a.dta')
    expect(Array.from(e.mode, m => CYCLING_MODES[m])).toEqual(['impedance', 'impedance'])
    expect([...e.columns.Zimag!.values]).toEqual([-1, -2])
  })
})

describe('Basytec, PEC, Ivium, PalmSens', () => {
  test('Basytec: comments with ~, hours, a date and its time between blanks, net Ah', async () => {
    const text = [
      '~Resultfile from Basytec Battery Test System',
      '~Date and Time of Data Converting: 19.05.2025 14:36:50',
      '~',
      '~Time[h] DataSet DateTime t-Step[h] Line Command U[V] I[A] Ah[Ah] Cyc-Count State',
      '0 1 05.05.2025 14:00:00 0 1 Charge 2.9 0.5 0 1 0',
      '0.5 2 05.05.2025 14:30:00 0.5 1 Charge 3.1 0.5 0.25 1 0',
      '1 3 05.05.2025 15:00:00 0.5 2 Discharge 3.0 -0.5 0 1 0',
      '',
    ].join('\n')
    for (const content of [
      text,
      text
        .replace(/(\d{4}) (\d\d:)/g, '$1@$2')
        .replace(/ /g, '\t')
        .replace(/@/g, ' '),
    ]) {
      const e = await read(content, { dateOrder: 'day-first' }, 'cell.txt')
      expect([...e.time.values]).toEqual([0, 1800, 3600])
      expect([...e.charge.values]).toEqual([0, 0.25, 0])
      expect([...e.step]).toEqual([1, 1, 2])
      expect([...e.cycle]).toEqual([0, 0, 0])
      expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2025, 4, 5, 14) / 1000 })
      expect(e.warnings).toEqual([])
    }
  })

  test('PEC in mV and mA', async () => {
    const e = await read('Test,Step,Cycle,Total Time (Seconds),Voltage (mV),Current (mA)\n1,1,1,0,3000,500\n1,1,1,60,3100,500\n')
    expect([...e.potential.values, ...e.current.values]).toEqual([3, 3.1, 0.5, 0.5])
    expect(e.warnings).toEqual([])
  })

  test('Ivium with units after a blank and a slash', async () => {
    const e = await read('time /s\tI /mA\tE /V\n0.0000E+00\t1.5E+00\t3.1E+00\n1.0E+01\t1.5E+00\t3.2E+00\n', {}, 'cell.txt')
    expect([...e.time.values]).toEqual([0, 10])
    expect([...e.current.values]).toEqual([0.0015, 0.0015])
  })

  test('PalmSens: UTF-16, units instead of labels; what has no time is refused', async () => {
    const utf16 = (text: string): Uint8Array =>
      Uint8Array.from([0xff, 0xfe, ...Array.from(text).flatMap(c => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])])
    const head =
      'Date and time:,2024-05-01 10:00:00\r\nNotes:\r\nChronopotentiometry,,Current,\r\nDate and time measurement:,2024-05-01 10:00:00\r\n'
    const e = await openElectrochemistry({ name: 'a.csv', bytes: utf16(`${head}s,V,s,µA\r\n0,3.4,0,5\r\n1,3.5,1,5\r\n`) })
    expect([...e.time.values, ...e.potential.values]).toEqual([0, 1, 3.4, 3.5])
    expectClose(e.current.values, [5e-6, 5e-6], { rtol: 1e-12 })
    await expect(read(`${head}V,µA\n0.1,5\n0.2,6\n`, { format: 'cycler-text' })).rejects.toMatchObject({ code: 'E_FORMAT' })
  })
})

describe('tables of one’s own', () => {
  const text = 'run;t (min);Ucell;Imeas;bath\n1;0;3400;-1.5;25\n1;10;3500;-1.5;25\n'

  test('a dictionary says which label is what, whatever its place; units say the rest', async () => {
    const e = await read(text, {
      dictionary: { time: 't (min)', potential: 'Ucell', current: 'Imeas' },
      units: { Ucell: 'mV', Imeas: 'mA' },
      currentSign: 'reduction',
      format: 'cycler-text',
    })
    expect([...e.time.values]).toEqual([0, 600])
    expect([...e.potential.values]).toEqual([3.4, 3.5])
    expect([...e.current.values]).toEqual([0.0015, 0.0015])
    expect([...e.columns.bath!.values]).toEqual([25, 25])
    await expect(read(text, { dictionary: { time: 't (min)', potential: 'Ewe' }, format: 'cycler-text' })).rejects.toMatchObject({
      code: 'E_MISSING',
      message: expect.stringContaining('Ewe not found'),
    })
  })

  test('a dictionary outweighs what a label seems to be', async () => {
    const e = await read('Time/s,Voltage/V,Current/A,True Voltage/V\n0,1,1,3.4\n1,1,1,3.5\n', {
      dictionary: { potential: 'True Voltage/V' },
    })
    expect([...e.potential.values]).toEqual([3.4, 3.5])
    expect([...e.columns.Voltage!.values]).toEqual([1, 1])
  })

  test('a unit that nobody knows is an error with its column; units or lenient mode settle it', async () => {
    const odd = 'Time/s,Voltage(zorks),Current/A\n0,3.4,1\n1,3.5,1\n'
    await expect(read(odd, { format: 'cycler-text' })).rejects.toMatchObject({
      code: 'E_UNIT',
      message: expect.stringMatching(/^cell\.csv column Voltage\(zorks\): "zorks" is no known unit/),
    })
    const said = await read(odd, { format: 'cycler-text', units: { 'Voltage(zorks)': 'mV' } })
    expect([...said.potential.values]).toEqual([0.0034, 0.0035])
    const lenient = await read(odd, { format: 'cycler-text', lenient: true })
    expect([...lenient.potential.values]).toEqual([3.4, 3.5])
    expect(codes(lenient)[0]).toBe('E_UNIT')
  })

  test('date and time in two columns run on over midnight', async () => {
    const e = await read(
      'Date,Time,Voltage/V,Current/A\n2024-05-01,23:59:50,3.4,1\n2024-05-02,00:00:00,3.5,1\n2024-05-02,00:00:10,3.6,1\n',
      { zone: 'UTC' },
    )
    expect([...e.time.values]).toEqual([0, 10, 20])
    expect(e.clock.start).toMatchObject({ seconds: Date.UTC(2024, 4, 1, 23, 59, 50) / 1000 })
    expect(codes(e)).toEqual(['W_TIME']) // counted from the wall clock
    const both = await read(
      'Date,Time,Test Time/s,Voltage/V,Current/A\n2024-05-01,23:59:50,5,3.4,1\n2024-05-02,00:00:00,15,3.5,1\n',
    )
    expect([...both.time.values]).toEqual([5, 15])
    expect(both.clock.start).toMatchObject({ seconds: Date.UTC(2024, 4, 1, 23, 59, 45) / 1000 })
    expect(both.warnings).toEqual([])
  })

  test('a clock that runs backwards is an error; lenient mode leaves rows out until it has caught up', async () => {
    const back = 'Time/s,Voltage/V,Current/A\n0,3,1\n10,3,1\n5,3,1\n9,3,1\n10,3,1\n20,3,1\n'
    await expect(read(back)).rejects.toMatchObject({
      code: 'E_TIME',
      message: expect.stringMatching(/line 4: time runs backwards: 5 s follows 10 s, and 2 of 6 rows/),
    })
    const e = await read(back, { lenient: true })
    expect([...e.time.values]).toEqual([0, 10, 10, 20])
    expect(codes(e)).toEqual(['E_TIME'])
  })

  test('signs that contradict the states are told with the first line', async () => {
    const rows = ['0,3.0,-1,CC Chg', '1,3.1,-1,CC Chg', '2,3.2,1,CC DChg', '3,3.1,1,CC DChg']
    const all = await read(`Time/s,Voltage/V,Current/A,Step Type\n${rows.join('\n')}\n`)
    expect(all.warnings).toContainEqual(
      expect.objectContaining({ code: 'W_SIGN', place: 'line 2', message: expect.stringContaining('in 4 of 4 rows') }),
    )
    const settled = await read(`Time/s,Voltage/V,Current/A,Step Type\n${rows.join('\n')}\n`, { currentSign: 'reduction' })
    expect([...settled.current.values]).toEqual([1, 1, -1, -1])
    expect(codes(settled)).toEqual([])
  })

  test('sums of a series are still no cycler', async () => {
    const opened = await open({ name: 'a.csv', bytes: bytesOf('line,counts\n1,5\n2,6\n') })
    expect(opened.format).toBe('columns')
  })
})
