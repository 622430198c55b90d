import { QrDecomposition } from 'ml-matrix'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { matrixOf, valuesOf } from './matrixOf.js'

/** A = Q R. */
export interface Qr {
  /** Orthonormal columns, row-major rows x columns. */
  readonly q: Float64Array
  /** Upper triangle with a diagonal >= 0, row-major columns x columns. */
  readonly r: Float64Array
}

/**
 * QR decomposition by Householder reflections, thin form. The diagonal of R is made >= 0, so that it is unique for a matrix of full rank (numpy's
 * may have other signs).
 *
 * @param a       Row-major rows x columns.
 * @param rows    >= columns.
 * @param columns >= 1.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for more columns than rows.
 * @example
 * ```ts
 * import { qr } from 'operando/numeric'
 * qr([3, 4], 2, 1) // q [0.6, 0.8], r [5]
 * ```
 */
export function qr(a: NumbersLike, rows: number, columns: number): Qr {
  const matrix = matrixOf(a, rows, columns)
  if (rows < columns) {
    throw new OperandoError('E_RANGE', `rows: as many rows as columns (${columns}) or more expected, found ${rows}.`, {
      details: { rows, columns },
    })
  }
  const found = new QrDecomposition(matrix)
  const upper = found.upperTriangularMatrix
  const signs = Float64Array.from({ length: columns }, (_, i) => (upper.get(i, i) < 0 ? -1 : 1))
  for (let i = 0; i < columns; i++) if (signs[i]! < 0) upper.mulRow(i, -1)
  return { q: valuesOf(found.orthogonalMatrix, signs), r: valuesOf(upper).map(v => v + 0) }
}
