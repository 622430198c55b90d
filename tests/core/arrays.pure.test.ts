import { asFloat64, assertRising, isOperandoError, OperandoError, toErrorRecord } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../errorCode.js'

describe('asFloat64', () => {
  it('returns a Float64Array as it is and copies everything else', () => {
    const own = Float64Array.of(1, 2)
    expect(asFloat64(own, 'x')).toBe(own)
    expect(asFloat64([1, 2], 'x')).toEqual(own)
    expect(asFloat64(Int16Array.of(1, 2), 'x')).toEqual(own)
  })

  it('reads a transposed, offset view in row-major order', () => {
    // 2 x 3 array stored column-major behind one stray element
    const view = { data: [9, 1, 4, 2, 5, 3, 6], shape: [2, 3], stride: [1, 2], offset: 1 }
    expect([...asFloat64(view, 'x')]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('refuses NaN, infinities, wrong lengths and things that are no numbers, and names the place', () => {
    expect(errorCode(() => asFloat64([1, Number.NaN], 'mu'))).toBe('E_NAN')
    expect(errorCode(() => asFloat64([1, Infinity], 'mu', { allowNaN: true }))).toBe('E_NAN')
    expect(errorCode(() => asFloat64([1], 'mu', { length: 2 }))).toBe('E_SHAPE')
    expect(errorCode(() => asFloat64(null as never, 'mu'))).toBe('E_ARGUMENT')
    expect(() => asFloat64([1, Number.NaN], 'mu')).toThrow('mu[1] is NaN')
  })

  it('takes null for NaN, as JSON writes it, never for 0', () => {
    expect(errorCode(() => asFloat64([1, null, 3] as unknown as number[], 'q'))).toBe('E_NAN')
    expect(asFloat64(JSON.parse(JSON.stringify([1, Number.NaN])), 'q', { allowNaN: true })).toEqual(
      Float64Array.of(1, Number.NaN),
    )
  })

  it('refuses what only looks like numbers', () => {
    for (const x of [['1', '2'], [[1], [2]], [true], [1n], BigInt64Array.of(1n), { length: -1 }, { length: 1e12 }]) {
      expect(errorCode(() => asFloat64(x as unknown as number[], 'q'))).toBe('E_ARGUMENT')
    }
  })

  it('refuses a view that reaches beyond its data', () => {
    const view = { data: Float64Array.of(1, 2, 3, 4), shape: [3], stride: [2], offset: 0 }
    expect(errorCode(() => asFloat64(view, 'q', { allowNaN: true }))).toBe('E_SHAPE')
    expect(asFloat64({ ...view, shape: [2, 2], stride: [-2, -1], offset: 3 }, 'q')).toEqual(Float64Array.of(4, 3, 2, 1))
  })
})

describe('assertRising', () => {
  it('names the first point that does not rise', () => {
    expect(() => assertRising(Float64Array.of(1, 2, 2), 'q')).toThrow('q[2] = 2 follows 2')
  })
})

describe('isOperandoError', () => {
  it('recognises errors of another copy of the library and records that crossed postMessage', () => {
    const record = structuredClone(toErrorRecord(new OperandoError('E_UNIT', 'no such unit')))
    expect(isOperandoError(record, 'E_UNIT')).toBe(true)
    expect(isOperandoError(record, 'E_AXIS')).toBe(false)
    expect(isOperandoError(new Error('other'))).toBe(false)
  })
})
