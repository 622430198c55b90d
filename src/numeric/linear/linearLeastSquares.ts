import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { checkShape } from './checkShape.js'
import { qr } from './qr.js'
import { svd } from './svd.js'
import { weightsOf } from './weightsOf.js'

/** Options of {@link linearLeastSquares}. */
export interface LinearLeastSquaresOptions {
  /** Standard uncertainties of y, > 0: one for all, or one each. Default: equal and unknown. */
  readonly sigma?: NumbersLike | number | undefined
  /** Whether errors follow from the scatter, as in `leastSquares`. Default true; say false when sigma is trusted. */
  readonly scaleErrors?: boolean | undefined
  /** Give the shortest of all solutions where the columns of A depend on each other, instead of `E_SINGULAR`. Default false. */
  readonly minimumNorm?: boolean | undefined
}

const OPTIONS: FieldsOf<LinearLeastSquaresOptions> = { sigma: true, scaleErrors: true, minimumNorm: true }

/** A linear fit. */
export interface LinearFit {
  /** Solution, n values. */
  readonly x: Float64Array
  /** Standard errors; `null` without degrees of freedom (unless sigma is trusted) or when the solution is not unique. */
  readonly standardErrors: Float64Array | null
  /** Covariance of the solution, row-major n x n; `null` as above. */
  readonly covariance: Float64Array | null
  /** (A x - y) / sigma, m values. */
  readonly residual: Float64Array
  /** Sum of squares of `residual`. */
  readonly chiSquare: number
  /** chiSquare / (m - rank); chiSquare itself where nothing is left over. */
  readonly reducedChiSquare: number
  /** m - rank. */
  readonly degreesOfFreedom: number
  /** Independent columns of A / sigma, each scaled to unit length. */
  readonly rank: number
  /** Condition of A / sigma, its columns scaled to unit length: what the data can tell apart, not a matter of units. */
  readonly condition: number
}

/**
 * Linear least squares: x that makes |(A x - y) / sigma| smallest, with covariance, by singular value decomposition of the scaled matrix.
 *
 * @param a       Row-major m x n: the model's columns.
 * @param rows    m, points.
 * @param columns n, unknowns.
 * @param y       m values.
 * @param options Sigma, kind of errors, what to do with dependent columns.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`; `E_SINGULAR` when columns depend on each other.
 * @example
 * ```ts
 * import { linearLeastSquares } from 'operando/numeric'
 * const { x, standardErrors } = linearLeastSquares([1, 0, 1, 1, 1, 2, 1, 3], 4, 2, [1, 3, 5.1, 6.9])
 * ```
 */
export function linearLeastSquares(
  a: NumbersLike,
  rows: number,
  columns: number,
  y: NumbersLike,
  options: LinearLeastSquaresOptions = {},
): LinearFit {
  assertKnown(options, 'linearLeastSquares options', OPTIONS)
  const { sigma, scaleErrors = true, minimumNorm = false } = options
  checkShape(rows, columns)
  const weights = weightsOf(sigma, rows)
  const white = asFloat64(a, 'a', { length: rows * columns }).map((v, i) => v * weights[Math.floor(i / columns)]!)
  const data = asFloat64(y, 'y', { length: rows })
  const lengths = new Float64Array(columns)
  for (let i = 0; i < white.length; i++) lengths[i % columns] = Math.hypot(lengths[i % columns]!, white[i]!)
  const scaled = white.map((v, i) => v / (lengths[i % columns]! || 1))
  const { u, v, singularValues, rank, condition } = svd(scaled, rows, columns)
  const zero = lengths.indexOf(0)
  if ((rank < columns || zero >= 0) && !minimumNorm) {
    throw new OperandoError(
      'E_SINGULAR',
      `${zero >= 0 ? `Column ${zero} of a is zero` : `Of ${columns} columns of a only ${rank} are independent`}, so that x is not unique. Leave out what depends on others, or pass { minimumNorm: true }.`,
      { details: { rank, columns } },
    )
  }
  const k = singularValues.length
  const x = new Float64Array(columns)
  const covariance = new Float64Array(columns * columns)
  for (let m = 0; m < rank; m++) {
    let projection = 0
    for (let i = 0; i < rows; i++) projection += u[i * k + m]! * data[i]! * weights[i]!
    const s = singularValues[m]!
    for (let p = 0; p < columns; p++) {
      const vp = v[p * k + m]! / (lengths[p]! || 1)
      x[p]! += (vp * projection) / s
      for (let q = 0; q < columns; q++) covariance[p * columns + q]! += (vp * v[q * k + m]!) / (lengths[q]! || 1) / (s * s)
    }
  }
  if (rank < columns) shorten(x, rowSpace(v, k, rank, lengths))
  const residual = data.map((value, i) => {
    let sum = -value * weights[i]!
    for (let p = 0; p < columns; p++) sum += white[i * columns + p]! * x[p]!
    return sum
  })
  const chiSquare = residual.reduce((sum, r) => sum + r * r, 0)
  const degreesOfFreedom = rows - rank
  const determined = rank === columns && (degreesOfFreedom > 0 || !scaleErrors)
  if (scaleErrors && determined) for (let i = 0; i < covariance.length; i++) covariance[i]! *= chiSquare / degreesOfFreedom
  return {
    x,
    standardErrors: determined ? x.map((_, p) => Math.sqrt(covariance[p * columns + p]!)) : null,
    covariance: determined ? covariance : null,
    residual,
    chiSquare,
    reducedChiSquare: chiSquare / Math.max(1, degreesOfFreedom),
    degreesOfFreedom,
    rank,
    condition,
  }
}

/** An orthonormal basis of what the rows span, columns x rank: from the right singular vectors of the matrix with columns of unit length. */
function rowSpace(v: Float64Array, k: number, rank: number, lengths: Float64Array): Float64Array {
  const columns = lengths.length
  if (rank === 0) return new Float64Array(0)
  const spanned = Float64Array.from({ length: columns * rank }, (_, at) => {
    const p = Math.floor(at / rank)
    return lengths[p]! * v[p * k + (at % rank)]!
  })
  return qr(spanned, columns, rank).q
}

/** Of all solutions the shortest lies in the row space: takes out what does not. */
function shorten(x: Float64Array, basis: Float64Array): void {
  const rank = basis.length / x.length
  const along = new Float64Array(rank)
  for (let p = 0; p < x.length; p++) for (let m = 0; m < rank; m++) along[m]! += basis[p * rank + m]! * x[p]!
  for (let p = 0; p < x.length; p++) {
    x[p] = 0
    for (let m = 0; m < rank; m++) x[p]! += basis[p * rank + m]! * along[m]!
  }
}
