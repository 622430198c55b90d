import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'

/**
 * 1 / sigma for each of n values.
 * @param sigma One for all, one each, or none: 1.
 * @param n     Values.
 * @throws OperandoError `E_SHAPE`, `E_NAN`; `E_RANGE` where a sigma is not positive.
 */
export function weightsOf(sigma: NumbersLike | number | undefined, n: number): Float64Array {
  const weights = new Float64Array(n).fill(1)
  if (sigma === undefined) return weights
  const values = typeof sigma === 'number' ? weights.fill(sigma) : asFloat64(sigma, 'sigma', { length: n })
  return values.map((s, i) => {
    if (s > 0 && s < Infinity) return 1 / s
    throw new OperandoError(
      'E_RANGE',
      `sigma[${i}] is ${s}: positive numbers expected. Mask or drop points without uncertainty.`,
      {
        details: { index: i },
      },
    )
  })
}
