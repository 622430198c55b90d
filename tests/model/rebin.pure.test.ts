import fc from 'fast-check'
import { createDataset, type Dataset, rebin, regrid, select, transpose } from 'operando'
import { interpolate } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorText as code } from '../errorCode.js'
import { expectClose } from '../matchers.js'

const onBins = (edges: readonly number[], values: readonly number[], sigma?: readonly number[], mask?: boolean[]): Dataset<'q'> =>
  createDataset({
    name: 'I',
    dims: ['q'],
    values,
    sigma,
    mask,
    unit: 'counts',
    coords: { q: { dims: ['q'], values: edges, unit: '1/Å', edges: true, label: 'Q' } },
  })

/** Strictly rising edges from steps. */
const edgesOf = (steps: readonly number[], start = 0): number[] => {
  let x = start
  return [start, ...steps.map(s => (x += s))]
}
const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 })

describe('rebin', () => {
  it('conserves counts where the new bins cover the old, as the difference of the cumulative curve says', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), (a, b) => {
        const old = edgesOf(a)
        const end = old[old.length - 1]!
        const values = a.map((_, i) => ((i * 7919) % 13) + 0.5)
        const rough = edgesOf(b)
        const fresh = rough.map(x => (x * end) / rough[rough.length - 1]!)
        fresh[fresh.length - 1] = end
        const data = onBins(old, values)
        const got = rebin(data, 'q', fresh, { kind: 'counts' })
        const cumulative = edgesOf(values)
        const at = interpolate(old, cumulative, fresh)
        expectClose(
          got.values,
          fresh.slice(1).map((_, j) => at[j + 1]! - at[j]!),
          { atol: 1e-11 },
        )
        expectClose(
          Array.from(got.values).reduce((s, v) => s + v, 0),
          values.reduce((s, v) => s + v, 0),
          { rtol: 1e-12 },
        )
        expect(got.mask).toBeUndefined()
        expect([...got.coords.q!.values]).toEqual(fresh)
        // a density times the width is the amount
        const widths = (edges: number[]): number[] => edges.slice(1).map((x, i) => x - edges[i]!)
        const density = onBins(
          old,
          values.map((v, i) => v / widths(old)[i]!),
        )
        const mean = rebin(density, 'q', fresh, { kind: 'density' })
        expectClose(
          mean.values.map((v, j) => v * widths(fresh)[j]!),
          got.values,
          { rtol: 1e-10, atol: 1e-11 },
        )
      }),
    )
  })

  it('joins bins with sigma in quadrature, and halves it with a bin', () => {
    const data = onBins([0, 1, 2, 4], [10, 20, 30], [3, 4, 6])
    const counts = rebin(data, 'q', [0, 2, 3, 4], { kind: 'counts' })
    expect([...counts.values]).toEqual([30, 15, 15])
    expect([...counts.sigma!]).toEqual([5, 3, 3])
    expectClose(rebin(data, 'q', [2, 3, 4], { kind: 'counts', variance: 'counts' }).sigma!, [6 / Math.SQRT2, 6 / Math.SQRT2], {
      rtol: 1e-15,
    })
    const density = rebin(data, 'q', [0, 2, 3, 4], { kind: 'density' })
    expect([...density.values]).toEqual([15, 30, 30])
    expect([...density.sigma!]).toEqual([2.5, 6, 6])
    expect(density.coords.q!.label).toBe('Q')
  })

  it('masks bins that lie outside or over masked points, says so, and takes less where less is asked for', () => {
    const data = onBins([0, 1, 2, 3], [10, 20, 30], [1, 1, 1], [false, true, false])
    const got = rebin(data, 'q', [-1, 0.5, 2, 3, 4], { kind: 'counts' })
    expect([...got.values]).toEqual([5, 5, 30, 0])
    expect([...got.mask!]).toEqual([1, 1, 0, 1])
    expect(got.warnings).toMatchObject([{ code: 'W_PARTLY_COVERED' }])
    const density = rebin(data, 'q', [-1, 0.5, 2, 3, 4], { kind: 'density', coverage: 0.3 })
    expect([...density.values]).toEqual([10, 10, 30, Number.NaN])
    expect([...density.mask!]).toEqual([0, 0, 0, 1])
    const holed = rebin(onBins([0, 1, 2], [Number.NaN, 4]), 'q', [0, 1, 2], { kind: 'counts' })
    expect([...holed.mask!]).toEqual([1, 0])
  })

  it('takes points for bins that end midway, in any unit and in either direction', () => {
    const falling = createDataset({
      name: 'I',
      dims: ['q'],
      values: [30, 20, 10],
      unit: 'counts',
      coords: { q: { dims: ['q'], values: [2.5, 1.5, 0.5], unit: '1/Å' } },
    })
    const up = rebin(falling, 'q', { values: [0, 15, 30], unit: '1/nm' }, { kind: 'counts' })
    expectClose(up.values, [20, 40], { rtol: 1e-14 })
    expectClose(up.coords.q!.values, [0, 1.5, 3], { rtol: 1e-14 })
    const down = rebin(falling, 'q', [3, 1.5, 0], { kind: 'counts' })
    expect([...down.values]).toEqual([40, 20])
    expect([...down.coords.q!.values]).toEqual([3, 1.5, 0])
  })

  it('works on any dim, drops coords of the old axis aloud', () => {
    const run = createDataset({
      name: 'I',
      dims: ['frame', 'q'],
      shape: [4, 2],
      values: [1, 2, 3, 4, 5, 6, 7, 8],
      unit: 'counts',
      coords: {
        frame: { dims: ['frame'], values: [0, 1, 2, 3, 4], unit: '', edges: true },
        time: { dims: ['frame'], values: [0, 60, 120, 180], unit: 's' },
      },
    })
    const pairs = rebin(run, 'frame', [0, 2, 4], { kind: 'counts' })
    expect(pairs.shape).toEqual([2, 2])
    expect([...pairs.values]).toEqual([4, 6, 12, 14])
    expect(pairs.warnings).toMatchObject([{ code: 'W_COORD_DROPPED', place: 'coord time' }])
    expect([...rebin(transpose(run), 'frame', [0, 2, 4], { kind: 'counts' }).values]).toEqual([4, 12, 6, 14])
  })

  it('refuses what it cannot know', () => {
    const data = onBins([0, 1, 2], [1, 2])
    expect(code(() => rebin(data, 'q', [0, 1, 1], { kind: 'counts' }))).toMatch(/E_AXIS.*must rise or fall/)
    expect(code(() => rebin(data, 'q', [0], { kind: 'counts' }))).toMatch(/E_SHAPE/)
    expect(code(() => rebin(data, 'q', [0, 2], {} as never))).toMatch(/E_ARGUMENT.*'counts'.*'density'/)
    expect(code(() => rebin(data, 'q', { values: [0, 2], unit: 'eV' }, { kind: 'counts' }))).toMatch(/E_UNIT/)
    const one = createDataset({
      name: 'I',
      dims: ['q'],
      values: [1],
      unit: '',
      coords: { q: { dims: ['q'], values: [1], unit: '' } },
    })
    expect(code(() => rebin(one, 'q', [0, 2], { kind: 'counts' }))).toMatch(/E_AXIS.*1 point,.*edges/)
  })
})

describe('regrid', () => {
  const scan = (
    x: readonly number[],
    y: readonly number[],
    more: { sigma?: number[]; mask?: boolean[] } = {},
  ): Dataset<'energy'> =>
    createDataset({
      name: 'mu',
      dims: ['energy'],
      values: y,
      unit: '',
      ...more,
      coords: { energy: { dims: ['energy'], values: x, unit: 'eV' } },
    })

  it('goes through all old points, whatever the method and direction', () => {
    const x = [1, 2, 4, 5, 7]
    const y = [3, 1, 4, 1, 5]
    for (const method of ['linear', 'spline', 'pchip', 'akima', 'makima'] as const) {
      const got = regrid(scan(x, y, { sigma: [1, 2, 3, 4, 5] }), 'energy', x, { method })
      expectClose(got.values, y, { rtol: 1e-14 })
      expectClose(got.sigma!, [1, 2, 3, 4, 5], { rtol: 1e-12 })
      expect(got.mask).toBeUndefined()
      const back = regrid(scan([...x].reverse(), [...y].reverse()), 'energy', [6, 3, 1.5], { method })
      expectClose(back.values, interpolate(x, y, [6, 3, 1.5], { method }), { rtol: 1e-14 })
      expect([...back.coords.energy!.values]).toEqual([6, 3, 1.5])
    }
  })

  it('gives exactly a cubic back by spline, in another unit', () => {
    const x = Array.from({ length: 9 }, (_, i) => 7000 + 3 * i + 0.3 * i * i)
    const f = (e: number): number => ((e - 7000) / 20) ** 3 - (e - 7000) / 10
    const at = [7001, 7010.5, 7019]
    const got = regrid(scan(x, x.map(f)), 'energy', { values: at.map(e => e / 1000), unit: 'keV' }, { method: 'spline' })
    expectClose(got.values, at.map(f), { rtol: 1e-9, atol: 1e-11 })
  })

  it('never extrapolates: outside is NaN, masked and told, but for rounding at the ends', () => {
    const got = regrid(scan([1, 2, 3], [1, 2, 3], { sigma: [1, 1, 1] }), 'energy', [0.9, 1 - 1e-12, 3 + 1e-12, 3.1])
    expect([...got.values]).toEqual([Number.NaN, 1, 3, Number.NaN])
    expect([...got.sigma!]).toEqual([Number.NaN, 1, 1, Number.NaN])
    expect([...got.mask!]).toEqual([1, 0, 0, 1])
    expect(got.warnings).toMatchObject([{ code: 'W_NOT_INTERPOLATED' }])
  })

  it('masks points beside masked or missing ones, and does not let those bend the curve', () => {
    const y = [0, 1, 999, 3, 4, Number.NaN, 6]
    const mask = y.map(v => v === 999)
    const got = regrid(scan([0, 1, 2, 3, 4, 5, 6], y, { mask }), 'energy', [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4.5, 6], {
      method: 'spline',
    })
    expect([...got.mask!]).toEqual([0, 0, 1, 1, 1, 0, 0, 1, 0])
    expectClose(got.values, [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4.5, 6], { rtol: 1e-12 })
    const lost = regrid(scan([0, 1, 2], [1, 2, 3], { mask: [true, true, false] }), 'energy', [0, 2])
    expect([...lost.mask!]).toEqual([1, 1])
  })

  it('is the same frame by frame and all at once', () => {
    const run = createDataset({
      name: 'mu',
      dims: ['frame', 'energy'],
      shape: [2, 3],
      values: [1, 2, 5, 7, 3, 0],
      sigma: [1, 2, 1, 2, 1, 2],
      unit: '',
      coords: { energy: { dims: ['energy'], values: [1, 2, 3], unit: 'eV' } },
    })
    const all = regrid(run, 'energy', [1.2, 2.7])
    const one = regrid(select(run, 'frame', 1), 'energy', [1.2, 2.7])
    expect([...select(all, 'frame', 1).values]).toEqual([...one.values])
    expect([...select(all, 'frame', 1).sigma!]).toEqual([...one.sigma!])
    expectClose(one.sigma!, [Math.hypot(0.8 * 2, 0.2), Math.hypot(0.3, 0.7 * 2)], { rtol: 1e-12 })
    expect([...transpose(regrid(transpose(run), 'energy', [1.2, 2.7])).values]).toEqual([...all.values])
  })

  it('refuses axes that are not monotonic, and new points of another kind', () => {
    expect(code(() => regrid(scan([1, 3, 2], [1, 2, 3]), 'energy', [1.5]))).toMatch(/E_AXIS/)
    expect(code(() => regrid(scan([1, 2, 3], [1, 2, 3]), 'energy', [2, 1.5, 1.7]))).toMatch(/E_AXIS/)
    expect(code(() => regrid(scan([1, 2, 3], [1, 2, 3]), 'energy', { values: [1], unit: 'Å' }))).toMatch(/E_UNIT/)
    expect(code(() => regrid(scan([1, 2, 3], [1, 2, 3]), 'energy', [Number.NaN]))).toMatch(/E_NAN/)
  })
})
