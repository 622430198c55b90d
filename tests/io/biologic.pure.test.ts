import { CYCLING_MODES, type Electrochemistry, formatInstant, isOperandoError } from 'operando'
import { type OpenOptions, openElectrochemistry } from 'operando/io'
import { describe, expect, test } from 'vitest'

const ascii = (text: string, length: number): number[] => Array.from(text.padEnd(length), c => c.charCodeAt(0))
const u32 = (n: number): number[] => [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >>> 24) & 255]
const u16 = (n: number): number[] => [n & 255, n >> 8]
const floats = (type: 'f4' | 'f8', ...values: number[]): number[] => [
  ...new Uint8Array((type === 'f4' ? Float32Array : Float64Array).from(values).buffer),
]

/** A file of one data module, of the old layouts (versions 2 and 3) or that of EC-Lab 11.50 (version 11). */
function mpr(ids: number[], rows: number[][], version: 2 | 3 | 11 = 3): Uint8Array {
  const begin = { 2: 405, 3: 406, 11: 1007 }[version]
  const header =
    version < 11
      ? [...u32(rows.length), ids.length, ...ids.flatMap(u16)]
      : [...u32(rows.length), ...u16(ids.length), ...ids.flatMap(u16)]
  const payload = [...header, ...new Array<number>(begin - header.length).fill(0), ...rows.flat()]
  const sizes =
    version < 11 ? [...u32(payload.length), ...u32(version)] : [...u32(0xffffffff), ...u32(payload.length), ...u32(0), ...u32(11)]
  return Uint8Array.from([
    ...ascii('BIO-LOGIC MODULAR FILE\x1a', 48),
    0,
    0,
    0,
    0,
    ...ascii('MODULE', 6),
    ...ascii('VMP data', 10),
    ...ascii('VMP data', 25),
    ...sizes,
    ...ascii('01/02/24', 8),
    ...payload,
  ])
}
const read = (bytes: Uint8Array, options?: OpenOptions): Promise<Electrochemistry> =>
  openElectrochemistry({ name: 'cell.mpr', bytes }, options)
const failure = async (promise: Promise<unknown>): Promise<{ code: string; message: string }> => {
  try {
    await promise
  } catch (error) {
    if (isOperandoError(error)) return error
    throw error
  }
  return { code: 'no error', message: '' }
}

describe('.mpr', () => {
  const row = (t: number, e: number, i: number, more: number[] = []): number[] => [
    0b00100101,
    ...floats('f8', t),
    ...floats('f4', e, i),
    ...more,
  ]
  const ids = [1, 2, 31, 4, 6, 8]

  test('all layouts give the same record, flags unpacked from their byte', async () => {
    for (const version of [2, 3, 11] as const) {
      const e = await read(mpr(ids, [row(0, 3.5, 1), row(10, 3.25, 1)], version))
      expect([...e.time.values]).toEqual([0, 10])
      expect([...e.potential.values]).toEqual([3.5, 3.25])
      expect([...e.current.values]).toEqual([0.001, 0.001])
      expect(e.charge.values[1]).toBeCloseTo((0.001 * 10) / 3600, 15)
      expect([...e.columns.mode!.values, ...e.columns['ox/red']!.values, ...e.columns['Ns changes']!.values]).toEqual([
        1, 1, 1, 1, 1, 1,
      ])
      expect(CYCLING_MODES[e.mode[0]!]).toBe('constant-current')
    }
  })

  test('a file that ends, or whose data module ends, anywhere is an OperandoError', async () => {
    for (const version of [3, 11] as const) {
      const whole = mpr(ids, [row(0, 3.5, 1), row(10, 3.25, 1)], version)
      for (let length = 0; length < whole.length; length += 7)
        expect((await failure(read(whole.slice(0, length)))).code).toMatch(/^E_/)
      // the module says itself that it is short, so that only its own header can tell
      const begin = version === 3 ? 52 + 57 : 52 + 65
      for (const length of [8, 12, 15]) {
        const short = whole.slice(0, begin + length)
        new DataView(short.buffer).setUint32(version === 3 ? 52 + 41 : 52 + 45, length, true)
        expect((await failure(read(short))).code).toBe('E_TRUNCATED')
      }
    }
  })

  test('a version of the data module that nobody knows is refused with its place', async () => {
    const bytes = mpr(ids, [row(0, 3.5, 1)])
    new DataView(bytes.buffer).setUint32(52 + 45, 7, true)
    expect(await failure(read(bytes))).toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringMatching(/^cell\.mpr byte 109: version 7 of the data module: 2, 3 and 11/),
    })
  })

  test('columns keep the type of the file', async () => {
    const e = await read(
      mpr([1, 4, 131, 6, 8, 468], [[1, ...floats('f8', 0), ...u16(7), ...floats('f4', 3.5, 1), ...u32(9)]], 11),
    )
    expect([...e.step]).toEqual([7])
    expect(e.columns.mode!.values).toEqual(Uint8Array.of(1))
    expect(e.columns['half cycle']!.values).toEqual(Uint32Array.of(9))
    expect(e.potential.values).toEqual(Float64Array.of(3.5))
  })

  test('a clock that runs backwards is an error; lenient mode leaves rows out until it has caught up', async () => {
    const bytes = mpr(ids, [row(0, 3, 1), row(20, 3.1, 1), row(10, 3.2, 1), row(30, 3.3, 1)])
    expect(await failure(read(bytes))).toMatchObject({
      code: 'E_TIME',
      message: expect.stringContaining('row 3: time runs backwards: 10 s follows 20 s'),
    })
    const e = await read(bytes, { lenient: true })
    expect([...e.time.values]).toEqual([0, 20, 30])
    expect([...e.columns.mode!.values]).toEqual([1, 1, 1])
    expect(e.warnings).toMatchObject([{ code: 'E_TIME', place: 'row 3' }])
  })

  test('one unknown column is kept under its number, with the width that is left over', async () => {
    const e = await read(
      mpr(
        [1, 4, 777, 6, 8],
        [
          [1, ...floats('f8', 0), ...floats('f4', 42), ...floats('f4', 3.5, 1)],
          [1, ...floats('f8', 1), ...floats('f4', 43), ...floats('f4', 3.25, 1)],
        ],
      ),
    )
    expect([...e.columns.unknown_777!.values]).toEqual([42, 43])
    expect([...e.potential.values]).toEqual([3.5, 3.25])
    expect(e.warnings).toMatchObject([{ code: 'W_COLUMN_UNKNOWN', file: 'cell.mpr' }])
    const wide = await read(mpr([1, 4, 6, 8, 900], [row(0, 3.5, 1, floats('f8', Math.PI))]))
    expect(wide.columns.unknown_900!.values[0]).toBe(Math.PI)
  })

  test('several unknown columns are refused, or left out with nothing shifted', async () => {
    const bytes = mpr(
      [1, 4, 6, 777, 778, 8],
      [[1, ...floats('f8', 0), ...floats('f4', 3.5), 9, 9, 9, 9, 9, 9, ...floats('f4', 2)]],
    )
    expect(await failure(read(bytes))).toMatchObject({ code: 'E_UNSUPPORTED', message: expect.stringContaining('777, 778') })
    const e = await read(bytes, { lenient: true })
    expect([e.potential.values[0], e.current.values[0]]).toEqual([3.5, 0.002])
  })

  test('a row length that the columns do not fill is an error, not a shift', async () => {
    expect(await failure(read(mpr(ids, [row(0, 3, 1, [1]), row(1, 3, 1, [1])])))).toMatchObject({ code: 'E_FORMAT' })
  })

  test('a cut file is truncated at whatever byte', async () => {
    const whole = mpr(ids, [row(0, 3.5, 1), row(10, 3.25, 1)])
    for (const n of [60, 100, 200, whole.length - 20, whole.length - 1])
      expect(await failure(read(whole.slice(0, n))), `at ${n}`).toMatchObject({ code: 'E_TRUNCATED' })
    const announced = mpr(ids, [row(0, 3.5, 1)])
    announced[52 + 57] = 7
    expect((await failure(read(announced))).code).toMatch(/E_TRUNCATED|E_FORMAT/)
    expect(await failure(read(Uint8Array.from([...whole, 1, 2])))).toMatchObject({ code: 'E_TRUNCATED' })
  })

  test('a record without rows is a record without rows', async () => {
    expect((await read(mpr(ids, []))).time.values.length).toBe(0)
  })
})

describe('.mpt', () => {
  const text = (rows: string, header = 'mode\ttime/s\tEwe/V\t<I>/mA\t(Q-Qo)/mA.h\t'): string =>
    `EC-Lab ASCII FILE\nNb header lines : 6   \n\nConstant Current\nAcquisition started on : 07/08/2024 10:11:12.5\n${header}\n${rows}`
  const open = (content: string, options?: OpenOptions): Promise<Electrochemistry> =>
    openElectrochemistry({ name: 'cell.mpt', bytes: Uint8Array.from(content, c => c.charCodeAt(0)) }, options)

  test('decimal commas, decimal points, with or without header: the same record', async () => {
    const points = '1\t0.0E+000\t3.5\t-1\t0\t\n1\t3600\t3.4\t-1\t-1.0\t\n'
    const commas = points.replace(/\./g, ',')
    const bare = `mode\ttime/s\tEwe/V\t<I>/mA\t(Q-Qo)/mA.h\t\r\n${points.replace(/\n/g, '\r\n')}`
    for (const content of [text(points), text(commas), bare]) {
      const e = await open(content)
      expect([...e.potential.values]).toEqual([3.5, 3.4])
      expect([...e.current.values]).toEqual([-0.001, -0.001])
      expect([...e.charge.values].map(q => q + 0)).toEqual([0, -0.001])
      expect(e.warnings).toEqual([])
    }
    expect(formatInstant((await open(text(points))).clock.start!)).toBe('2024-07-08T10:11:12.5') // month first
  })

  test('times exported as dates count from the first row', async () => {
    const e = await open(text('1\t07/08/2024 23:59:59,5\t3,5\t0\t0\t\n1\t07/09/2024 00:00:01,0\t3,4\t0\t0\t\n'))
    expect([...e.time.values]).toEqual([0, 1.5])
    expect(e.warnings.map(w => w.code)).toEqual(['W_TIME'])
  })

  test('short rows, text, missing columns and times that run back are errors that name the line', async () => {
    expect(await failure(open(text('1\t0\t3.5\t1\t0\n1\t1\t3.5\n')))).toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringMatching(/^cell\.mpt line 8: 5 columns expected, 3 found/),
    })
    expect(await failure(open(text('1\t0\tXXX\t1\t0\n')))).toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('line 7: column Ewe/V is "XXX"'),
    })
    expect(await failure(open(text('1\t0\n', 'mode\ttime/s\t')))).toMatchObject({ code: 'E_MISSING' })
    expect(await failure(open(text('1\t5\t3.5\t1\t0\n1\t1\t3.5\t1\t0\n')))).toMatchObject({
      code: 'E_TIME',
      message: expect.stringContaining('row 2'),
    })
    expect(await failure(open('EC-Lab ASCII FILE\nNb header lines : 90\n\n'))).toMatchObject({ code: 'E_TRUNCATED' })
    const lenient = await open(text('1\t0\t3.5\t0\t0\n1\t1\t3.5\n1\t2\t3.6\t0\t0\n'), { lenient: true })
    expect([...lenient.time.values]).toEqual([0, 2])
    expect(lenient.warnings).toMatchObject([{ code: 'E_FORMAT', place: 'line 8' }])
  })

  test('columns that nobody knows are kept under their own names', async () => {
    const e = await open(text('1\t0\t3.5\t1\t7\n', 'mode\ttime/s\tEwe/V\tI/mA\tGas flow/sccm'))
    expect(e.columns['Gas flow/sccm']!.values[0]).toBe(7)
  })
})
