/**
 * An orthogonal basis that grows by one column at a time, by Householder reflections: A = Q R of the columns taken in. The factor of active-set
 * methods, and the reduction of a tall matrix to a small one.
 */
export interface OrthogonalBasis {
  /** Columns taken in, k. */
  readonly count: number
  /** Takes all columns out. */
  clear(): void
  /**
   * Takes a column in, unless it depends on those before. Its length should be about 1: squares are taken as they are.
   * @param source    Where it lies.
   * @param at        Its first element.
   * @param tolerance Smallest part of it perpendicular to the others, relative to its length, that counts.
   * @returns Whether it was taken in.
   */
  append(source: Float64Array, at: number, tolerance: number): boolean
  /**
   * Q^T x in place: the first k values are coordinates in the basis, the others what is perpendicular to it.
   * @param x As many values as a column has.
   */
  rotate(x: Float64Array): void
  /**
   * Solves R z = b.
   * @param b k values or more; the first k are overwritten by z.
   */
  solve(b: Float64Array): void
}

/**
 * Buffers for at most `columns` columns of `rows` values.
 * @param rows    Values of a column.
 * @param columns Columns at most.
 */
export function createOrthogonalBasis(rows: number, columns: number): OrthogonalBasis {
  const most = Math.min(rows, columns)
  // reflection k is I - v v^T / beta[k], v from row k on; row by row above lies R
  const vectors = new Float64Array(most * rows)
  const triangle = new Float64Array(most * most)
  const beta = new Float64Array(most)
  const work = new Float64Array(rows)
  let count = 0

  const rotate = (x: Float64Array): void => {
    for (let k = 0; k < count; k++) {
      const v = k * rows
      let dot = 0
      for (let i = k; i < rows; i++) dot += vectors[v + i]! * x[i]!
      if (dot === 0) continue
      const factor = dot / beta[k]!
      for (let i = k; i < rows; i++) x[i]! -= factor * vectors[v + i]!
    }
  }

  return {
    get count(): number {
      return count
    },
    clear(): void {
      count = 0
    },
    append(source, at, tolerance): boolean {
      if (count === most) return false
      let length = 0
      for (let i = 0; i < rows; i++) {
        work[i] = source[at + i]!
        length += work[i]! * work[i]!
      }
      length = Math.sqrt(length)
      rotate(work)
      let rest = 0
      for (let i = count; i < rows; i++) rest += work[i]! * work[i]!
      rest = Math.sqrt(rest)
      if (!(rest > tolerance * length)) return false
      const head = work[count]!
      const diagonal = head > 0 ? -rest : rest
      for (let i = count; i < rows; i++) vectors[count * rows + i] = work[i]!
      vectors[count * rows + count] = head - diagonal
      beta[count] = -diagonal * (head - diagonal)
      for (let i = 0; i < count; i++) triangle[count * most + i] = work[i]!
      triangle[count * most + count] = diagonal
      count++
      return true
    },
    rotate,
    solve(b): void {
      for (let j = count - 1; j >= 0; j--) {
        const z = b[j]! / triangle[j * most + j]!
        b[j] = z
        for (let i = 0; i < j; i++) b[i]! -= triangle[j * most + i]! * z
      }
    },
  }
}
