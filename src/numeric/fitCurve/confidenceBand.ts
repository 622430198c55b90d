import { OperandoError } from '../../core/index.js'
import type { FitResult } from '../fitResult.js'
import type { ParameterSpace } from '../leastSquares/parameterSpace.js'
import { normalQuantile } from '../statistics/normalDistribution.js'
import { studentQuantile } from '../statistics/studentDistribution.js'
import type { Curve } from './curveProblem.js'
import type { ConfidenceBand } from './types.js'

/** A step in standard errors: small against the curvature of any model worth fitting, large against rounding. */
const STEP = 1e-3

/**
 * Confidence band of a fitted curve, by linear propagation of the covariance.
 * @param fit   The fit.
 * @param curve Its curve.
 * @param space Its parameters.
 * @param x     Abscissae.
 * @param level Probability.
 * @throws OperandoError `E_SINGULAR`, `E_RANGE`.
 */
export function confidenceBandOf(
  fit: FitResult,
  curve: Curve,
  space: ParameterSpace,
  x: Float64Array,
  level: number,
): ConfidenceBand {
  if (!(level > 0 && level < 1)) throw new OperandoError('E_RANGE', `level: between 0 and 1 expected, found ${level}.`)
  const { covariance, varied } = fit
  if (!covariance) {
    throw new OperandoError('E_SINGULAR', `There is no confidence band, since the fit has no covariance: ${fit.message}`)
  }
  const all = Float64Array.from(space.names, name => fit.parameters[name]!.value)
  const value = new Float64Array(x.length)
  curve.evaluate(x, all, value)
  const k = varied.length
  const best = Float64Array.from(varied, name => fit.parameters[name]!.value)
  const moved = best.slice()
  const high = new Float64Array(x.length)
  const low = new Float64Array(x.length)
  const at = (j: number, v: number, out: Float64Array): number => {
    moved[j] = Math.min(Math.max(v, space.lower[j]!), space.upper[j]!)
    space.expand(moved, all)
    curve.evaluate(x, all, out)
    return moved[j]!
  }
  const slopes = varied.map((_, j) => {
    const step = STEP * Math.sqrt(covariance[j * k + j]!)
    const span = at(j, best[j]! + step, high) - at(j, best[j]! - step, low)
    moved[j] = best[j]!
    return high.map((v, i) => (span > 0 ? (v - low[i]!) / span : 0))
  })
  const standardError = value.map((_, i) => {
    let sum = 0
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) sum += slopes[a]![i]! * covariance[a * k + b]! * slopes[b]![i]!
    return Math.sqrt(Math.max(0, sum))
  })
  const share = (1 + level) / 2
  const factor = fit.scaledErrors ? studentQuantile(share, fit.degreesOfFreedom) : normalQuantile(share)
  return {
    x,
    value,
    standardError,
    lower: value.map((v, i) => v - factor * standardError[i]!),
    upper: value.map((v, i) => v + factor * standardError[i]!),
    level,
  }
}
