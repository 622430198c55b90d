import { assertOneOf, type FieldsOf } from '../../core/fields.js'
import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'

/**
 * What an interpolant does outside its data: `'throw'` E_RANGE (default everywhere), `'nan'`, `'clamp'` to the first or last value (slope 0), or
 * `'extrapolate'` the polynomial of the first or last interval.
 */
export type Outside = 'throw' | 'nan' | 'clamp' | 'extrapolate'

/** The words of {@link Outside}. */
export const OUTSIDE: readonly Outside[] = ['throw', 'nan', 'clamp', 'extrapolate']

/** Options that every interpolant takes. */
export interface InterpolantOptions {
  /** What happens outside the data. Default `'throw'`. */
  outside?: Outside | undefined
}

/** Their names, for `assertKnown`. */
export const INTERPOLANT_FIELDS: FieldsOf<InterpolantOptions> = { outside: true }

/** Data that passed the door of an interpolant. */
export interface InterpolationData {
  /** Abscissae, strictly rising. */
  readonly x: Float64Array
  /** Values, as many. */
  readonly y: Float64Array
}

/**
 * The door of all interpolants.
 * @param x       Abscissae, n values, strictly rising.
 * @param y       Values, n.
 * @param minimum Fewest points allowed.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN` on NaN or infinity.
 */
export function interpolationData(x: NumbersLike, y: NumbersLike, minimum: number): InterpolationData {
  const abscissae = asFloat64(x, 'x').slice()
  const values = asFloat64(y, 'y', { length: abscissae.length })
  if (abscissae.length < minimum) {
    throw new OperandoError('E_SHAPE', `x: at least ${minimum} points expected, ${abscissae.length} found.`, {
      details: { expected: minimum, found: abscissae.length },
    })
  }
  assertRising(abscissae, 'x')
  return { x: abscissae, y: values }
}

/**
 * A piecewise cubic: a plan made once from data by `createSpline`, `createPchip`, `createAkima`, `createLinear` or `createSmoothingSpline`,
 * evaluated often. On [x_i, x_{i+1}] its value is c0 + c1 d + c2 d² + c3 d³, d = at - x_i.
 */
export class PiecewiseCubic {
  /** Breakpoints, n values, strictly rising. */
  readonly x: Float64Array
  /** c0, c1, c2, c3 of each interval, 4 (n - 1) values. */
  readonly coefficients: Float64Array
  /** What happens outside the breakpoints. */
  readonly outside: Outside

  /**
   * @param x            Breakpoints, n >= 2, strictly rising.
   * @param coefficients 4 (n - 1) values.
   * @param outside      What happens outside the breakpoints.
   * @throws OperandoError `E_ARGUMENT` for another `outside`.
   */
  constructor(x: Float64Array, coefficients: Float64Array, outside: Outside = 'throw') {
    this.x = x
    this.coefficients = coefficients
    assertOneOf(outside, 'outside', OUTSIDE)
    this.outside = outside
  }

  /**
   * Values.
   * @param at  Where, any order (rising is fastest), m values.
   * @param out Receives m values; made if absent.
   * @throws OperandoError `E_RANGE` outside the data when `outside` is `'throw'`; `E_SHAPE` if out does not fit.
   */
  evaluate(at: NumbersLike, out?: Float64Array | undefined): Float64Array {
    return this.derivative(at, 0, out)
  }

  /**
   * Derivatives.
   * @param at    Where, m values.
   * @param order 1 (default), 2 or 3; 0 is the value. At a breakpoint the right-hand one, at the last breakpoint the left-hand one.
   * @param out   Receives m values; made if absent.
   * @throws OperandoError `E_RANGE` outside the data when `outside` is `'throw'`; `E_SHAPE` if out does not fit.
   */
  derivative(at: NumbersLike, order: 0 | 1 | 2 | 3 = 1, out?: Float64Array | undefined): Float64Array {
    const where = asFloat64(at, 'at')
    const result = outputOf(out, where.length)
    const { x, coefficients: c, outside } = this
    const last = x.length - 2
    const low = x[0]!
    const high = x[last + 1]!
    let i = 0
    for (let k = 0; k < where.length; k++) {
      let v = where[k]!
      if (v < low || v > high) {
        if (outside === 'throw') throw outsideError(v, low, high)
        if (outside === 'nan' || (outside === 'clamp' && order > 0)) {
          result[k] = outside === 'nan' ? Number.NaN : 0
          continue
        }
        if (outside === 'clamp') v = v < low ? low : high
      }
      if (v < x[i]! || v >= x[i + 1]!) i = intervalOf(x, v, i)
      const d = v - x[i]!
      const j = 4 * i
      if (order === 0) result[k] = c[j]! + d * (c[j + 1]! + d * (c[j + 2]! + d * c[j + 3]!))
      else if (order === 1) result[k] = c[j + 1]! + d * (2 * c[j + 2]! + d * 3 * c[j + 3]!)
      else if (order === 2) result[k] = 2 * c[j + 2]! + d * 6 * c[j + 3]!
      else result[k] = 6 * c[j + 3]!
    }
    return result
  }

  /**
   * Definite integral, exact for the piecewise cubic.
   * @param from Lower limit; default the first breakpoint.
   * @param to   Upper limit; default the last. `to < from` gives the negative.
   * @throws OperandoError `E_RANGE` if a limit is outside the data when `outside` is `'throw'`.
   */
  integral(from: number = this.x[0]!, to: number = this.x[this.x.length - 1]!): number {
    if (to < from) return -this.integral(to, from)
    const { x, coefficients: c, outside } = this
    const n = x.length
    const low = x[0]!
    const high = x[n - 1]!
    if (from < low || to > high) {
      if (outside === 'throw') throw outsideError(from < low ? from : to, low, high)
      if (outside === 'nan') return Number.NaN
    }
    let sum = 0
    let a = from
    let b = to
    if (outside === 'clamp') {
      const [first, end] = this.evaluate([low, high])
      sum = first! * Math.max(0, Math.min(to, low) - from) + end! * Math.max(0, to - Math.max(from, high))
      a = Math.min(Math.max(from, low), high)
      b = Math.min(Math.max(to, low), high)
    }
    const lastInterval = intervalOf(x, b, 0)
    for (let i = intervalOf(x, a, 0); i <= lastInterval; i++) {
      const j = 4 * i
      const p = i === lastInterval ? b : x[i + 1]!
      sum += primitive(c, j, p - x[i]!) - primitive(c, j, a - x[i]!)
      a = x[i + 1]!
    }
    return sum
  }
}

function primitive(c: Float64Array, j: number, d: number): number {
  return d * (c[j]! + d * (c[j + 1]! / 2 + d * (c[j + 2]! / 3 + (d * c[j + 3]!) / 4)))
}

function outsideError(v: number, low: number, high: number): OperandoError {
  return new OperandoError(
    'E_RANGE',
    `at = ${v} lies outside the data, ${low} to ${high}. Choose outside: 'nan', 'clamp' or 'extrapolate' if that is meant.`,
    { details: { found: v, low, high } },
  )
}

/**
 * Interval that holds v: the largest i <= n - 2 with x[i] <= v, 0 below the first; the next interval is tried before bisection.
 * @param x    Breakpoints, n >= 2.
 * @param v    Where.
 * @param hint The interval of the point before.
 */
export function intervalOf(x: Float64Array, v: number, hint: number): number {
  const last = x.length - 2
  if (hint < last && v >= x[hint + 1]! && v < x[hint + 2]!) return hint + 1
  let low = 0
  let high = last + 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (v >= x[middle]!) low = middle
    else high = middle
  }
  return low
}

/**
 * The piecewise cubic with given values and slopes at the breakpoints (Hermite form).
 * @param x       Breakpoints, n.
 * @param y       Values there.
 * @param slopes  First derivatives there.
 * @param outside What happens outside.
 */
export function fromSlopes(
  x: Float64Array,
  y: Float64Array,
  slopes: Float64Array,
  outside?: Outside | undefined,
): PiecewiseCubic {
  const c = new Float64Array(4 * (x.length - 1))
  for (let i = 0; i < x.length - 1; i++) {
    const h = x[i + 1]! - x[i]!
    const secant = (y[i + 1]! - y[i]!) / h
    const bend = (slopes[i]! + slopes[i + 1]! - 2 * secant) / h
    c[4 * i] = y[i]!
    c[4 * i + 1] = slopes[i]!
    c[4 * i + 2] = (secant - slopes[i]!) / h - bend
    c[4 * i + 3] = bend / h
  }
  return new PiecewiseCubic(x, c, outside)
}
