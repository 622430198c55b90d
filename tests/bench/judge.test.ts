import { describe, expect, it } from 'vitest'
import { faultsOf, limitOf, type RatioFile } from '../../bench/harness/judge.js'

const stored: RatioFile = {
  small: { date: '2026-01-31', node: 'v20.20.2', ratios: { fft: 4, rebin: 10 } },
  large: { date: '2026-02-28', node: 'v22.1.0', ratios: { fft: 3 } },
}

describe('limitOf', () => {
  it('is 1.25 times what this CPU model reached', () => {
    expect(limitOf(stored, 'small', 'fft')).toBe(5)
    expect(limitOf(stored, 'large', 'fft')).toBe(3.75)
  })

  it('is 1.6 times the largest of others where this CPU model has none', () => {
    expect(limitOf(stored, 'unknown', 'fft')).toBeCloseTo(6.4)
    expect(limitOf(stored, 'large', 'rebin')).toBe(16)
  })

  it('is infinite for a bench that is stored nowhere', () => {
    expect(limitOf(stored, 'small', 'new')).toBe(Infinity)
  })
})

describe('faultsOf', () => {
  it('lets pass what is within its limit and collects nothing', () => {
    expect(faultsOf({ name: 'fft', ratio: 5, collections: 0, bufferBytes: 0 }, 5)).toEqual([])
  })

  it('names the kernel that became slower, with both numbers', () => {
    expect(faultsOf({ name: 'fft', ratio: 6, collections: 0, bufferBytes: 0 }, 5)).toEqual([
      'fft: ratio 6.000, at most 5.000 was expected',
    ])
    expect(faultsOf({ name: 'fft', ratio: Number.NaN, collections: 0, bufferBytes: 0 }, 5)).toHaveLength(1)
  })

  it('forgives collections only where something must be allocated', () => {
    expect(faultsOf({ name: 'fft', ratio: 1, collections: 2, bufferBytes: 0 }, 5)[0]).toMatch(/2 garbage collections/)
    expect(faultsOf({ name: 'fit', ratio: 1, collections: 2, bufferBytes: 1e5, allocates: 'the result' }, 5)).toEqual([])
  })

  it('finds out arrays that are made at each call', () => {
    expect(faultsOf({ name: 'fft', ratio: 1, collections: 0, bufferBytes: 16384 }, 5)[0]).toMatch(/16384 bytes of arrays a call/)
  })

  it('asks for a stored ratio where there is none', () => {
    expect(faultsOf({ name: 'new', ratio: 1, collections: 0, bufferBytes: 0 }, Infinity)[0]).toMatch(/npm run bench -- --update/)
  })
})
