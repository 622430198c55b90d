import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, firstNonMonotonic, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'

/** Options of {@link derivative}. */
export interface DerivativeOptions {
  /** Which derivative, 1 to points - 1. Default 1. */
  order?: number | undefined
  /**
   * Neighbouring points whose polynomial is differentiated, odd, >= 3. 3 (default) is second order in the step, as numpy.gradient; 5 and 7 are
   * fourth and sixth order, for smooth curves without noise.
   */
  points?: number | undefined
  /** At the ends: `'same'` (default) uses the same number of points, one-sided (numpy's edge_order 2 for points 3); `'two'` a plain difference (numpy's default). */
  ends?: 'same' | 'two' | undefined
}

const OPTIONS: FieldsOf<DerivativeOptions> = { order: true, points: true, ends: true }

/**
 * Derivative of a tabulated curve on an even or uneven grid: that of the polynomial through neighbouring points.
 *
 * @param x       Abscissae, n values, strictly rising or strictly falling.
 * @param y       Values, n.
 * @param options Order, points, ends.
 * @param out     Receives n values; made if absent.
 * @throws OperandoError `E_SHAPE` on lengths or fewer points than needed, `E_AXIS` on unsorted or repeated x, `E_RANGE` on bad options, `E_NAN`.
 * @see Fornberg, Math. Comp. 51 (1988) 699
 * @example
 * ```ts
 * import { derivative } from 'operando/numeric'
 * derivative([0, 1, 3], [0, 1, 9]) // [0, 2, 6]
 * ```
 */
export function derivative(
  x: NumbersLike,
  y: NumbersLike,
  options: DerivativeOptions = {},
  out?: Float64Array | undefined,
): Float64Array {
  assertKnown(options, 'derivative options', OPTIONS)
  const { order = 1, points = 3, ends = 'same' } = options
  const abscissae = asFloat64(x, 'x')
  const n = abscissae.length
  const values = asFloat64(y, 'y', { length: n })
  if (!Number.isInteger(points) || points < 3 || points % 2 === 0) {
    throw new OperandoError('E_RANGE', `points is ${points}: an odd whole number >= 3 expected.`)
  }
  if (!Number.isInteger(order) || order < 1 || order >= points) {
    throw new OperandoError('E_RANGE', `order is ${order}: a whole number from 1 to points - 1 = ${points - 1} expected.`)
  }
  if (n < points) {
    throw new OperandoError('E_SHAPE', `x: at least ${points} points expected, ${n} found. Fewer do with a smaller 'points'.`, {
      details: { expected: points, found: n },
    })
  }
  const at = firstNonMonotonic(abscissae, abscissae[1]! > abscissae[0]! ? 1 : -1)
  if (at >= 0)
    throw new OperandoError(
      'E_AXIS',
      `x must rise or fall strictly, but x[${at}] = ${abscissae[at]} follows ${abscissae[at - 1]}.`,
    )
  const result = outputOf(out, n)
  const weights = new Float64Array(points * (order + 1))
  const half = (points - 1) / 2
  for (let i = 0; i < n; i++) {
    const first = Math.min(Math.max(i - half, 0), n - points)
    finiteDifferenceWeights(abscissae, first, points, abscissae[i]!, order, weights)
    let sum = 0
    for (let j = 0; j < points; j++) sum += weights[order * points + j]! * values[first + j]!
    result[i] = sum
  }
  if (ends === 'two' && order === 1) {
    result[0] = (values[1]! - values[0]!) / (abscissae[1]! - abscissae[0]!)
    result[n - 1] = (values[n - 1]! - values[n - 2]!) / (abscissae[n - 1]! - abscissae[n - 2]!)
  }
  return result
}

/**
 * Weights of finite differences on any grid (Fornberg). Kernel.
 * @param x      Grid.
 * @param first  First point used.
 * @param points Points used, n.
 * @param at     Where the derivative is wanted.
 * @param order  Highest derivative.
 * @param out    Receives n (order + 1) values: row m has the weights of the m-th derivative.
 * @example
 * ```ts
 * import { finiteDifferenceWeights } from 'operando/numeric'
 * const weights = new Float64Array(6)
 * finiteDifferenceWeights(Float64Array.of(-1, 0, 1), 0, 3, 0, 1, weights)
 * weights.subarray(3) // [-0.5, 0, 0.5]
 * ```
 */
export function finiteDifferenceWeights(
  x: Float64Array,
  first: number,
  points: number,
  at: number,
  order: number,
  out: Float64Array,
): void {
  out.fill(0, 0, points * (order + 1))
  out[0] = 1
  let c1 = 1
  let c4 = x[first]! - at
  for (let i = 1; i < points; i++) {
    const top = Math.min(i, order)
    let c2 = 1
    const c5 = c4
    c4 = x[first + i]! - at
    for (let j = 0; j < i; j++) {
      const c3 = x[first + i]! - x[first + j]!
      c2 *= c3
      if (j === i - 1) {
        for (let m = top; m > 0; m--) {
          out[m * points + i] = (c1 * (m * out[(m - 1) * points + i - 1]! - c5 * out[m * points + i - 1]!)) / c2
        }
        out[i] = (-c1 * c5 * out[i - 1]!) / c2
      }
      for (let m = top; m > 0; m--) out[m * points + j] = (c4 * out[m * points + j]! - m * out[(m - 1) * points + j]!) / c3
      out[j] = (c4 * out[j]!) / c3
    }
    c1 = c2
  }
}
