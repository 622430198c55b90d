import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { INTERPOLANT_FIELDS, type InterpolantOptions, OUTSIDE } from './piecewiseCubic.js'

/** Options of {@link evaluateBSpline}. */
export interface BSplineOptions extends InterpolantOptions {
  /** Degree of the pieces, order - 1. Default 3, cubic (order 4). */
  degree?: number | undefined
  /** Which derivative, 0 (the value) to degree. Default 0. */
  derivative?: number | undefined
}

const OPTIONS: FieldsOf<BSplineOptions> = { ...INTERPOLANT_FIELDS, degree: true, derivative: true }

/**
 * Knot interval of x: the largest i with knots[i] <= x and knots[i] < knots[i + 1], between degree and m - 1 (m = number of basis functions).
 * The basis functions i - degree ... i are the ones that do not vanish there.
 * @param knots  Knots, m + degree + 1 values, never falling.
 * @param degree Degree.
 * @param x      Where; outside the base interval the first or last interval is given.
 * @example
 * ```ts
 * import { bsplineSpan } from 'operando/numeric'
 * bsplineSpan(Float64Array.of(0, 0, 0, 0, 1, 2, 2, 2, 2), 3, 1.5) // 4
 * ```
 */
export function bsplineSpan(knots: Float64Array, degree: number, x: number): number {
  let low = degree
  let high = knots.length - degree - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x >= knots[middle]!) low = middle
    else high = middle
  }
  // repeated knots at the right end: step back to an interval that has a width
  while (low > degree && knots[low] === knots[low + 1]) low--
  return low
}

/**
 * Values (or a derivative) of the degree + 1 B-splines that do not vanish on a knot interval. Kernel: nothing is checked, nothing allocated.
 * @param knots      Knots, m + degree + 1 values.
 * @param degree     Degree.
 * @param span       Interval from {@link bsplineSpan}.
 * @param x          Where.
 * @param out        Receives degree + 1 values from `at` on: the basis functions span - degree ... span.
 * @param at         Where in out. Default 0.
 * @param derivative Which derivative, 0 to degree. Default 0.
 * @see de Boor, A Practical Guide to Splines (2001), ch. X
 * @example
 * ```ts
 * import { bsplineBasis } from 'operando/numeric'
 * const basis = new Float64Array(4)
 * bsplineBasis(Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1), 3, 3, 0.5, basis)
 * basis // [0.125, 0.375, 0.375, 0.125]
 * ```
 */
export function bsplineBasis(
  knots: Float64Array,
  degree: number,
  span: number,
  x: number,
  out: Float64Array,
  at = 0,
  derivative = 0,
): void {
  out[at] = 1
  for (let q = 1; q <= degree - derivative; q++) {
    let saved = 0
    for (let r = 0; r < q; r++) {
      const right = knots[span + r + 1]!
      const left = knots[span + 1 - q + r]!
      const share = out[at + r]! / (right - left)
      out[at + r] = saved + (right - x) * share
      saved = (x - left) * share
    }
    out[at + q] = saved
  }
  // each derivative raises the degree by differences of neighbours
  for (let q = degree - derivative + 1; q <= degree; q++) {
    for (let r = q; r >= 0; r--) {
      const i = span - q + r
      const before = r > 0 ? out[at + r - 1]! / (knots[i + q]! - knots[i]!) : 0
      const after = r < q ? out[at + r]! / (knots[i + q + 1]! - knots[i + 1]!) : 0
      out[at + r] = q * (before - after)
    }
  }
}

/**
 * A spline as a sum of B-splines: sum of coefficients[i] B_i(at).
 * @param knots        Knots, m + degree + 1 values, never falling. The base interval is knots[degree] to knots[m].
 * @param coefficients m values.
 * @param at           Where, n values.
 * @param options      Degree, derivative, what happens outside the base interval.
 * @param out          Receives n values; made if absent.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on falling knots or an empty base interval, `E_RANGE` outside with `outside: 'throw'`
 * or on a bad degree.
 * @example
 * ```ts
 * import { evaluateBSpline } from 'operando/numeric'
 * evaluateBSpline([0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 1], [0.3]) // [1]
 * ```
 */
export function evaluateBSpline(
  knots: NumbersLike,
  coefficients: NumbersLike,
  at: NumbersLike,
  options: BSplineOptions = {},
  out?: Float64Array | undefined,
): Float64Array {
  assertKnown(options, 'evaluateBSpline options', OPTIONS)
  const { degree = 3, derivative = 0, outside = 'throw' } = options
  assertOneOf(outside, 'outside', OUTSIDE)
  if (!Number.isInteger(degree) || degree < 0 || !Number.isInteger(derivative) || derivative < 0 || derivative > degree) {
    throw new OperandoError(
      'E_RANGE',
      `degree ${degree}, derivative ${derivative}: whole numbers 0 <= derivative <= degree expected.`,
    )
  }
  const c = asFloat64(coefficients, 'coefficients')
  const t = asFloat64(knots, 'knots', { length: c.length + degree + 1 })
  const where = asFloat64(at, 'at')
  for (let i = 1; i < t.length; i++) {
    if (t[i]! < t[i - 1]!) throw new OperandoError('E_AXIS', `knots[${i}] = ${t[i]} falls below the one before, ${t[i - 1]}.`)
  }
  const low = t[degree]!
  const high = t[c.length]!
  if (!(high > low)) throw new OperandoError('E_AXIS', `knots: the base interval ${low} to ${high} is empty.`)
  const result = outputOf(out, where.length)
  const basis = new Float64Array(degree + 1)
  for (let k = 0; k < where.length; k++) {
    let x = where[k]!
    if (x < low || x > high) {
      if (outside === 'throw') throw new OperandoError('E_RANGE', `at[${k}] = ${x} lies outside the spline, ${low} to ${high}.`)
      if (outside === 'nan' || (outside === 'clamp' && derivative > 0)) {
        result[k] = outside === 'nan' ? Number.NaN : 0
        continue
      }
      if (outside === 'clamp') x = x < low ? low : high
    }
    const span = bsplineSpan(t, degree, x)
    bsplineBasis(t, degree, span, x, basis, 0, derivative)
    let sum = 0
    for (let r = 0; r <= degree; r++) sum += basis[r]! * c[span - degree + r]!
    result[k] = sum
  }
  return result
}
