/**
 * Householder QR in place, without pivoting: on return the upper triangle holds R (its diagonal may be negative), below it lies rubbish, and
 * `rhs` has become Q^T rhs. A dependent column shows itself as a tiny diagonal element against its former length.
 *
 * @param a       Columns one after another, at a distance of `rows`; overwritten.
 * @param rows    Length of a column, at least `columns`.
 * @param columns Number of columns.
 * @param rhs     Right-hand side, `rows` values; overwritten.
 */
export function householderQr(a: Float64Array, rows: number, columns: number, rhs: Float64Array): void {
  for (let j = 0; j < columns; j++) {
    const cj = j * rows
    let largest = 0
    for (let i = j; i < rows; i++) largest = Math.max(largest, Math.abs(a[cj + i]!))
    if (largest === 0) continue
    let square = 0
    for (let i = j; i < rows; i++) {
      const v = a[cj + i]! / largest
      square += v * v
    }
    const head = a[cj + j]!
    const diagonal = head > 0 ? -largest * Math.sqrt(square) : largest * Math.sqrt(square)
    // v = column with its head changed; H = I - v v^T / beta maps the column to (diagonal, 0, ...)
    const v0 = head - diagonal
    const beta = -diagonal * v0
    a[cj + j] = v0
    for (let c = j + 1; c < columns; c++) reflect(a, cj + j, a, c * rows + j, rows - j, beta)
    reflect(a, cj + j, rhs, j, rows - j, beta)
    a[cj + j] = diagonal
  }
}

function reflect(v: Float64Array, vAt: number, x: Float64Array, xAt: number, length: number, beta: number): void {
  let dot = 0
  for (let i = 0; i < length; i++) dot += v[vAt + i]! * x[xAt + i]!
  if (dot === 0) return
  const factor = dot / beta
  for (let i = 0; i < length; i++) x[xAt + i]! -= factor * v[vAt + i]!
}

/**
 * Solves R x = b for an upper triangle stored by columns.
 * @param r      Columns at a distance of `stride`.
 * @param stride Distance of columns.
 * @param n      Order.
 * @param b      Right-hand side; overwritten by x.
 */
export function solveUpper(r: Float64Array, stride: number, n: number, b: Float64Array): void {
  for (let j = n - 1; j >= 0; j--) {
    const x = b[j]! / r[j * stride + j]!
    b[j] = x
    for (let i = 0; i < j; i++) b[i]! -= r[j * stride + i]! * x
  }
}

/**
 * Solves R^T x = b for an upper triangle stored by columns.
 * @param r      Columns at a distance of `stride`.
 * @param stride Distance of columns.
 * @param n      Order.
 * @param b      Right-hand side; overwritten by x.
 */
export function solveUpperTransposed(r: Float64Array, stride: number, n: number, b: Float64Array): void {
  for (let j = 0; j < n; j++) {
    let s = b[j]!
    for (let i = 0; i < j; i++) s -= r[j * stride + i]! * b[i]!
    b[j] = s / r[j * stride + j]!
  }
}
