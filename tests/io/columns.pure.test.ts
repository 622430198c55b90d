import fc from 'fast-check'
import { type Dataset, isOperandoError } from 'operando'
import { type Opened, type OpenOptions, open, writeCsv, writeXye } from 'operando/io'
import { describe, expect, test } from 'vitest'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = async (
  text: string | Uint8Array,
  name = 'a.dat',
  options: OpenOptions = {},
): Promise<Extract<Opened, { kind: 'dataset' }>> => {
  const opened = await open({ name, bytes: typeof text === 'string' ? bytesOf(text) : text }, options)
  if (opened.kind !== 'dataset') throw new Error(`a dataset was expected, found ${opened.kind}`)
  return opened
}
const failure = async (
  text: string | Uint8Array,
  name = 'a.dat',
  options: OpenOptions = {},
): Promise<{ code: string; message: string }> => {
  try {
    await read(text, name, options)
  } catch (error) {
    if (isOperandoError(error)) return error
    throw error
  }
  return { code: 'no error', message: '' }
}
const axisOf = (d: Dataset): { name: string; unit: string; values: number[] } => {
  const axis = d.coords[d.dims[0]!]!
  return { name: d.dims[0]!, unit: axis.unit.symbol, values: [...axis.values] }
}

describe('text columns', () => {
  test('one table is read the same whatever the separators, marks and line ends', async () => {
    const variants = [
      'q_A^-1 I\n1.5 10\n2.5 20.25\n3.5 30\n',
      '\uFEFF# q_A^-1\tI\r\n1.5\t10\r\n2.5\t20.25\r\n3.5\t30',
      '% q (1/Å)  I\r1.5 10\r2.5 20.25\r3.5 30\r',
      'q (1/Å);I\n1,5;10\n2,5;20,25\n3,5;30\n',
      "' note\nq [1/A],I\n1.5, 10\n2.5, 20.25\n3.5, 30",
      '! note\n#L q($\\AA^{-1}$)  I\n   1,5  10  \n\n2,5 2.025E1\n'.replace('2.025E1', '2,025E1') +
        '# a comment within\n3,50000000000000000000 3e+1\n',
      'q_A^-1 I\n+1.5 1.0D+01\n2.5 2025e-2 # note\n3.5 .3e2\n',
    ]
    for (const text of variants) {
      const { dataset, warnings } = await read(text)
      expect(axisOf(dataset), text).toEqual({ name: 'q', unit: '1/Å', values: [1.5, 2.5, 3.5] })
      expect([...dataset.values], text).toEqual([10, 20.25, 30])
      expect(dataset.name).toBe('I')
      expect(warnings, text).toEqual([])
    }
  })

  test('headers of the field name axis and unit', async () => {
    const heads: [string, string, string][] = [
      ['# q_nm^-1 I', 'q', '1/nm'],
      ['Q (nm^-1)\tIntensity', 'q', '1/nm'],
      ['# 2th_deg I', 'twoTheta', 'deg'],
      ['2Theta\tI', 'twoTheta', 'deg'],
      ['two theta [rad];counts', 'twoTheta', 'rad'],
      ['2-Theta Angle (Degrees), Intensity', 'twoTheta', 'deg'],
      ['#L r($\\AA$)  G($\\AA^{-2}$)', 'r', 'Å'],
      ['# Energy/eV  mu', 'energy', 'eV'],
      ['energy keV\tmutrans', 'energy', 'keV'],
      ['d-spacing (Å)\tI', 'd', 'Å'],
    ]
    for (const [head, name, symbol] of heads) {
      const { dataset, warnings } = await read(`${head}\n1 2\n2 3\n`)
      expect([dataset.dims[0], dataset.coords[name]?.unit.symbol], head).toEqual([name, symbol])
      expect(warnings, head).toEqual([])
    }
  })

  test('what no header, extension or option tells is not guessed: x without a unit, and a warning', async () => {
    const plain = await read('1 2\n2 3\n', 'a.xy')
    expect(axisOf(plain.dataset)).toMatchObject({ name: 'x', unit: '' })
    expect(plain.warnings.map(w => w.code)).toEqual(['W_AXIS_UNKNOWN', 'W_UNIT_UNKNOWN'])
    expect(plain.dataset.warnings).toEqual(plain.warnings)
    const told = await read('1 2\n2 3\n', 'a.xy', { columns: ['q', 'I'], units: { q: '1/nm' } })
    expect(axisOf(told.dataset)).toMatchObject({ name: 'q', unit: '1/nm' })
    expect(told.warnings).toEqual([])
    expect((await read('1 2 3\n2 3 4\n', 'a.dat', { columns: ['twoTheta'] })).warnings.map(w => w.code)).toEqual([
      'W_COLUMN_UNKNOWN',
    ])
    expect(axisOf((await read('1 2\n2 3\n', 'a.dat', { columns: ['twoTheta'] })).dataset).unit).toBe('deg')
  })

  test('.xye is 2 theta in degrees with uncertainties; further columns are further datasets', async () => {
    const xye = await read('1 2 0.1\n2 3 0.2\n', 'a.xye')
    expect(xye.dataset.dims).toEqual(['twoTheta'])
    expect([...xye.dataset.sigma!]).toEqual([0.1, 0.2])
    const many = await read('# energy eV\tmu\terror\tref\n1\t2\t0.1\t5\n2\t3\t0.2\t6\n'.replace('energy eV', 'Energy (eV)'))
    expect(many.dataset).toMatchObject({ name: 'mu' })
    expect([...many.dataset.sigma!]).toEqual([0.1, 0.2])
    expect(many.others.map(d => [d.name, ...d.values])).toEqual([['ref', 5, 6]])
  })

  test('numbers are rounded exactly as the language rounds them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('s', 'e', 'p')), {
          minLength: 2,
          maxLength: 30,
        }),
        async list => {
          const texts = list.map(([v, how]) => (how === 's' ? String(v) : how === 'e' ? v.toExponential(16) : v.toPrecision(12)))
          const { dataset } = await read(texts.map((t, i) => `${i} ${t}`).join('\n'), 'a.xy', { sha256: false })
          expect([...dataset.values].map(v => v + 0)).toEqual(texts.map(t => Number(t) + 0))
        },
      ),
      { numRuns: 300 },
    )
    const hard = [
      '9007199254740993',
      '0.1000000000000000055511151231257827',
      '123456789012345678e-40',
      '4.35',
      '1e23',
      '8.5e22',
      '2.2250738585072011e-308',
    ]
    const { dataset } = await read(hard.map((t, i) => `${i} ${t}`).join('\n'))
    expect([...dataset.values]).toEqual(hard.map(Number))
  })
})

describe('bad text', () => {
  const good = Array.from({ length: 30 }, (_, i) => `${5 + i / 100} ${40 + i}`)
  const withLine = (line: number, text: string): string => good.map((row, i) => (i === line - 1 ? text : row)).join('\n')

  const cases: [string, string, string, RegExp][] = [
    ['a short row', withLine(7, '5.06'), 'E_FORMAT', /^a\.dat line 7: 2 numbers expected.*1 found/],
    ['a long row', withLine(7, '5.06 1 2'), 'E_FORMAT', /^a\.dat line 7: 2 numbers expected.*3 found/],
    ['text in a number', withLine(7, '5.06 4x'), 'E_FORMAT', /^a\.dat line 7: field 2 is "4x"/],
    ['fields run together', withLine(7, '5.0644.0'), 'E_FORMAT', /line 7/],
    ['overflown fields', withLine(7, '5.06 ******'), 'E_FORMAT', /line 7: field 2 is "\*+"/],
    ['hexadecimal', withLine(7, '5.06 0x1F'), 'E_FORMAT', /line 7: field 2 is "0x1F"/],
    ['a NaN', withLine(7, '5.06 nan'), 'E_NAN', /line 7: 1 of 30 values of column 2/],
    ['an infinity', withLine(7, '5.06 -inf'), 'E_NAN', /line 7/],
    ['a NaN in the axis', withLine(7, 'NaN 44'), 'E_NAN', /line 7: 1 of 30 values of column 1/],
    ['an unsorted axis', withLine(7, '4 44'), 'E_AXIS', /line 7.*4 follows 5\.05/],
    ['a repeated axis value', withLine(7, '5.05 44'), 'E_AXIS', /line 7/],
    ['text between the rows', withLine(7, 'shutter closed'), 'E_FORMAT', /line 8: text stands between rows.*2 blocks/],
    ['text after the rows', `${good.join('\n')}\nThe end\n`, 'E_FORMAT', /line 31: text after the numbers: "The end"/],
    ['a first row with another count', `1 2 3\n${good.join('\n')}`, 'E_FORMAT', /line 1: 3 numbers, but 2/],
    ['a cut last row', `${good.join('\n')}\n5.3`, 'E_TRUNCATED', /line 31.*the file is cut/],
    ['an empty field', 'a,b\n1,2\n2,\n3,4\n'.replace('2,\n', '2,,5\n'), 'E_FORMAT', /line 3: field 2 is empty/],
    ['a header alone', '# q I\n', 'E_FORMAT', /no rows of two or more numbers/],
    ['a record without labels', '00:00:00 3.18 0\n00:00:10 3.29 39\n', 'E_FORMAT', /format: 'cycler-text'/],
    ['prose', 'Dear colleague,\nplease find the data attached.\n', 'E_FORMAT', /no rows/],
    ['one column', '1\n2\n3\n', 'E_FORMAT', /no rows of two/],
    ['nothing but blanks', ' \n\n', 'E_FORMAT', /no rows/],
  ]
  for (const [what, text, code, message] of cases)
    test(`${what} is an error that names file and place`, async () => {
      const error = await failure(text)
      expect(error.code, error.message).toBe(code)
      expect(error.message).toMatch(message)
    })

  test('an empty file, binary data and UTF-16 are refused in words', async () => {
    expect(await failure('')).toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('a.dat byte 0: the file is empty'),
    })
    expect(await failure(Uint8Array.from([1, 2, 0, 0, 255]))).toMatchObject({
      code: 'E_FORMAT',
      message: expect.stringContaining('binary'),
    })
    expect(await failure(Uint8Array.from([...bytesOf(good.join('\n').repeat(30)), 0, 0, 1]))).toMatchObject({ code: 'E_FORMAT' })
    expect(await failure(Uint8Array.from([0xff, 0xfe, 0x31, 0, 0x20, 0, 0x32, 0]))).toMatchObject({
      code: 'E_UNSUPPORTED',
      message: expect.stringContaining('UTF-16'),
    })
  })

  test('a .chi or a GSAS bank with fewer points than announced is truncated', async () => {
    expect(await failure('t\n2-Theta Angle (Degrees)\nI\n 5\n1 2\n2 3\n', 'a.chi')).toMatchObject({ code: 'E_TRUNCATED' })
    expect((await read('t\n2-Theta Angle (Degrees)\nI\n 2\n1 2\n2 3\n', 'a.chi')).dataset.dims).toEqual(['twoTheta'])
    expect(await failure('t\nBANK 1 3 3 CONST 500 1 0 0 FXYE\n500 1 1\n501 2 1\n', 'a.fxye')).toMatchObject({
      code: 'E_TRUNCATED',
    })
  })

  test('lenient keeps the whole rows in their order and says what it left out', async () => {
    const text = [...good.slice(0, 5), '5.05', '5.06 4x', '5.07 nan', '4 44', 'nan 45', ...good.slice(10)].join('\n')
    const { dataset, warnings } = await read(text, 'a.dat', { lenient: true, columns: ['q', 'I'], units: { q: '1/Å' } })
    expect(axisOf(dataset).values.slice(4, 8)).toEqual([5.04, 5.07, 4, 5.1])
    expect(dataset.values.length).toBe(27)
    expect(Number.isNaN(dataset.values[5])).toBe(true)
    expect([...dataset.mask!].indexOf(1)).toBe(5)
    expect(warnings.map(w => [w.code, w.place])).toEqual([
      ['E_FORMAT', 'line 6'],
      ['E_FORMAT', 'line 7'],
      ['E_NAN', 'line 10'],
      ['E_NAN', 'line 8'],
      ['E_AXIS', 'line 9'],
      ['W_AXIS_NOT_MONOTONIC', 'coord q[6]'],
    ])
  })

  test('a block of numbers that is repeated is read once; different blocks are chosen by number', async () => {
    const rows = good.join('\n')
    const twice = await read(`2Theta\tI\n${rows}\nResult vector\n${rows}\n`)
    expect(twice.dataset.values.length).toBe(30)
    expect(twice.dataset.dims).toEqual(['twoTheta'])
    expect(twice.warnings.map(w => w.code)).toEqual(['W_REPEATED'])
    const two = `2Theta\tI\n${rows}\nSecond\n1 2\n2 3\n`
    expect((await failure(two)).message).toMatch(/2 blocks \(0: 30 rows of 2 from line 2; 1: 2 rows of 2 from line 33\)/)
    expect([...(await read(two, 'a.dat', { block: 1 })).dataset.values]).toEqual([2, 3])
    expect((await failure(two, 'a.dat', { block: 2 })).code).toBe('E_ARGUMENT')
  })
})

describe('writing text', () => {
  test('.xye and .csv give the same numbers back', async () => {
    const { dataset } = await read('# q_A^-1 I sigma\n0.1 1.00000000000001 0.3333333333333333\n0.30000000000000004 2e-300 0.1\n')
    for (const [text, name] of [
      [writeXye(dataset), 'b.xye'],
      [writeCsv(dataset), 'b.csv'],
      [writeCsv(dataset, { separator: ';' }), 'b.csv'],
    ] as const) {
      const back = (await read(text, name)).dataset
      expect(axisOf(back)).toEqual(axisOf(dataset))
      expect(back.values).toEqual(dataset.values)
      expect(back.sigma).toEqual(dataset.sigma)
    }
  })

  test('writing .xye without uncertainties, or an image, is refused', async () => {
    const { dataset } = await read('1 2\n2 3\n')
    expect(() => writeXye(dataset)).toThrow(/no sigma/)
    expect(() => writeCsv({ ...dataset, dims: ['a', 'b'] })).toThrow(/one real curve/)
  })
})
