import { assertKnown } from '../../core/fields.js'
import { asFloat64, type NumbersLike } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { INTERPOLATE_FIELDS, type InterpolateOptions, interpolate } from './interpolate.js'
import { asSigma, createInterpolationResponse, rangesWithin } from './interpolationResponse.js'
import { interpolationData } from './piecewiseCubic.js'

/** How many points to either side a value can move the curve, end rules included. */
const REACH = { pchip: 3, akima: 6, makima: 6 } as const

/**
 * Standard uncertainties that go with {@link interpolate}: each given value is moved up and down by its sigma, and what the curve then does adds in
 * quadrature. Exact for straight lines and splines, which are linear in the values; of first order for pchip and akima. Values are taken as
 * independent. Interpolated sigmas are smaller between points than at them: that is averaging, not knowledge.
 *
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param y       Values, n.
 * @param sigma   Their standard uncertainties, n values >= 0; NaN (not known) makes NaN wherever the point has a say.
 * @param at      Where, m values, any order.
 * @param options Method, ends, what happens outside (`'clamp'` keeps the sigma of the end).
 * @param out     Receives m values; made if absent.
 * @throws OperandoError as {@link interpolate}; `E_RANGE` on a negative sigma, `E_UNSUPPORTED` for periodic ends.
 * @example
 * ```ts
 * import { interpolateSigma } from 'operando/numeric'
 * interpolateSigma([0, 1, 2], [5, 6, 7], [0.3, 0.4, 0.3], [0, 0.5, 1]) // [0.3, 0.25, 0.4]
 * ```
 */
export function interpolateSigma(
  x: NumbersLike,
  y: NumbersLike,
  sigma: NumbersLike,
  at: NumbersLike,
  options: InterpolateOptions = {},
  out?: Float64Array | undefined,
): Float64Array {
  assertKnown(options, 'interpolateSigma options', INTERPOLATE_FIELDS)
  const data = interpolationData(x, y, 2)
  const s = asSigma(sigma, data.x.length)
  const where = asFloat64(at, 'at')
  const { method = 'linear' } = options
  if (method === 'linear' || method === 'spline')
    return createInterpolationResponse(data.x, where, { ...options, method }).sigma(s, out)
  // settles outside as interpolate does: throws, or NaN where there is no curve
  const variance = interpolate(data.x, data.y, where, options, outputOf(out, where.length))
  for (let k = 0; k < variance.length; k++) if (!Number.isNaN(variance[k])) variance[k] = 0
  addByDifferences(data.x, data.y, s, where, options, REACH[method], variance)
  for (let k = 0; k < variance.length; k++) variance[k] = Math.sqrt(variance[k]!)
  return variance
}

function addByDifferences(
  x: Float64Array,
  y: Float64Array,
  s: Float64Array,
  at: Float64Array,
  options: InterpolateOptions,
  reach: number,
  variance: Float64Array,
): void {
  for (const { knot, first, last, near, points } of rangesWithin(x, at, reach)) {
    if (s[knot] === 0) continue
    const knots = x.subarray(first, last + 1)
    const known = Number.isFinite(s[knot])
    const step = known ? s[knot]! : 1
    const moved = y.slice(first, last + 1)
    moved[knot - first] = y[knot]! + step
    const up = interpolate(knots, moved, near, options)
    moved[knot - first] = y[knot]! - step
    const down = interpolate(knots, moved, near, options)
    for (let k = 0; k < near.length; k++) {
      const half = (up[k]! - down[k]!) / 2
      if (half !== 0) variance[points[k]!]! += known ? half * half : Number.NaN
    }
  }
}
