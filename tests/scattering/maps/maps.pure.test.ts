import fc from 'fast-check'
import { molarMass } from 'operando'
import { createRandom } from 'operando/numeric'
import { findRowLength, mapStatistics, meanComposition, rasterMap, screenFits } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

/** Values over an uneven sample, in the order of measurement. */
function measured(columns: number, rows: number, order: 'rows' | 'snake', noise: number, seed: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: columns * rows }, (_, i) => {
    const row = Math.floor(i / columns)
    const along = i % columns
    const column = order === 'snake' && row % 2 === 1 ? columns - 1 - along : along
    return Math.sin(column / 5) + 0.5 * Math.cos(row / 7 + column / 11) + noise * random.normal()
  })
}

describe('findRowLength', () => {
  it.each([
    [30, 24, 'rows'],
    [24, 30, 'snake'],
    [36, 20, 'snake'],
    [20, 36, 'rows'],
  ] as const)('finds %s columns, %s rows, order %s', (columns, rows, order) => {
    const found = findRowLength(measured(columns, rows, order, 0.3, columns))
    expect(found).toMatchObject({ columns, rows, order })
    expect(found.correlation).toBeGreaterThan(found.second)
  })

  it('is not led astray by failed points', () => {
    const values = measured(30, 24, 'rows', 0.1, 5)
    const random = createRandom(6)
    for (let i = 0; i < values.length; i++) if (random.uniform() < 0.12) values[i] = random.uniform() < 0.5 ? Number.NaN : 1e12
    expect(findRowLength(values)).toMatchObject({ columns: 30, order: 'rows' })
    expect(errorCode(() => findRowLength(new Float64Array(13)))).toBe('E_ARGUMENT')
    expect(errorCode(() => findRowLength(new Float64Array(20), { candidates: [11] }))).toBe('E_RANGE')
  })
})

describe('screenFits', () => {
  it('rejects what is out of limits or far off the median, whatever garbage there is', () => {
    const random = createRandom(3)
    const a = Float64Array.from({ length: 1000 }, (_, i) =>
      i % 3 === 0 ? 10 + 5 * random.uniform() : 10.33 + 0.001 * random.normal(),
    )
    const rwp = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 3 ? 40 : 5))
    rwp[7] = Number.NaN
    const { mask, good, rejected, typical } = screenFits({ rwp, a, other: [1] }, { rwp: { max: 10 }, a: { deviations: 6 } })
    expect(rejected.rwp).toBe(101)
    expect(good).toBe(mask.filter(m => m === 0).length)
    for (let i = 0; i < 1000; i++) if (!mask[i]) expect(Math.abs(a[i]! - 10.33)).toBeLessThan(0.05)
    expectClose(typical.a!.median, 10.33, { atol: 3e-4 })
    // all of the good cells stay but those with a bad R factor
    expect(good).toBeGreaterThan(590)
  })

  it('says what is missing', () => {
    expect(errorCode(() => screenFits({ a: [1] }, { b: { max: 1 } }))).toBe('E_MISSING')
    expect(errorCode(() => screenFits({ a: [1], b: [1, 2] }, { a: { max: 1 }, b: { max: 1 } }))).toBe('E_SHAPE')
    expect(errorCode(() => screenFits({ a: [1] }, { a: { deviations: 0 } }))).toBe('E_RANGE')
    expect(errorCode(() => screenFits({ a: [1] }, { a: { maximum: 0 } as never }))).toBe('E_ARGUMENT')
  })
})

describe('rasterMap', () => {
  it('puts each value where it was measured, once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), fc.boolean(), (columns, n, snake) => {
        fc.pre(columns <= n)
        const map = rasterMap(
          Float64Array.from({ length: n }, (_, i) => i),
          { columns, order: snake ? 'snake' : 'rows' },
        )
        const there = [...map.values].filter((_, i) => !map.mask![i]).sort((a, b) => a - b)
        expect(there).toEqual(Array.from({ length: n }, (_, i) => i))
        for (let i = 0; i < n; i++) {
          const at = map.values.indexOf(i)
          expect(Math.floor(at / columns)).toBe(Math.floor(i / columns))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('has coordinates, sigma and masks', () => {
    const map = rasterMap([1, 2, Number.NaN, 4, 5], {
      columns: 3,
      step: ['200 µm', 0.5],
      origin: [-1, 2],
      sigma: [1, 1, 1, 2, 3],
      mask: [0, 1, 0, 0, 0],
    })
    expectClose(map.coords.x!.values, [-1, -0.8, -0.6], { atol: 1e-12 })
    expect([...map.coords.y!.values]).toEqual([2, 2.5])
    expect([...map.mask!]).toEqual([0, 1, 1, 0, 0, 1])
    expect([...map.sigma!].slice(3, 5)).toEqual([2, 3])
    expect([map.coords.x!.unit.symbol, rasterMap([1, 2], { columns: 2 }).coords.x!.unit.symbol]).toEqual(['mm', ''])
    expect(errorCode(() => rasterMap([1, 2], { columns: 3 }))).toBe('E_RANGE')
    expect(errorCode(() => rasterMap([1, 2], { columns: 2, mask: [0] }))).toBe('E_SHAPE')
  })
})

describe('meanComposition', () => {
  it('counts moles, not weights, with errors by difference', () => {
    const phases = (w: number) => [
      { weight: [w], sigma: [0.01], molarMass: molarMass('LiFePO4'), x: 1 },
      { weight: [0.5], sigma: [0.02], molarMass: molarMass('FePO4'), x: 0 },
    ]
    const { x, sigma } = meanComposition(phases(0.5))
    expectClose(x[0]!, 1 / 157.757 / (1 / 157.757 + 1 / 150.816), { rtol: 1e-4 })
    const slope = (meanComposition(phases(0.5001)).x[0]! - meanComposition(phases(0.4999)).x[0]!) / 0.0002
    // both weights change x alike, with opposite sign
    expectClose(sigma![0]!, slope * Math.hypot(0.01, 0.02), { rtol: 1e-6 })
    expect(
      meanComposition([
        { weight: [0], molarMass: 1, x: 0 },
        { weight: [0], molarMass: 1, x: 1 },
      ]).x[0],
    ).toBeNaN()
    expect(errorCode(() => meanComposition(phases(1).slice(1)))).toBe('E_ARGUMENT')
  })
})

describe('mapStatistics', () => {
  it('finds the slope of a plane with honest errors', () => {
    const pulls: number[] = []
    for (let seed = 0; seed < 100; seed++) {
      const random = createRandom(200 + seed)
      const map = rasterMap(
        Float64Array.from({ length: 120 }, (_, i) => 0.5 + 0.02 * (i % 12) - 0.01 * Math.floor(i / 12) + 0.03 * random.normal()),
        { columns: 12, step: [0.5, 2] },
      )
      const { gradient } = mapStatistics(map)
      pulls.push(
        (gradient[0].value - 0.04) / gradient[0].standardError!,
        (gradient[1].value + 0.005) / gradient[1].standardError!,
      )
    }
    expectClose(Math.sqrt(pulls.reduce((s, p) => s + p * p, 0) / 200), 1, { atol: 0.16 })
  })

  it('tells a sample from noise', () => {
    const noise = createRandom(8)
    const map = (values: Float64Array) => mapStatistics(rasterMap(values, { columns: 30 })).neighbours
    expect(map(measured(30, 24, 'rows', 0, 1))).toBeGreaterThan(0.9)
    expect(Math.abs(map(Float64Array.from({ length: 720 }, () => noise.normal())))).toBeLessThan(0.1)
    expect(errorCode(() => mapStatistics(rasterMap([1, 2, Number.NaN, Number.NaN, 3], { columns: 2 })))).toBe('E_ARGUMENT')
  })
})
