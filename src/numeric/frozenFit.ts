import type { FitResult } from './fitResult.js'

/**
 * Freezes a fit as other results are frozen: shell, parameters, correlations. The numbers in its typed arrays belong to the caller.
 * @param fit A result that was just made.
 */
export function frozenFit<Fit extends Pick<FitResult, 'parameters' | 'varied'>>(fit: Fit): Fit {
  for (const parameter of Object.values(fit.parameters)) {
    Object.freeze(parameter.correlations)
    Object.freeze(parameter)
  }
  Object.freeze(fit.parameters)
  Object.freeze(fit.varied)
  return Object.freeze(fit)
}
