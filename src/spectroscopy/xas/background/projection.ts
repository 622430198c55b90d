import { OperandoError } from '../../../core/errors.js'

/** The solution of a linear least-squares problem for any right-hand side. */
export interface Projection {
  /** The pseudo-inverse, columns x rows, row-major. */
  readonly inverse: Float64Array
  /** (A^T A)^-1, columns x columns. */
  readonly covariance: Float64Array
}

/**
 * Pseudo-inverse of a tall matrix of full rank, by Gram-Schmidt done twice (as good as Householder's reflections, and Q is at hand).
 * @param a       Columns one after another, `rows` values each.
 * @param rows    At least `columns`.
 * @param columns Columns.
 * @throws OperandoError `E_SINGULAR` when columns depend on each other.
 */
export function projectionOf(a: Float64Array, rows: number, columns: number): Projection {
  const q = a.slice()
  const r = new Float64Array(columns * columns)
  for (let j = 0; j < columns; j++) {
    const column = q.subarray(j * rows, (j + 1) * rows)
    const before = norm(column)
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        let share = 0
        for (let t = 0; t < rows; t++) share += q[i * rows + t]! * column[t]!
        r[i * columns + j]! += share
        for (let t = 0; t < rows; t++) column[t]! -= share * q[i * rows + t]!
      }
    }
    const length = norm(column)
    if (!(length > 1e-13 * before))
      throw new OperandoError(
        'E_SINGULAR',
        `autobk: spline coefficient ${j} is not told by the data below rbkg. Lower nknots, or raise rbkg.`,
      )
    r[j * columns + j] = length
    for (let t = 0; t < rows; t++) column[t]! /= length
  }
  // R X = Q^T from below; and R^-1, whose product with its transpose is the covariance
  const inverse = new Float64Array(columns * rows)
  const upper = new Float64Array(columns * columns)
  for (let i = columns - 1; i >= 0; i--) {
    const pivot = r[i * columns + i]!
    for (let t = 0; t < rows; t++) {
      let sum = q[i * rows + t]!
      for (let j = i + 1; j < columns; j++) sum -= r[i * columns + j]! * inverse[j * rows + t]!
      inverse[i * rows + t] = sum / pivot
    }
    for (let t = 0; t < columns; t++) {
      let sum = t === i ? 1 : 0
      for (let j = i + 1; j < columns; j++) sum -= r[i * columns + j]! * upper[j * columns + t]!
      upper[i * columns + t] = sum / pivot
    }
  }
  const covariance = new Float64Array(columns * columns)
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let t = 0; t < columns; t++) sum += upper[i * columns + t]! * upper[j * columns + t]!
      covariance[i * columns + j] = sum
    }
  }
  return { inverse, covariance }
}

function norm(v: Float64Array): number {
  let sum = 0
  for (const x of v) sum += x * x
  return Math.sqrt(sum)
}
