import { solveUpper } from '../linear/householder.js'
import type { LocalModel } from './localModel.js'

/** A covariance, or which parameters stand in its way. */
export interface Covariance {
  /** (J^T J)^-1, row-major k x k; null where singular. */
  readonly matrix: Float64Array | null
  /** Index of the first column that depends on those before it (or is zero); -1 if none does. */
  readonly dependent: number
}

/**
 * Inverse of J^T J from its triangle R, without forming the product again.
 *
 * @param model     The reduced linear problem at the end of a fit.
 * @param k         Its order.
 * @param tolerance A column whose part perpendicular to the earlier ones is smaller than this share of it counts as dependent.
 */
export function covarianceOf(model: LocalModel, k: number, tolerance: number): Covariance {
  const { r, norms } = model
  for (let j = 0; j < k; j++) if (!(Math.abs(r[j * k + j]!) > tolerance * norms[j]!)) return { matrix: null, dependent: j }
  const inverse = new Float64Array(k * k)
  for (let j = 0; j < k; j++) {
    const column = inverse.subarray(j * k, j * k + k)
    column[j] = 1
    solveUpper(r, k, k, column)
  }
  const matrix = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let j = i; j < k; j++) {
      let s = 0
      for (let m = j; m < k; m++) s += inverse[m * k + i]! * inverse[m * k + j]!
      if (!Number.isFinite(s)) return { matrix: null, dependent: i }
      matrix[i * k + j] = s
      matrix[j * k + i] = s
    }
  }
  return { matrix, dependent: -1 }
}
