import { SingularValueDecomposition } from 'ml-matrix'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { columnSigns, matrixOf, valuesOf } from './matrixOf.js'

/** A = U S V^T in its thin form, k = min(rows, columns). */
export interface Svd {
  /** Left singular vectors as columns, row-major rows x k. In each the element of largest magnitude is positive. */
  readonly u: Float64Array
  /** Singular values, k of them, falling. */
  readonly singularValues: Float64Array
  /** Right singular vectors as columns, row-major columns x k; their signs follow those of `u`. */
  readonly v: Float64Array
  /** Singular values above max(rows, columns) x epsilon x the largest, as numpy.linalg.matrix_rank counts. */
  readonly rank: number
  /** Largest singular value over the smallest; Infinity where that is 0. */
  readonly condition: number
}

/**
 * Singular value decomposition.
 *
 * @param a       Row-major rows x columns.
 * @param rows    >= 1.
 * @param columns >= 1.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`.
 * @see Golub & Van Loan, Matrix Computations; the algorithm is ml-matrix's
 * @example
 * ```ts
 * import { svd } from 'operando/numeric'
 * const { singularValues, rank } = svd([1, 0, 0, 2, 0, 0], 3, 2)
 * console.log(singularValues, rank) // [2, 1], 2
 * ```
 */
export function svd(a: NumbersLike, rows: number, columns: number): Svd {
  const found = new SingularValueDecomposition(matrixOf(a, rows, columns), { autoTranspose: true })
  const k = Math.min(rows, columns)
  const left = found.leftSingularVectors.subMatrix(0, rows - 1, 0, k - 1)
  const right = found.rightSingularVectors.subMatrix(0, columns - 1, 0, k - 1)
  const singularValues = Float64Array.from(found.diagonal.slice(0, k))
  const signs = columnSigns(left)
  const smallest = singularValues[k - 1]!
  const negligible = Math.max(rows, columns) * Number.EPSILON * singularValues[0]!
  return {
    u: valuesOf(left, signs),
    singularValues,
    v: valuesOf(right, signs),
    rank: singularValues.filter(s => s > negligible).length,
    condition: smallest > 0 ? singularValues[0]! / smallest : Infinity,
  }
}

/** Options of {@link pseudoInverse}. */
export interface PseudoInverseOptions {
  /** Singular values below this part of the largest count as 0. Default max(rows, columns) x epsilon (numpy.linalg.pinv: 1e-15). */
  readonly smallest?: number | undefined
}

const OPTIONS: FieldsOf<PseudoInverseOptions> = { smallest: true }

/**
 * Pseudo-inverse of Moore and Penrose, through the singular value decomposition: the inverse, where there is one.
 *
 * @param a       Row-major rows x columns.
 * @param rows    >= 1.
 * @param columns >= 1.
 * @param options What counts as 0.
 * @returns Row-major columns x rows.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`, also for a `smallest` that is negative.
 * @example
 * ```ts
 * import { pseudoInverse } from 'operando/numeric'
 * pseudoInverse([2, 0, 0, 0], 2, 2) // [0.5, 0, 0, 0]
 * ```
 */
export function pseudoInverse(a: NumbersLike, rows: number, columns: number, options: PseudoInverseOptions = {}): Float64Array {
  assertKnown(options, 'pseudoInverse options', OPTIONS)
  const { smallest = Math.max(rows, columns) * Number.EPSILON } = options
  if (!(smallest >= 0)) throw new OperandoError('E_RANGE', `smallest: 0 or more expected, found ${smallest}.`)
  const { u, singularValues, v } = svd(a, rows, columns)
  const k = singularValues.length
  const out = new Float64Array(columns * rows)
  for (let m = 0; m < k; m++) {
    const s = singularValues[m]!
    if (!(s > smallest * singularValues[0]!)) continue
    for (let i = 0; i < columns; i++) {
      const factor = v[i * k + m]! / s
      for (let j = 0; j < rows; j++) out[i * rows + j]! += factor * u[j * k + m]!
    }
  }
  return out
}
