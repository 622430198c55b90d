import { OperandoError } from '../../core/index.js'
import { createDifferences } from './differences.js'
import type { ParameterSpace } from './parameterSpace.js'
import type { LeastSquaresProblem } from './types.js'

/**
 * Compares the analytic Jacobian with central differences, for every varied parameter and every one that a tie sets.
 *
 * @param problem The caller's problem, with derivatives.
 * @param space   Its parameters.
 * @param all     Where to compare.
 * @throws OperandoError `E_ARGUMENT` naming the parameter and the point of the worst deviation, when a column differs by more than 1e-4 of its
 *         largest element.
 */
export function compareJacobian(problem: LeastSquaresProblem, space: ParameterSpace, all: Float64Array): void {
  const n = problem.points
  const at = new Float64Array(n)
  const analytic = new Float64Array(n * all.length)
  const numeric = new Float64Array(n * all.length)
  const residuals = (p: Float64Array, out: Float64Array): void => {
    if ('evaluate' in problem) problem.evaluate(p, out, null)
    else problem.residuals(p, out)
  }
  if ('evaluate' in problem) problem.evaluate(all, at, analytic)
  else {
    problem.residuals(all, at)
    problem.jacobian!(all, analytic)
  }
  const wide = new Float64Array(all.length)
  const lower = wide.slice().fill(-Infinity)
  const upper = wide.slice().fill(Infinity)
  const scale = wide.slice()
  space.free.forEach((i, j) => {
    lower[i] = space.lower[j]!
    upper[i] = space.upper[j]!
    scale[i] = space.scale[j]!
  })
  createDifferences({ points: n, lower, upper, scale, residuals })(all, at, 'central', numeric)
  for (const i of [...space.free, ...space.ties.map(tie => tie.target)]) {
    let largest = 0
    let worst = 0
    let worstAt = 0
    for (let row = i * n; row < (i + 1) * n; row++) {
      largest = Math.max(largest, Math.abs(numeric[row]!), Math.abs(analytic[row]!))
      const off = Math.abs(numeric[row]! - analytic[row]!)
      if (off > worst || Number.isNaN(off)) {
        worst = off
        worstAt = row
      }
    }
    if (worst <= 1e-4 * largest) continue
    const name = space.names[i]!
    throw new OperandoError(
      'E_ARGUMENT',
      `Jacobian: d residual[${worstAt - i * n}] / d ${name} is given as ${analytic[worstAt]}, differences say ${numeric[worstAt]}.`,
      { details: { parameter: name, point: worstAt - i * n, given: analytic[worstAt]!, expected: numeric[worstAt]! } },
    )
  }
}
