import { erf, erfc, erfcx } from '../special/erf.js'
import { assertNumber, assertProbability, assertTail, type Tail } from './probability.js'

/**
 * Probability that a standard normal number lies below z (or above it).
 * @param z    Any number, infinities included.
 * @param tail Which side. Default `'lower'`.
 * @throws OperandoError `E_NAN`, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { normalCdf } from 'operando/numeric'
 * normalCdf(1.96) // 0.9750021048517796
 * normalCdf(10, 'upper') // 7.619853024160518e-24
 * ```
 */
export function normalCdf(z: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertNumber(z)
  return 0.5 * erfc((tail === 'upper' ? z : -z) / Math.SQRT2)
}

/**
 * Value below which (or above which) a standard normal number lies with this probability. Relative error below 1e-14.
 * @param probability 0 (-Infinity) to 1 (Infinity).
 * @param tail        Which side the probability is of. Default `'lower'`.
 * @throws OperandoError `E_RANGE` for a probability outside [0, 1], `E_ARGUMENT`.
 * @example
 * ```ts
 * import { normalQuantile } from 'operando/numeric'
 * normalQuantile(0.975) // 1.9599639845400543
 * ```
 */
export function normalQuantile(probability: number, tail: Tail = 'lower'): number {
  assertTail(tail)
  assertProbability(probability)
  const sign = tail === 'lower' ? 1 : -1
  if (probability === 0) return -sign * Infinity
  if (probability === 1) return sign * Infinity
  if (Math.abs(probability - 0.5) <= 0.25) return sign * central(probability - 0.5)
  return probability < 0.5 ? -sign * upper(probability) : sign * upper(1 - probability)
}

/** z with erf(z / sqrt 2) / 2 = share. */
function central(share: number): number {
  let z = share * Math.sqrt(2 * Math.PI)
  for (let i = 0; i < 5; i++) z -= (0.5 * erf(z / Math.SQRT2) - share) * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * z * z)
  return z
}

/** z > 0 with the probability q < 1/4 above it: Newton's steps on the logarithm, which is concave. */
function upper(q: number): number {
  const logQ = Math.log(q)
  let z = Math.sqrt(Math.max(0.5, -2 * logQ - 2))
  for (let i = 0; i < 8; i++) {
    const scaled = erfcx(z / Math.SQRT2)
    const excess = Math.log(0.5 * scaled) - 0.5 * z * z - logQ
    z += excess * scaled * Math.sqrt(Math.PI / 2)
  }
  return z
}
