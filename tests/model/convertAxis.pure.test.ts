import fc from 'fast-check'
import {
  type AxisKind,
  type ConvertAxisOptions,
  convertAxis,
  createDataset,
  type Dataset,
  HBAR2_OVER_2M,
  mean,
  select,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText as code } from '../errorCode.js'
import { expectClose } from '../matchers.js'

interface Axis {
  edges?: boolean
  sigma?: number[]
  values?: number[]
  unit?: string
}
const on = <Kind extends string>(kind: Kind, unit: string, x: readonly number[], axis: Axis = {}): Dataset<Kind> => {
  const n = x.length - (axis.edges ? 1 : 0)
  return createDataset({
    name: 'I',
    dims: [kind],
    values: axis.values ?? Array.from({ length: n }, (_, i) => 10 + i),
    unit: axis.unit ?? 'counts',
    coords: { [kind]: { dims: [kind], values: x, unit, edges: axis.edges, sigma: axis.sigma } },
  })
}
const to = (data: Dataset, kind: AxisKind, options?: ConvertAxisOptions): number[] => {
  const made = convertAxis(data, data.dims[0]!, kind, options)
  return [...made.coords[kind]!.values]
}

describe('convertAxis', () => {
  it('takes the edge itself, and backscattering, though another unit rounds it away', () => {
    for (let e0 = 1000; e0 < 30000; e0 += 7) {
      const { coords } = convertAxis(on('energy', 'keV', [e0 / 1000, e0 / 1000 + 0.01]), 'energy', 'k', { e0 })
      expect(coords.k!.values[0]).toBe(0)
    }
    for (const wavelength of [0.4133, 0.7093, 1.5406, 1.78897, 2.1]) {
      const d = convertAxis(on('twoTheta', 'deg', [90, 180]), 'twoTheta', 'd', { wavelength, unit: 'nm' })
      expectClose(convertAxis(d, 'd', 'twoTheta', { wavelength }).coords.twoTheta!.values, [90, 180], { rtol: 1e-7 })
    }
  })
  it('refuses kinds and words that it does not know', () => {
    const q = on('q', '1/Å', [1, 2, 3])
    for (const run of [
      () => convertAxis(q, 'q', 'momentum' as AxisKind),
      () => convertAxis(q, 'q', 'd', { from: 'momentum' as AxisKind }),
      () => convertAxis(q, 'q', 'd', { outside: 'mask' as 'drop' }),
      () => convertAxis(q, 'q', 'd', { values: 'counts' as 'points' }),
      () => convertAxis(q, 'q', 'd', { order: 'falling' as 'keep' }),
    ])
      expect(code(run)).toMatch(/^E_ARGUMENT/)
  })

  it('puts the lines of LaB6 where the table of SRM 660 has them', () => {
    const d = [1, 2, 3, 4, 5].map(n => 4.15695 / Math.sqrt(n))
    // NIST SRM 660, Cu K alpha 1
    expectClose(to(on('d', 'Å', d), 'twoTheta', { wavelength: 1.540598 }), [21.3578, 30.3846, 37.4414, 43.5062, 48.957], {
      atol: 3e-4,
    })
  })

  it('knows that 1 µm is 1.23984 eV and 10000 1/cm, and that 1 keV is 12.3984 Å', () => {
    const light = on('wavelength', 'µm', [1, 2, 10])
    expectClose(to(light, 'wavenumber'), [10000, 5000, 1000], { rtol: 1e-14 })
    expectClose(to(light, 'energy'), [1.239841984332, 0.619920992166, 0.1239841984332], { rtol: 1e-12 })
    expectClose(to(on('wavenumber', '1/cm', [1000, 4000]), 'wavelength', { unit: 'µm' }), [10, 2.5], { rtol: 1e-14 })
    expectClose(to(on('energy', 'keV', [1, 8.0478]), 'wavelength'), [12.39841984332, 1.5405974], { rtol: 1e-7 })
  })

  it('counts k from the edge, with (hbar c)² k² / (2 m c²) electronvolts', () => {
    // hbar c = 1973.269804 eV Å and m c² = 510998.95 eV, as the Particle Data Group lists them
    const kinetic = (k: number): number => (1973.269804 * k) ** 2 / (2 * 510998.95)
    const k = [0, 1, 5, 16]
    const scan = on(
      'energy',
      'eV',
      k.map(v => 7112 + kinetic(v)),
    )
    expectClose(to(scan, 'k', { e0: '7.112 keV' }), k, { rtol: 1e-9 })
  })

  it('relates q, d, s and angle as Bragg does', () => {
    const wavelength = 0.4133
    const q = [0.5, 2, 7.3]
    const data = on('q', '1/Å', q)
    expectClose(
      to(data, 'd'),
      q.map(v => (2 * Math.PI) / v),
      { rtol: 1e-15 },
    )
    expectClose(
      to(data, 's'),
      q.map(v => v / (2 * Math.PI)),
      { rtol: 1e-15 },
    )
    const want = q.map(v => (2 * Math.asin((v * wavelength) / (4 * Math.PI)) * 180) / Math.PI)
    expectClose(to(data, 'twoTheta', { wavelength }), want, { rtol: 1e-14 })
    expectClose(to(data, 'twoTheta', { energy: 12398.419843320025 / wavelength }), want, { rtol: 1e-14 })
    expectClose(
      to(data, 'twoTheta', { wavelength, unit: 'rad' }),
      want.map(v => (v * Math.PI) / 180),
      { rtol: 1e-14 },
    )
    const withMeta = createDataset({ ...data, meta: { energy: 12398.419843320025 / wavelength } })
    expectClose(to(withMeta, 'twoTheta'), want, { rtol: 1e-14 })
  })

  it('goes from the energy of a fixed-angle detector to q and d by Bragg', () => {
    const data = on('energy', 'keV', [30, 60, 90])
    const d = [30000, 60000, 90000].map(e => 12398.419843320025 / e / (2 * Math.sin((6 * Math.PI) / 360)))
    expectClose(to(data, 'd', { twoTheta: 6 }), d, { rtol: 1e-14 })
    expect(code(() => to(data, 'd'))).toMatch(/E_ARGUMENT.*angle/)
    expectClose(to(on('d', 'Å', d), 'energy', { twoTheta: 6, unit: 'keV' }), [30, 60, 90], { rtol: 1e-14 })
  })

  it('comes back to where it started, by any way, edges and sigma too', () => {
    const kinds: AxisKind[] = ['twoTheta', 'q', 'd', 's', 'energy', 'wavelength', 'wavenumber', 'k']
    const options = { wavelength: 1.2, e0: 100, twoTheta: 30 }
    const start = [150, 170, 200, 333]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 5 }), fc.boolean(), (way, edges) => {
        // 150 to 333 eV at 30 degrees are q of 0.039 to 0.087: every kind has them
        let data: Dataset = on('energy', 'eV', start, { edges, sigma: [1, 2, 3, 4] })
        for (const kind of [...way, 'energy' as const]) {
          if (kind === data.dims[0]) continue
          data = convertAxis(data, data.dims[0]!, kind, options)
        }
        const coord = data.coords.energy!
        expectClose(coord.values, start, { rtol: 1e-12 })
        expectClose(coord.sigma!, [1, 2, 3, 4], { rtol: 1e-11 })
        expect(coord.edges).toBe(edges || undefined)
        expect(coord.unit.symbol).toBe('eV')
      }),
    )
  })

  it('carries sigma of the coord by the derivative, in the units of the coords', () => {
    const data = on('twoTheta', 'rad', [0.2, 0.6], { sigma: [1e-4, 2e-4] })
    const q = convertAxis(data, 'twoTheta', 'q', { wavelength: 1, unit: '1/nm' }).coords.q!
    expectClose(q.sigma!, [1e-4 * 20 * Math.PI * Math.cos(0.1), 2e-4 * 20 * Math.PI * Math.cos(0.3)], { rtol: 1e-13 })
    const k = convertAxis(on('energy', 'eV', [100, 109], { sigma: [0.1, 0.1] }), 'energy', 'k', { e0: 100 }).coords.k!
    // at the edge itself k has no derivative
    expect([...k.sigma!][0]).toBeNaN()
    expectClose(k.sigma![1]!, 0.1 / (2 * HBAR2_OVER_2M * k.values[1]!), { rtol: 1e-13 })
  })

  it('keeps values with their places and the order of elements: d falls where the angle rises, unless rising is asked for', () => {
    const data = on('twoTheta', 'deg', [10, 20, 30, 40], { edges: true })
    const kept = convertAxis(data, 'twoTheta', 'd', { wavelength: 1 })
    expect([...kept.values]).toEqual([10, 11, 12])
    expect([...kept.coords.d!.values]).toEqual([...kept.coords.d!.values].sort((a, b) => b - a))
    expect(kept.warnings).toEqual([])
    expect(kept.coords.twoTheta!.dims).toEqual(['d'])
    const turned = convertAxis(data, 'twoTheta', 'd', { wavelength: 1, order: 'rising' })
    expect([...turned.values]).toEqual([12, 11, 10])
    expect([...turned.coords.d!.values]).toEqual([...kept.coords.d!.values].reverse())
    expect([...turned.coords.twoTheta!.values]).toEqual([40, 30, 20, 10])
    expect(turned.history).toMatchObject([{ op: 'convertAxis', parameters: { order: 'rising', wavelength: 1 } }])
  })

  it('leaves values alone as points and turns densities so that integrals stay', () => {
    const edges = Array.from({ length: 50 }, (_, i) => 5 + i * (1 + 0.02 * i))
    const data = on('twoTheta', 'deg', edges, { edges: true, unit: 'counts/deg' })
    const area = (d: Dataset, kind: string): number => {
      const e = d.coords[kind]!.values
      return Array.from(d.values).reduce((sum, v, i) => sum + v * Math.abs(e[i + 1]! - e[i]!), 0)
    }
    for (const kind of ['q', 'd', 's'] as const) {
      const plain: Dataset = convertAxis(data, 'twoTheta', kind, { wavelength: 0.8 })
      expect([...plain.values]).toEqual([...data.values])
      expect(plain.unit.symbol).toBe('counts/deg')
      const density: Dataset = convertAxis(data, 'twoTheta', kind, { wavelength: 0.8, values: 'density' })
      expectClose(area(density, kind), area(data, 'twoTheta'), { rtol: 1e-12 })
      expect(density.unit.symbol).toBe(kind === 'd' ? 'counts/Å' : 'counts Å')
    }
    const points = on('twoTheta', 'deg', [20, 40], { unit: 'counts/deg', values: [3, 3] })
    const perQ = convertAxis(points, 'twoTheta', 'q', { wavelength: 1, values: 'density' })
    expectClose(
      perQ.values,
      [10, 20].map(theta => 3 / (4 * Math.PI * Math.cos((theta * Math.PI) / 180) * (Math.PI / 360))),
      { rtol: 1e-13 },
    )
    const edge = convertAxis(on('k', '1/Å', [0, 1], { unit: '1/Å^-1' }), 'k', 'energy', { e0: 100, values: 'density' })
    expect([...edge.mask!]).toEqual([1, 0])
  })

  it('refuses places without a counterpart, or drops them aloud', () => {
    const scan = on('energy', 'eV', [7100, 7110, 7120, 7130])
    expect(code(() => to(scan, 'k', { e0: 7112 }))).toMatch(/E_RANGE.*energy = 7100 eV at \[0\] has no k.*drop/)
    const part = convertAxis(scan, 'energy', 'k', { e0: 7112, outside: 'drop' })
    expect([...part.values]).toEqual([12, 13])
    expect(part.warnings).toMatchObject([{ code: 'W_DROPPED', message: expect.stringContaining('2 of 4') }])
    expect(code(() => to(scan, 'k', { e0: 8000, outside: 'drop' }))).toMatch(/E_RANGE.*Nor has any other/)
    expect(code(() => to(on('q', '1/Å', [1, 20]), 'twoTheta', { wavelength: 1 }))).toMatch(/E_RANGE.*q = 20 1\/Å at \[1\]/)
    expect(code(() => to(on('twoTheta', 'deg', [0, 10]), 'd', { wavelength: 1 }))).toMatch(/E_RANGE.*twoTheta = 0 deg/)
    const bins = convertAxis(on('twoTheta', 'deg', [0, 10, 20], { edges: true }), 'twoTheta', 'd', {
      wavelength: 1,
      outside: 'drop',
    })
    expect(bins.shape).toEqual([1])
    expect(code(() => to(on('twoTheta', 'deg', [10, 190]), 'q', { wavelength: 1 }))).toMatch(/E_RANGE/)
  })

  it('asks for what it needs, and minds units', () => {
    const data = on('twoTheta', 'deg', [10, 20])
    expect(code(() => to(data, 'q'))).toMatch(/E_ARGUMENT.*wavelength/)
    expect(code(() => to(data, 'q', { wavelength: 1, energy: 8000 }))).toMatch(/E_ARGUMENT.*same thing/)
    expect(code(() => to(data, 'q', { wavelength: -1 }))).toMatch(/E_RANGE/)
    expect(code(() => to(data, 'q', { wavelength: 1, unit: 'Å' }))).toMatch(/E_UNIT/)
    expect(code(() => to(on('twoTheta', 'Å', [10, 20]), 'q', { wavelength: 1 }))).toMatch(/E_UNIT/)
    expect(code(() => to(on('energy', 'eV', [10, 20]), 'k'))).toMatch(/E_ARGUMENT.*e0/)
    expect(code(() => to(on('channel', '', [10, 20]), 'q'))).toMatch(/E_ARGUMENT.*'channel'.*from/)
    expectClose(to(on('x', '1/nm', [10, 20]), 'd', { from: 'q' }), [2 * Math.PI, Math.PI], { rtol: 1e-15 })
  })

  it('works on one dim of many, and types the result', () => {
    const run = createDataset({
      name: 'I',
      dims: ['frame', 'twoTheta'],
      shape: [2, 2],
      values: [1, 2, 3, 4],
      sigma: [1, 1, 2, 2],
      unit: 'counts/deg',
      coords: { twoTheta: { dims: ['twoTheta'], values: [10, 20], unit: 'deg' } },
    })
    const q: Dataset<'frame' | 'q'> = convertAxis(run, 'twoTheta', 'q', { wavelength: 1, values: 'density' })
    expect(q.dims).toEqual(['frame', 'q'])
    const one: Dataset<'q'> = convertAxis(select(run, 'frame', 1), 'twoTheta', 'q', { wavelength: 1, values: 'density' })
    expect([...select(q, 'frame', 1).values]).toEqual([...one.values])
    expect([...select(q, 'frame', 1).sigma!]).toEqual([...one.sigma!])
    const both = createDataset({ ...run, dims: ['q', 'twoTheta'] })
    expect(code(() => convertAxis(both, 'twoTheta', 'q', { wavelength: 1 }))).toMatch(/E_AXIS/)
    expect(mean(q, 'frame').dims).toEqual(['q'])
  })
})
