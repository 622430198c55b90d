import { OperandoError } from '../../core/index.js'
import { checkLength } from './checks.js'

function checkStep(step: number): void {
  if (Number.isFinite(step) && step > 0) return
  throw new OperandoError('E_RANGE', `step: a positive number expected, found ${step}.`, { details: { found: step } })
}

/**
 * Frequencies of the n bins of a complex transform: 0, 1, ... then the negative ones, over n step (cycles per unit of step; times 2 pi
 * for an angular one). For an even n, bin n/2 counts as negative.
 *
 * @param n    Points of the transform.
 * @param step Distance between the points. Default 1.
 * @throws OperandoError `E_RANGE` when n is no whole number >= 1 or step <= 0.
 * @example
 * ```ts
 * import { fftFrequencies } from 'operando/numeric'
 * console.log(fftFrequencies(5, 0.2)) // 0, 1, 2, -2, -1
 * ```
 */
export function fftFrequencies(n: number, step = 1): Float64Array {
  checkLength(n, 'n')
  checkStep(step)
  const out = new Float64Array(n)
  const positive = Math.ceil(n / 2)
  for (let k = 0; k < n; k++) out[k] = (k < positive ? k : k - n) / (n * step)
  return out
}

/**
 * Frequencies of the floor(n/2) + 1 bins of a real transform, all >= 0.
 *
 * @param n    Points of the transform (real ones, not bins).
 * @param step Distance between the points. Default 1.
 * @throws OperandoError `E_RANGE` when n is no whole number >= 1 or step <= 0.
 * @example
 * ```ts
 * import { realFftFrequencies } from 'operando/numeric'
 * console.log(realFftFrequencies(6, 0.5)) // 0, 1/3, 2/3, 1
 * ```
 */
export function realFftFrequencies(n: number, step = 1): Float64Array {
  checkLength(n, 'n')
  checkStep(step)
  return Float64Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => k / (n * step))
}
