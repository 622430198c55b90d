import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { NumbersLike } from '../../core/index.js'
import { NAN_FIELDS, type NanOptions, sampleOf } from './sample.js'

/** Options of {@link variance} and {@link standardDeviation}. */
export interface VarianceOptions extends NanOptions {
  /** Subtracted from n in the divisor. Default 1: the unbiased estimate from a sample; numpy's default is 0. */
  readonly degreesLost?: number | undefined
}

const OPTIONS: FieldsOf<VarianceOptions> = { ...NAN_FIELDS, degreesLost: true }

/** Mean of what is there, in two passes: the second takes up the rounding of the first. */
export function meanOf(x: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]!
  const first = sum / x.length
  let rest = 0
  for (let i = 0; i < x.length; i++) rest += x[i]! - first
  return first + rest / x.length
}

/** Sum of (x - mean)². */
export function squaresAbout(x: Float64Array, mean: number): number {
  let squares = 0
  for (let i = 0; i < x.length; i++) squares += (x[i]! - mean) ** 2
  return squares
}

/**
 * Arithmetic mean.
 * @param x       Values, at least 1.
 * @param options What to do with NaN.
 * @throws OperandoError `E_SHAPE` for no values, `E_NAN`.
 * @example
 * ```ts
 * import { mean } from 'operando/numeric'
 * mean([1, 2, 6]) // 3
 * mean([1, Number.NaN, 6], { nan: 'omit' }) // 3.5
 * ```
 */
export function mean(x: NumbersLike, options: NanOptions = {}): number {
  assertKnown(options, 'mean options', NAN_FIELDS)
  return meanOf(sampleOf(x, 'x', 1, options))
}

/**
 * Variance: mean square of the deviations from the mean, with n - 1 as divisor.
 * @param x       Values, more than `degreesLost`.
 * @param options What to do with NaN; degrees of freedom lost.
 * @throws OperandoError `E_SHAPE` for too few values, `E_NAN`.
 * @example
 * ```ts
 * import { variance } from 'operando/numeric'
 * variance([1, 2, 6]) // 7
 * ```
 */
export function variance(x: NumbersLike, options: VarianceOptions = {}): number {
  assertKnown(options, 'variance options', OPTIONS)
  const { degreesLost = 1 } = options
  const values = sampleOf(x, 'x', Math.floor(degreesLost) + 1, options)
  return squaresAbout(values, meanOf(values)) / (values.length - degreesLost)
}

/**
 * Standard deviation, the root of {@link variance}: of one value, not of the mean.
 * @param x       Values, more than `degreesLost`.
 * @param options What to do with NaN; degrees of freedom lost.
 * @throws OperandoError `E_SHAPE` for too few values, `E_NAN`.
 * @example
 * ```ts
 * import { standardDeviation } from 'operando/numeric'
 * standardDeviation([1, 2, 6]) // 2.6457513110645907
 * ```
 */
export function standardDeviation(x: NumbersLike, options: VarianceOptions = {}): number {
  assertKnown(options, 'standardDeviation options', OPTIONS)
  return Math.sqrt(variance(x, options))
}
