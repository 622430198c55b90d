import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { BOUNDED_FIELDS, type BoundedOptions, type BoundedPlan, type BoundedSolution, createBoundedPlan } from './boundedPlan.js'
import { checkShape } from './checkShape.js'

/** Options of {@link boundedLinearLeastSquares}. */
export interface BoundedLinearOptions extends BoundedOptions {
  /** Lower bounds: one for all, or n; -Infinity for none. Default none. */
  readonly lower?: NumbersLike | number | undefined
  /** Upper bounds: one for all, or n; Infinity for none. Default none. */
  readonly upper?: NumbersLike | number | undefined
}

const OPTIONS: FieldsOf<BoundedLinearOptions> = { ...BOUNDED_FIELDS, lower: true, upper: true }

/**
 * Prepares linear least squares within bounds with one matrix for many right-hand sides: see {@link boundedLinearLeastSquares}.
 *
 * @param a       Row-major rows x columns.
 * @param rows    m, >= 1; may be smaller than n.
 * @param columns n, >= 1.
 * @param options Bounds, uncertainties of the rows, limit of iterations.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for input that makes no sense, naming it.
 * @example
 * ```ts
 * import { createBoundedLinearLeastSquares } from 'operando/numeric'
 * const plan = createBoundedLinearLeastSquares([1, 0, 1, 1, 1, 2], 3, 2, { lower: [-Infinity, 0], upper: [Infinity, 1] })
 * console.log(plan.solve([0, 2, 4]).x) // a line that may rise by 1 at most: [1, 1]
 * ```
 */
export function createBoundedLinearLeastSquares(
  a: NumbersLike,
  rows: number,
  columns: number,
  options: BoundedLinearOptions = {},
): BoundedPlan {
  assertKnown(options, 'createBoundedLinearLeastSquares options', OPTIONS)
  const { lower, upper, ...solving } = options
  checkShape(rows, columns)
  const low = boundsOf(lower ?? -Infinity, columns, 'lower')
  const high = boundsOf(upper ?? Infinity, columns, 'upper')
  for (let j = 0; j < columns; j++) {
    if (low[j]! <= high[j]! && low[j]! < Infinity && high[j]! > -Infinity) continue
    throw new OperandoError('E_RANGE', `Bounds of variable ${j}: lower <= upper expected, found ${low[j]} and ${high[j]}.`, {
      details: { index: j },
    })
  }
  return createBoundedPlan(a, rows, columns, low, high, solving)
}

/**
 * Linear least squares within bounds: lower <= x <= upper that makes |(A x - b) / sigma| smallest, by the active set method for bounded
 * variables. With lower = upper a variable is held.
 *
 * @param a       Row-major rows x columns.
 * @param rows    m, >= 1.
 * @param columns n, >= 1.
 * @param b       m values.
 * @param options Bounds, uncertainties, limit of iterations.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for input that makes no sense, naming it.
 * @see Stark & Parker, Comput. Stat. 10 (1995) 129
 * @example
 * ```ts
 * import { boundedLinearLeastSquares } from 'operando/numeric'
 * const { x, state } = boundedLinearLeastSquares([1, 0, 0, 1], 2, 2, [0.4, 3], { lower: 0, upper: 1 })
 * console.log(x, state) // [0.4, 1], [0, 1]
 * ```
 */
export function boundedLinearLeastSquares(
  a: NumbersLike,
  rows: number,
  columns: number,
  b: NumbersLike,
  options: BoundedLinearOptions = {},
): BoundedSolution {
  assertKnown(options, 'boundedLinearLeastSquares options', OPTIONS)
  return createBoundedLinearLeastSquares(a, rows, columns, options).solve(b)
}

function boundsOf(bounds: NumbersLike | number, n: number, name: string): Float64Array {
  const values = typeof bounds === 'number' ? new Float64Array(n).fill(bounds) : bounds
  return asFloat64(values, name, { length: n, allowInfinite: true })
}
