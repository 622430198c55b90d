import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { meanOf } from './mean.js'

/**
 * Covariance of every row with every other, divisor n - 1. For the correlation see `correlationMatrix`.
 *
 * @param data    Row-major values, rows x columns: a row is one variable.
 * @param rows    Variables.
 * @param columns Observations, >= 2.
 * @returns Row-major rows x rows, symmetric.
 * @throws OperandoError `E_SHAPE`, `E_NAN`: there is no pairwise omission, which would give matrices that are not positive.
 * @see numpy.cov
 * @example
 * ```ts
 * import { covarianceMatrix } from 'operando/numeric'
 * covarianceMatrix([1, 2, 3, 2, 4, 6], 2, 3) // [1, 2, 2, 4]
 * ```
 */
export function covarianceMatrix(data: NumbersLike, rows: number, columns: number): Float64Array {
  const x = asFloat64(data, 'data', { length: rows * columns }).slice()
  if (columns < 2) throw new OperandoError('E_SHAPE', `columns: a covariance needs at least 2 observations, found ${columns}.`)
  const row = (i: number): Float64Array => x.subarray(i * columns, (i + 1) * columns)
  for (let i = 0; i < rows; i++) {
    const values = row(i)
    const mean = meanOf(values)
    for (let k = 0; k < columns; k++) values[k]! -= mean
  }
  const out = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) {
    for (let j = i; j < rows; j++) {
      const [a, b] = [row(i), row(j)]
      let sum = 0
      for (let k = 0; k < columns; k++) sum += a[k]! * b[k]!
      out[i * rows + j] = out[j * rows + i] = sum / (columns - 1)
    }
  }
  return out
}
