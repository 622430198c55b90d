import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { OperandoError } from '../../core/index.js'
import type { FitResult, StopReason } from '../fitResult.js'
import { frozenFit } from '../frozenFit.js'
import { compareJacobian } from './checkJacobian.js'
import { covarianceOf } from './covariance.js'
import { describeParameters } from './fitParameters.js'
import { createLocalModel } from './localModel.js'
import { createLoss } from './losses.js'
import { createParameterSpace } from './parameterSpace.js'
import { checkProblem, createProblemEvaluator, givesDerivatives } from './problemEvaluator.js'
import { explain } from './stopMessages.js'
import { createTrustStep } from './trustStep.js'
import type { LeastSquaresOptions, LeastSquaresProblem, ParameterInput } from './types.js'
import { createWorkspace } from './workspace.js'

const OPTIONS: FieldsOf<LeastSquaresOptions> = {
  loss: true,
  lossScale: true,
  scaleErrors: true,
  tolerances: true,
  maxEvaluations: true,
  differences: true,
  solver: true,
  initialStep: true,
  checkJacobian: true,
  kernels: true,
  signal: true,
}

/** Start values: all in the order of the list, or some by name (the others as before). Tied and fixed ones are taken as they follow. */
export type StartValues = ArrayLike<number> | Readonly<Record<string, number>>

/** A least-squares problem with its buffers, for many fits of the same kind. */
export interface LeastSquaresPlan {
  /** Names of all parameters, in order. */
  readonly names: readonly string[]
  /**
   * Fits. The data are what the problem's functions see at this moment: change them between calls for the next pattern of a series.
   * @param start Where to start. Default: the values in the list of parameters.
   * @throws OperandoError `E_RANGE` for a start outside its bounds, `E_MISSING` for a name not in the list, `E_SHAPE` for a wrong number of values.
   */
  fit(start?: StartValues): FitResult
  /**
   * Moves the bounds of a varied parameter for the fits to come: a window that follows a peak along a series.
   * @param name Which parameter.
   * @param min  Lower bound.
   * @param max  Upper bound.
   * @throws OperandoError `E_MISSING` for a name that is not among the varied ones, `E_RANGE` unless min < max.
   */
  bound(name: string, min: number, max: number): void
}

const ACCEPT = 1e-4
/** Full steps that promise less and less by at least this factor converge fast enough to tell what the next one would promise. */
const FAST = 0.1
/** How many times more than such a forecast may be left. */
const FORECAST_ERROR = 10

/**
 * Prepares a non-linear least-squares fit, so that it can be run many times without allocating anew: see `leastSquares` for what it does.
 *
 * @param problem    Residuals and, if possible, their derivatives.
 * @param inputs     Names, starts, bounds, ties of the parameters.
 * @param options    Loss, stops, solver ...
 * @throws OperandoError `E_ARGUMENT`, `E_RANGE`, `E_SHAPE`, `E_MISSING` for input that makes no sense, naming it.
 * @example
 * ```ts
 * import { createLeastSquares } from 'operando/numeric'
 * const x = [0, 1, 2, 3]
 * const data = new Float64Array(4)
 * const plan = createLeastSquares(
 *   { points: 4, residuals: (p, out) => x.forEach((xi, i) => (out[i] = p[0]! * Math.exp(-p[1]! * xi) - data[i]!)) },
 *   [{ name: 'height', value: 1 }, { name: 'rate', value: 1 }],
 * )
 * for (const rate of [0.5, 0.6, 0.7]) {
 *   x.forEach((xi, i) => (data[i] = 2 * Math.exp(-rate * xi)))
 *   console.log(plan.fit().parameters.rate!.value)
 * }
 * ```
 */
export function createLeastSquares(
  problem: LeastSquaresProblem,
  inputs: readonly ParameterInput[],
  options: LeastSquaresOptions = {},
): LeastSquaresPlan {
  assertKnown(options, 'options', OPTIONS)
  assertFields(problem, 'problem', ['points'])
  if (!Array.isArray(inputs)) {
    throw new OperandoError(
      'E_ARGUMENT',
      `parameters: a list such as [{ name: 'height', value: 1 }] expected, found ${typeof inputs}.`,
    )
  }
  const parameters = [...inputs]
  const { tolerances = {}, differences = 'auto', solver = 'auto', initialStep = 1, signal } = options
  const { cost: costTolerance = 1e-14, step: stepTolerance = 1e-10, gradient: gradientTolerance = 1e-10 } = tolerances
  const space = createParameterSpace(parameters)
  const n = problem.points
  const k = space.free.length
  checkProblem(problem, k)
  const loss = createLoss(options.loss ?? 'linear', options.lossScale ?? 1, n)
  const maxEvaluations = options.maxEvaluations ?? Math.max(1000, 100 * (k + 1))
  const scaleErrors = options.scaleErrors ?? loss.scaleErrors

  const all = space.start.slice()
  const byAll = space.direct || !givesDerivatives(problem) ? 0 : space.names.length
  const work = createWorkspace(n, k, byAll, options.kernels)
  const evaluator = createProblemEvaluator(problem, space, loss, all, work)
  const model = createLocalModel(n, k, solver, work.gram)
  const trust = createTrustStep(k)
  const diagonal = new Float64Array(k)
  const below = new Float64Array(k)
  const above = new Float64Array(k)
  let point = new Float64Array(k)
  let trialPoint = new Float64Array(k)
  let [raw, trialRaw] = work.residuals

  const scaledLength = (): number => {
    let square = 0
    for (let j = 0; j < k; j++) square += (diagonal[j]! * point[j]!) ** 2
    return Math.sqrt(square)
  }
  /** Distances to the bounds, and the largest cosine between the residual and a column that is not pushed against its bound. */
  const lookAround = (cost: number): number => {
    let largest = 0
    for (let j = 0; j < k; j++) {
      below[j] = space.lower[j]! - point[j]!
      above[j] = space.upper[j]! - point[j]!
      const g = model.gradient[j]!
      if ((g > 0 && below[j]! >= 0) || (g < 0 && above[j]! <= 0) || g === 0) continue
      largest = Math.max(largest, Math.abs(g) / (model.norms[j]! * Math.sqrt(cost)))
    }
    return largest
  }

  /** Change of the cost that rounding of a term of this size, and of the sum, may make. */
  const roundingOf = (cost: number, size: number): number =>
    Number.EPSILON * (4 * size * Math.sqrt(cost) + 2 * Math.sqrt(n) * cost)

  /** Smallest contribution of a parameter to the residuals: what the model is made of, at least. */
  const smallestTerm = (): number => {
    let size = Infinity
    for (let j = 0; j < k; j++) size = Math.min(size, model.norms[j]! * Math.abs(point[j]!) || Infinity)
    return size < Infinity ? size : 0
  }

  /** Whether all that the linear problem still promises may be rounding, when no step has made it true. */
  const isRounding = (cost: number): boolean => {
    let size = 0
    let promise = 0
    for (let j = 0; j < k; j++) {
      size = Math.max(size, model.norms[j]! * Math.abs(point[j]!))
      promise += model.q[j]! ** 2
    }
    return promise <= roundingOf(cost, size)
  }

  const linearize = (accuracy: 'forward' | 'central'): boolean => {
    if (!evaluator.linearize(point, raw, accuracy) || !model.reduce(evaluator.system)) return false
    for (let j = 0; j < k; j++) diagonal[j] = Math.max(diagonal[j]!, model.norms[j]!) || 1
    return true
  }

  const begin = (start: StartValues | undefined): void => {
    all.set(space.start)
    if (start !== undefined) readStart(start, all, space.names)
    for (let j = 0; j < k; j++) {
      const value = all[space.free[j]!]!
      point[j] = value
      if (!(value >= space.lower[j]! && value <= space.upper[j]!)) {
        const name = space.names[space.free[j]!]!
        throw new OperandoError('E_RANGE', `Start of "${name}": ${value} is not within [${space.lower[j]}, ${space.upper[j]}].`, {
          details: { parameter: name, value },
        })
      }
    }
    space.expand(point, all)
    diagonal.fill(0)
    evaluator.evaluations = 0
    model.solver = solver === 'qr' ? 'qr' : 'normal-equations'
    trust.lambda = 0
  }

  const fit = (start?: StartValues): FitResult => {
    begin(start)
    const initial = all.slice()
    let accuracy: 'forward' | 'central' = differences === 'central' ? 'central' : 'forward'
    let iterations = 0
    let trials = 1
    let solved = false

    const finish = (reason: StopReason): FitResult => {
      space.expand(point, all)
      const tolerance = evaluator.analytic ? 1e-13 : accuracy === 'central' ? 1e-10 : 1e-7
      const found = solved && n > k - 1 ? covarianceOf(model, k, tolerance) : { matrix: null, dependent: -1 }
      const residual = loss.report(raw)
      let chiSquare = 0
      for (let i = 0; i < n; i++) chiSquare += residual[i]! * residual[i]!
      const freedom = n - k
      const determined = found.matrix !== null && (freedom > 0 || !scaleErrors)
      const covariance = determined ? found.matrix : null
      if (covariance && scaleErrors) for (let i = 0; i < covariance.length; i++) covariance[i]! *= cost / freedom
      const varied = Array.from(space.free, i => space.names[i]!)
      return frozenFit({
        parameters: describeParameters(parameters, space, initial, all, covariance),
        varied,
        covariance,
        residual,
        chiSquare,
        reducedChiSquare: chiSquare / Math.max(1, freedom),
        cost,
        points: n,
        degreesOfFreedom: freedom,
        scaledErrors: scaleErrors,
        converged: reason === 'cost' || reason === 'step' || reason === 'gradient',
        reason,
        message: explain(reason, varied[found.dependent], solved && freedom === 0 && scaleErrors),
        iterations,
        evaluations: evaluator.evaluations,
        solver: model.solver,
        derivatives: evaluator.analytic ? 'analytic' : accuracy,
      })
    }

    // what the problem forgets to fill (or returns instead) must not pass for a residual of 0
    raw.fill(Number.NaN)
    evaluator.residuals(point, raw, true)
    let cost = loss.cost(raw)
    if (!Number.isFinite(cost)) return finish('not-finite')
    if (!linearize(accuracy)) return finish('not-finite')
    solved = true
    if (k === 0) return finish('gradient')
    if (options.checkJacobian && evaluator.analytic) compareJacobian(problem, space, all)
    let delta = initialStep * scaledLength() || initialStep
    let accepted = true
    /** What the step before promised, if it was a full one and was taken; else 0. */
    let promised = 0

    const take = (trialCost: number): void => {
      ;[point, trialPoint] = [trialPoint, point]
      ;[raw, trialRaw] = [trialRaw, raw]
      cost = trialCost
      iterations++
    }

    /** Converged by forward differences: goes on from there with central ones, which also make the covariance. */
    const polish = (): boolean => {
      if (evaluator.analytic || accuracy === 'central' || differences === 'forward') return false
      accuracy = 'central'
      if (!linearize(accuracy)) return false
      delta = Math.max(delta, scaledLength())
      trust.lambda = 0
      promised = 0
      return true
    }

    for (;;) {
      if (signal?.aborted) return finish('aborted')
      const cosine = lookAround(cost)
      if (!(cosine > gradientTolerance)) {
        if (polish()) continue
        return finish('gradient')
      }
      if (trials >= maxEvaluations) return finish('iterations')
      const negligible = Math.max(costTolerance * cost, roundingOf(cost, smallestTerm()))
      const predicted = trust.find(model, diagonal, delta, below, above)
      if (trials === 1) delta = Math.min(delta, trust.length)
      let slope = 0
      for (let j = 0; j < k; j++) {
        const value = point[j]! + trust.step[j]!
        trialPoint[j] = Math.min(Math.max(value, space.lower[j]!), space.upper[j]!)
        slope += model.gradient[j]! * trust.step[j]!
      }
      // a full step after which next to nothing is left is the last one: it is taken, but the derivatives need not be renewed
      const full = trust.lambda === 0
      const rate = FORECAST_ERROR * (predicted / promised)
      const forecast = full && predicted <= FAST * promised && rate * predicted <= costTolerance * cost
      const last = forecast || (full && predicted <= costTolerance * cost)
      evaluator.residuals(trialPoint, trialRaw, accepted && !last)
      trials++
      const trialCost = loss.cost(trialRaw)
      const actual = Number.isFinite(trialCost) ? cost - trialCost : -Infinity
      const gain = predicted > 0 ? actual / predicted : 0
      // a forecast stands only if the step did about what it promised
      if (last && (predicted <= costTolerance * cost ? actual >= -negligible : gain > 0.5 && gain < 2)) {
        take(trialCost)
        if (polish()) continue
        return finish('cost')
      }

      // Moré's rules for the radius
      if (gain <= 0.25) {
        let shrink = actual >= 0 ? 0.5 : (0.5 * slope) / (slope + 0.5 * actual)
        if (!(shrink >= 0.1) || 0.01 * trialCost >= cost) shrink = 0.1
        delta = shrink * Math.min(delta, 10 * trust.length)
        trust.lambda /= shrink
      } else if (trust.lambda === 0 || gain >= 0.75) {
        delta = 2 * trust.length
        trust.lambda *= 0.5
      }

      accepted = gain >= ACCEPT
      promised = accepted && full ? predicted : 0
      if (accepted) {
        take(trialCost)
        if (!linearize(accuracy)) {
          solved = false
          return finish('not-finite')
        }
      }
      let reason: StopReason | undefined
      if (Math.abs(actual) <= negligible && predicted <= negligible) reason = 'cost'
      else if (delta <= stepTolerance * scaledLength()) {
        reason = accepted || cosine < 1e-4 || isRounding(cost) ? 'step' : 'stalled'
      }
      if (reason && !polish()) return finish(reason)
    }
  }

  const bound = (name: string, min: number, max: number): void => {
    const j = space.free.findIndex(i => space.names[i] === name)
    if (j < 0) {
      throw new OperandoError('E_MISSING', `"${name}" is not among the varied parameters.`, { details: { name } })
    }
    if (!(min < max)) throw new OperandoError('E_RANGE', `Bounds of "${name}": min < max expected, found [${min}, ${max}].`)
    space.lower[j] = min
    space.upper[j] = max
    const i = space.free[j]!
    parameters[i] = { ...parameters[i]!, min, max }
  }

  return { names: space.names, fit, bound }
}

function readStart(start: StartValues, all: Float64Array, names: readonly string[]): void {
  if ('length' in start && typeof start !== 'function' && typeof start.length === 'number' && !names.includes('length')) {
    if (start.length !== all.length) {
      throw new OperandoError('E_SHAPE', `Start values: ${all.length} expected (${names.join(', ')}), ${start.length} found.`)
    }
    all.set(start as ArrayLike<number>)
    return
  }
  for (const [name, value] of Object.entries(start as Readonly<Record<string, number>>)) {
    const i = names.indexOf(name)
    if (i < 0) {
      throw new OperandoError('E_MISSING', `Start values: "${name}" is not among the parameters ${names.join(', ')}.`, {
        details: { name },
      })
    }
    all[i] = value
  }
}
