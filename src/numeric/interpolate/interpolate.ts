import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { createAkima } from './akima.js'
import { createLinear } from './linear.js'
import { createPchip } from './pchip.js'
import { INTERPOLANT_FIELDS, type InterpolantOptions, type PiecewiseCubic } from './piecewiseCubic.js'
import { createSpline, type SplineEnds } from './spline.js'

/** Ways to go from point to point. */
export type InterpolationMethod = 'linear' | 'spline' | 'pchip' | 'akima' | 'makima'

/** Options of {@link interpolate}. */
export interface InterpolateOptions extends InterpolantOptions {
  /** Default `'linear'`. */
  method?: InterpolationMethod | undefined
  /** Ends of the spline; only for `'spline'`. Default `'not-a-knot'`. */
  ends?: SplineEnds | undefined
}

/** Their names, for `assertKnown`. */
export const INTERPOLATE_FIELDS: FieldsOf<InterpolateOptions> = { ...INTERPOLANT_FIELDS, method: true, ends: true }

/**
 * Interpolates once; for repeated use on the same data make the plan (`createSpline` ...) once and keep it.
 *
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param y       Values, n.
 * @param at      Where, m values, any order.
 * @param options Method, what happens outside the data.
 * @param out     Receives m values; made if absent.
 * @throws OperandoError `E_AXIS` on unsorted or repeated x, `E_RANGE` outside the data unless `outside` says otherwise, `E_SHAPE` on lengths,
 * `E_NAN` on NaN or infinity, `E_ARGUMENT` on an unknown method.
 * @example
 * ```ts
 * import { interpolate } from 'operando/numeric'
 * interpolate([0, 1, 2], [0, 10, 40], [0.5, 1.5, 2.5], { method: 'spline', outside: 'extrapolate' }) // [2.5, 22.5, 62.5]
 * ```
 */
export function interpolate(
  x: NumbersLike,
  y: NumbersLike,
  at: NumbersLike,
  options: InterpolateOptions = {},
  out?: Float64Array | undefined,
): Float64Array {
  assertKnown(options, 'interpolate options', INTERPOLATE_FIELDS)
  return planOf(x, y, options).evaluate(at, out)
}

function planOf(x: NumbersLike, y: NumbersLike, { method = 'linear', ends, outside }: InterpolateOptions): PiecewiseCubic {
  switch (method) {
    case 'linear':
      return createLinear(x, y, { outside })
    case 'spline':
      return createSpline(x, y, { ends, outside })
    case 'pchip':
      return createPchip(x, y, { outside })
    case 'akima':
      return createAkima(x, y, { outside })
    case 'makima':
      return createAkima(x, y, { outside, modified: true })
    default:
      throw new OperandoError('E_ARGUMENT', `method '${method}' is unknown: linear, spline, pchip, akima or makima expected.`)
  }
}
