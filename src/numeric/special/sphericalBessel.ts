import { OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { sinc } from './sinc.js'

function assertOrder(n: number): void {
  if (!Number.isInteger(n) || n < 0) {
    throw new OperandoError('E_RANGE', `order n is ${n}: a whole number >= 0 expected.`, { details: { found: n } })
  }
}

/** Order from which recurrences upwards stop being stable. */
const stableOrder = (x: number): number => Math.floor(Math.min(x, 1e15))

/** j_n for x > 0 and n <= x, by recurrence upwards from j_0 and j_1. */
function upwards(n: number, x: number): number {
  let previous = sinc(x)
  if (n === 0) return previous
  let current = (previous - Math.cos(x)) / x
  for (let k = 1; k < n; k++) {
    const next = ((2 * k + 1) / x) * current - previous
    previous = current
    current = next
  }
  return current
}

/** j_n / j_{n-1} by its continued fraction, read from far enough up; for 0 < x <= n. */
function ratio(n: number, x: number): number {
  let r = 0
  const start = n + 30 + Math.ceil(5 * Math.cbrt(n))
  for (let k = start; k >= n; k--) r = x / (2 * k + 1 - x * r)
  return r
}

/**
 * Spherical Bessel function j_n, n >= 0. Error below 1e-12 relative to its envelope: to j_n itself where x < n (where it rises without zeros),
 * to 1 / x beyond. j_0 is sin(x) / x.
 * @param n Order, a whole number >= 0.
 * @param x Any number; 0 at infinities, NaN gives NaN. j_n(-x) = (-1)^n j_n(x).
 * @throws OperandoError `E_RANGE` on a bad order.
 * @see Abramowitz & Stegun 10.1; recurrence upwards to order x, ratios of neighbours by continued fraction above
 * @example
 * ```ts
 * import { sphericalBessel } from 'operando/numeric'
 * sphericalBessel(2, 3) // 0.2986374970757335
 * ```
 */
export function sphericalBessel(n: number, x: number): number {
  assertOrder(n)
  if (x < 0) return n % 2 === 0 ? sphericalBessel(n, -x) : -sphericalBessel(n, -x)
  if (Number.isNaN(x)) return x
  if (x === 0) return n === 0 ? 1 : 0
  if (x === Infinity) return 0
  const seam = Math.min(n, stableOrder(x))
  let value = upwards(seam, x)
  if (seam === n) return value
  let r = ratio(n, x)
  for (let k = n - 1; k >= seam; k--) {
    value *= r
    r = x / (2 * k + 1 - x * r)
  }
  return value
}

/**
 * j_0 to j_nMax at one x, in one pass.
 * @param nMax Highest order.
 * @param x    A finite number.
 * @param out  Receives nMax + 1 values; made if absent.
 * @returns `out`.
 * @throws OperandoError `E_RANGE` on a bad order, `E_SHAPE` if `out` does not fit.
 * @example
 * ```ts
 * import { sphericalBesselAll } from 'operando/numeric'
 * sphericalBesselAll(3, 0.5)
 * ```
 */
export function sphericalBesselAll(nMax: number, x: number, out?: Float64Array | undefined): Float64Array {
  assertOrder(nMax)
  const result = outputOf(out, nMax + 1)
  const u = Math.abs(x)
  result[0] = sinc(u)
  if (nMax > 0 && u >= 1) result[1] = u === Infinity ? 0 : (result[0]! - Math.cos(u)) / u
  const seam = Math.min(nMax, stableOrder(u))
  for (let k = 1; k < seam; k++) result[k + 1] = ((2 * k + 1) / u) * result[k]! - result[k - 1]!
  if (seam < nMax) {
    // ratios downwards, kept in place, then multiplied out
    result[nMax] = ratio(nMax, u)
    for (let k = nMax - 1; k > seam; k--) result[k] = u / (2 * k + 1 - u * result[k + 1]!)
    for (let k = seam + 1; k <= nMax; k++) result[k]! *= result[k - 1]!
  }
  if (x < 0) for (let k = 1; k <= nMax; k += 2) result[k] = -result[k]!
  return result
}
