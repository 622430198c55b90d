import { assertKnown } from '../../core/fields.js'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { NAN_FIELDS, type NanOptions, samplesOf } from './sample.js'

/** A mean with its uncertainty. */
export interface WeightedMean {
  /** Sum of x / sigma² over sum of 1 / sigma². */
  readonly value: number
  /** Its standard error as the sigmas have it: 1 / sqrt(sum of 1 / sigma²). */
  readonly internalError: number
  /** Its standard error as the scatter has it: the internal one times sqrt(chiSquare / (n - 1)); `null` for one value. */
  readonly externalError: number | null
  /** The larger of both: what to quote when the sigmas may be too small (Particle Data Group's scale factor, never below 1). */
  readonly standardError: number
  /** Sum of ((x - value) / sigma)². About n - 1 when the sigmas are right. */
  readonly chiSquare: number
  /** Points used. */
  readonly points: number
}

/**
 * Mean of values of unequal uncertainty, weighted by 1 / sigma², with its error from the sigmas and from the scatter.
 *
 * @param x       Values, at least 1.
 * @param sigma   Their standard uncertainties, > 0.
 * @param options What to do with NaN.
 * @throws OperandoError `E_SHAPE`, `E_NAN`; `E_RANGE` for a sigma that is not positive.
 * @see Birge, Phys. Rev. 40 (1932) 207
 * @example
 * ```ts
 * import { weightedMean } from 'operando/numeric'
 * const { value, internalError, externalError } = weightedMean([8.27, 8.25, 8.3], [0.01, 0.01, 0.02])
 * ```
 */
export function weightedMean(x: NumbersLike, sigma: NumbersLike, options: NanOptions = {}): WeightedMean {
  assertKnown(options, 'weightedMean options', NAN_FIELDS)
  const sample = samplesOf({ x, sigma }, 1, options)
  const n = sample.x.length
  let weight = 0
  let sum = 0
  for (let i = 0; i < n; i++) {
    const s = sample.sigma[i]!
    if (!(s > 0))
      throw new OperandoError('E_RANGE', `sigma[${i}] is ${s}: a positive number expected.`, { details: { index: i } })
    weight += 1 / (s * s)
    sum += sample.x[i]! / (s * s)
  }
  const value = sum / weight
  let chiSquare = 0
  for (let i = 0; i < n; i++) chiSquare += ((sample.x[i]! - value) / sample.sigma[i]!) ** 2
  const internalError = 1 / Math.sqrt(weight)
  const externalError = n > 1 ? internalError * Math.sqrt(chiSquare / (n - 1)) : null
  return {
    value,
    internalError,
    externalError,
    standardError: Math.max(internalError, externalError ?? 0),
    chiSquare,
    points: n,
  }
}
