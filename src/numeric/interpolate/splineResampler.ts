import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'

/** Moves curves from one grid to another by cubic splines. */
export interface SplineResampler {
  /** Points of the old grid. */
  readonly points: number
  /** Points of the new grid. */
  readonly length: number
  /**
   * Values of the interpolating spline. Kernel.
   * @param y   Exactly a Float64Array of `points` values, or of more: the first ones are taken from `from` on.
   * @param out Receives `length` values; made if absent.
   * @param from Where the curve begins in y. Default 0.
   */
  resample(y: Float64Array, out?: Float64Array, from?: number): Float64Array
}

/**
 * Prepares the interpolation of many curves that share their abscissae at the same places: the cubic spline with not-a-knot ends of `createSpline`, its equations factorised once. Places outside take the cubic
 * of the first or last interval.
 *
 * @param x  Abscissae of the curves, n >= 4 values, strictly rising.
 * @param at Where values are wanted, any order.
 * @throws OperandoError `E_SHAPE` for fewer than 4 points, `E_AXIS` on unsorted x, `E_NAN`.
 * @example
 * ```ts
 * import { createSplineResampler } from 'operando/numeric'
 * const onGrid = createSplineResampler([0, 1, 2, 3], [0.5, 1.5])
 * onGrid.resample(Float64Array.of(0, 1, 8, 27)) // 0.125, 3.375
 * ```
 */
export function createSplineResampler(x: NumbersLike, at: NumbersLike): SplineResampler {
  const grid = asFloat64(x, 'x')
  const places = asFloat64(at, 'at')
  const n = grid.length
  if (n < 4) throw new OperandoError('E_SHAPE', `x: at least 4 points expected, ${n} found.`, { details: { found: n } })
  assertRising(grid, 'x')
  const h = new Float64Array(n - 1)
  for (let i = 0; i < n - 1; i++) h[i] = grid[i + 1]! - grid[i]!
  // rows of the equations for the slopes, eliminated downwards: factor of the row above, and 1 over the pivot
  const [factor, inverse, upper] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const first = h[0]! + h[1]!
  const last = h[n - 2]! + h[n - 3]!
  let pivot = h[1]!
  upper[0] = first
  inverse[0] = 1 / pivot
  for (let i = 1; i < n; i++) {
    const lower = i < n - 1 ? h[i]! : last
    factor[i] = lower / pivot
    pivot = (i < n - 1 ? 2 * (h[i - 1]! + h[i]!) : h[n - 3]!) - factor[i]! * upper[i - 1]!
    inverse[i] = 1 / pivot
    if (i < n - 1) upper[i] = h[i - 1]!
  }
  const chord = new Float64Array(n - 1)
  const slopes = new Float64Array(n)
  const { interval, weights } = hermiteWeights(grid, h, places)

  const resample = (y: Float64Array, out?: Float64Array, from = 0): Float64Array => {
    if (y.length < from + n)
      throw new OperandoError('E_SHAPE', `y: ${n} values expected from ${from} on, ${y.length - from} found.`)
    const result = outputOf(out, places.length)
    for (let i = 0; i < n - 1; i++) chord[i] = (y[from + i + 1]! - y[from + i]!) / h[i]!
    slopes[0] = ((h[0]! + 2 * first) * h[1]! * chord[0]! + h[0]! * h[0]! * chord[1]!) / first
    for (let i = 1; i < n - 1; i++) slopes[i] = 3 * (h[i]! * chord[i - 1]! + h[i - 1]! * chord[i]!) - factor[i]! * slopes[i - 1]!
    slopes[n - 1] =
      (h[n - 2]! * h[n - 2]! * chord[n - 3]! + (2 * last + h[n - 2]!) * h[n - 3]! * chord[n - 2]!) / last -
      factor[n - 1]! * slopes[n - 2]!
    slopes[n - 1]! *= inverse[n - 1]!
    for (let i = n - 2; i >= 0; i--) slopes[i] = (slopes[i]! - upper[i]! * slopes[i + 1]!) * inverse[i]!
    for (let k = 0; k < result.length; k++) {
      const i = interval[k]!
      const w = 4 * k
      result[k] =
        weights[w]! * y[from + i]! +
        weights[w + 1]! * y[from + i + 1]! +
        weights[w + 2]! * slopes[i]! +
        weights[w + 3]! * slopes[i + 1]!
    }
    return result
  }
  return { points: n, length: places.length, resample }
}

/** Interval of each place, and its weights on both values and both slopes there. */
function hermiteWeights(x: Float64Array, h: Float64Array, at: Float64Array): { interval: Int32Array; weights: Float64Array } {
  const interval = new Int32Array(at.length)
  const weights = new Float64Array(4 * at.length)
  let i = 0
  for (let k = 0; k < at.length; k++) {
    const v = at[k]!
    while (i > 0 && v < x[i]!) i--
    while (i < x.length - 2 && v >= x[i + 1]!) i++
    interval[k] = i
    const t = (v - x[i]!) / h[i]!
    weights.set(
      [(1 + 2 * t) * (1 - t) * (1 - t), t * t * (3 - 2 * t), h[i]! * t * (1 - t) * (1 - t), h[i]! * t * t * (t - 1)],
      4 * k,
    )
  }
  return { interval, weights }
}
