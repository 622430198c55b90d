import { gammaP, gammaQ, poissonTerm } from '../special/incompleteGamma.js'
import { assertDegrees, assertNumber, assertProbability, assertTail, invertTail, smallerTail, type Tail } from './probability.js'

/**
 * Probability of a chi-square below x (or above it: the chance to fit as badly as this).
 * @param x       Value; 0 or less gives the whole on one side.
 * @param degrees Degrees of freedom, > 0.
 * @param tail    Which side. Default `'lower'`.
 * @throws OperandoError `E_RANGE`, `E_NAN`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { chiSquareCdf } from 'operando/numeric'
 * chiSquareCdf(130, 100, 'upper') // 0.0236...
 * ```
 */
export function chiSquareCdf(x: number, degrees: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertNumber(x)
  assertDegrees(degrees)
  const positive = Math.max(0, x)
  return tail === 'lower' ? gammaP(degrees / 2, positive / 2) : gammaQ(degrees / 2, positive / 2)
}

/**
 * Value that a chi-square stays below (or above) with this probability. Relative error below 1e-11.
 * @param probability 0 to 1.
 * @param degrees     Degrees of freedom, > 0.
 * @param tail        Which side the probability is of. Default `'lower'`.
 * @throws OperandoError `E_RANGE`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { chiSquareQuantile } from 'operando/numeric'
 * chiSquareQuantile(0.95, 1) // 3.8414588206941236
 * ```
 */
export function chiSquareQuantile(probability: number, degrees: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertProbability(probability)
  assertDegrees(degrees)
  if (probability === 0 || probability === 1) return (probability === 0) === (tail === 'lower') ? 0 : Infinity
  const a = degrees / 2
  const { share, side } = smallerTail(probability, tail)
  const t = invertTail(
    share,
    logX => {
      const x = Math.exp(logX)
      return [side === 'lower' ? gammaP(a, x) : gammaQ(a, x), a * poissonTerm(a, x)]
    },
    side === 'lower' ? 1 : -1,
    Math.log(a),
  )
  return 2 * Math.exp(t)
}
