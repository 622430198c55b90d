import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { fCdf } from '../../numeric/statistics/fDistribution.js'

/** What tells how many components there are; value k - 1 of each array is for k components. */
export interface RankStatistics {
  /** Real error: the scatter that k components leave, per point. */
  readonly realError: Float64Array
  /** Imbedded error: what of it stays in the reproduction. */
  readonly imbeddedError: Float64Array
  /** Malinowski's indicator function. Its minimum is the number of components if the errors are equal and independent. */
  readonly indicator: Float64Array
  /** Probability that component k is noise as those after it are: Malinowski's F test. NaN for the last one. */
  readonly significance: Float64Array
  /** Where the indicator is smallest. Too many where neighbouring points are correlated (averaged, interpolated, rebinned scans). */
  readonly byIndicator: number
  /** Number of components before the first with a significance above 5 %. */
  readonly bySignificance: number
}

/**
 * How many components a matrix has, from the singular values of the RAW matrix, not centred.
 *
 * Both criteria take the errors to be equal and independent. In averaged or interpolated scans they are not, and both give too many: compare with the noise that you know, and with the residual of the
 * reproduction.
 *
 * @param singularValues Falling, as many as the smaller of rows and columns.
 * @param rows           Of the matrix.
 * @param columns        Of the matrix.
 * @throws OperandoError `E_SHAPE` when their number is not that of the matrix, `E_RANGE` when they do not fall.
 * @see E. R. Malinowski, Anal. Chem. 49 (1977) 612 (RE, IE, IND); J. Chemom. 3 (1988) 49 (F test)
 * @example
 * ```ts
 * import { rankStatistics } from 'operando/series'
 * const { byIndicator } = rankStatistics([132, 6.2, 0.81, 0.011, 0.01, 0.01, 0.009, 0.009], 8, 400)
 * console.log(byIndicator) // 3
 * ```
 */
export function rankStatistics(singularValues: NumbersLike, rows: number, columns: number): RankStatistics {
  const s = asFloat64(singularValues, 'singularValues')
  const [r, c] = [Math.max(rows, columns), Math.min(rows, columns)]
  if (s.length !== c || c < 2)
    throw new OperandoError(
      'E_SHAPE',
      `rankStatistics: ${c} singular values expected for ${rows} x ${columns}, at least 2, found ${s.length}.`,
    )
  for (let k = 1; k < c; k++)
    if (!(s[k]! <= s[k - 1]! && s[k]! >= 0))
      throw new OperandoError('E_RANGE', `rankStatistics: falling values from 0 on expected, found ${s[k]} after ${s[k - 1]}.`)
  // what is left after k components, summed from the small end
  const left = new Float64Array(c + 1)
  const freedom = new Float64Array(c + 1)
  for (let k = c - 1; k >= 0; k--) {
    left[k] = left[k + 1]! + s[k]! ** 2
    freedom[k] = freedom[k + 1]! + (r - k) * (c - k)
  }
  const [realError, imbeddedError, indicator] = [0, 1, 2].map(() => new Float64Array(c - 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const significance = new Float64Array(c - 1)
  for (let k = 1; k < c; k++) {
    const re = Math.sqrt(left[k]! / (r * (c - k)))
    realError[k - 1] = re
    imbeddedError[k - 1] = re * Math.sqrt(k / c)
    indicator[k - 1] = re / (c - k) ** 2
    const reduced = left[k]! / freedom[k]!
    const own = s[k - 1]! ** 2 / ((r - k + 1) * (c - k + 1))
    significance[k - 1] = reduced > 0 ? fCdf(own / reduced, 1, c - k, 'upper') : own > 0 ? 0 : 1
  }
  const insignificant = significance.findIndex(p => p > 0.05)
  const byIndicator = indicator.reduce((best, value, i) => (value < indicator[best]! ? i : best), 0) + 1
  return Object.freeze({
    realError,
    imbeddedError,
    indicator,
    significance,
    byIndicator,
    bySignificance: insignificant < 0 ? c - 1 : insignificant,
  })
}
