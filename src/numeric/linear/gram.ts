/**
 * Inner products of all pairs of columns, upper triangle: the kernel of the normal equations. Columns go in pairs, so that four numbers read
 * serve four products.
 *
 * @param a       Columns one after another, `rows` values each.
 * @param rows    Length of a column.
 * @param columns Number of columns.
 * @param out     columns x columns; out[i * columns + j] for i <= j is filled (and some below the diagonal, equal to their mirror).
 */
export function gram(a: Float64Array, rows: number, columns: number, out: Float64Array): void {
  for (let i = 0; i < columns; i += 2) {
    const i0 = i * rows
    const i1 = i + 1 < columns ? i0 + rows : i0
    for (let j = i; j < columns; j += 2) {
      const j0 = j * rows
      const j1 = j + 1 < columns ? j0 + rows : j0
      let s00 = 0
      let s01 = 0
      let s10 = 0
      let s11 = 0
      for (let k = 0; k < rows; k++) {
        const p = a[i0 + k]!
        const q = a[i1 + k]!
        const r = a[j0 + k]!
        const s = a[j1 + k]!
        s00 += p * r
        s01 += p * s
        s10 += q * r
        s11 += q * s
      }
      out[i * columns + j] = s00
      if (j + 1 < columns) out[i * columns + j + 1] = s01
      if (i + 1 < columns) out[(i + 1) * columns + j] = s10
      if (i + 1 < columns && j + 1 < columns) out[(i + 1) * columns + j + 1] = s11
    }
  }
}
