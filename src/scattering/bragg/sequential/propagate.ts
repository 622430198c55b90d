import type { FitResult } from '../../../numeric/fitResult.js'
import type { Estimate } from '../dSpacingOfPeak.js'

/** Step of differences in standard errors: a hundredth, where what follows is straight. */
const STEP = 0.01

/**
 * A number that follows from parameters of a fit, with the standard error that their covariance gives it.
 * @param fit   The fit.
 * @param names Parameters it follows from.
 * @param of    The number, of values in the order of the names.
 */
export function propagate(
  { parameters, varied, covariance }: FitResult,
  names: readonly string[],
  of: (values: number[]) => number,
): Estimate {
  const values = names.map(name => parameters[name]!.value)
  const value = of(values)
  if (covariance === null) return { value, standardError: null }
  const k = varied.length
  const free = names.flatMap((name, i) => {
    const { standardError } = parameters[name]!
    const j = varied.indexOf(name)
    return j >= 0 && standardError ? [{ i, j, step: STEP * standardError }] : []
  })
  if (free.length === 0) return { value, standardError: null }
  const slopes = free.map(({ i, step }) => {
    const at = (change: number): number => of(values.map((v, m) => (m === i ? v + change : v)))
    return (at(step) - at(-step)) / (2 * step)
  })
  let variance = 0
  free.forEach((one, a) => {
    free.forEach((other, b) => {
      variance += slopes[a]! * slopes[b]! * covariance[one.j * k + other.j]!
    })
  })
  return { value, standardError: Math.sqrt(Math.max(0, variance)) }
}
