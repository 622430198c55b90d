import { bsplineBasis, bsplineSpan } from '../../../numeric/interpolate/bspline.js'
import { choleskySolve } from '../../../numeric/linear/solve.js'

const DEGREE = 3
/** Bends of the spline where no frame says anything cost so little that they matter nowhere else; part of the mean diagonal. */
const RIDGE = 1e-9

/** What a frame says of a cell: its free numbers and their covariance, k x k. */
export interface CellEstimate {
  /** The coordinate of the frame. */
  readonly at: number
  /** k numbers. */
  readonly values: Float64Array
  /** Row-major k x k. */
  readonly covariance: Float64Array
}

/** Cell numbers as cubic splines of a coordinate. */
export interface CellSplines {
  /** Coefficients, k numbers each. */
  readonly parameters: number
  /** Values and covariance (k x k) at a coordinate; outside the frames those of the nearest end. */
  at(x: number): { readonly values: Float64Array; readonly covariance: Float64Array }
}

/**
 * Splines through the cells of all frames at once, by generalised least squares. Near its optimum chi-square of a frame is a parabola in its cell, with the covariance's inverse as curvature, all that varies in the frame
 * by itself eliminated; so the sum over frames is that of one refinement of the whole series, and its cost grows with the number of frames, not with its square.
 * @param estimates What the frames say, four or more.
 * @param k         Free numbers of the cell.
 * @param pieces    Pieces of each spline.
 */
export function splineOfCells(estimates: readonly CellEstimate[], k: number, pieces: number): CellSplines {
  const [low, high] = [Math.min(...estimates.map(own => own.at)), Math.max(...estimates.map(own => own.at))]
  const count = Math.max(1, Math.min(pieces, Math.floor(estimates.length / 2) - DEGREE))
  const m = count + DEGREE
  const knots = Float64Array.from(
    { length: m + DEGREE + 1 },
    (_, i) => low + ((high - low) * Math.min(count, Math.max(0, i - DEGREE))) / count,
  )
  const basis = new Float64Array(DEGREE + 1)
  const first = (x: number): number => {
    const inside = Math.min(high, Math.max(low, x))
    const span = bsplineSpan(knots, DEGREE, inside)
    bsplineBasis(knots, DEGREE, span, inside, basis)
    return span - DEGREE
  }
  const size = m * k
  const matrix = new Float64Array(size * size)
  const rhs = new Float64Array(size)
  const identity = Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0))
  for (const { at, values, covariance } of estimates) {
    const information = choleskySolve(covariance, k, identity, k)
    const start = first(at)
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) {
        const w = information[a * k + b]!
        for (let r = 0; r <= DEGREE; r++) {
          const row = (start + r) * k + a
          rhs[row]! += basis[r]! * w * values[b]!
          for (let s = 0; s <= DEGREE; s++) matrix[row * size + (start + s) * k + b]! += basis[r]! * basis[s]! * w
        }
      }
    }
  }
  for (let a = 0; a < k; a++) {
    let mean = 0
    for (let i = 0; i < m; i++) mean += matrix[(i * k + a) * size + i * k + a]! / m
    for (let i = 1; i < m - 1; i++) {
      const bend = [-1, 2, -1]
      for (let r = 0; r < 3; r++)
        for (let s = 0; s < 3; s++)
          matrix[((i - 1 + r) * k + a) * size + (i - 1 + s) * k + a]! += RIDGE * mean * bend[r]! * bend[s]!
    }
  }
  const unit = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0))
  const inverse = choleskySolve(matrix, size, unit, size)
  const coefficients = new Float64Array(size)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) coefficients[i]! += inverse[i * size + j]! * rhs[j]!
  return {
    parameters: size,
    at(x) {
      const start = first(x)
      const [values, covariance] = [new Float64Array(k), new Float64Array(k * k)]
      for (let a = 0; a < k; a++) {
        for (let r = 0; r <= DEGREE; r++) {
          const row = (start + r) * k + a
          values[a]! += basis[r]! * coefficients[row]!
          for (let b = 0; b < k; b++)
            for (let s = 0; s <= DEGREE; s++)
              covariance[a * k + b]! += basis[r]! * basis[s]! * inverse[row * size + (start + s) * k + b]!
        }
      }
      return { values, covariance }
    },
  }
}
