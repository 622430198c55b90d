import type { FitResult } from '../../../numeric/fitResult.js'
import { createParameterSpace } from '../../../numeric/leastSquares/parameterSpace.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import type { LineEquations } from './lineEquations.js'

/**
 * Standard errors of the intensities of groups of lines: those they would have with all else known, and what the uncertainty of all else adds.
 * @param equations Normal equations of the intensities.
 * @param response  How they change with each parameter, `count` values a parameter.
 * @param inputs    The parameters.
 * @param p         Their values.
 * @param fit       Covariance of the varied ones.
 * @param scale     What variances are multiplied by.
 * @returns By group; null where the covariance is not known.
 */
export function intensityErrors(
  equations: LineEquations,
  response: Float64Array,
  inputs: readonly ParameterInput[],
  p: Float64Array,
  { covariance }: FitResult,
  scale: number,
): Float64Array | null {
  if (covariance === null) return null
  const { count } = equations
  const space = createParameterSpace(inputs)
  const k = space.free.length
  const slopes = new Float64Array(space.ties.length * k)
  space.slopes(p, slopes)
  const unit = new Float64Array(count)
  const change = new Float64Array(k)
  return Float64Array.from({ length: count }, (_, g) => {
    unit.fill(0)
    unit[g] = 1
    equations.solve(unit)
    let variance = scale * unit[g]!
    for (let j = 0; j < k; j++) {
      change[j] = response[space.free[j]! * count + g]!
      space.ties.forEach((tie, t) => {
        change[j]! += slopes[t * k + j]! * response[tie.target * count + g]!
      })
    }
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) variance += change[i]! * change[j]! * covariance[i * k + j]!
    return Math.sqrt(Math.max(0, variance))
  })
}
