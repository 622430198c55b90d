import fc from 'fast-check'
import { createNormalEquations, kernelArrays, loadKernels } from 'operando/numeric'
import { type DerivativeColumns, PSEUDO_VOIGT } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'

const kernels = await loadKernels()
const at = (columns: number[], n: number, values: Float64Array): DerivativeColumns => ({
  values,
  area: columns[0]! * n,
  centre: columns[1]! * n,
  shape: Int32Array.of(columns[2]! * n, columns[3]! * n),
  areaFactor: 0.7,
  centreFactor: 1.1,
})

describe('the two twins of the pseudo-Voigt', () => {
  it('differ by rounding only: sums and derivatives of any part of any number of points', () => {
    const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.tuple(fc.nat(), fc.nat()),
        fc.tuple(real(0.1, 1e4), real(-10, 10), real(0.05, 30), real(0, 1)),
        (n, cuts, [area, centre, fwhm, eta]) => {
          const [from, to] = cuts.map(cut => cut % (n + 1)).sort((a, b) => a - b) as [number, number]
          const x = Float64Array.from({ length: n }, (_, i) => 10 * Math.sin(31 * i))
          const shape = Float64Array.of(fwhm, eta)
          const sum = new Float64Array(n).fill(1)
          const plain = new Float64Array(4 * n).fill(1)
          const { jacobian, residual } = createNormalEquations(n, 4, { kernels })
          residual.fill(1)
          jacobian.fill(1)
          PSEUDO_VOIGT.add(x, from, to, area, centre, shape, 0, sum, at([0, 1, 2, 3], n, plain))
          PSEUDO_VOIGT.add(x, from, to, area, centre, shape, 0, residual, at([0, 1, 2, 3], n, jacobian))
          // the largest value is the height, the derivatives are a few times area / fwhm² at most
          const height = area / fwhm
          expectClose(residual, sum, { atol: 4e-15 * (1 + height) })
          expectClose(jacobian, plain, { atol: 1e-14 * (1 + (1 + area) * (1 + 1 / fwhm) ** 2) })
          PSEUDO_VOIGT.add(x, from, to, area, centre, shape, 0, sum, null)
          PSEUDO_VOIGT.add(x, from, to, area, centre, shape, 0, residual, null)
          expectClose(residual, sum, { atol: 8e-15 * (1 + height) })
        },
      ),
    )
  })

  it('have the same exponential to two units in the last place', () => {
    const n = 6001
    const x = Float64Array.from({ length: n }, (_, i) => (i * 4.64) / n)
    const gaussian = Float64Array.of(1, 0)
    const sum = new Float64Array(n)
    const { residual } = createNormalEquations(n, 1, { kernels })
    PSEUDO_VOIGT.add(x, 0, n, 1, 0, gaussian, 0, sum, null)
    PSEUDO_VOIGT.add(x, 0, n, 1, 0, gaussian, 0, residual, null)
    expect(residual).not.toEqual(sum)
    expectClose(residual, sum, { rtol: 2 * Number.EPSILON })
  })

  it('give the same wherever the abscissae lie', () => {
    const n = 6001
    const [near, out] = kernelArrays([n, n], kernels) as [Float64Array, Float64Array]
    for (let i = 0; i < n; i++) near[i] = 0.01 * i
    const shape = Float64Array.of(0.3, 0.6)
    PSEUDO_VOIGT.add(near, 7, 5990, 5, 20, shape, 0, out, null)
    const first = out.slice()
    out.fill(0)
    PSEUDO_VOIGT.add(near.slice(), 7, 5990, 5, 20, shape, 0, out, null)
    expect(out).toEqual(first)
    const [plain] = kernelArrays([n]) as [Float64Array]
    PSEUDO_VOIGT.add(near, 7, 5990, 5, 20, shape, 0, plain, null)
    expectClose(first, plain, { rtol: 1e-14 })
  })

  it('leave alone what is not wanted, and what lies outside the range', () => {
    const n = 5003
    const x = Float64Array.from({ length: n }, (_, i) => 0.01 * i)
    const { jacobian, residual } = createNormalEquations(n, 6, { kernels })
    const columns = at([1, 3, 4, 2], n, jacobian)
    columns.area = -1
    columns.shape[0] = -1
    PSEUDO_VOIGT.add(x, 1001, 4098, 5, 20, Float64Array.of(0.5, 0.5), 0, residual, columns)
    const touched = Array.from({ length: 6 }, (_, c) => jacobian.subarray(c * n, (c + 1) * n).some(v => v !== 0))
    expect(touched).toEqual([false, false, true, true, false, false])
    for (const column of [residual, jacobian.subarray(2 * n, 3 * n), jacobian.subarray(3 * n, 4 * n)]) {
      expect(column.subarray(0, 1001).every(v => v === 0)).toBe(true)
      expect(column.subarray(4098).every(v => v === 0)).toBe(true)
      expect(column[1002]).not.toBe(0)
      expect(column[4097]).not.toBe(0)
    }
  })
})
