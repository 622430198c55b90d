/**
 * Dot products of all rows of one matrix with all rows of another, four at a time: one sum alone waits for its own additions. Kernel.
 * @param a      rowsA rows of n values.
 * @param rowsA  Rows of a.
 * @param b      rowsB rows of n values.
 * @param rowsB  Rows of b.
 * @param n      Length of a row.
 * @param out    Receives a_t · b_j at `j * stride + t`.
 * @param stride Distance of the results of neighbouring rows of b.
 */
export function rowProducts(
  a: Float64Array,
  rowsA: number,
  b: Float64Array,
  rowsB: number,
  n: number,
  out: Float64Array,
  stride: number,
): void {
  let t = 0
  for (; t + 3 < rowsA; t += 4) {
    const [a0, a1, a2, a3] = [t * n, (t + 1) * n, (t + 2) * n, (t + 3) * n]
    for (let j = 0; j < rowsB; j++) {
      const at = j * n
      let [s0, s1, s2, s3] = [0, 0, 0, 0]
      for (let i = 0; i < n; i++) {
        const v = b[at + i]!
        s0 += a[a0 + i]! * v
        s1 += a[a1 + i]! * v
        s2 += a[a2 + i]! * v
        s3 += a[a3 + i]! * v
      }
      const to = j * stride + t
      out[to] = s0
      out[to + 1] = s1
      out[to + 2] = s2
      out[to + 3] = s3
    }
  }
  for (; t < rowsA; t++) for (let j = 0; j < rowsB; j++) out[j * stride + t] = product(a, t * n, b, j * n, n)
}

/**
 * Adds a weighted sum of rows to a row, four rows at a time. Kernel.
 * @param weights  Weights, one a row, from `at` on.
 * @param at       Where they begin.
 * @param rows     rowCount rows of n values.
 * @param rowCount Rows.
 * @param n        Length of a row.
 * @param out      The row, n values from `to` on.
 * @param to       Where it begins.
 */
export function addRows(
  weights: Float64Array,
  at: number,
  rows: Float64Array,
  rowCount: number,
  n: number,
  out: Float64Array,
  to: number,
): void {
  let t = 0
  for (; t + 3 < rowCount; t += 4) {
    const [w0, w1, w2, w3] = [weights[at + t]!, weights[at + t + 1]!, weights[at + t + 2]!, weights[at + t + 3]!]
    const [r0, r1, r2, r3] = [t * n, (t + 1) * n, (t + 2) * n, (t + 3) * n]
    for (let i = 0; i < n; i++) out[to + i]! += w0 * rows[r0 + i]! + w1 * rows[r1 + i]! + w2 * rows[r2 + i]! + w3 * rows[r3 + i]!
  }
  for (; t < rowCount; t++) {
    const w = weights[at + t]!
    for (let i = 0; i < n; i++) out[to + i]! += w * rows[t * n + i]!
  }
}

/** Dot product of two stretches of n values. Kernel. */
export function product(a: Float64Array, aAt: number, b: Float64Array, bAt: number, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += a[aAt + i]! * b[bAt + i]!
  return sum
}
