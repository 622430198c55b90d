import type { Issue } from '../../../../core/issue.js'
import type { FitParameter, FitResult } from '../../../../numeric/fitResult.js'
import { frozenFit } from '../../../../numeric/frozenFit.js'
import { createLeastSquares } from '../../../../numeric/leastSquares/createLeastSquares.js'
import { createParameterSpace } from '../../../../numeric/leastSquares/parameterSpace.js'
import type { ParameterInput } from '../../../../numeric/leastSquares/types.js'
import { PATH_PARAMETERS } from '../pathParameters.js'
import { createPropagation, fittedPath, type Propagation } from './derivedValues.js'
import { exafsCurves } from './exafsCurves.js'
import type { ExafsProblem } from './exafsProblem.js'
import type { ExafsFit, FittedPath, FittedSet } from './fittedTypes.js'
import type { OpenSet } from './openSet.js'

/** R factor of a model that is the data but for rounding. */
const ROUNDING = 1e-22

/** What a fit was made of. */
export interface ExafsEnd {
  readonly sets: readonly OpenSet[]
  readonly problem: ExafsProblem
  readonly inputs: readonly ParameterInput[]
  /** The search as it ended. */
  readonly fit: FitResult
  /** Whether curves are wanted, and how far in R. */
  readonly curves: boolean
  readonly rmaxOut: number
}

/**
 * Makes the result of a fit: errors by independent points, paths, R factors.
 * @param end What the search has found.
 */
export function finishExafs(end: ExafsEnd): ExafsFit {
  const { sets, problem, inputs, fit } = end
  const { independent, points } = problem
  const all = Float64Array.from(inputs, ({ name }) => fit.parameters[name]!.value)
  const free = independent - fit.varied.length
  const { varied, covariance, parameters } = withErrors(end, free)
  const propagation = createPropagation(createParameterSpace(inputs), all, varied, covariance)
  const compared = new Float64Array(points)
  problem.compared(compared)

  const fitted = sets.map((set, index): FittedSet => {
    const from = problem.offsets[index]!
    const range = [from, from + set.transform.count] as const
    const noise = problem.noise[index]!
    return {
      name: set.name,
      rFactor: squares(fit.residual, ...range) / squares(compared, ...range),
      independent: set.transform.independent,
      epsilonK: noise.k.map(values => values.reduce((sum, value) => sum + value, 0) / values.length),
      epsilonR: noise.r.map(values => values[0]!),
      paths: set.paths.map(path => fittedPath(path, propagation, all)),
      ...(end.curves && { curves: exafsCurves(set, index, problem, all, end.rmaxOut) }),
    }
  })
  const rFactor = squares(fit.residual, 0, points) / squares(compared, 0, points)
  const criterion = independent * Math.log(fit.chiSquare / independent)
  const k = fit.varied.length
  return Object.freeze({
    ...frozenFit({
      ...fit,
      parameters: { ...parameters, ...pathParameters(end, fitted, propagation) },
      varied,
      covariance,
      reducedChiSquare: free > 0 ? fit.chiSquare / free : fit.chiSquare,
      degreesOfFreedom: free,
      scaledErrors: true,
      // simulated spectra without noise: what is left is rounding of the model, of which the search knows nothing
      ...(fit.reason === 'stalled' &&
        rFactor < ROUNDING && { converged: true, reason: 'cost' as const, message: 'Converged: the misfit is rounding.' }),
    }),
    rFactor,
    independent,
    aic: criterion + 2 * k,
    bic: criterion + Math.log(independent) * k,
    sets: fitted,
    warnings: warningsOf(end, free),
  })
}

type Errors = Pick<FitResult, 'varied' | 'covariance' | 'parameters'>

/** Errors by the scatter over independent points less variables; a parameter at a bound has none, and the others are those with it held. */
function withErrors({ fit, problem, inputs }: ExafsEnd, free: number): Errors {
  const resting = Object.values(fit.parameters).filter(({ varied, atBound }) => varied && atBound !== undefined)
  let base = fit
  if (resting.length > 0) {
    const held = inputs.map(input => {
      const { value } = fit.parameters[input.name]!
      return resting.some(({ name }) => name === input.name)
        ? { ...input, value, vary: false }
        : { ...input, ...(input.tie === undefined && { value }) }
    })
    base = createLeastSquares(problem, held, { scaleErrors: false, maxEvaluations: 1 }).fit()
  }
  const scale = free > 0 ? fit.chiSquare / free : Number.NaN
  const covariance = base.covariance === null || !(free > 0) ? null : base.covariance.map(value => value * scale)
  const parameters = Object.fromEntries(
    Object.values(fit.parameters).map((parameter): [string, FitParameter] => {
      const { standardError, correlations } = base.parameters[parameter.name]!
      const known = covariance !== null && standardError !== null
      return [
        parameter.name,
        { ...parameter, standardError: known ? standardError * Math.sqrt(scale) : null, correlations: known ? correlations : {} },
      ]
    }),
  )
  return { varied: base.varied, covariance, parameters }
}

/** Distances, disorder ... of paths as parameters that follow, so that a series of fits can be told by them. */
function pathParameters(
  { sets, inputs }: ExafsEnd,
  fitted: readonly FittedSet[],
  propagation: Propagation,
): Record<string, FitParameter> {
  const start = createParameterSpace(inputs).start
  const found: Record<string, FitParameter> = {}
  sets.forEach((set, s) => {
    set.paths.forEach((path, p) => {
      const prefix = sets.length > 1 ? `${set.name}.${path.label}` : path.label
      const initials = Float64Array.of(...start, path.reff)
      for (const { parameter, expression } of path.terms) {
        const word = PATH_PARAMETERS[parameter]!
        const isDistance = word === 'deltar'
        const { value, standardError } = fitted[s]!.paths[p]![isDistance ? 'r' : (word as keyof Pick<FittedPath, 's02'>)]
        const name = `${prefix}.${isDistance ? 'r' : word}`
        found[name] = {
          name,
          value,
          standardError: propagation === undefined ? null : standardError,
          initial: expression.value(initials) + (isDistance ? path.reff : 0),
          min: -Infinity,
          max: Infinity,
          varied: false,
          tie: isDistance ? `reff + ${expression.text}` : expression.text,
          correlations: {},
        }
      }
    })
  })
  return found
}

function squares(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]! * values[i]!
  return sum
}

function warningsOf({ sets, fit, problem }: ExafsEnd, free: number): Issue[] {
  const warnings: Issue[] = sets.flatMap(({ hints }) => hints)
  if (!(free > 0)) {
    warnings.push({
      code: 'W_UNDETERMINED',
      message: `${fit.varied.length} parameters vary, but the data hold ${problem.independent.toFixed(1)} independent points: no errors can be told. Hold or tie parameters, or widen the ranges of k and R.`,
    })
  }
  for (const { name, atBound, varied, value } of Object.values(fit.parameters)) {
    if (varied && atBound !== undefined)
      warnings.push({
        code: 'W_BOUND',
        message: `${name} rests on its ${atBound}, ${value}: it has no error, and the others are those with it held.`,
      })
  }
  return warnings
}
