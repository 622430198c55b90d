import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import {
  fromSlopes,
  INTERPOLANT_FIELDS,
  type InterpolantOptions,
  interpolationData,
  type PiecewiseCubic,
} from './piecewiseCubic.js'

/**
 * What a cubic spline does at its two ends: `'not-a-knot'` (default) lets the first two intervals share one cubic, `'natural'` has second
 * derivative 0, `'periodic'` joins the ends smoothly (needs y[0] = y[n-1]), `{ slopes }` prescribes the first derivatives (clamped).
 */
export type SplineEnds =
  | 'not-a-knot'
  | 'natural'
  | 'periodic'
  | {
      /** First derivatives at both ends. */
      readonly slopes: readonly [start: number, end: number]
    }

/** Options of {@link createSpline}. */
export interface SplineOptions extends InterpolantOptions {
  /** Condition at the ends. Default `'not-a-knot'`. */
  ends?: SplineEnds | undefined
}

const OPTIONS: FieldsOf<SplineOptions> = { ...INTERPOLANT_FIELDS, ends: true }

/**
 * Interpolating cubic spline: through all points, second derivative continuous.
 *
 * Two points give a straight line (a cubic with clamped ends); three with not-a-knot ends a parabola.
 *
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param y       Values, n.
 * @param options Ends; what happens outside.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN` on NaN or infinity, `E_ARGUMENT` on periodic ends
 * whose values differ.
 * @see de Boor, A Practical Guide to Splines (2001), ch. IV
 * @example
 * ```ts
 * import { createSpline } from 'operando/numeric'
 * const spline = createSpline([0, 1, 2, 3], [0, 1, 8, 27])
 * spline.evaluate([1.5]) // [3.375]
 * spline.integral(0, 3) // 20.25
 * ```
 */
export function createSpline(x: NumbersLike, y: NumbersLike, options: SplineOptions = {}): PiecewiseCubic {
  assertKnown(options, 'createSpline options', OPTIONS)
  const data = interpolationData(x, y, 2)
  return fromSlopes(data.x, data.y, splineSlopes(data.x, data.y, options.ends ?? 'not-a-knot'), options.outside)
}

function splineSlopes(x: Float64Array, y: Float64Array, ends: SplineEnds): Float64Array {
  if (typeof ends === 'string') assertOneOf(ends, 'ends', ['not-a-knot', 'natural', 'periodic'])
  else assertFields(ends, 'ends', ['slopes'])
  const n = x.length
  const h = new Float64Array(n - 1)
  const m = new Float64Array(n - 1)
  for (let i = 0; i < n - 1; i++) {
    h[i] = x[i + 1]! - x[i]!
    m[i] = (y[i + 1]! - y[i]!) / h[i]!
  }
  if (ends === 'periodic') return periodicSlopes(y, h, m)
  if (n === 2 && typeof ends === 'string') return Float64Array.of(m[0]!, m[0]!)
  if (n === 3 && ends === 'not-a-knot') {
    const bend = (m[1]! - m[0]!) / (h[0]! + h[1]!)
    return Float64Array.of(m[0]! - bend * h[0]!, m[0]! + bend * h[0]!, m[1]! + bend * h[1]!)
  }
  const lower = new Float64Array(n)
  const diagonal = new Float64Array(n)
  const upper = new Float64Array(n)
  const slopes = new Float64Array(n)
  for (let i = 1; i < n - 1; i++) {
    lower[i] = h[i]!
    diagonal[i] = 2 * (h[i - 1]! + h[i]!)
    upper[i] = h[i - 1]!
    slopes[i] = 3 * (h[i]! * m[i - 1]! + h[i - 1]! * m[i]!)
  }
  if (ends === 'not-a-knot') {
    const d = h[0]! + h[1]!
    diagonal[0] = h[1]!
    upper[0] = d
    slopes[0] = ((h[0]! + 2 * d) * h[1]! * m[0]! + h[0]! * h[0]! * m[1]!) / d
    const e = h[n - 2]! + h[n - 3]!
    diagonal[n - 1] = h[n - 3]!
    lower[n - 1] = e
    slopes[n - 1] = (h[n - 2]! * h[n - 2]! * m[n - 3]! + (2 * e + h[n - 2]!) * h[n - 3]! * m[n - 2]!) / e
  } else if (ends === 'natural') {
    diagonal[0] = 2
    upper[0] = 1
    slopes[0] = 3 * m[0]!
    diagonal[n - 1] = 2
    lower[n - 1] = 1
    slopes[n - 1] = 3 * m[n - 2]!
  } else {
    const given = asFloat64(ends.slopes, 'ends.slopes', { length: 2 })
    diagonal[0] = 1
    slopes[0] = given[0]!
    diagonal[n - 1] = 1
    slopes[n - 1] = given[1]!
  }
  solveTridiagonal(lower, diagonal, upper, slopes)
  return slopes
}

function periodicSlopes(y: Float64Array, h: Float64Array, m: Float64Array): Float64Array {
  const n = y.length
  const scale = y.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  if (Math.abs(y[0]! - y[n - 1]!) > 1e-12 * scale) {
    throw new OperandoError('E_ARGUMENT', `ends 'periodic' need y[0] = y[${n - 1}], found ${y[0]} and ${y[n - 1]}.`, {
      details: { first: y[0]!, last: y[n - 1]! },
    })
  }
  // n - 1 unknowns on a ring
  const k = n - 1
  if (k === 1) return new Float64Array(2)
  if (k === 2) {
    // on a ring of two both equations ask for the same sum of the slopes; equal ones are the symmetric answer
    const s = (h[1]! * m[0]! + h[0]! * m[1]!) / (h[0]! + h[1]!)
    return Float64Array.of(s, s, s)
  }
  const lower = new Float64Array(k)
  const diagonal = new Float64Array(k)
  const upper = new Float64Array(k)
  const slopes = new Float64Array(n)
  const right = slopes.subarray(0, k)
  for (let i = 0; i < k; i++) {
    const before = i === 0 ? k - 1 : i - 1
    lower[i] = h[i]!
    diagonal[i] = 2 * (h[before]! + h[i]!)
    upper[i] = h[before]!
    right[i] = 3 * (h[i]! * m[before]! + h[before]! * m[i]!)
  }
  // the corners as a rank-one change (Sherman-Morrison)
  const gamma = -diagonal[0]!
  const corner = upper[k - 1]!
  const start = lower[0]!
  diagonal[0]! -= gamma
  diagonal[k - 1]! -= (corner * start) / gamma
  const change = new Float64Array(k)
  change[0] = gamma
  change[k - 1] = corner
  solveTridiagonal(lower, diagonal.slice(), upper, right)
  solveTridiagonal(lower, diagonal, upper, change)
  const factor = (right[0]! + (start / gamma) * right[k - 1]!) / (1 + change[0]! + (start / gamma) * change[k - 1]!)
  for (let i = 0; i < k; i++) right[i]! -= factor * change[i]!
  slopes[k] = slopes[0]!
  return slopes
}

/**
 * Solves a tridiagonal system without pivoting (for diagonally dominant ones).
 * @param lower    Below the diagonal, n values, the first unused.
 * @param diagonal The diagonal, n values; overwritten.
 * @param upper    Above the diagonal, n values, the last unused.
 * @param b        Right-hand side, n values; becomes the solution.
 */
export function solveTridiagonal(lower: Float64Array, diagonal: Float64Array, upper: Float64Array, b: Float64Array): void {
  const n = b.length
  for (let i = 1; i < n; i++) {
    const f = lower[i]! / diagonal[i - 1]!
    diagonal[i]! -= f * upper[i - 1]!
    b[i]! -= f * b[i - 1]!
  }
  b[n - 1]! /= diagonal[n - 1]!
  for (let i = n - 2; i >= 0; i--) b[i] = (b[i]! - upper[i]! * b[i + 1]!) / diagonal[i]!
}
