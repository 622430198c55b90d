import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createDataset,
  createElectrochemistry,
  createUnitCell,
  type Dataset,
  isOperandoError,
  parseInstant,
} from '../../src/index.js'
import { createRandom } from '../../src/numeric/index.js'
import { simulatePattern } from '../../src/scattering/index.js'
import {
  analyseDiffraction,
  type DiffractionOptions,
  findLines,
  formatUncertain,
  reportHtml,
  resultTable,
} from '../../src/workflow/index.js'
import { expectClose } from '../matchers.js'

const WAVELENGTH = 1.54056
const twoTheta = Float64Array.from({ length: 600 }, (_, i) => 26 + 0.02 * i)
const reflections = [
  { hkl: [1, 1, 1] as const, multiplicity: 8, f2: 3500 },
  { hkl: [2, 0, 0] as const, multiplicity: 6, f2: 900 },
]
const phases = [{ name: 'P', cell: createUnitCell({ a: 5.4 }), reflections }]
const FRAMES = 24
/** a falls for twelve frames and rises again. */
const edge = (frame: number): number => 5.4 - 0.003 * Math.min(frame, FRAMES - 1 - frame)

function series(more: { coords?: Parameters<typeof createDataset>[0]['coords']; meta?: Dataset['meta'] } = {}): Dataset {
  const values = Array.from({ length: FRAMES }, (_, frame) => {
    const lines = simulatePattern(twoTheta, [{ cell: createUnitCell({ a: edge(frame) }), reflections, amount: 0.05 }], {
      wavelength: WAVELENGTH,
      fwhm: 0.1,
    })
    return [...createRandom(4, frame).counts(lines.map(y => y + 100))]
  }).flat()
  const time = Float64Array.from({ length: FRAMES }, (_, i) => 600 * i)
  return createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [FRAMES, twoTheta.length],
    values,
    unit: 'counts',
    coords: {
      twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' },
      time: { dims: ['frame'], values: time, unit: 's' },
      exposure: { dims: ['frame'], values: new Float64Array(FRAMES).fill(600), unit: 's' },
      ...more.coords,
    },
    meta: more.meta ?? {},
  })
}
const options: DiffractionOptions = { phases, wavelength: WAVELENGTH, background: 2 }
/** Charge for 2 h, discharge for 2 h; its clock began 900 s before the first frame. */
const record = createElectrochemistry({
  time: Float64Array.from({ length: 300 }, (_, i) => 60 * i),
  potential: Float64Array.from({ length: 300 }, (_, i) => 3 + 0.01 * Math.min(i, 270 - i)),
  current: Float64Array.from({ length: 300 }, (_, i) => (i <= 135 ? 1e-3 : -1e-3)),
})

describe('the analysis of an operando diffraction experiment', () => {
  it('follows a cell that moves, and calls it a solid solution', async () => {
    const { trends, mechanisms, failed } = await analyseDiffraction(series(), undefined, options)
    expect(failed).toEqual([])
    const a = trends['P.a']!
    const pulls = Array.from(a.values, (v, i) => (v - edge(i)) / a.sigma![i]!)
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(4)
    expect(mechanisms.map(m => [m.subject, m.verdict])).toEqual([['P', 'solid solution']])
  })

  it.each([
    ['phases', options],
    ['lines', { wavelength: WAVELENGTH, lines: [{ name: 'P', range: [28, 29.2] as const, cubicHkl: [1, 1, 1] as const }] }],
  ])(
    'fails frames without data with a reason, leaves their values empty and goes on behind them, following %s',
    async (_, how) => {
      const patterns = series()
      const values = Float64Array.from(patterns.values)
      const n = twoTheta.length
      values.fill(0, 0, n) // the shutter was closed
      values.fill(Number.NaN, 5 * n, 6 * n) // the detector gave nothing
      const { trends, failed, warnings, run } = await analyseDiffraction(createDataset({ ...patterns, values }), undefined, how)
      expect(failed.map(({ frame }) => frame)).toEqual([0, 5])
      for (const { reason } of failed) expect(reason).toContain('0 of ')
      expect(warnings.filter(w => w.code === 'W_EMPTY_FRAMES').map(w => w.message)).toEqual([expect.stringContaining('(0, 5)')])
      const a = trends['P.a']!
      for (const frame of [0, 5]) {
        expect(a.values[frame]).toBeNaN()
        expect(a.mask![frame]).toBe(1)
        expect(run.mask!.subarray(frame * n, (frame + 1) * n).every(Boolean)).toBe(true)
      }
      const good = [...a.values.keys()].filter(i => i !== 0 && i !== 5)
      const pulls = good.map(i => (a.values[i]! - edge(i)) / a.sigma![i]!)
      expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(4)
    },
  )

  it('weights intensities that are no counts as counts times an unknown factor, and says so', async () => {
    const patterns = series()
    const counted = await analyseDiffraction(patterns, undefined, options)
    const scaled = createDataset({ ...patterns, values: Float64Array.from(patterns.values, v => v / 4096), unit: '' })
    const { trends, assumptions } = await analyseDiffraction(scaled, undefined, options)
    expect(assumptions.join(' ')).toContain('sigma ∝ √I')
    expectClose(trends['P.a']!.values, counted.trends['P.a']!.values, { rtol: 1e-7 })
    expectClose(trends['P.a']!.sigma!, counted.trends['P.a']!.sigma!, { rtol: 1e-3 })
  })

  it('gives the same for q and d as for 2theta', async () => {
    const patterns = series()
    const q = twoTheta.map(x => (4 * Math.PI * Math.sin((x * Math.PI) / 360)) / WAVELENGTH)
    const { trends } = await analyseDiffraction(patterns, undefined, options)
    const { twoTheta: _, ...coords } = patterns.coords
    const inQ = createDataset({
      ...patterns,
      dims: ['frame', 'q'],
      coords: { ...coords, q: { dims: ['q'], values: q, unit: '1/Å' } },
    })
    const flipped = createDataset({
      ...patterns,
      dims: ['frame', 'd'],
      coords: { ...coords, d: { dims: ['d'], values: q.map(v => (2 * Math.PI) / v), unit: 'Å' } },
    })
    for (const other of [inQ, flipped]) {
      const own = await analyseDiffraction(other, undefined, options)
      expectClose(own.trends['P.a']!.values, trends['P.a']!.values, { rtol: 1e-7 })
    }
  })

  it('relates the clocks by where the cell turns, and attaches the voltage', async () => {
    const { run, clock, warnings } = await analyseDiffraction(series(), record, options)
    expect(clock!.source).toBe('turning-points')
    // the cell turns at 7200 s of the run, the current at 8100 s of the record
    expect(Math.abs(clock!.relation.offset + 900)).toBeLessThan(2 * clock!.relation.sigma!)
    expect(run.coords.voltage!.values.length).toBe(FRAMES)
    expect(warnings).toEqual([])
  })

  it('trusts wall clocks that agree with the structure, and contradicts those that do not', async () => {
    const start = parseInstant('2026-01-05T10:15:00Z')
    const patterns = series({ meta: { start } })
    const at = (text: string) => ({ ...record, clock: { ...record.clock, start: parseInstant(text) } })
    const right = await analyseDiffraction(patterns, at('2026-01-05T10:00:00Z'), options)
    expect(right.clock!.source).toBe('wall')
    expect(right.clock!.relation.offset).toBe(-900)
    const wrong = await analyseDiffraction(patterns, at('2026-01-05T09:00:00Z'), options)
    expect(wrong.clock!.source).toBe('turning-points')
    expect(wrong.warnings.map(w => w.code)).toContain('W_CLOCKS_CONTRADICT')
    const told = await analyseDiffraction(patterns, at('2026-01-05T09:00:00Z'), { ...options, clock: { offset: -900, sigma: 2 } })
    expect(told.clock!.relation).toMatchObject({ offset: -900, rate: 1, sigma: 2 })
  })

  it('leaves the voltage out, aloud, where nothing relates the clocks; throws if a way was asked for', async () => {
    const still = { ...options, phases: [{ ...phases[0]!, fixedCell: true }] }
    const { clock, run, warnings } = await analyseDiffraction(series(), record, still)
    expect(clock).toBeUndefined()
    expect(run.coords.voltage).toBeUndefined()
    expect(warnings.map(w => w.code)).toContain('W_CLOCKS_UNRELATED')
    await expect(analyseDiffraction(series(), record, { ...still, clock: 'turning-points' })).rejects.toThrow(/Nothing relates/)
  })

  it('says both ranges when the clocks share no moment', async () => {
    const far = analyseDiffraction(series(), record, { ...options, clock: { offset: 1e6 } })
    await expect(far).rejects.toThrow(/1000000 s to .* of the run.*frames from 0 s/s)
  })

  it('finds the line that moves without being told', async () => {
    const lines = findLines(series() as Dataset<'frame' | 'twoTheta'>, { count: 2 })
    const angle = (2 * Math.asin((WAVELENGTH * Math.sqrt(3)) / (2 * 5.39)) * 180) / Math.PI
    expect(lines.some(({ range }) => range[0] < angle && angle < range[1])).toBe(true)
    const { linesFound, mechanisms } = await analyseDiffraction(series(), undefined, { wavelength: WAVELENGTH })
    expect(linesFound).toBe(true)
    expect(mechanisms.some(m => m.verdict === 'solid solution')).toBe(true)
  })

  it('gives a row a frame in its table and a page that asks nothing of the network', async () => {
    const analysis = await analyseDiffraction(series(), record, { ...options, title: 'A <b>title</b> & more' })
    const rows = resultTable(analysis)
      .trim()
      .split('\n')
      .filter(line => !line.startsWith('#'))
    expect(rows).toHaveLength(FRAMES + 1)
    const html = await reportHtml(analysis, { notice: 'Not real.' })
    expect(html.includes('A &lt;b&gt;title&lt;/b&gt; &amp; more')).toBe(true)
    expect(html.includes('Not real.')).toBe(true)
    expect(/(src|href)="(https?:)?\/\//.test(html)).toBe(false)
  })

  it('stops when asked to, and tells how far it is', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const work = analyseDiffraction(series(), undefined, {
      ...options,
      signal: controller.signal,
      onProgress: done => {
        seen.push(done)
        controller.abort()
      },
    })
    await expect(work).rejects.toSatisfy(error => isOperandoError(error, 'E_ABORTED'))
    expect(seen.length).toBeGreaterThan(0)
  })

  it('refuses what it cannot understand, with the way out', async () => {
    const code = async (patterns: Dataset, more: DiffractionOptions): Promise<string> => {
      try {
        await analyseDiffraction(patterns, undefined, { ...options, ...more })
        return 'none'
      } catch (error) {
        return isOperandoError(error) ? error.code : String(error)
      }
    }
    const patterns = series()
    const { time: _, ...timeless } = patterns.coords
    expect(await code(patterns, { wavelength: undefined })).toBe('E_MISSING')
    expect(await code(createDataset({ ...patterns, coords: timeless }), {})).toBe('E_MISSING')
    expect(await code(createDataset({ ...patterns, coords: timeless }), { interval: 60 })).toBe('none')
    expect(await code(patterns, { range: [80, 90] })).toBe('E_RANGE')
    const { twoTheta: axis, ...rest } = patterns.coords
    const energy = createDataset({
      ...patterns,
      dims: ['frame', 'energy'],
      coords: { ...rest, energy: { ...axis!, dims: ['energy'], unit: 'eV' } },
    })
    expect(await code(energy, {})).toBe('E_AXIS')
  })
})

describe('a number with its uncertainty', () => {
  it.each([
    [2.81948123, 0.000067, '2.81948(7)'],
    [0.4877, 0.0012, '0.4877(12)'],
    [-577.6, 457, '−578(457)'],
    [8.27, undefined, '8.27'],
    [-0.0001, 0.01, '0.000(10)'],
    [Number.NaN, 1, '–'],
  ])('%f with %f reads %s', (value, sigma, text) => {
    expect(formatUncertain(value, sigma)).toBe(text)
  })

  it('says the value to within half an uncertainty, and the uncertainty to within a quarter', () => {
    const exponent = fc.integer({ min: -6, max: 2 })
    fc.assert(
      fc.property(
        fc.double({ min: -1000, max: 1000, noNaN: true }),
        fc.double({ min: 1, max: 9.99, noNaN: true }),
        exponent,
        (value, mantissa, e) => {
          const sigma = mantissa * 10 ** e
          const [, number, last] = /^(−?[\d.]+)\((\d+)\)$/.exec(formatUncertain(value, sigma))!
          const decimals = number!.split('.')[1]?.length ?? 0
          const told = Number(last) * (decimals > 0 ? 10 ** -decimals : 1)
          expect(Math.abs(Number(number!.replace('−', '-')) - value)).toBeLessThanOrEqual(0.51 * sigma)
          expect(Math.abs(told - sigma)).toBeLessThanOrEqual(0.26 * sigma + 1e-12)
        },
      ),
    )
  })
})
