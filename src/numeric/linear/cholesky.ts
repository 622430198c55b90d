/**
 * Cholesky factor A = R^T R of a symmetric matrix, R upper, stored by columns.
 *
 * @param a       Upper triangle of A: element (i, j), i <= j, at `a[i * stride + j]`. Not changed.
 * @param stride  Distance of rows in `a`.
 * @param n       Order.
 * @param r       n x n by columns: element (i, j) at `r[j * n + i]`; filled on and above the diagonal.
 * @returns The smallest pivot relative to its diagonal element, 1 for a diagonal matrix, about 1 / (variance inflation) of the worst column;
 *          0 where A is not positive definite, and R is then not complete.
 */
export function choleskyFactor(a: Float64Array, stride: number, n: number, r: Float64Array): number {
  let worst = 1
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= j; i++) {
      let s = a[i * stride + j]!
      for (let k = 0; k < i; k++) s -= r[i * n + k]! * r[j * n + k]!
      if (i < j) {
        r[j * n + i] = s / r[i * n + i]!
        continue
      }
      const ratio = s / a[j * stride + j]!
      if (!(ratio > 0)) return 0
      if (ratio < worst) worst = ratio
      r[j * n + j] = Math.sqrt(s)
    }
  }
  return worst
}
