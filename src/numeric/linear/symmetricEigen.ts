import { EigenvalueDecomposition } from 'ml-matrix'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { columnSigns, matrixOf, valuesOf } from './matrixOf.js'

/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** Eigenvalues, rising, as numpy.linalg.eigh has them. */
  readonly values: Float64Array
  /** Eigenvectors of unit length as columns, row-major n x n. In each the element of largest magnitude is positive. */
  readonly vectors: Float64Array
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, as a covariance.
 *
 * @param a Row-major n x n, symmetric to 1e-10 of its largest element.
 * @param n >= 1.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`, `E_ARGUMENT` when it is not symmetric.
 * @example
 * ```ts
 * import { symmetricEigen } from 'operando/numeric'
 * symmetricEigen([2, 1, 1, 2], 2).values // [1, 3]
 * ```
 */
export function symmetricEigen(a: NumbersLike, n: number): SymmetricEigen {
  const matrix = matrixOf(a, n, n)
  const largest = Math.max(Math.abs(matrix.max()), Math.abs(matrix.min()))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(matrix.get(i, j) - matrix.get(j, i)) <= 1e-10 * largest) continue
      throw new OperandoError(
        'E_ARGUMENT',
        `a[${i}, ${j}] is ${matrix.get(i, j)}, a[${j}, ${i}] is ${matrix.get(j, i)}: a symmetric matrix expected.`,
        { details: { row: i, column: j } },
      )
    }
  }
  // the algorithm squares elements: a power of two keeps these in range and costs no digit
  const scale = largest > 0 ? 2 ** Math.max(-1022, Math.min(1022, Math.floor(Math.log2(largest)))) : 1
  const found = new EigenvalueDecomposition(matrix.div(scale), { assumeSymmetric: true })
  const order = found.realEigenvalues.map((_, i) => i).sort((i, j) => found.realEigenvalues[i]! - found.realEigenvalues[j]!)
  const vectors = found.eigenvectorMatrix.subMatrixColumn(order)
  return {
    values: Float64Array.from(order, i => found.realEigenvalues[i]! * scale),
    vectors: valuesOf(vectors, columnSigns(vectors)),
  }
}
