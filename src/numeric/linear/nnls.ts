import { assertKnown } from '../../core/fields.js'
import type { NumbersLike } from '../../core/index.js'
import { BOUNDED_FIELDS, type BoundedOptions, type BoundedPlan, type BoundedSolution, createBoundedPlan } from './boundedPlan.js'
import { checkShape } from './checkShape.js'

/**
 * Prepares non-negative least squares with one matrix for many right-hand sides: the frames of a series against the same references. A is
 * factorised once (QR), so that a frame costs little more than its projections on the references; no digits are lost to A^T A.
 *
 * @param a       Row-major rows x columns: a column is a reference.
 * @param rows    m, >= 1; may be smaller than n.
 * @param columns n, >= 1.
 * @param options Uncertainties of the rows, limit of iterations.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for input that makes no sense, naming it.
 * @see Lawson & Hanson, Solving Least Squares Problems (1974) ch. 23
 * @example
 * ```ts
 * import { createNnls } from 'operando/numeric'
 * const references = [1, 0, 0.5, 0.5, 0, 1] // 3 points of 2 spectra
 * const plan = createNnls(references, 3, 2)
 * const { x } = plan.solveAll([0.7, 0.5, 0.3, 0.2, 0.5, 0.8]) // two frames
 * console.log(x) // 0.7, 0.3, 0.2, 0.8
 * ```
 */
export function createNnls(a: NumbersLike, rows: number, columns: number, options: BoundedOptions = {}): BoundedPlan {
  assertKnown(options, 'createNnls options', BOUNDED_FIELDS)
  checkShape(rows, columns)
  return createBoundedPlan(a, rows, columns, new Float64Array(columns), new Float64Array(columns).fill(Infinity), options)
}

/**
 * Non-negative least squares: x >= 0 that makes |(A x - b) / sigma| smallest, by the active set method of Lawson and Hanson on the QR factor of
 * A. Unlike fractions that are clipped afterwards this is the optimum, and `dual` proves it.
 *
 * @param a       Row-major rows x columns.
 * @param rows    m, >= 1.
 * @param columns n, >= 1.
 * @param b       m values.
 * @param options Uncertainties, limit of iterations.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for input that makes no sense, naming it.
 * @see Lawson & Hanson, Solving Least Squares Problems (1974) ch. 23
 * @example
 * ```ts
 * import { nnls } from 'operando/numeric'
 * const { x, dual } = nnls([1, 0, 0, 1], 2, 2, [2, -1])
 * console.log(x, dual) // [2, 0], [0, 1]
 * ```
 */
export function nnls(
  a: NumbersLike,
  rows: number,
  columns: number,
  b: NumbersLike,
  options: BoundedOptions = {},
): BoundedSolution {
  assertKnown(options, 'nnls options', BOUNDED_FIELDS)
  return createNnls(a, rows, columns, options).solve(b)
}
