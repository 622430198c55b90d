import { fftFrequencies, fftShift, ifftShift, realFftFrequencies } from 'operando/numeric'
import { describe, expect, it } from 'vitest'

describe('fftShift, ifftShift', () => {
  it('puts frequency zero at index floor(n / 2), as numpy does', () => {
    expect([...fftShift(fftFrequencies(5, 0.2), [5])]).toEqual([-2, -1, 0, 1, 2])
    expect([...fftShift(fftFrequencies(4, 0.25), [4])]).toEqual([-2, -1, 0, 1])
  })

  it('shifts every axis, and complex values as pairs', () => {
    expect([...fftShift(Float64Array.of(0, 1, 2, 3, 4, 5), [2, 3])]).toEqual([5, 3, 4, 2, 0, 1])
    expect([...fftShift(Float32Array.of(0, 0.5, 1, 1.5, 2, 2.5), [3], { components: 2 })]).toEqual([2, 2.5, 0, 0.5, 1, 1.5])
  })

  it('undo each other for even and odd lengths, without touching the input', () => {
    for (const shape of [[1], [2], [7], [3, 4], [2, 3, 5]]) {
      const x = Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i)
      const kept = x.slice()
      expect(ifftShift(fftShift(x, shape), shape)).toEqual(kept)
      expect(fftShift(ifftShift(x, shape), shape)).toEqual(kept)
      expect(x).toEqual(kept)
    }
  })

  it('refuses a shape that does not fit', () => {
    expect(() => fftShift(new Float64Array(6), [4])).toThrow(/needs 4 values, 6 found/)
    expect(() => fftShift(new Float64Array(6), [2, 3], { components: 2 })).toThrow(/needs 12 values/)
  })
})

describe('fftFrequencies, realFftFrequencies', () => {
  it('are those of numpy: cycles per unit, negative ones behind', () => {
    expect([...fftFrequencies(6, 0.5)]).toEqual([0, 1 / 3, 2 / 3, -1, -2 / 3, -1 / 3])
    expect([...fftFrequencies(1)]).toEqual([0])
    expect([...realFftFrequencies(6, 0.5)]).toEqual([0, 1 / 3, 2 / 3, 1])
    expect([...realFftFrequencies(5, 0.2)]).toEqual([0, 1, 2])
  })

  it('refuse a step that is none', () => {
    expect(() => fftFrequencies(4, 0)).toThrow(/step: a positive number/)
    expect(() => realFftFrequencies(4, Number.NaN)).toThrow(/step: a positive number/)
  })
})
