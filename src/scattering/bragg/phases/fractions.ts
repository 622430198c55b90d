import type { FitResult } from '../../../numeric/fitResult.js'

/** A share with its standard uncertainty. */
export interface Share {
  /** 0 to 1; a little outside where noise has it so. */
  readonly value: number
  /** Standard uncertainty from the covariance of the scales; `null` where that is not known. */
  readonly standardError: number | null
}

/**
 * Mole fractions of phases that turn into each other: n_i / (n_1 + n_2 + ...), with n = scale x formula units in the cell.
 * @param fit    A fit whose parameters hold the scales.
 * @param scales Names of the scales.
 * @param units  Formula units in the cell of each.
 */
export function moleFractions(fit: FitResult, scales: readonly string[], units: readonly number[]): Share[] {
  const moles = scales.map((name, i) => fit.parameters[name]!.value * units[i]!)
  const total = moles.reduce((sum, n) => sum + n, 0)
  const index = scales.map(name => fit.varied.indexOf(name))
  const width = fit.varied.length
  return moles.map((n, i) => {
    const { covariance } = fit
    if (!covariance || index.some(j => j < 0)) return { value: n / total, standardError: null }
    let variance = 0
    for (let j = 0; j < moles.length; j++) {
      for (let k = 0; k < moles.length; k++) {
        const slope = (m: number): number => (units[m]! * ((m === i ? total : 0) - n)) / total ** 2
        variance += slope(j) * slope(k) * covariance[index[j]! * width + index[k]!]!
      }
    }
    return { value: n / total, standardError: Math.sqrt(Math.max(0, variance)) }
  })
}
