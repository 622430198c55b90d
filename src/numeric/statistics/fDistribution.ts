import { betaShare, frontFactor } from '../special/incompleteBeta.js'
import { assertDegrees, assertNumber, assertProbability, assertTail, invertTail, smallerTail, type Tail } from './probability.js'

/**
 * Probability of a ratio of variances F below x (or above it).
 * @param x           Value; 0 or less gives the whole on one side.
 * @param numerator   Degrees of freedom above, > 0.
 * @param denominator Degrees of freedom below, > 0.
 * @param tail        Which side. Default `'lower'`.
 * @throws OperandoError `E_RANGE`, `E_NAN`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { fCdf } from 'operando/numeric'
 * fCdf(4, 2, 30, 'upper') // 0.0288... : does one more component improve the fit?
 * ```
 */
export function fCdf(x: number, numerator: number, denominator: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertNumber(x)
  assertDegrees(numerator, 'numerator')
  assertDegrees(denominator, 'denominator')
  if (x === Infinity) return tail === 'lower' ? 1 : 0
  return oddsShare(numerator / 2, denominator / 2, (Math.max(0, x) * numerator) / denominator, tail)
}

/**
 * Value that a ratio of variances F stays below (or above) with this probability. Relative error below 1e-11.
 * @param probability 0 to 1.
 * @param numerator   Degrees of freedom above, > 0.
 * @param denominator Degrees of freedom below, > 0.
 * @param tail        Which side the probability is of. Default `'lower'`.
 * @throws OperandoError `E_RANGE`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { fQuantile } from 'operando/numeric'
 * fQuantile(0.95, 3, 20) // 3.098391212...
 * ```
 */
export function fQuantile(probability: number, numerator: number, denominator: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertProbability(probability)
  assertDegrees(numerator, 'numerator')
  assertDegrees(denominator, 'denominator')
  return (oddsQuantile(numerator / 2, denominator / 2, probability, tail) * denominator) / numerator
}

/** Share of the beta distribution below (above) x given as odds x / (1 - x), which keep their digits at both ends. */
export function oddsShare(a: number, b: number, odds: number, tail: Tail): number {
  const x = odds / (1 + odds)
  const y = 1 / (1 + odds)
  return tail === 'lower' ? betaShare(a, b, x, y) : betaShare(b, a, y, x)
}

/** Odds x / (1 - x) that a beta-distributed number stays below (above) with this probability. */
export function oddsQuantile(a: number, b: number, probability: number, tail: Tail): number {
  if (probability === 0 || probability === 1) return (probability === 0) === (tail === 'lower') ? 0 : Infinity
  const { share, side } = smallerTail(probability, tail)
  const t = invertTail(
    share,
    logOdds => {
      const odds = Math.exp(logOdds)
      const density = a * frontFactor(a, b, odds / (1 + odds), 1 / (1 + odds))
      return [oddsShare(a, b, odds, side), density]
    },
    side === 'lower' ? 1 : -1,
    Math.log(a / b),
  )
  return Math.exp(t)
}
