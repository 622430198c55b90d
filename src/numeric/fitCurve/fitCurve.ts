import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import type { FitResult } from '../fitResult.js'
import { frozenFit } from '../frozenFit.js'
import { createLeastSquares } from '../leastSquares/createLeastSquares.js'
import { createParameterSpace, type ParameterSpace } from '../leastSquares/parameterSpace.js'
import { explain } from '../leastSquares/stopMessages.js'
import type { LeastSquaresProblem, ParameterInput } from '../leastSquares/types.js'
import { weightsOf } from '../linear/weightsOf.js'
import { confidenceBandOf } from './confidenceBand.js'
import { type Curve, checkDerivatives, createCurve, createCurveProblem } from './curveProblem.js'
import type { CurveFit, CurveModel, CurveParameter, CurveSearchEnd, CurveValues, FitCurveOptions } from './types.js'

const OPTIONS: FieldsOf<FitCurveOptions<string>> = {
  sigma: true,
  scaleErrors: true,
  derivatives: true,
  loss: true,
  lossScale: true,
  method: true,
  maxEvaluations: true,
  solver: true,
  signal: true,
}

/**
 * Fits a curve of one's own to points: y = f(x, p), with parameters by name.
 *
 * A parameter is a start value, or `{ value, min, max, vary, tie }`. The model is a function of one x, or `{ evaluate(x, p, out) }` for the array
 * as a whole. `formatFit(fit)` prints the result. The search is that of `leastSquares`; `method: levenbergMarquardt` takes that of the package
 * ml-levenberg-marquardt instead.
 *
 * @param x          Abscissae, n values, any order.
 * @param y          Data, n values.
 * @param model      The curve.
 * @param parameters Parameters by name.
 * @param options    Sigma, kind of errors, derivatives, loss, method.
 * @returns The fit, with the fitted curve and its confidence band.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE`, `E_ARGUMENT`, `E_MISSING` for input that makes no sense, naming it.
 * @example
 * ```ts
 * import { fitCurve, formatFit } from 'operando/numeric'
 * const x = [0, 1, 2, 3, 4, 5]
 * const y = [5.02, 3.01, 1.87, 1.12, 0.65, 0.4]
 * const fit = fitCurve(x, y, (t, p) => p.height * Math.exp(-t / p.time), { height: 4, time: { value: 1, min: 0 } })
 * console.log(formatFit(fit))
 * const { lower, upper } = fit.confidenceBand([0, 2.5, 5], 0.95)
 * ```
 */
export function fitCurve<const Name extends string>(
  x: NumbersLike,
  y: NumbersLike,
  model: CurveModel<NoInfer<Name>>,
  parameters: Readonly<Record<Name, CurveParameter>>,
  options: FitCurveOptions<NoInfer<Name>> = {},
): CurveFit<Name> {
  assertKnown(options, 'options', OPTIONS)
  const { sigma, scaleErrors = true, derivatives, loss, lossScale, maxEvaluations, solver, signal, method } = options
  assertKind('model', typeof model === 'function' || typeof model?.evaluate === 'function', 'a function, or { evaluate }', model)
  assertKind('parameters', typeof parameters === 'object' && parameters !== null, 'parameters by name', parameters)
  assertKind('method', method === undefined || typeof method.search === 'function', 'levenbergMarquardt, or none', method)
  const abscissae = asFloat64(x, 'x')
  const data = asFloat64(y, 'y', { length: abscissae.length })
  const weights = weightsOf(sigma, abscissae.length)
  const names = Object.keys(parameters) as Name[]
  const inputs = names.map((name): ParameterInput => {
    const given = parameters[name]
    return typeof given === 'number' ? { name, value: given } : { ...given, name }
  })
  const space = createParameterSpace(inputs)
  const curve = createCurve(model, names)
  if (derivatives && abscissae.length > 0) {
    const needed = names.filter((_, i) => space.free.includes(i) || space.ties.some(tie => tie.target === i))
    const start = Object.fromEntries(names.map((name, i) => [name, space.start[i]!])) as CurveValues<Name>
    checkDerivatives(derivatives, needed, abscissae[0]!, start)
  }
  const problem = createCurveProblem(curve, names, abscissae, data, weights, derivatives)
  const own = { loss, lossScale, scaleErrors, solver, signal }
  if (!method) {
    const fit = createLeastSquares(problem, inputs, { ...own, maxEvaluations }).fit()
    return withCurve(fit, 'leastSquares', names, curve, space, abscissae)
  }
  if (loss !== undefined && loss !== 'linear') {
    throw new OperandoError(
      'E_ARGUMENT',
      `method ${method.name} minimises squares only: leave out loss, or take the default method.`,
    )
  }
  const end = method.search({
    space,
    data: data.map((v, i) => v * weights[i]!),
    model(all, out) {
      curve.evaluate(abscissae, all, out)
      for (let i = 0; i < out.length; i++) out[i]! *= weights[i]!
    },
    maxIterations: maxEvaluations,
    signal,
  })
  return withCurve(describeEnd(problem, inputs, space, end, own), method.name, names, curve, space, abscissae)
}

function assertKind(name: string, right: boolean, expected: string, found: unknown): void {
  if (right) return
  const told = typeof found === 'string' ? `'${found}'` : found === null ? 'null' : typeof found
  throw new OperandoError('E_ARGUMENT', `${name}: ${expected} expected, found ${told}.`, { details: { name } })
}

const NO_ERRORS = ' No standard errors: the data do not determine all parameters, or leave no scatter to tell.'

/** Parameters, errors and residuals at a point that another solver found: a fit that takes no step. */
function describeEnd(
  problem: LeastSquaresProblem,
  inputs: readonly ParameterInput[],
  space: ParameterSpace,
  { varied, reason, iterations }: CurveSearchEnd,
  options: { readonly scaleErrors: boolean },
): FitResult {
  const start = Object.fromEntries(Array.from(space.free, (i, j) => [space.names[i]!, varied[j]!]))
  const still = createLeastSquares(problem, inputs, { ...options, differences: 'central', maxEvaluations: 1 }).fit(start)
  const parameters = Object.entries(still.parameters).map(([name, p], i) => [name, { ...p, initial: space.start[i]! }])
  return {
    ...still,
    parameters: Object.fromEntries(parameters),
    reason,
    converged: reason === 'cost',
    message: explain(reason, undefined, false) + (still.covariance ? '' : NO_ERRORS),
    iterations,
  }
}

/** Adds the curve to a fit. Its functions are not enumerable, so that the result can be cloned and posted as plain data. */
function withCurve<Name extends string>(
  fit: FitResult,
  method: string,
  names: readonly Name[],
  curve: Curve,
  space: ParameterSpace,
  x: Float64Array,
): CurveFit<Name> {
  const all = Float64Array.from(names, name => fit.parameters[name]!.value)
  const evaluate = (at: NumbersLike): Float64Array => {
    const abscissae = asFloat64(at, 'x')
    const out = new Float64Array(abscissae.length)
    curve.evaluate(abscissae, all, out)
    return out
  }
  const values = Object.fromEntries(names.map((name, i) => [name, all[i]!])) as Record<Name, number>
  const data = { ...fit, method, values, fitted: evaluate(x) }
  const curveFit = Object.defineProperties(data, {
    evaluate: { value: evaluate },
    confidenceBand: {
      value: (at: NumbersLike, level: number = 0.95) => confidenceBandOf(fit, curve, space, asFloat64(at, 'x').slice(), level),
    },
  }) as CurveFit<Name>
  Object.freeze(curveFit.values)
  return frozenFit(curveFit)
}
