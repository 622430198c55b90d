import { OperandoError } from '../../core/index.js'
import type { CombinedProblem } from '../leastSquares/types.js'
import type { CurveDerivatives, CurveModel, CurveValues } from './types.js'

/** A user's curve in the form that solvers take: parameters in a row instead of by name. */
export interface Curve {
  /**
   * Fills the curve.
   * @param x   Abscissae.
   * @param all All parameters, in order.
   * @param out As many values.
   */
  evaluate(x: Float64Array, all: Float64Array, out: Float64Array): void
}

function byName<Name extends string>(names: readonly Name[]): (all: Float64Array) => CurveValues<Name> {
  const record = Object.fromEntries(names.map(name => [name, 0])) as Record<Name, number>
  return all => {
    for (let i = 0; i < names.length; i++) record[names[i]!] = all[i]!
    return record
  }
}

/**
 * Wraps a user's model.
 * @param model The model.
 * @param names Names of its parameters, in order.
 */
export function createCurve<Name extends string>(model: CurveModel<Name>, names: readonly Name[]): Curve {
  const named = byName(names)
  if (typeof model !== 'function') return { evaluate: (x, all, out) => model.evaluate(x, named(all), out) }
  return {
    evaluate(x, all, out): void {
      const p = named(all)
      for (let i = 0; i < x.length; i++) out[i] = model(x[i]!, p)
    },
  }
}

/**
 * The weighted residuals (curve - y) / sigma, and their derivatives if the user has them.
 * @param curve       The curve.
 * @param names       Names of its parameters, in order.
 * @param x           Abscissae.
 * @param y           Data.
 * @param weights     1 / sigma.
 * @param derivatives The user's derivatives.
 * @throws OperandoError from the problem: `E_MISSING` where a derivative is asked for and not there.
 */
export function createCurveProblem<Name extends string>(
  curve: Curve,
  names: readonly Name[],
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array,
  derivatives: CurveDerivatives<Name> | undefined,
): CombinedProblem | { points: number; residuals: (all: Float64Array, out: Float64Array) => void } {
  const points = x.length
  const residuals = (all: Float64Array, out: Float64Array): void => {
    curve.evaluate(x, all, out)
    for (let i = 0; i < points; i++) out[i] = (out[i]! - y[i]!) * weights[i]!
  }
  if (!derivatives) return { points, residuals }
  const named = byName(names)
  return {
    points,
    evaluate(all, residual, jacobian): void {
      residuals(all, residual)
      if (!jacobian) return
      const p = named(all)
      for (let i = 0; i < points; i++) {
        const slopes = derivatives(x[i]!, p)
        for (let j = 0; j < names.length; j++) jacobian[j * points + i] = (slopes[names[j]!] ?? Number.NaN) * weights[i]!
      }
    },
  }
}

/**
 * Throws where the user's derivatives lack a parameter that varies.
 * @param derivatives The user's derivatives.
 * @param varied      Names of the varied parameters and of what ties read.
 * @param x           One abscissa.
 * @param p           Parameters.
 * @throws OperandoError `E_MISSING`.
 */
export function checkDerivatives<Name extends string>(
  derivatives: CurveDerivatives<Name>,
  varied: readonly Name[],
  x: number,
  p: CurveValues<Name>,
): void {
  const slopes = derivatives(x, p)
  const missing = varied.filter(name => slopes[name] === undefined)
  if (missing.length === 0) return
  throw new OperandoError(
    'E_MISSING',
    `derivatives: none is given by ${missing.join(', ')}. Give all of varied and tied parameters.`,
    {
      details: { names: missing },
    },
  )
}
