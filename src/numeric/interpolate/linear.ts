import { assertKnown } from '../../core/fields.js'
import type { NumbersLike } from '../../core/index.js'
import { INTERPOLANT_FIELDS, type InterpolantOptions, interpolationData, PiecewiseCubic } from './piecewiseCubic.js'

/**
 * Straight lines from point to point.
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param y       Values, n.
 * @param options What happens outside.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN` on NaN or infinity.
 * @example
 * ```ts
 * import { createLinear } from 'operando/numeric'
 * createLinear([0, 1, 3], [0, 2, 0]).evaluate([0.5, 2]) // [1, 1]
 * ```
 */
export function createLinear(x: NumbersLike, y: NumbersLike, options: InterpolantOptions = {}): PiecewiseCubic {
  assertKnown(options, 'createLinear options', INTERPOLANT_FIELDS)
  const data = interpolationData(x, y, 2)
  const c = new Float64Array(4 * (data.x.length - 1))
  for (let i = 0; i < data.x.length - 1; i++) {
    c[4 * i] = data.y[i]!
    c[4 * i + 1] = (data.y[i + 1]! - data.y[i]!) / (data.x[i + 1]! - data.x[i]!)
  }
  return new PiecewiseCubic(data.x, c, options.outside)
}
