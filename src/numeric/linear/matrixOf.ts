import { Matrix } from 'ml-matrix'
import { asFloat64, type NumbersLike } from '../../core/index.js'
import { checkShape } from './checkShape.js'

/**
 * A row-major array as a matrix of ml-matrix, copied.
 * @param a       rows x columns values.
 * @param rows    >= 1.
 * @param columns >= 1.
 * @param name    What the caller calls it.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`.
 */
export function matrixOf(a: NumbersLike, rows: number, columns: number, name: string = 'a'): Matrix {
  checkShape(rows, columns)
  return Matrix.from1DArray(rows, columns, asFloat64(a, name, { length: rows * columns }))
}

/** The row-major values of a matrix, each column times its sign if there are signs. */
export function valuesOf(matrix: Matrix, signs?: ArrayLike<number>): Float64Array {
  const { rows, columns } = matrix
  const out = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[i * columns + j] = matrix.get(i, j) * (signs ? signs[j]! : 1)
  return out
}

/** 1 or -1 for each column: what makes its element of largest magnitude positive (the first of several equal ones). */
export function columnSigns(matrix: Matrix): Float64Array {
  const signs = new Float64Array(matrix.columns).fill(1)
  for (let j = 0; j < matrix.columns; j++) {
    let largest = 0
    for (let i = 0; i < matrix.rows; i++) {
      const value = matrix.get(i, j)
      // neighbours that are equal but for rounding count as equal
      if (Math.abs(value) <= largest * (1 + 1e-9)) continue
      largest = Math.abs(value)
      signs[j] = value < 0 ? -1 : 1
    }
  }
  return signs
}
