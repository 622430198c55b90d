/** Vectors as an orthonormal basis and a triangle: vector j is the sum over i <= j of triangle[j k + i] times basis row i. */
export interface OrthonormalRows {
  /** k rows of n values, orthonormal. */
  readonly basis: Float64Array
  /** The coordinates of each vector in the basis, k values a vector. */
  readonly triangle: Float64Array
  /** Part of each vector that is perpendicular to those before it, 0 to 1: near 0 it depends on them. */
  readonly independence: Float64Array
}

/**
 * Orthonormal basis of some long vectors, by Gram-Schmidt done twice, which is as orthogonal as reflections are and gives the basis itself: what series of right-hand
 * sides are projected on.
 * @param vectors k rows of n values.
 * @param k       Vectors.
 * @param n       Values of each.
 * @see L. Giraud, J. Langou, M. Rozloznik, Comput. Math. Appl. 50 (2005) 1069: twice is enough
 */
export function orthonormalRows(vectors: Float64Array, k: number, n: number): OrthonormalRows {
  const basis = vectors.slice(0, k * n)
  const triangle = new Float64Array(k * k)
  const independence = new Float64Array(k)
  for (let j = 0; j < k; j++) {
    const row = basis.subarray(j * n, (j + 1) * n)
    const whole = lengthOf(row)
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        const other = basis.subarray(i * n, (i + 1) * n)
        let dot = 0
        for (let e = 0; e < n; e++) dot += row[e]! * other[e]!
        triangle[j * k + i]! += dot
        for (let e = 0; e < n; e++) row[e]! -= dot * other[e]!
      }
    }
    const left = lengthOf(row)
    triangle[j * k + j] = left
    independence[j] = whole > 0 ? left / whole : 0
    if (left > 0) for (let e = 0; e < n; e++) row[e]! /= left
  }
  return { basis, triangle, independence }
}

function lengthOf(row: Float64Array): number {
  let square = 0
  for (let e = 0; e < row.length; e++) square += row[e]! * row[e]!
  return Math.sqrt(square)
}
