import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { outputOf } from '../../numeric/outputOf.js'
import { savitzkyGolay } from '../../numeric/signal/savitzkyGolay.js'
import { goodPoints } from '../pattern.js'

/** Options of {@link snip}. */
export interface SnipOptions {
  /** Half width of the largest window in points: about the full width at the base of the widest peak; what is wider counts as background. */
  width: number
  /**
   * Order of the clipping filter: 2 takes straight lines through a window for background, 4 cubics, 6 quintics, so that a curved background
   * is followed better and broad peaks worse. Default 2.
   */
  order?: 2 | 4 | 6 | undefined
  /** Whether the window shrinks from the largest to 1, which gives smoother results, or grows. Default true. */
  decreasing?: boolean | undefined
  /** Whether to clip log(log(sqrt(y + 1) + 1) + 1), for counts over several decades, instead of y. Default true. */
  lls?: boolean | undefined
  /** Points (odd) of a Savitzky-Golay filter of degree 2 run over y first. Default 1: none, and noise pulls the background to its lower edge. */
  smooth?: number | undefined
  /** 0 = good. Masked and NaN points are bridged by a straight line before clipping. */
  mask?: ArrayLike<number> | undefined
  /** Receives n values; made if absent. */
  out?: Float64Array | undefined
}

const OPTIONS: FieldsOf<SnipOptions> = {
  width: true,
  order: true,
  decreasing: true,
  lls: true,
  smooth: true,
  mask: true,
  out: true,
}

/**
 * Background by statistics-sensitive non-linear iterative peak clipping (SNIP): each point is replaced by the mean of those p points to the left
 * and right where that is lower, for every p from `width` to 1. Towards the ends the window shrinks to what fits, so straight lines stay exact there.
 *
 * Never above the (smoothed) data. Without `lls` it follows shifts and positive factors of y exactly. With `lls` data below 0 are lifted first.
 *
 * @param y       Values on an even (or nearly even) grid, n >= 3; NaN where nothing was measured.
 * @param options Width, order, transform, smoothing, mask.
 * @returns The background, n values, bridged over gaps.
 * @throws OperandoError `E_RANGE` for a width that is no whole number from 1 or an unknown order, `E_NAN`, `E_SHAPE`.
 * @see C. G. Ryan et al., Nucl. Instr. Meth. B 34 (1988) 396; M. Morháč et al., Nucl. Instr. Meth. A 401 (1997) 113; M. Morháč, V. Matoušek,
 *   Appl. Spectrosc. 62 (2008) 91, for the orders
 * @example
 * ```ts
 * import { snip } from 'operando/scattering'
 * const y = [10, 11, 12, 93, 14, 15, 16]
 * snip(y, { width: 2, lls: false }) // [10, 11, 12, 13, 14, 15, 16]
 * ```
 */
export function snip(y: NumbersLike, options: SnipOptions): Float64Array {
  assertKnown(options, 'snip options', OPTIONS)
  assertFields(options, 'snip options', ['width'])
  const { width, order = 2, decreasing = true, lls = true, smooth = 1 } = options
  const given = asFloat64(y, 'y', { allowNaN: true })
  if (!(Number.isInteger(width) && width >= 1)) {
    throw new OperandoError('E_RANGE', `snip: width = ${width}, a whole number of points from 1 expected.`)
  }
  if (![2, 4, 6].includes(order)) throw new OperandoError('E_RANGE', `snip: order = ${order}; 2, 4 or 6 expected.`)
  const n = given.length
  const out = outputOf(options.out, n)
  let v = bridged(given, goodPoints(given, options.mask))
  if (smooth > 1) v = savitzkyGolay(v, { window: smooth })
  let floor = 0
  if (lls) {
    for (let i = 0; i < n; i++) floor = Math.min(floor, v[i]!)
    for (let i = 0; i < n; i++) v[i] = Math.log(Math.log(Math.sqrt(v[i]! - floor + 1) + 1) + 1)
  }
  const highest = Math.min(width, (n - 1) >> 1)
  for (let step = 1; step <= highest; step++) {
    clip(v, out, decreasing ? highest + 1 - step : step, order)
    v.set(out)
  }
  if (lls) for (let i = 0; i < n; i++) out[i] = (Math.exp(Math.exp(v[i]!) - 1) - 1) ** 2 - 1 + floor
  else out.set(v)
  return out
}

/** One round: the lower of each value and what the filters make of its surroundings at distance p, or nearer at the ends. */
function clip(v: Float64Array, out: Float64Array, p: number, order: 2 | 4 | 6): void {
  const n = v.length
  for (let i = 0; i < n; i++) {
    const w = Math.min(p, i, n - 1 - i)
    let estimate = (v[i - w]! + v[i + w]!) / 2
    if (order >= 4) {
      const h = w >> 1
      estimate = Math.max(estimate, (-v[i - 2 * h]! + 4 * v[i - h]! + 4 * v[i + h]! - v[i + 2 * h]!) / 6)
    }
    if (order === 6) {
      const h = Math.trunc(w / 3)
      const [a, b, c] = [v[i - h]! + v[i + h]!, v[i - 2 * h]! + v[i + 2 * h]!, v[i - 3 * h]! + v[i + 3 * h]!]
      estimate = Math.max(estimate, (15 * a - 6 * b + c) / 20)
    }
    out[i] = Math.min(v[i]!, estimate)
  }
}

/** A copy with straight lines over the gaps, and the nearest value beyond the first and last good point. */
function bridged(y: Float64Array, good: Int32Array): Float64Array {
  const v = y.slice()
  v.fill(y[good[0]!]!, 0, good[0]!)
  v.fill(y[good.at(-1)!]!, good.at(-1)!)
  for (let k = 1; k < good.length; k++) {
    const [a, b] = [good[k - 1]!, good[k]!]
    for (let i = a + 1; i < b; i++) v[i] = y[a]! + ((y[b]! - y[a]!) * (i - a)) / (b - a)
  }
  return v
}
