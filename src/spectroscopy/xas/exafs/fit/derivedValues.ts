import type { Expression } from '../../../../numeric/leastSquares/expression.js'
import type { ParameterSpace } from '../../../../numeric/leastSquares/parameterSpace.js'
import { PATH_PARAMETERS } from '../pathParameters.js'
import { type CompiledPath, indexOfParameter, updatePath } from './compilePath.js'
import type { FittedPath, WithError } from './fittedTypes.js'

/** Errors of what follows from the parameters of a fit. */
export interface Propagation {
  /**
   * Value and standard error of an expression of the parameters.
   * @param expression The expression.
   * @param reff       What `reff` means in it.
   */
  of(expression: Expression, reff: number): WithError
}

/**
 * Prepares the propagation of errors, ties included.
 * @param space      Parameters.
 * @param all        Their values at the end.
 * @param varied     Names of those that the covariance is of.
 * @param covariance k x k, or null.
 */
export function createPropagation(
  space: ParameterSpace,
  all: Float64Array,
  varied: readonly string[],
  covariance: Float64Array | null,
): Propagation {
  const k = varied.length
  const { free, ties, names } = space
  const slopes = new Float64Array(ties.length * free.length)
  if (ties.length > 0) space.slopes(all, slopes)
  const values = Float64Array.of(...all, 0)
  // how all parameters move with each varied one
  const directions = varied.map(name => {
    const index = names.indexOf(name)
    const j = free.indexOf(index)
    const direction = new Float64Array(values.length)
    direction[index] = 1
    ties.forEach((tie, t) => {
      direction[tie.target] = slopes[t * free.length + j]!
    })
    return direction
  })
  return {
    of(expression, reff) {
      values[values.length - 1] = reff
      const value = expression.value(values)
      if (covariance === null) return { value, standardError: null }
      const gradient = directions.map(direction => expression.slope(values, direction))
      let variance = 0
      for (let i = 0; i < k; i++) {
        if (gradient[i] === 0) continue
        for (let j = 0; j < k; j++) variance += gradient[i]! * covariance[i * k + j]! * gradient[j]!
      }
      return { value, standardError: Math.sqrt(Math.max(0, variance)) }
    },
  }
}

/** A path at the end of a fit. */
export function fittedPath(path: CompiledPath, propagation: Propagation, all: Float64Array): FittedPath {
  updatePath(path, Float64Array.of(...all, path.reff))
  const found = Object.fromEntries(
    PATH_PARAMETERS.map((name, parameter): [string, WithError] => {
      const term = path.terms.find(one => one.parameter === parameter)
      return [name, term ? propagation.of(term.expression, path.reff) : { value: path.values[parameter]!, standardError: 0 }]
    }),
  ) as unknown as Omit<FittedPath, 'label' | 'reff' | 'r'>
  const deltar = path.values[indexOfParameter('deltar')]!
  return {
    label: path.label,
    reff: path.reff,
    ...found,
    r: { value: path.reff + deltar, standardError: found.deltar.standardError },
  }
}
