import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'

/**
 * What transmission shows where part of the beam is not absorbed (harmonics, pinholes, stray light): mu' = -ln((exp(-mu) + leak) / (1 + leak)). It presses white lines of thick samples down.
 *
 * @param mu   True absorption mu t, n values.
 * @param leak Flux that is not absorbed over flux that can be, behind no sample. 0.05 is 5 %.
 * @throws OperandoError `E_RANGE` for a negative leak, `E_NAN`.
 * @example
 * ```ts
 * import { leakedAbsorption } from 'operando/spectroscopy'
 * leakedAbsorption([1, 1.8], 0.05) // 0.921, 1.577
 * ```
 */
export function leakedAbsorption(mu: NumbersLike, leak: number): Float64Array {
  checkLeak(leak)
  return asFloat64(mu, 'mu').map(m => -Math.log((Math.exp(-m) + leak) / (1 + leak)))
}

/**
 * True absorption from one that was measured with a leak, undoing {@link leakedAbsorption}: mu = -ln((1 + leak) exp(-mu') - leak). Nothing but another measurement tells the leak.
 *
 * @param mu   Measured absorption mu t, with its zero (ln of fluxes on one scale), n values.
 * @param leak As in {@link leakedAbsorption}.
 * @throws OperandoError `E_RANGE` where mu is more than a sample of any thickness can show with this leak, naming the point; `E_NAN`.
 * @example
 * ```ts
 * import { correctLeak } from 'operando/spectroscopy'
 * correctLeak([0.921, 1.577], 0.05) // 1, 1.8
 * ```
 */
export function correctLeak(mu: NumbersLike, leak: number): Float64Array {
  checkLeak(leak)
  return asFloat64(mu, 'mu').map((m, i) => {
    const rest = (1 + leak) * Math.exp(-m) - leak
    if (rest > 0) return -Math.log(rest)
    throw new OperandoError(
      'E_RANGE',
      `mu[${i}] = ${m}: with a leak of ${leak} no sample shows more than ${Math.log((1 + leak) / leak).toFixed(3)}. Is the leak smaller, or has mu no zero?`,
      { details: { index: i } },
    )
  })
}

function checkLeak(leak: number): void {
  if (!(leak >= 0 && leak < 1)) throw new OperandoError('E_RANGE', `leak is ${leak}: a share from 0 to below 1 expected.`)
}
