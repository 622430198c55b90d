import { createNormalEquations, loadKernels, scaleColumns } from 'operando/numeric'
import { describe, expect, it } from 'vitest'

const kernels = await loadKernels()

describe('scaleColumns', () => {
  it('multiplies each column by the factors, to the same bits on a kernel, and leaves what follows', () => {
    for (const n of [1, 2, 7, 2000, 9001]) {
      const factors = Float64Array.from({ length: n }, (_, i) => Math.cos(i))
      const x = Float64Array.from({ length: 7 * n }, (_, i) => Math.sin(i * i))
      const want = x.map((v, i) => (i < 6 * n ? v * factors[i % n]! : v))
      const { jacobian } = createNormalEquations(n, 7, { kernels })
      jacobian.set(x)
      scaleColumns(jacobian, 6, factors)
      expect(jacobian).toEqual(want)
      scaleColumns(x, 6, factors)
      expect(x).toEqual(want)
    }
  })

  it('refuses a matrix with too few columns', () => {
    expect(() => scaleColumns(new Float64Array(5), 2, new Float64Array(3))).toThrow(/2 columns of 3 values expected, 5/)
  })
})
