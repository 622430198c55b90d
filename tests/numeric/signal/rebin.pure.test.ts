import fc from 'fast-check'
import { findBin, histogram, rebinOverlap, rebinOverlapSigma } from 'operando/numeric'
import { describe, expect, test } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const rising = (min: number): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: min, maxLength: 30 }).map(steps => {
    const edges = [0]
    for (const step of steps) edges.push(edges.at(-1)! + step)
    return edges
  })

describe('rebinOverlap', () => {
  test('divides a bin in proportion to the overlap', () => {
    expect([...rebinOverlap([0, 1, 2, 3], [10, 20, 30], [0, 1.5, 3])]).toEqual([20, 40])
    expect([...rebinOverlap([0, 4], [8], [-1, 1, 2, 3.5, 9])]).toEqual([2, 2, 3, 1])
  })
  test('gives zero to new bins outside the old ones and leaves out what lies outside the new ones', () => {
    expect([...rebinOverlap([0, 1, 2], [5, 7], [-3, -1, 0, 1, 1.5])]).toEqual([0, 0, 5, 3.5])
    expect([...rebinOverlap([0, 1], [5], [2, 3])]).toEqual([0])
  })
  test('is the identity on equal edges, to the bit', () => {
    const edges = [0.1, 0.37, 0.9, 1.3]
    expect([...rebinOverlap(edges, [1 / 3, 0.7, 11], edges)]).toEqual([1 / 3, 0.7, 11])
  })
  test('conserves the sum on any edges that cover the old ones', () => {
    fc.assert(
      fc.property(rising(1), rising(1), (a, b) => {
        const values = a.slice(1).map((_, i) => 1 + ((i * 7) % 11))
        const scale = (a.at(-1)! + 1) / b.at(-1)!
        const cover = b.map(e => e * scale - 0.5)
        const total = values.reduce((s, v) => s + v, 0)
        const before = [...values]
        const got = rebinOverlap(a, values, cover)
        expectClose(
          got.reduce((s, v) => s + v, 0),
          total,
          { rtol: 1e-13 },
        )
        expect(values).toEqual(before)
      }),
    )
  })
  test('agrees with differences of the cumulative sum, interpolated', () => {
    const from = Float64Array.from([0, 0.5, 1.7, 2, 3.1, 5])
    const values = Float64Array.from([3, 1, 4, 1, 5])
    const to = Float64Array.from([0.2, 0.3, 1.9, 2.5, 4.4])
    const cumulative = (x: number): number => {
      let sum = 0
      for (let i = 0; i < 5; i++) {
        const f = (x - from[i]!) / (from[i + 1]! - from[i]!)
        sum += values[i]! * Math.min(1, Math.max(0, f))
      }
      return sum
    }
    const want = [0, 1, 2, 3].map(j => cumulative(to[j + 1]!) - cumulative(to[j]!))
    expectClose(rebinOverlap(from, values, to), want, { rtol: 1e-14 })
  })
  test('writes into out and refuses one that does not fit', () => {
    const out = Float64Array.from([9, 9])
    expect(rebinOverlap([0, 1, 2], [1, 2], [0, 1, 2], out)).toBe(out)
    expect([...out]).toEqual([1, 2])
    expect(errorCode(() => rebinOverlap([0, 1, 2], [1, 2], [0, 1, 2], new Float64Array(3)))).toBe('E_SHAPE')
  })
  test('refuses wrong lengths, falling edges and NaN', () => {
    expect(errorCode(() => rebinOverlap([0, 1, 2], [1], [0, 1]))).toBe('E_SHAPE')
    expect(errorCode(() => rebinOverlap([0], [], [0, 1]))).toBe('E_SHAPE')
    expect(errorCode(() => rebinOverlap([0, 2, 1], [1, 1], [0, 1]))).toBe('E_AXIS')
    expect(errorCode(() => rebinOverlap([0, 1], [1], [0, 0]))).toBe('E_AXIS')
    expect(errorCode(() => rebinOverlap([0, 1], [Number.NaN], [0, 1]))).toBe('E_NAN')
  })
})

describe('rebinOverlapSigma', () => {
  test('adds whole bins in quadrature under both rules', () => {
    expect([...rebinOverlapSigma([0, 1, 2], [3, 4], [0, 2])]).toEqual([5])
    expect([...rebinOverlapSigma([0, 1, 2], [3, 4], [0, 2], { variance: 'counts' })]).toEqual([5])
  })
  test('squares the share by default and conserves the variance for counts', () => {
    expectClose(rebinOverlapSigma([0, 4], [2], [0, 1, 4]), [0.5, 1.5], { rtol: 1e-15 })
    const counts = rebinOverlapSigma([0, 4], [2], [0, 1, 4], { variance: 'counts' })
    expectClose(counts[0]! ** 2 + counts[1]! ** 2, 4, { rtol: 1e-15 })
    expectClose(counts, [1, Math.sqrt(3)], { rtol: 1e-15 })
  })
  test('refuses a negative sigma', () => {
    expect(errorCode(() => rebinOverlapSigma([0, 1], [-1], [0, 1]))).toBe('E_RANGE')
  })
})

describe('histogram', () => {
  test('counts as numpy.histogram does, the last bin closed', () => {
    const h = histogram([0, 0.5, 1, 1, 2.9, 3, 3.1, -1], [0, 1, 1.5, 3])
    expect([...h.counts]).toEqual([2, 2, 2])
    expect([h.below, h.above]).toEqual([1, 1])
    expectClose(h.sigma, [Math.SQRT2, Math.SQRT2, Math.SQRT2], { rtol: 1e-15 })
  })
  test('sums weights, and the roots of their squares', () => {
    const h = histogram([0.5, 0.6, 5], [0, 1, 2], { weights: [3, 4, 10] })
    expect([...h.counts]).toEqual([7, 0])
    expect([...h.sigma]).toEqual([5, 0])
    expect(h.above).toBe(10)
  })
  test('makes even bins from a count, also of a single value', () => {
    expect([...histogram([0, 1, 2, 4], { count: 4 }).counts]).toEqual([1, 1, 1, 1])
    expect([...histogram([5], { count: 2 }).edges]).toEqual([4.5, 5, 5.5])
    expect(errorCode(() => histogram([], { count: 2 }))).toBe('E_ARGUMENT')
    expect(errorCode(() => histogram([1], { count: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => histogram([1, 2], [0, 0]))).toBe('E_AXIS')
  })
  test('loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 40, noNaN: true })), rising(2), (x, edges) => {
        const h = histogram(x, edges)
        expect(h.counts.reduce((s, v) => s + v, 0) + h.below + h.above).toBe(x.length)
        for (const v of x) {
          const bin = findBin(Float64Array.from(edges), v)
          if (bin >= 0 && bin < edges.length - 1) expect(v >= edges[bin]! && v <= edges[bin + 1]!).toBe(true)
        }
      }),
    )
  })
})
