/**
 * Scalar products of many long rows with a few vectors, and the square of each row, in one pass over the rows: two rows and three vectors at a time, so that what is loaded is
 * used several times.
 * @param values  The rows.
 * @param from    First element of the first row.
 * @param stride  Distance of rows.
 * @param count   Rows.
 * @param vectors k vectors of n values, padded with zeros to a multiple of three vectors.
 * @param k       Vectors that count.
 * @param n       Values of each.
 * @param out     count x (k + 1): the products, then the square.
 */
export function projectRows(
  values: Float64Array,
  from: number,
  stride: number,
  count: number,
  vectors: Float64Array,
  k: number,
  n: number,
  out: Float64Array,
): void {
  const width = k + 1
  for (let row = 0; row < count; row += 2) {
    const a = from + row * stride
    // an odd row at the end is its own companion
    const b = row + 1 < count ? a + stride : a
    for (let j = 0; j < k; j += 3) {
      const v = j * n
      let a0 = 0
      let a1 = 0
      let a2 = 0
      let aa = 0
      let b0 = 0
      let b1 = 0
      let b2 = 0
      let bb = 0
      for (let e = 0; e < n; e++) {
        const x = values[a + e]!
        const y = values[b + e]!
        const p = vectors[v + e]!
        const q = vectors[v + n + e]!
        const r = vectors[v + 2 * n + e]!
        a0 += x * p
        b0 += y * p
        a1 += x * q
        b1 += y * q
        a2 += x * r
        b2 += y * r
        aa += x * x
        bb += y * y
      }
      const at = row * width + j
      put(out, at, Math.min(3, k - j), a0, a1, a2)
      out[row * width + k] = aa
      if (row + 1 < count) {
        put(out, at + width, Math.min(3, k - j), b0, b1, b2)
        out[(row + 1) * width + k] = bb
      }
    }
  }
}

function put(out: Float64Array, at: number, many: number, first: number, second: number, third: number): void {
  out[at] = first
  if (many > 1) out[at + 1] = second
  if (many > 2) out[at + 2] = third
}
