import { LuDecomposition, Matrix } from 'ml-matrix'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { checkShape } from './checkShape.js'
import { choleskyFactor } from './cholesky.js'
import { solveUpper, solveUpperTransposed } from './householder.js'
import { matrixOf, valuesOf } from './matrixOf.js'

/** Largest sum of magnitudes of a column. */
function norm1(matrix: Matrix): number {
  let largest = 0
  for (let j = 0; j < matrix.columns; j++) {
    let sum = 0
    for (let i = 0; i < matrix.rows; i++) sum += Math.abs(matrix.get(i, j))
    largest = Math.max(largest, sum)
  }
  return largest
}

function singular(n: number, condition: number): OperandoError {
  return new OperandoError(
    'E_SINGULAR',
    `The ${n} x ${n} matrix is singular: its condition is ${condition > 1e300 ? 'infinite' : condition.toExponential(1)}, 4.5e15 is the most that double precision can tell. ` +
      'Drop equations that depend on others, or use pseudoInverse or linearLeastSquares.',
    { details: { condition: Math.min(condition, Number.MAX_VALUE) } },
  )
}

/**
 * Solves A x = b for a square matrix by LU decomposition with partial pivoting. The condition is computed, not guessed, so that garbage is not
 * returned: that doubles the work; meant for up to some hundreds of unknowns.
 *
 * @param a     Row-major n x n.
 * @param n     >= 1.
 * @param b     Right-hand sides, row-major n x count.
 * @param count Right-hand sides. Default 1.
 * @returns Row-major n x count.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`; `E_SINGULAR` for a condition (1-norm) above 1 / epsilon.
 * @example
 * ```ts
 * import { solve } from 'operando/numeric'
 * solve([2, 1, 1, 3], 2, [3, 5]) // [0.8, 1.4]
 * ```
 */
export function solve(a: NumbersLike, n: number, b: NumbersLike, count: number = 1): Float64Array {
  const matrix = matrixOf(a, n, n)
  const right = matrixOf(b, n, count, 'b')
  const lu = new LuDecomposition(matrix)
  if (lu.isSingular()) throw singular(n, Infinity)
  const condition = norm1(matrix) * norm1(lu.solve(Matrix.eye(n, n)))
  if (!(condition < 1 / Number.EPSILON)) throw singular(n, condition)
  return valuesOf(lu.solve(right))
}

/**
 * Solves A x = b for a symmetric positive definite matrix by Cholesky's decomposition: half the work of `solve`, and a test of definiteness.
 *
 * @param a     Row-major n x n; its upper triangle is read.
 * @param n     >= 1.
 * @param b     Right-hand sides, row-major n x count.
 * @param count Right-hand sides. Default 1.
 * @returns Row-major n x count.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`; `E_SINGULAR` when it is not positive definite, to rounding.
 * @example
 * ```ts
 * import { choleskySolve } from 'operando/numeric'
 * choleskySolve([4, 2, 2, 3], 2, [8, 7]) // [1.25, 1.5]
 * ```
 */
export function choleskySolve(a: NumbersLike, n: number, b: NumbersLike, count: number = 1): Float64Array {
  checkShape(n, count)
  const matrix = asFloat64(a, 'a', { length: n * n })
  const right = asFloat64(b, 'b', { length: n * count })
  const factor = new Float64Array(n * n)
  const pivot = choleskyFactor(matrix, n, n, factor)
  if (!(pivot > n * Number.EPSILON)) {
    throw new OperandoError(
      'E_SINGULAR',
      `The ${n} x ${n} matrix is not positive definite: its smallest scaled pivot is ${pivot}. Use solve for a matrix that is not.`,
      { details: { pivot } },
    )
  }
  const out = new Float64Array(n * count)
  const column = new Float64Array(n)
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < n; i++) column[i] = right[i * count + k]!
    solveUpperTransposed(factor, n, n, column)
    solveUpper(factor, n, n, column)
    for (let i = 0; i < n; i++) out[i * count + k] = column[i]!
  }
  return out
}
