import { createNormalEquations, loadKernels } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'

const kernels = await loadKernels()
const twins = [
  { twin: 'TypeScript', options: {} },
  { twin: 'SIMD kernels', options: { kernels } },
]

/** Sum of a[i] b[i] with the error of each addition carried along (Neumaier), against which both twins are held. */
function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < a.length; i++) {
    const term = a[i]! * b[i]!
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + lost
}

describe.each(twins)('createNormalEquations in $twin', ({ options }) => {
  it('gives J^T J, J^T r and r^T r of any shape', () => {
    for (const [n, k] of [
      [1, 1],
      [3, 2],
      [7, 3],
      [5, 4],
      [300, 5],
      [1001, 13],
      [257, 66],
    ] as const) {
      const equations = createNormalEquations(n, k, options)
      for (let i = 0; i < n * k; i++) equations.jacobian[i] = Math.sin(i * i)
      for (let i = 0; i < n; i++) equations.residual[i] = Math.cos(3 * i)
      const kept = equations.jacobian.slice()
      equations.update()
      expect(equations.jacobian).toEqual(kept)
      const column = (j: number): Float64Array => kept.subarray(j * n, (j + 1) * n)
      // rounding of a sum of n terms is at most n / 2^53 of |a| |b|, mostly far less
      const length = (a: Float64Array): number => Math.sqrt(dot(a, a))
      const check = (got: number, a: Float64Array, b: Float64Array): void =>
        expectClose(got, dot(a, b), { atol: 2 ** -53 * Math.min(2 + n, 64) * length(a) * length(b) })
      for (let i = 0; i < k; i++) {
        check(equations.gradient[i]!, column(i), equations.residual)
        for (let j = 0; j < k; j++) {
          check(equations.matrix[i * k + j]!, column(i), column(j))
          expect(equations.matrix[i * k + j]).toBe(equations.matrix[j * k + i])
        }
      }
      check(equations.sumOfSquares, equations.residual, equations.residual)
    }
  })

  it('gives the same again after another update in between', () => {
    const equations = createNormalEquations(50, 3, options)
    equations.jacobian.fill(1.5)
    equations.residual.fill(2)
    equations.update()
    const first = equations.matrix.slice()
    equations.jacobian.fill(9)
    equations.update()
    expect(equations.matrix).not.toEqual(first)
    equations.jacobian.fill(1.5)
    equations.update()
    expect(equations.matrix).toEqual(first)
  })

  it('refuses numbers that are no counts', () => {
    expect(() => createNormalEquations(0, 3, options)).toThrow(/points: a whole number/)
    expect(() => createNormalEquations(10, 2.5, options)).toThrow(/parameters: a whole number/)
  })
})
