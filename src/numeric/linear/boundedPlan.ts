import type { FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { createActiveSet } from './activeSet.js'
import { createOrthogonalBasis } from './orthogonalBasis.js'
import { weightsOf } from './weightsOf.js'

/** Result of a linear least-squares problem with bounds. */
export interface BoundedSolution {
  /** The solution, n values, never outside its bounds, not by a rounding. */
  readonly x: Float64Array
  /**
   * Gradient A^T (A x - b) / sigma², n values: the Lagrange multipliers of the bounds. At the optimum 0 (to rounding) where x is inside, >= 0 at a lower
   * bound, <= 0 at an upper one: how much the fit would pay for each unit of trespass.
   */
  readonly dual: Float64Array
  /** Where each value ends: -1 at its lower bound, 1 at its upper one, 0 inside. A column of zeros stays where it began. */
  readonly state: Int8Array
  /** Length of (A x - b) / sigma. */
  readonly residualNorm: number
  /** Whether the conditions of the optimum hold; false when the limit of iterations came first. */
  readonly converged: boolean
  /** Changes of the active set. */
  readonly iterations: number
}

/** Many right-hand sides at once: row by row. */
export interface BoundedSolutions {
  /** count x n values: the solution of each frame. */
  readonly x: Float64Array
  /** Length of (A x - b) / sigma of each frame. */
  readonly residualNorm: Float64Array
  /** 1 where the frame converged. */
  readonly converged: Uint8Array
}

/** A linear problem with bounds and its factorisation, for many right-hand sides. */
export interface BoundedPlan {
  /** Rows of A: values of a right-hand side. */
  readonly rows: number
  /** Columns of A: values of a solution. */
  readonly columns: number
  /** Columns of A that are independent, to rounding. Where fewer than all, solutions are not unique; a basic one (few values inside) is found. */
  readonly rank: number
  /**
   * Solves for one right-hand side.
   * @param b `rows` values.
   * @throws OperandoError `E_SHAPE`, `E_NAN`.
   */
  solve(b: NumbersLike): BoundedSolution
  /**
   * Solves for many, as the frames of a series.
   * @param frames count x `rows` values, frame by frame.
   * @throws OperandoError `E_SHAPE` when the length is no multiple of `rows`, `E_NAN`.
   */
  solveAll(frames: NumbersLike): BoundedSolutions
}

/** Options of linear problems with bounds. */
export interface BoundedOptions {
  /** Standard uncertainties of the values of b, > 0: one for all, or one each. Default 1. */
  readonly sigma?: NumbersLike | number | undefined
  /** Limit of changes of the active set for one right-hand side. Default 10 n + 30; some n are usual. */
  readonly maxIterations?: number | undefined
}

/** Their names, for `assertKnown`. */
export const BOUNDED_FIELDS: FieldsOf<BoundedOptions> = { sigma: true, maxIterations: true }

/**
 * Reduces A to the triangle that all right-hand sides share.
 * @param a       Row-major rows x columns.
 * @param rows    m.
 * @param columns n.
 * @param lower   n lower bounds.
 * @param upper   n upper bounds.
 * @param options Uncertainties, limit.
 */
export function createBoundedPlan(
  a: NumbersLike,
  rows: number,
  columns: number,
  lower: Float64Array,
  upper: Float64Array,
  { sigma, maxIterations = 10 * columns + 30 }: BoundedOptions = {},
): BoundedPlan {
  const matrix = asFloat64(a, 'a', { length: rows * columns })
  const weights = weightsOf(sigma, rows)
  // columns of unit length, so that tolerances have one meaning
  const byColumn = new Float64Array(rows * columns)
  const norms = new Float64Array(columns)
  for (let j = 0; j < columns; j++) {
    const column = byColumn.subarray(j * rows, (j + 1) * rows)
    for (let i = 0; i < rows; i++) column[i] = matrix[i * columns + j]! * weights[i]!
    norms[j] = normalize(column)
  }
  const tolerance = 10 * Math.sqrt(Math.max(rows, columns)) * Number.EPSILON
  const basis = createOrthogonalBasis(rows, columns)
  for (let j = 0; j < columns; j++) if (norms[j]! > 0) basis.append(byColumn, j * rows, tolerance)
  const rank = basis.count
  const reduced = new Float64Array(rank * columns)
  const rotated = new Float64Array(rows)
  for (let j = 0; j < columns; j++) {
    rotated.set(byColumn.subarray(j * rows, (j + 1) * rows))
    basis.rotate(rotated)
    reduced.set(rotated.subarray(0, rank), j * rank)
  }
  const activeSet = createActiveSet(
    reduced,
    rank,
    columns,
    lower.map((v, j) => (norms[j]! > 0 ? v * norms[j]! : v)),
    upper.map((v, j) => (norms[j]! > 0 ? v * norms[j]! : v)),
    tolerance,
    maxIterations,
  )

  /** Solves for the values at `at`; the solution lies in `activeSet.x`, scaled. Returns the length of the residual. */
  const run = (b: Float64Array, at: number): number => {
    let size = 0
    for (let i = 0; i < rows; i++) {
      rotated[i] = b[at + i]! * weights[i]!
      size += rotated[i]! * rotated[i]!
    }
    basis.rotate(rotated)
    let square = 0
    for (let i = rank; i < rows; i++) square += rotated[i]! * rotated[i]!
    return Math.sqrt(square + activeSet.solve(rotated, Math.sqrt(size)))
  }

  /** x in the caller's scale, exactly at the bound where it is there. */
  const put = (out: Float64Array, at: number): void => {
    for (let j = 0; j < columns; j++) {
      const state = activeSet.state[j]!
      const value = norms[j]! > 0 ? activeSet.x[j]! / norms[j]! : activeSet.x[j]!
      out[at + j] = state < 0 ? lower[j]! : state > 0 ? upper[j]! : Math.min(Math.max(value, lower[j]!), upper[j]!)
    }
  }

  return {
    rows,
    columns,
    rank,
    solve(b): BoundedSolution {
      const residualNorm = run(asFloat64(b, 'b', { length: rows }), 0)
      const x = new Float64Array(columns)
      put(x, 0)
      const dual = activeSet.gradient.map((g, j) => g * norms[j]!)
      const { converged, iterations } = activeSet
      return { x, dual, state: activeSet.state.slice(), residualNorm, converged, iterations }
    },
    solveAll(frames): BoundedSolutions {
      const values = asFloat64(frames, 'frames')
      const count = values.length / rows
      if (!Number.isInteger(count)) {
        throw new OperandoError('E_SHAPE', `frames: a multiple of ${rows} values expected, ${values.length} found.`, {
          details: { rows, found: values.length },
        })
      }
      const x = new Float64Array(count * columns)
      const residualNorm = new Float64Array(count)
      const converged = new Uint8Array(count)
      for (let frame = 0; frame < count; frame++) {
        residualNorm[frame] = run(values, frame * rows)
        converged[frame] = Number(activeSet.converged)
        put(x, frame * columns)
      }
      return { x, residualNorm, converged }
    },
  }
}

/** Divides a column by its length, which it returns; 0 for a column of zeros. */
function normalize(column: Float64Array): number {
  let largest = 0
  for (let i = 0; i < column.length; i++) largest = Math.max(largest, Math.abs(column[i]!))
  if (largest === 0) return 0
  let square = 0
  for (let i = 0; i < column.length; i++) square += (column[i]! / largest) ** 2
  const length = largest * Math.sqrt(square)
  for (let i = 0; i < column.length; i++) column[i]! /= length
  return length
}
