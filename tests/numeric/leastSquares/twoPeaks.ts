import type { CombinedProblem, ParameterInput } from 'operando/numeric'
import reference from '../../reference/numeric/leastSquares.json'

/** Fits of two Gaussians on a line made by scipy and lmfit. */
export { reference }

const L = 4 * Math.LN2

/**
 * The problem of the reference: residuals (model - data) / sigma with analytic derivatives.
 * @param data  81 values.
 * @param sigma 81 uncertainties; 1 if absent.
 */
export function twoPeaks(data: readonly number[], sigma?: readonly number[]): CombinedProblem {
  const { x } = reference
  const n = x.length
  return {
    points: n,
    evaluate(p, residual, jacobian) {
      for (let i = 0; i < n; i++) {
        const weight = 1 / (sigma?.[i] ?? 1)
        let sum = p[6]! + p[7]! * x[i]!
        for (let k = 0; k < 6; k += 3) {
          const u = (x[i]! - p[k + 1]!) / p[k + 2]!
          const shape = Math.exp(-L * u * u)
          sum += p[k]! * shape
          if (!jacobian) continue
          jacobian[k * n + i] = shape * weight
          jacobian[(k + 1) * n + i] = ((2 * L * u * p[k]! * shape) / p[k + 2]!) * weight
          jacobian[(k + 2) * n + i] = ((2 * L * u * u * p[k]! * shape) / p[k + 2]!) * weight
        }
        residual[i] = (sum - data[i]!) * weight
        if (!jacobian) continue
        jacobian[6 * n + i] = weight
        jacobian[7 * n + i] = x[i]! * weight
      }
    },
  }
}

/**
 * Parameters of the reference.
 * @param start Start values.
 * @param min   Lower bounds, null for none.
 * @param max   Upper bounds.
 */
export function peakParameters(
  start: readonly number[] = reference.start,
  min?: readonly (number | null)[],
  max?: readonly (number | null)[],
): ParameterInput[] {
  return reference.names.map((name, i) => ({
    name,
    value: start[i]!,
    min: min?.[i] ?? undefined,
    max: max?.[i] ?? undefined,
  }))
}
