import fc from 'fast-check'
import { correlationMatrix, loadKernels } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/linear/linear.json'

const kernels = await loadKernels()
const twins = [
  { twin: 'TypeScript', options: {}, atol: 1e-14 },
  { twin: 'SIMD kernels', options: { kernels }, atol: 1e-14 },
  { twin: 'SIMD kernels with single-precision products', options: { kernels, precision: 'single' as const }, atol: 1e-6 },
]

function series(rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const i = Math.floor(at / columns)
    const j = at % columns
    return ((31 * j ** 3 + 17 * j * (i + 1) + 101 * i) % 1009) / 1009
  })
}

describe.each(twins)('correlationMatrix in $twin', ({ options, atol }) => {
  it('gives what numpy.corrcoef gives', () => {
    const { rows, columns, corrcoef } = reference
    expectClose(correlationMatrix(series(rows, columns), rows, columns, options), corrcoef, { atol, peer: reference.peer })
  })

  it('does so for any number of rows and columns: pieces, blocks and remainders', () => {
    for (const [rows, columns] of [
      [1, 2],
      [2, 3],
      [3, 5],
      [5, 257],
      [67, 9],
      [70, 1030],
      [6, 9001],
    ] as const) {
      const x = series(rows, columns)
      const got = correlationMatrix(x, rows, columns, options)
      for (let i = 0; i < rows; i += 3) {
        for (let j = 0; j < rows; j++) {
          const a = x.subarray(i * columns, (i + 1) * columns)
          const b = x.subarray(j * columns, (j + 1) * columns)
          expect(Math.abs(got[i * rows + j]! - pearson(a, b))).toBeLessThan(atol)
        }
      }
    }
  })

  it('is symmetric, 1 on the diagonal, within [-1, 1], and blind to scale and offset', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 24, maxLength: 24 }), value, ([...values], offset) => {
        for (let row = 0; row < 4; row++) values[6 * row] = 11 + row
        const got = correlationMatrix(values, 4, 6, options)
        for (let i = 0; i < 4; i++) {
          expect(got[5 * i]).toBe(1)
          for (let j = 0; j < 4; j++) {
            expect(got[4 * i + j]).toBe(got[4 * j + i])
            expect(Math.abs(got[4 * i + j]!)).toBeLessThanOrEqual(1)
          }
        }
        const moved = values.map(v => 3 * v + offset)
        expectClose(correlationMatrix(moved, 4, 6, options), got, { atol: 1e-12 + atol })
      }),
    )
  })

  it('refuses a constant row by default, and marks it on request', () => {
    const x = [1, 2, 3, 0.1, 0.1, 0.1, 3, 2, 2]
    expect(() => correlationMatrix(x, 3, 3, options)).toThrow(/row 1 is constant/)
    const got = correlationMatrix(x, 3, 3, { ...options, constantRows: 'nan' })
    expect([...got].map(Number.isNaN)).toEqual([false, true, false, true, true, true, false, true, false])
  })

  it('knows nothing of the call before, whatever its size', () => {
    const small = series(5, 7)
    const want = correlationMatrix(small, 5, 7, options)
    correlationMatrix(series(70, 1030), 70, 1030, options)
    expect(correlationMatrix(small, 5, 7, options)).toEqual(want)
  })

  it('writes into an array of the caller, whatever was there', () => {
    const out = new Float64Array(25).fill(Number.NaN)
    expect(correlationMatrix(series(5, 7), 5, 7, { ...options, out })).toBe(out)
    expect(out).toEqual(correlationMatrix(series(5, 7), 5, 7, options))
    expect(() => correlationMatrix(series(5, 7), 5, 7, { ...options, out: new Float64Array(24) })).toThrow(/25/)
  })

  it('keeps its input and refuses NaN and wrong shapes', () => {
    const x = series(4, 9)
    const kept = x.slice()
    correlationMatrix(x, 4, 9, options)
    expect(x).toEqual(kept)
    expect(() => correlationMatrix(x, 4, 8, options)).toThrow(/32 values expected/)
    expect(() => correlationMatrix([1], 1, 1, options)).toThrow(/at least 2 points/)
    expect(() => correlationMatrix([1, Number.NaN], 1, 2, options)).toThrow(/data\[1\] is NaN/)
    expect(() => correlationMatrix([1, 2, 3, 1, Infinity, 2], 2, 3, options)).toThrow(/data\[4\] is Infinity/)
  })
})

function pearson(a: Float64Array, b: Float64Array): number {
  const n = a.length
  const ma = a.reduce((s, v) => s + v, 0) / n
  const mb = b.reduce((s, v) => s + v, 0) / n
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - ma) * (b[i]! - mb)
    aa += (a[i]! - ma) ** 2
    bb += (b[i]! - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}
