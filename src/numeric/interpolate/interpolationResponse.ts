import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { type InterpolateOptions, interpolate } from './interpolate.js'
import { intervalOf } from './piecewiseCubic.js'

/** The pull of a value on a cubic spline falls at least by half from point to point: beyond 32 it is less than 1e-9. */
const SPLINE_REACH = 32

/** Options of {@link createInterpolationResponse}. */
export interface InterpolationResponseOptions extends InterpolateOptions {
  /** One that is linear in the values. Default `'linear'`. */
  method?: 'linear' | 'spline' | undefined
}

const OPTIONS: FieldsOf<InterpolationResponseOptions> = { method: true, ends: true, outside: true }

/** A plan: how new values hang on old ones, for as many sets of values on the same points as there are. */
export interface InterpolationResponse {
  /**
   * Standard uncertainties of the new values.
   * @param sigma Those of the old ones, n values >= 0, taken as independent; NaN (not known) makes NaN wherever the point has a say.
   * @param out   Receives m values; made if absent.
   */
  sigma(sigma: NumbersLike, out?: Float64Array | undefined): Float64Array
}

/**
 * Prepares the propagation of uncertainties through {@link interpolate} for methods that are linear in the values: the response of each new value to each
 * old one, which depends on the points alone. For one use `interpolateSigma` is shorter.
 *
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param at      Where, m values, any order.
 * @param options Method, ends, what happens outside.
 * @throws OperandoError as {@link interpolate}; `E_UNSUPPORTED` for periodic ends.
 * @example
 * ```ts
 * import { createInterpolationResponse } from 'operando/numeric'
 * const response = createInterpolationResponse([0, 1, 2], [0, 0.5, 1])
 * for (const sigma of [[0.3, 0.4, 0.3], [3, 4, 3]]) console.log(response.sigma(sigma)) // 0.3, 0.25, 0.4; 3, 2.5, 4
 * ```
 */
export function createInterpolationResponse(
  x: NumbersLike,
  at: NumbersLike,
  options: InterpolationResponseOptions = {},
): InterpolationResponse {
  assertKnown(options, 'createInterpolationResponse options', OPTIONS)
  if (options.ends === 'periodic')
    throw new OperandoError('E_UNSUPPORTED', "sigma of a spline with periodic ends is not there; use 'not-a-knot' or 'natural'.")
  const knots = asFloat64(x, 'x')
  const where = asFloat64(at, 'at')
  assertRising(knots, 'x')
  const n = knots.length
  // settles outside as interpolate does: throws, or NaN where there is no curve
  const base = interpolate(knots, new Float64Array(n), where, options)
  const triplets = options.method === 'spline' ? splineSquares(knots, where, options) : linearSquares(knots, where, options)
  return {
    sigma(given, out) {
      const s = asSigma(given, n)
      const result = outputOf(out, where.length)
      for (let k = 0; k < result.length; k++) result[k] = Number.isNaN(base[k]) ? Number.NaN : 0
      const { points, from, squares } = triplets
      for (let t = 0; t < squares.length; t++) result[points[t]!]! += squares[t]! * s[from[t]!]! * s[from[t]!]!
      for (let k = 0; k < result.length; k++) result[k] = Number.isFinite(result[k]) ? Math.sqrt(result[k]!) : Number.NaN
      return result
    },
  }
}

/** The door for uncertainties of n values: 0 or above, NaN where not known. @throws OperandoError `E_SHAPE`, `E_RANGE`. */
export function asSigma(sigma: NumbersLike, n: number): Float64Array {
  const s = asFloat64(sigma, 'sigma', { length: n, allowNaN: true, allowInfinite: true })
  const negative = s.findIndex(v => v < 0)
  if (negative < 0) return s
  throw new OperandoError('E_RANGE', `sigma[${negative}] is ${s[negative]}: standard uncertainties are >= 0.`, {
    details: { index: negative },
  })
}

/** Squared responses that are not 0: of new point, to old point. */
interface Triplets {
  readonly points: Uint32Array
  readonly from: Uint32Array
  readonly squares: Float64Array
}

function asTriplets(points: readonly number[], from: readonly number[], squares: readonly number[]): Triplets {
  return { points: Uint32Array.from(points), from: Uint32Array.from(from), squares: Float64Array.from(squares) }
}

function linearSquares(x: Float64Array, at: Float64Array, { outside }: InterpolateOptions): Triplets {
  const [points, from, squares]: [number[], number[], number[]] = [[], [], []]
  let i = 0
  for (let k = 0; k < at.length; k++) {
    i = intervalOf(x, at[k]!, i)
    let t = (at[k]! - x[i]!) / (x[i + 1]! - x[i]!)
    if (outside === 'clamp') t = t < 0 ? 0 : t > 1 ? 1 : t
    for (const [weight, knot] of [
      [1 - t, i],
      [t, i + 1],
    ] as const) {
      if (weight === 0) continue
      points.push(k)
      from.push(knot)
      squares.push(weight * weight)
    }
  }
  return asTriplets(points, from, squares)
}

function splineSquares(x: Float64Array, at: Float64Array, options: InterpolateOptions): Triplets {
  const [points, from, squares]: [number[], number[], number[]] = [[], [], []]
  // prescribed end slopes do not move with the values
  const ends = typeof options.ends === 'object' ? { slopes: [0, 0] as const } : options.ends
  for (const { knot, first, last, near, points: order } of rangesWithin(x, at, SPLINE_REACH)) {
    const unit = new Float64Array(last - first + 1)
    unit[knot - first] = 1
    const response = interpolate(x.subarray(first, last + 1), unit, near, { ...options, ends })
    for (let k = 0; k < near.length; k++) {
      if (!(Math.abs(response[k]!) > 1e-12)) continue
      points.push(order[k]!)
      from.push(knot)
      squares.push(response[k]! * response[k]!)
    }
  }
  return asTriplets(points, from, squares)
}

/** What lies within reach of a point. */
export interface KnotRange {
  /** The point. */
  readonly knot: number
  /** First point within reach. */
  readonly first: number
  /** Last point within reach. */
  readonly last: number
  /** The places within reach, rising; at the ends also those outside. */
  readonly near: Float64Array
  /** Their positions in the list of places. */
  readonly points: Uint32Array
}

/**
 * The ranges of points and places that each point of an axis can reach.
 * @param x     The axis, n values, rising.
 * @param at    Places, any order.
 * @param reach How many points to either side.
 */
export function* rangesWithin(x: Float64Array, at: Float64Array, reach: number): Generator<KnotRange> {
  const n = x.length
  // places in rising order, so that those within reach are a range
  const order = Uint32Array.from(at.keys()).sort((a, b) => at[a]! - at[b]!)
  const places = Float64Array.from(order, k => at[k]!)
  let from = 0
  let to = 0
  for (let knot = 0; knot < n; knot++) {
    const first = Math.max(0, knot - reach)
    const last = Math.min(n - 1, knot + reach)
    while (first > 0 && from < places.length && places[from]! < x[first]!) from++
    while (to < places.length && (last === n - 1 || places[to]! <= x[last]!)) to++
    if (from < to) yield { knot, first, last, near: places.subarray(from, to), points: order.subarray(from, to) }
  }
}
