import type { FitResult } from '../fitResult.js'
import { createLeastSquares } from './createLeastSquares.js'
import type { LeastSquaresOptions, LeastSquaresProblem, ParameterInput } from './types.js'

/**
 * Non-linear least squares: finds the parameters that make the sum of squares (or a robust loss, or a Poisson deviance) of weighted residuals
 * smallest, by Moré's trust-region form of the Levenberg-Marquardt method, with bounds by an active set inside each step.
 *
 * The weighted residuals are (model - data) / sigma. Parameters may be fixed, bounded or tied to others by an expression. Derivatives are
 * analytic where the problem gives them, otherwise differences. Not converging is a result, not an error: look at `converged` and `reason`.
 * A parameter that ends at a bound is marked `atBound`; its error, and those of the others, are those of the problem without bounds.
 *
 * @param problem    n residuals and, if possible, their derivatives; see {@link ResidualProblem}, {@link CombinedProblem}.
 * @param parameters Names, starts, bounds, ties; see {@link ParameterInput}.
 * @param options    Loss, stops, errors scaled by the scatter or not, solver.
 * @returns Values with standard errors and correlations, covariance, residuals, and why it stopped.
 * @throws OperandoError `E_ARGUMENT`, `E_RANGE`, `E_SHAPE`, `E_MISSING` for input that makes no sense, naming it.
 * @see J. J. Moré, The Levenberg-Marquardt algorithm: implementation and theory, Lecture Notes in Mathematics 630 (1978) 105.
 * @example
 * ```ts
 * import { leastSquares } from 'operando/numeric'
 * const x = [0, 1, 2, 3, 4]
 * const y = [2.02, 1.23, 0.72, 0.46, 0.26]
 * const fit = leastSquares(
 *   {
 *     points: x.length,
 *     residuals(p, out) {
 *       for (let i = 0; i < x.length; i++) out[i] = (p[0]! * Math.exp(-p[1]! * x[i]!) - y[i]!) / 0.02
 *     },
 *   },
 *   [{ name: 'height', value: 1 }, { name: 'rate', value: 1, min: 0 }],
 * )
 * console.log(fit.parameters.rate!.value, fit.parameters.rate!.standardError)
 * ```
 */
export function leastSquares(
  problem: LeastSquaresProblem,
  parameters: readonly ParameterInput[],
  options: LeastSquaresOptions = {},
): FitResult {
  return createLeastSquares(problem, parameters, options).fit()
}
