import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { erfc } from '../special/erf.js'

/** FWHM of a Gaussian of standard deviation 1, 2 sqrt(2 ln 2). */
const FWHM = 2.3548200450309493
const INV_SQRT_2PI = 0.3989422804014327

/**
 * Broadens a tabulated curve by a normalised Gaussian, on any grid. The straight lines between the points are convolved exactly (in closed form),
 * so neither an uneven nor a coarse grid distorts the width, and a width of 0 gives the curve back. Beyond its ends the curve is continued
 * by its first and last value.
 *
 * @param x    Abscissae, n >= 2 values, strictly rising.
 * @param y    Values, n.
 * @param fwhm Full width at half maximum in the unit of x, >= 0: one number, or n numbers, the width with which each point of the result is seen.
 * @param out  Receives n values; made if absent. Must not be `y`.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_RANGE` on a negative width, `E_ARGUMENT` if out is y, `E_NAN`.
 * @example
 * ```ts
 * import { convolveGaussian } from 'operando/numeric'
 * convolveGaussian([0, 1, 2, 4, 5], [0, 0, 0, 1, 1], 1.5)
 * ```
 */
export function convolveGaussian(
  x: NumbersLike,
  y: NumbersLike,
  fwhm: number | NumbersLike,
  out?: Float64Array | undefined,
): Float64Array {
  const t = asFloat64(x, 'x')
  const n = t.length
  const v = asFloat64(y, 'y', { length: n })
  if (n < 2) throw new OperandoError('E_SHAPE', `x: at least 2 points expected, ${n} found.`)
  if (out !== undefined && out === v) throw new OperandoError('E_ARGUMENT', 'out must not be y: the sum reads it while writing.')
  assertRising(t, 'x')
  const widths = asFloat64(typeof fwhm === 'number' ? [fwhm] : fwhm, 'fwhm', { length: typeof fwhm === 'number' ? 1 : n })
  const at = widths.findIndex(w => w < 0)
  if (at >= 0) throw new OperandoError('E_RANGE', `fwhm is ${widths[at]}: a width >= 0 expected.`)
  const result = outputOf(out, n)
  // the curve is a sum of ramps: at point k the slope changes by bend[k]
  const slope = (k: number): number => (k < 0 || k > n - 2 ? 0 : (v[k + 1]! - v[k]!) / (t[k + 1]! - t[k]!))
  const bend = new Float64Array(n)
  for (let k = 0; k < n; k++) bend[k] = slope(k) - slope(k - 1)
  let first = 0
  for (let i = 0; i < n; i++) {
    const s = widths[widths.length === 1 ? 0 : i]! / FWHM
    if (s === 0) {
      result[i] = v[i]!
      continue
    }
    // ramps further right than 8.5 s have not begun, those further left are straight: a line through the point before the reach
    const reach = 8.5 * s
    while (first > 0 && t[first - 1]! > t[i]! - reach) first--
    while (t[first]! < t[i]! - reach) first++
    let sum = first === 0 ? v[0]! : v[first]! + slope(first - 1) * (t[i]! - t[first]!)
    for (let k = first; k < n && t[k]! < t[i]! + reach; k++) {
      const u = (t[i]! - t[k]!) / s
      sum += bend[k]! * s * (0.5 * u * erfc(-u * Math.SQRT1_2) + INV_SQRT_2PI * Math.exp(-0.5 * u * u))
    }
    result[i] = sum
  }
  return result
}
