import { OperandoError } from '../../core/index.js'
import { createDifferences } from './differences.js'
import type { LossKernel } from './losses.js'
import type { ParameterSpace } from './parameterSpace.js'
import type { LeastSquaresProblem } from './types.js'
import type { Workspace } from './workspace.js'

/** The caller's problem in the variables of the fit: residuals and Jacobian by varied parameters, ties folded in, loss applied. */
export interface ProblemEvaluator {
  /** Model evaluations so far. */
  evaluations: number
  /** Whether the problem gives derivatives. */
  readonly analytic: boolean
  /** Jacobian by columns and the scaled residual as one more: what `linearize` fills. */
  readonly system: Float64Array
  /**
   * Raw residuals at varied values.
   * @param varied      k values.
   * @param raw         n values to fill.
   * @param speculative Whether derivatives will probably be wanted here next: taken along where one pass gives both.
   */
  residuals(varied: Float64Array, raw: Float64Array, speculative: boolean): void
  /**
   * Fills `system` at varied values; false where a difference is not finite.
   * @param varied   k values, where `residuals` was called last or before.
   * @param raw      Raw residuals there.
   * @param accuracy Of differences.
   */
  linearize(varied: Float64Array, raw: Float64Array, accuracy: 'forward' | 'central'): boolean
}

/**
 * Makes the evaluator of a problem, with all buffers.
 * @param problem The caller's problem.
 * @param space   Its parameters, compiled.
 * @param loss    How residuals count.
 * @param all     All parameter values: fixed ones are read from it, the others written to it.
 * @param work    Its arrays.
 */
export function createProblemEvaluator(
  problem: LeastSquaresProblem,
  space: ParameterSpace,
  loss: LossKernel,
  all: Float64Array,
  work: Workspace,
): ProblemEvaluator {
  const n = problem.points
  const k = space.free.length
  const combined = 'evaluate' in problem
  const analytic = givesDerivatives(problem)
  const { system, byAll } = work
  const columns = system.subarray(0, k * n)
  const scaled = system.subarray(k * n)
  const slopes = new Float64Array(space.ties.length * k)
  const factors = new Float64Array(loss.linear ? 0 : n)
  let filled = false

  const plain = (varied: Float64Array, raw: Float64Array, jacobian: Float64Array | null): void => {
    space.expand(varied, all)
    evaluator.evaluations++
    if (combined) problem.evaluate(all, raw, jacobian)
    else problem.residuals(all, raw)
  }
  const differences = analytic
    ? undefined
    : createDifferences({ ...space, points: n, residuals: (varied, out) => plain(varied, out, null) })

  /** Columns of varied parameters, with what acts through ties added. */
  const fold = (): void => {
    if (space.direct) return
    for (let j = 0; j < k; j++) columns.set(byAll.subarray(space.free[j]! * n, (space.free[j]! + 1) * n), j * n)
    if (space.ties.length === 0) return
    space.slopes(all, slopes)
    space.ties.forEach((tie, t) => {
      const from = tie.target * n
      for (let j = 0; j < k; j++) {
        const slope = slopes[t * k + j]!
        if (slope !== 0) for (let i = 0; i < n; i++) columns[j * n + i]! += slope * byAll[from + i]!
      }
    })
  }

  const evaluator: ProblemEvaluator = {
    evaluations: 0,
    analytic,
    system,
    residuals(varied, raw, speculative) {
      filled = combined && speculative
      plain(varied, raw, filled ? byAll : null)
    },
    linearize(varied, raw, accuracy) {
      if (differences) {
        if (!differences(varied, raw, accuracy, columns)) return false
        space.expand(varied, all)
      } else {
        space.expand(varied, all)
        if (!combined) problem.jacobian!(all, byAll)
        else if (!filled) plain(varied, work.residuals[2], byAll)
        filled = false
        fold()
      }
      if (loss.linear) scaled.set(raw)
      else {
        loss.scale(raw, scaled, factors)
        for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) columns[j * n + i]! *= factors[i]!
      }
      return true
    },
  }
  return evaluator
}

/** Whether a problem gives derivatives itself. */
export function givesDerivatives(problem: LeastSquaresProblem): boolean {
  return 'evaluate' in problem || typeof problem.jacobian === 'function'
}

/**
 * Refuses problems that cannot be fitted.
 * @param problem The caller's problem.
 * @param k       Number of varied parameters.
 * @throws OperandoError `E_ARGUMENT` where functions are missing, or there are fewer points than varied parameters.
 */
export function checkProblem(problem: LeastSquaresProblem, k: number): void {
  const { points } = problem
  if (!(Number.isInteger(points) && points > 0)) {
    throw new OperandoError('E_ARGUMENT', `problem.points: a positive whole number expected, found ${points}.`)
  }
  const given = problem as { residuals?: unknown; evaluate?: unknown }
  if (typeof given.residuals !== 'function' && typeof given.evaluate !== 'function') {
    throw new OperandoError('E_ARGUMENT', 'problem: a function residuals(p, out) or evaluate(p, residual, jacobian) expected.')
  }
  if (points < k) {
    throw new OperandoError(
      'E_ARGUMENT',
      `${points} points cannot determine ${k} varied parameters: fix some of them (vary: false), tie them, or give more points.`,
      { details: { points, varied: k } },
    )
  }
}
