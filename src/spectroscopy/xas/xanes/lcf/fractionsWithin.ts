import { createBoundedLinearLeastSquares } from '../../../../numeric/linear/boundedLinearLeastSquares.js'
import type { FractionOperator, FractionSolver } from '../../../../numeric/linear/fractionSolver.js'

/** Weight of the equation that closes the sum while the bounds that hold are found; the sum is closed exactly afterwards. */
const CLOSING = 1e4

/**
 * Weights within bounds of any kind. The operators, and with them the errors, are those of `free`: a weight at a bound has no error.
 * @param triangle R by columns.
 * @param k        References.
 * @param lower    k bounds.
 * @param upper    k bounds.
 * @param closed   Whether the sum is one.
 * @param free     Solver without bounds.
 */
export function fractionsWithin(
  triangle: Float64Array,
  k: number,
  lower: Float64Array,
  upper: Float64Array,
  closed: boolean,
  free: FractionSolver,
): FractionSolver {
  const extra = closed ? 1 : 0
  const a = new Float64Array((k + extra) * k)
  const size = Math.sqrt(triangle.reduce((sum, x) => sum + x * x, 0))
  for (let j = 0; j < k; j++) {
    if (closed) a[j] = CLOSING * size
    for (let i = 0; i < k; i++) a[(i + extra) * k + j] = triangle[j * k + i]!
  }
  const plan = createBoundedLinearLeastSquares(a, k + extra, k, { lower, upper })
  const b = new Float64Array(k + extra)
  const left = new Float64Array(k)

  /** The optimum with sum one for the weights that are free, the others being held: linear in what these leave over. */
  const close = (
    { matrix, offset }: FractionOperator,
    c: Float64Array,
    at: number,
    w: Float64Array,
    wAt: number,
    set: number,
  ): void => {
    let sum = 1
    for (let i = 0; i < k; i++) left[i] = c[at + i]!
    for (let j = 0; j < k; j++) {
      if (set & (1 << j)) continue
      sum -= w[wAt + j]!
      for (let i = 0; i < k; i++) left[i]! -= triangle[j * k + i]! * w[wAt + j]!
    }
    for (let j = 0; j < k; j++) {
      if (!(set & (1 << j))) continue
      let value = sum * offset[j]!
      for (let i = 0; i < k; i++) value += matrix[j * k + i]! * left[i]!
      w[wAt + j] = Math.min(Math.max(value, lower[j]!), upper[j]!)
    }
  }

  return {
    operatorOf: set => free.operatorOf(set),
    solve(c, at, w, wAt): number {
      if (closed) b[0] = CLOSING * size
      for (let i = 0; i < k; i++) b[i + extra] = c[at + i]!
      const { x, state } = plan.solve(b)
      w.set(x, wAt)
      let set = 0
      for (let j = 0; j < k; j++) if (state[j] === 0) set |= 1 << j
      const operator = closed ? free.operatorOf(set) : undefined
      if (operator) close(operator, c, at, w, wAt, set)
      return set
    },
  }
}
