import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { type InterpolateOptions, type InterpolationMethod, interpolate } from './interpolate.js'
import { interpolationData, intervalOf } from './piecewiseCubic.js'

/**
 * How many points to either side a value can move the curve. Three and six are exact for pchip and akima, end rules included; the pull of a
 * cubic spline falls at least by half from point to point, so 32 leave out less than 1e-9.
 */
const REACH: Readonly<Record<Exclude<InterpolationMethod, 'linear'>, number>> = { spline: 32, pchip: 3, akima: 6, makima: 6 }

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
  if (options.ends === 'periodic')
    throw new OperandoError('E_UNSUPPORTED', "sigma of a spline with periodic ends is not there; use 'not-a-knot' or 'natural'.")
  const data = interpolationData(x, y, 2)
  const n = data.x.length
  const s = asFloat64(sigma, 'sigma', { length: n, allowNaN: true, allowInfinite: true })
  const negative = s.findIndex(v => v < 0)
  if (negative >= 0)
    throw new OperandoError('E_RANGE', `sigma[${negative}] is ${s[negative]}: standard uncertainties are >= 0.`, {
      details: { index: negative },
    })
  const where = asFloat64(at, 'at')
  // settles outside as interpolate does: throws, or NaN where there is no curve
  const variance = interpolate(data.x, data.y, where, options, outputOf(out, where.length))
  for (let k = 0; k < variance.length; k++) if (!Number.isNaN(variance[k])) variance[k] = 0
  const method = options.method ?? 'linear'
  if (method === 'linear') addLinear(data.x, s, where, options.outside === 'clamp', variance)
  else addByDifferences(data.x, data.y, s, where, options, REACH[method], variance)
  for (let k = 0; k < variance.length; k++) variance[k] = Math.sqrt(variance[k]!)
  return variance
}

function addLinear(x: Float64Array, s: Float64Array, at: Float64Array, clamp: boolean, variance: Float64Array): void {
  let i = 0
  for (let k = 0; k < at.length; k++) {
    i = intervalOf(x, at[k]!, i)
    let t = (at[k]! - x[i]!) / (x[i + 1]! - x[i]!)
    if (clamp) t = t < 0 ? 0 : t > 1 ? 1 : t
    const a = t === 1 ? 0 : (1 - t) * s[i]!
    const b = t === 0 ? 0 : t * s[i + 1]!
    variance[k]! += a * a + b * b
  }
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
  const n = x.length
  // points in rising order, so that those within reach are a range
  const order = Uint32Array.from(at.keys()).sort((a, b) => at[a]! - at[b]!)
  const places = Float64Array.from(order, k => at[k]!)
  let from = 0
  for (let i = 0; i < n; i++) {
    if (s[i] === 0) continue
    const first = Math.max(0, i - reach)
    const last = Math.min(n - 1, i + reach)
    while (from < places.length && first > 0 && places[from]! < x[first]!) from++
    let to = from
    while (to < places.length && (last === n - 1 || places[to]! <= x[last]!)) to++
    const near = places.subarray(from, to)
    if (near.length === 0) continue
    const knots = x.subarray(first, last + 1)
    const known = Number.isFinite(s[i])
    const step = known ? s[i]! : 1
    const moved = y.slice(first, last + 1)
    moved[i - first] = y[i]! + step
    const up = interpolate(knots, moved, near, options)
    moved[i - first] = y[i]! - step
    const down = interpolate(knots, moved, near, options)
    for (let k = 0; k < near.length; k++) {
      const half = (up[k]! - down[k]!) / 2
      if (half !== 0) variance[order[from + k]!]! += known ? half * half : Number.NaN
    }
  }
}
