import fc from 'fast-check'
import { gzipSync } from 'fflate'
import { type Dataset, formatInstant } from 'operando'
import { naturalOrder, open, openSeries } from 'operando/io'
import { describe, expect, test } from 'vitest'

const file = (name: string, text: string): { name: string; bytes: Uint8Array } => ({
  name,
  bytes: new TextEncoder().encode(text),
})
const xye = (name: string, y: readonly number[], x0 = 10): { name: string; bytes: Uint8Array } =>
  file(name, y.map((v, i) => `${x0 + i} ${v} 1\n`).join(''))
const codes = (d: { warnings: readonly { code: string }[] }): string[] => d.warnings.map(w => w.code)

test('a grid of more points than any pattern has is refused, not allocated', async () => {
  const bytes = new TextEncoder().encode('10 5\n11 7\n')
  for (const step of [1e-9, 0, -1, Number.NaN])
    await expect(openSeries([{ name: 'a1.xy', bytes }], { grid: { start: 0, stop: 10, step } })).rejects.toMatchObject({
      code: 'E_RANGE',
    })
})

describe('naturalOrder', () => {
  test('numbers count as numbers, however long and however padded', () => {
    const sorted = ['f1.xy', 'f01.xy', 'f2.xy', 'F3.xy', 'f10.xy', 'f100000000000000000001.xy', 'f100000000000000000002.xy']
    expect([...sorted].reverse().sort(naturalOrder)).toEqual(['f01.xy', ...sorted.filter(n => n !== 'f01.xy')])
  })

  test('is a total order', () => {
    const name = fc.stringMatching(/^[aB_.]{0,2}[0-9]{0,3}[aB_.]{0,2}[0-9]{0,2}$/)
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) || 0)
        if (a !== b) expect(naturalOrder(a, b)).not.toBe(0)
        if (naturalOrder(a, b) <= 0 && naturalOrder(b, c) <= 0) expect(naturalOrder(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('openSeries', () => {
  test('stacks files along frame with sigma, sources and running numbers, in the order of the list', async () => {
    const inputs = [xye('s_10.xye', [1, 2]), { name: 's_2.xye.gz', bytes: gzipSync(xye('', [3, 4]).bytes) }]
    const series = await openSeries(inputs)
    expect(series).toMatchObject({ dims: ['frame', 'twoTheta'], shape: [2, 2], unit: { symbol: '' } })
    expect([...series.values]).toEqual([1, 2, 3, 4])
    expect([...series.sigma!]).toEqual([1, 1, 1, 1])
    expect([...series.coords.fileNumber!.values]).toEqual([10, 2])
    expect(series.meta.sources?.map(s => s.name)).toEqual(['s_10.xye', 's_2.xye.gz'])
    expect(series.meta.sources?.every(s => s.sha256?.length === 64)).toBe(true)
    expect(series.history.map(step => step.op)).toEqual(['openSeries'])
    const sorted = await openSeries(inputs, { order: 'natural' })
    expect([...sorted.coords.fileNumber!.values]).toEqual([2, 10])
    expect([...sorted.values]).toEqual([3, 4, 1, 2])
  })

  test('missing numbers, numbers that come twice, equal bytes and odd names are told', async () => {
    const gap = await openSeries([1, 2, 3, 7, 8].map(n => xye(`s_${n}.xye`, [n, n])))
    expect(gap.warnings).toMatchObject([
      { code: 'W_SEQUENCE_GAP', message: '4, 5, 6 missing from s_#.xye (# is the running number, 1 to 8).' },
    ])
    const tens = await openSeries([10, 20, 40, 50].map(n => xye(`s_00${n}.xye`, [n, n])))
    expect(tens.warnings[0]!.message).toMatch(/^30 missing/)
    const twice = await openSeries([xye('s_1.xye', [1, 1]), xye('s_01.xye', [2, 2]), xye('s_2.xye', [1, 1])])
    expect(codes(twice)).toEqual(['W_DUPLICATE', 'W_DUPLICATE'])
    expect(twice.warnings[0]!.message).toBe('s_2.xye holds the same bytes as s_1.xye.')
    const names = Array.from({ length: 12 }, (_, n) => xye(`s_${n}.xye`, [n, n]))
    const odd = await openSeries([...names, xye('background.xye', [50, 50])])
    expect(odd.warnings).toMatchObject([
      { code: 'W_NAME_ODD', message: expect.stringContaining('background.xye is named unlike') },
    ])
    expect(odd.coords.fileNumber).toBeUndefined()
  })

  test('two runs of one experiment are two sequences, without a gap between them', async () => {
    const series = await openSeries(['a1_008', 'a1_009', 'a2_001', 'a2_002'].map((name, i) => xye(`${name}.xye`, [i, i])))
    expect(series.warnings).toEqual([])
  })

  test('start times and varying numbers of headers become coordinates', async () => {
    const head = (t: string, temperature: number): string =>
      `# Start time: 2024-05-01 10:00:${t}\n# Temperature (K) = ${temperature}\n# Count time = 5\n# q (1/nm)  I\n`
    const series = await openSeries([
      file('a1.dat', `${head('00', 300)}1 2\n2 3\n`),
      file('a2.dat', `${head('30.5', 301.5)}1 5\n2 6\n`),
    ])
    expect(formatInstant(series.meta.start!)).toBe('2024-05-01T10:00:00')
    expect([...series.coords.time!.values]).toEqual([0, 30.5])
    expect(series.coords.Temperature).toMatchObject({ unit: { symbol: 'K' } })
    expect([...series.coords.Temperature!.values]).toEqual([300, 301.5])
    expect([...series.coords.exposure!.values]).toEqual([5, 5])
    const own = await openSeries([xye('a1.xye', [1, 2]), xye('a2.xye', [3, 4])], {
      coords: { time: { values: [0, 1140], unit: 's' } },
    })
    expect([...own.coords.time!.values]).toEqual([0, 1140])
  })

  test('equal start times are those of an export, and no time is made of them', async () => {
    const text = '# Start time: 2024-05-01 10:00:00\n# q (1/nm)  I\n1 2\n2 3\n'
    const series = await openSeries([file('a1.dat', text), file('a2.dat', text.replace('2 3', '2 4'))])
    expect(series.coords.time).toBeUndefined()
    expect(codes(series)).toEqual(['W_TIME'])
  })

  test('another grid is refused, with file, place and way out', async () => {
    const inputs = [xye('s_1.xye', [1, 2, 3]), xye('s_2.xye', [1, 2, 3]), xye('s_3.xye', [1, 2, 3], 10.5), xye('s_4.xye', [1, 2])]
    await expect(openSeries(inputs)).rejects.toMatchObject({
      code: 'E_AXIS',
      message: expect.stringMatching(
        /^s_3\.xye does not fit s_1\.xye: 'twoTheta' parts at \[0\]: 10 and 10\.5 deg.*grid: 'first'/,
      ),
      details: { file: 's_3.xye' },
    })
    await expect(openSeries([inputs[0]!, inputs[3]!])).rejects.toMatchObject({
      message: expect.stringContaining('3 values and 2'),
    })
    expect((await openSeries(inputs.slice(0, 3), { tolerance: 0.6 })).shape).toEqual([3, 3])
  })

  test('regridded on request: straight between points, masked outside, never zero', async () => {
    const inputs = [xye('s_1.xye', [1, 2, 3]), xye('s_2.xye', [10, 20, 30], 10.5)]
    const first = await openSeries(inputs, { grid: 'first' })
    expect([...first.values]).toEqual([1, 2, 3, Number.NaN, 15, 25])
    expect([...first.mask!]).toEqual([0, 0, 0, 1, 0, 0])
    expect([...first.sigma!.slice(3)]).toEqual([Number.NaN, Math.SQRT1_2, Math.SQRT1_2])
    const even = await openSeries(inputs, { grid: { start: 10, stop: 12, step: 0.5 } })
    expect([...even.coords.twoTheta!.values]).toEqual([10, 10.5, 11, 11.5, 12])
    expect([...even.values.slice(0, 5)]).toEqual([1, 1.5, 2, 2.5, 3])
    const listed = await openSeries(inputs, { grid: [11] })
    expect([...listed.values]).toEqual([2, 15])
    await expect(openSeries(inputs, { grid: { start: 1, stop: 2, step: 0 } })).rejects.toMatchObject({ code: 'E_RANGE' })
  })

  test('a straight line regrids to itself on any grid within its range', async () => {
    const grid = fc
      .uniqueArray(fc.double({ min: 10, max: 14, noNaN: true }), { minLength: 1, maxLength: 8, comparator: (a, b) => a === b })
      .map(points => points.sort((a, b) => a - b))
    await fc.assert(
      fc.asyncProperty(grid, fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 }), async (x, slope, offset) => {
        const line = [0, 1, 2, 3, 4].map(i => offset + slope * (10 + i))
        for (const y of [line, [...line]]) {
          const series = await openSeries([xye('a.xye', y)], { grid: x, sha256: false })
          series.values.forEach((v, i) => {
            expect(Math.abs(v - (offset + slope * x[i]!))).toBeLessThan(1e-12 * 100)
          })
        }
      }),
      { numRuns: 30 },
    )
  })

  test('strict stops at the first bad file; lenient keeps the good frames and lists the bad ones', async () => {
    const inputs = [
      xye('s_1.xye', [1, 2, 3]),
      file('s_2.xye', '10 1 1\n11 2 1\n12 3'),
      xye('s_3.xye', [4, 5, 6]),
      { name: 's_4.xye', bytes: new Uint8Array(0) },
      file('s_5.xye', '10 7 1\n11 nan 1\n12 9 1\n'),
      xye('s_6.xye', [1, 2]),
    ]
    await expect(openSeries(inputs)).rejects.toMatchObject({
      code: 'E_TRUNCATED',
      message: expect.stringContaining('s_2.xye line 3'),
    })
    const series = await openSeries(inputs, { lenient: true })
    expect(series.shape).toEqual([3, 3])
    expect(series.meta.sources?.map(s => s.name)).toEqual(['s_1.xye', 's_3.xye', 's_5.xye'])
    expect([...series.mask!]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0])
    const told = series.warnings.map(w => `${w.code} ${w.file ?? ''}`)
    for (const want of ['E_TRUNCATED s_2.xye', 'E_TRUNCATED s_4.xye', 'E_NAN s_5.xye', 'E_AXIS s_6.xye'])
      expect(told).toContain(want)
    await expect(openSeries([inputs[3]!], { lenient: true })).rejects.toMatchObject({ code: 'E_FORMAT' })
  })

  test('in lenient mode the grid of most files wins, even when the first file is the odd one', async () => {
    const inputs = [xye('s_1.xye', [1, 2, 3], 20), ...[2, 3, 4].map(n => xye(`s_${n}.xye`, [n, n, n]))]
    const series = await openSeries(inputs, { lenient: true })
    expect([...series.coords.fileNumber!.values]).toEqual([2, 3, 4])
    expect(series.warnings).toMatchObject([{ code: 'E_AXIS', file: 's_1.xye', message: expect.stringContaining('left out') }])
  })

  test('a table with a pattern in each column is a series too', async () => {
    const csv = file('all.csv', 'q (1/nm),t0,t60,t120\n1,10,20,30\n2,11,21,31\n')
    const series = await openSeries([csv], { framesAre: 'columns', coords: { time: { values: [0, 60, 120], unit: 's' } } })
    expect(series).toMatchObject({ dims: ['frame', 'q'], shape: [3, 2] })
    expect([...series.values]).toEqual([10, 11, 20, 21, 30, 31])
    expect([...series.coords.source!.values]).toEqual([0, 0, 0])
    expect((await openSeries([csv], { dataset: 't60' })).values).toEqual(Float64Array.from([20, 21]))
    await expect(openSeries([csv], { dataset: 't61' })).rejects.toMatchObject({ code: 'E_MISSING' })
  })

  test('progress counts files, and an abort stops between them', async () => {
    const seen: number[] = []
    const inputs = [1, 2, 3].map(n => xye(`s_${n}.xye`, [n, n]))
    await openSeries(inputs, { onProgress: done => seen.push(done) })
    expect(seen[seen.length - 1]).toBe(3)
    const controller = new AbortController()
    const run = openSeries(inputs, { signal: controller.signal, onProgress: () => controller.abort() })
    await expect(run).rejects.toMatchObject({ code: 'E_ABORTED' })
    await expect(openSeries([])).rejects.toMatchObject({ code: 'E_ARGUMENT' })
  })

  test('the axis that a caller counts on is in the type, and checked', async () => {
    const series: Dataset<'frame' | 'twoTheta'> = await openSeries([xye('a.xye', [1, 2])], { axis: 'twoTheta' })
    expect(series.dims).toEqual(['frame', 'twoTheta'])
    await expect(openSeries([xye('a.xye', [1, 2])], { axis: 'q' })).rejects.toMatchObject({
      code: 'E_AXIS',
      message: expect.stringContaining("'q' was expected, a.xye has 'twoTheta'"),
    })
    // @ts-expect-error without it the axis is not known to the type
    const guess: Dataset<'frame' | 'q'> = await openSeries([xye('a.xye', [1, 2])])
    expect(guess.dims).toEqual(['frame', 'twoTheta'])
  })

  test('bare arrays are sent to seriesOf', async () => {
    const { writeNpy } = await import('operando/io')
    const npy = writeNpy({ shape: [2], values: Float64Array.of(1, 2) })
    await expect(openSeries([{ name: 'a.npy', bytes: npy }])).rejects.toMatchObject({
      message: expect.stringContaining('seriesOf'),
    })
    expect((await open(npy)).kind).toBe('arrays')
  })
})
