import { linearLeastSquares } from '../../numeric/linear/linearLeastSquares.js'

/**
 * Sum of squares about two branches that are bent, a parabola each, and meet at tau: an indicator that follows the charge less and less.
 * @param t    Abscissae, rising.
 * @param y    The series.
 * @param from First point to use.
 * @param to   Last point to use.
 * @param tau  Where the branches meet.
 */
export function bentLineMisfit(t: Float64Array, y: Float64Array, from: number, to: number, tau: number): number {
  const n = to - from + 1
  const span = t[to]! - t[from]!
  const columns = new Float64Array(5 * n)
  for (let i = 0; i < n; i++) {
    const u = (t[from + i]! - tau) / span
    const [before, after] = [Math.min(u, 0), Math.max(u, 0)]
    columns.set([1, before, before * before, after, after * after], 5 * i)
  }
  return linearLeastSquares(columns, n, 5, y.subarray(from, to + 1), { minimumNorm: true }).chiSquare
}
