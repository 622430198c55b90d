/**
 * Centres each row and scales it to length 1, so that products of rows are correlation coefficients. A row that does not vary becomes zeros.
 * @param x       Values, row-major.
 * @param rows    Number of rows.
 * @param columns Their length.
 * @param use     Columns to use, rising; the result has that many columns.
 * @param out     rows x use.length values.
 * @returns 1 for each row that does not vary, beyond the rounding of its mean.
 */
export function standardizeRows(x: Float64Array, rows: number, columns: number, use: Int32Array, out: Float64Array): Uint8Array {
  const n = use.length
  const constant = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    const from = i * columns
    const to = i * n
    let mean = 0
    let largest = 0
    for (let k = 0; k < n; k++) {
      const v = x[from + use[k]!]!
      mean += v
      largest = Math.max(largest, Math.abs(v))
    }
    mean /= n
    let square = 0
    for (let k = 0; k < n; k++) {
      const d = x[from + use[k]!]! - mean
      out[to + k] = d
      square += d * d
    }
    // rounding of the mean leaves up to about eps |x| in each value of a constant row
    if (!(Math.sqrt(square / n) > 4 * Number.EPSILON * largest)) constant[i] = 1
    const scale = constant[i] ? 0 : 1 / Math.sqrt(square)
    for (let k = 0; k < n; k++) out[to + k]! *= scale
  }
  return constant
}
