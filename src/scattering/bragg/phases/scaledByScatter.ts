import type { FitParameter, FitResult } from '../../../numeric/fitResult.js'

/**
 * A fit whose uncertainties follow from the scatter of the points that have a weight: those without count neither as data nor as degrees of freedom.
 * @param fit  A fit with unscaled errors.
 * @param good Points with a weight.
 */
export function scaledByScatter(fit: FitResult, good: number): FitResult {
  const degreesOfFreedom = good - fit.varied.length
  const reducedChiSquare = degreesOfFreedom > 0 ? fit.chiSquare / degreesOfFreedom : fit.chiSquare
  const factor = Math.sqrt(reducedChiSquare)
  const parameters: Record<string, FitParameter> = {}
  for (const [name, parameter] of Object.entries(fit.parameters)) {
    const { standardError } = parameter
    parameters[name] = standardError === null ? parameter : { ...parameter, standardError: standardError * factor }
  }
  return {
    ...fit,
    parameters,
    covariance: fit.covariance?.map(v => v * reducedChiSquare) ?? null,
    points: good,
    degreesOfFreedom,
    reducedChiSquare,
    scaledErrors: true,
  }
}
