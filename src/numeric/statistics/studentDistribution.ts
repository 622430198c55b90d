import { oddsQuantile, oddsShare } from './fDistribution.js'
import { assertDegrees, assertNumber, assertProbability, assertTail, type Tail } from './probability.js'

/**
 * Probability of Student's t below x (or above it).
 * @param x       Value.
 * @param degrees Degrees of freedom, > 0.
 * @param tail    Which side. Default `'lower'`.
 * @throws OperandoError `E_RANGE`, `E_NAN`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { studentCdf } from 'operando/numeric'
 * studentCdf(2, 10) // 0.963305982... : that a deviation of 2 standard errors is no chance
 * ```
 */
export function studentCdf(x: number, degrees: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertNumber(x)
  assertDegrees(degrees)
  const beyond = x === 0 ? 0.5 : 0.5 * oddsShare(0.5, degrees / 2, Math.min((x * x) / degrees, Number.MAX_VALUE), 'upper')
  return x > 0 === (tail === 'upper') ? beyond : 1 - beyond
}

/**
 * Value that Student's t stays below (or above) with this probability: by how many standard errors a confidence interval of few points reaches.
 * Relative error below 1e-11.
 * @param probability 0 (-Infinity) to 1 (Infinity).
 * @param degrees     Degrees of freedom, > 0.
 * @param tail        Which side the probability is of. Default `'lower'`.
 * @throws OperandoError `E_RANGE`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { studentQuantile } from 'operando/numeric'
 * studentQuantile(0.975, 3) // 3.1824463052837
 * ```
 */
export function studentQuantile(probability: number, degrees: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertProbability(probability)
  assertDegrees(degrees)
  const sign = probability < 0.5 === (tail === 'lower') ? -1 : 1
  const off = Math.abs(probability - 0.5)
  if (off === 0) return 0
  // t² / degrees are the odds of a beta distribution; near the middle by the share between, outside by that beyond
  const odds =
    off < 0.25
      ? oddsQuantile(0.5, degrees / 2, 2 * off, 'lower')
      : oddsQuantile(0.5, degrees / 2, 2 * Math.min(probability, 1 - probability), 'upper')
  return sign * Math.sqrt(odds * degrees)
}
