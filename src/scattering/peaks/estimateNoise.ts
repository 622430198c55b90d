import type { NumbersLike } from '../../core/arrays.js'
import { assertKnown } from '../../core/fields.js'
import { medianOfSorted } from '../../numeric/statistics/quantile.js'
import { MAD_TO_SIGMA } from '../../numeric/statistics/robust.js'
import { asPattern, PATTERN_FIELDS, type PatternOptions, pick } from '../pattern.js'

/** Points on either side of one over which its noise is told. */
const HALF_WINDOW = 32

/**
 * Standard deviation of the noise of a pattern, point by point, from how far points lie off the straight line through their two neighbours: the
 * median over some 65 points around (so that peaks, which are few among them, do not count), or over the whole pattern where that is more.
 *
 * @param x       Abscissae, n >= 3 values, strictly rising, even or not.
 * @param y       Values, n; NaN and masked points are left out.
 * @param options Mask.
 * @returns n values; those at points left out are their neighbours'. 0 where the data are a straight line.
 * @throws OperandoError `E_SHAPE`, `E_AXIS`, `E_NAN`.
 * @see P. J. Rousseeuw, C. Croux, J. Am. Stat. Assoc. 88 (1993) 1273, for the median absolute deviation
 * @example
 * ```ts
 * import { estimateNoise } from 'operando/scattering'
 * estimateNoise([0, 1, 2, 3, 4], [5, 6, 5, 6, 5])[0] // 1.2
 * ```
 */
export function estimateNoise(x: NumbersLike, y: NumbersLike, options: PatternOptions = {}): Float64Array {
  assertKnown(options, 'estimateNoise options', PATTERN_FIELDS)
  const { x: all, y: values, good } = asPattern(x, y, options)
  const [at, v] = [pick(all, good), pick(values, good)]
  const n = v.length
  const off = new Float64Array(n)
  for (let i = 1; i < n - 1; i++) {
    const share = (at[i]! - at[i - 1]!) / (at[i + 1]! - at[i - 1]!)
    const line = v[i - 1]! + share * (v[i + 1]! - v[i - 1]!)
    off[i] = Math.abs(v[i]! - line) / Math.sqrt(1 + share * share + (1 - share) ** 2)
  }
  const inner = off.subarray(1, Math.max(n - 1, 1))
  const overall = medianOf(inner)
  // a new median every few points is enough: the windows overlap nearly whole
  const local = new Float64Array(n)
  for (let i = 0; i < n; i += 8) {
    const window = inner.subarray(Math.max(0, i - HALF_WINDOW), Math.max(i + HALF_WINDOW, 0))
    local.fill(MAD_TO_SIGMA * Math.max(overall, medianOf(window)), i, i + 8)
  }
  const out = new Float64Array(all.length)
  for (let i = 0, k = 0; i < out.length; i++) {
    while (k < n - 1 && good[k]! < i) k++
    out[i] = local[k]!
  }
  return out
}

const medianOf = (values: Float64Array): number => (values.length === 0 ? 0 : medianOfSorted(values.slice().sort()))
