import fc from 'fast-check'
import { loadKernels } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { ALL_FINITE, createSparseProduct } from '../../../src/numeric/sparse/createSparseProduct.js'
import { SparseBuilder } from '../../../src/numeric/sparse/sparseBuilder.js'
import { sparseRows } from '../../../src/numeric/sparse/sparseRows.js'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const kernels = await loadKernels()
const OUTPUTS = 40
/** Entries: input, first output, weights that are whole numbers of 1/256, exact in single precision. */
const entries = fc.array(
  fc.record({
    input: fc.nat(90000),
    first: fc.nat(OUTPUTS - 12),
    weights: fc.array(
      fc.integer({ min: -256, max: 256 }).map(w => w / 256),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  { maxLength: 60 },
)

describe.each([
  ['ts', undefined],
  ['simd', kernels],
])('the sparse product (%s)', (_, twin) => {
  it('is that of the matrix written out, for entries of any widths over any tiles', () => {
    fc.assert(
      fc.property(
        entries,
        fc.constantFrom(Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array),
        (list, Type) => {
          const inputs = 90001
          const builder = new SparseBuilder(inputs, OUTPUTS)
          const values = new Type(inputs)
          const want = new Float64Array(OUTPUTS)
          const wantSquares = new Float64Array(OUTPUTS)
          for (const { input, first, weights } of [...list].sort((a, b) => a.input - b.input)) {
            values[input] = 1 + (input % 50)
            builder.add(input, first, weights.length, Float64Array.from(weights))
            weights.forEach((w, j) => {
              want[first + j]! += w * (1 + (input % 50))
              wantSquares[first + j]! += w * w * (1 + (input % 50))
            })
          }
          const map = builder.finish()
          const [sums, squares] = [new Float64Array(OUTPUTS), new Float64Array(OUTPUTS)]
          const product = createSparseProduct(map, twin)
          expect(product.apply(values, ALL_FINITE, sums)).toBe(0)
          // all numbers are whole parts of 1/65536: sums are exact whatever their order
          expect(sums).toEqual(want)
          product.apply(values, ALL_FINITE, sums, squares)
          expect(sums).toEqual(want)
          expect(squares).toEqual(wantSquares)
          const rows = sparseRows(map)
          for (let o = 0; o < OUTPUTS; o++) {
            let sum = 0
            for (let e = rows.start[o]!; e < rows.start[o + 1]!; e++) sum += rows.weight[e]! * values[rows.input[e]!]!
            expectClose(sum, want[o]!, { atol: 1e-12 })
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('leaves out bad values, and counts those that are in use', () => {
    const builder = new SparseBuilder(5, 2)
    for (const input of [0, 1, 2, 4]) builder.add(input, 0, 2, Float64Array.of(1, 0.5))
    const product = createSparseProduct(builder.finish(), twin)
    const sums = new Float64Array(2)
    const good = { least: 0, most: 100, dummy: 7 }
    expect(product.apply(Float64Array.of(1, 7, Number.NaN, -5, 101), good, sums)).toBe(3)
    expect([...sums]).toEqual([1, 0.5])
    expect(product.apply(Int32Array.of(1, 2, 3, -5, 4), good, sums)).toBe(0)
    expect([...sums]).toEqual([10, 5])
    expect(errorCode(() => product.apply(new Float64Array(6), good, sums))).toBe('E_SHAPE')
  })
})

describe('SparseBuilder', () => {
  it('refuses outputs that are not there, and inputs that have gone by', () => {
    const builder = new SparseBuilder(100000, 10)
    const one = Float64Array.of(1)
    expect(errorCode(() => builder.add(0, 10, 1, one))).toBe('E_RANGE')
    expect(errorCode(() => builder.add(0, -1, 1, one))).toBe('E_RANGE')
    expect(errorCode(() => builder.add(100000, 0, 1, one))).toBe('E_RANGE')
    builder.add(99999, 0, 1, one)
    expect(errorCode(() => builder.add(0, 0, 1, one))).toBe('E_RANGE')
  })
})
