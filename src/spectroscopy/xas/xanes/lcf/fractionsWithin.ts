import type { FractionSolver } from '../../../../numeric/linear/fractionSolver.js'
import { createBoundedLinearLeastSquares } from '../../../../numeric/linear/boundedLinearLeastSquares.js'

/** Weight of the equation that closes the sum: the sum is then 1 to some 1e-13, and no digits are lost elsewhere. */
const CLOSING = 1e7

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
  return {
    operatorOf: set => free.operatorOf(set),
    solve(c, at, w, wAt): number {
      if (closed) b[0] = CLOSING * size
      for (let i = 0; i < k; i++) b[i + extra] = c[at + i]!
      const { x, state } = plan.solve(b)
      w.set(x, wAt)
      let set = 0
      for (let j = 0; j < k; j++) if (state[j] === 0) set |= 1 << j
      return set
    },
  }
}
