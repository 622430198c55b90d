import { assertKnown } from '../../core/fields.js'
import type { NumbersLike } from '../../core/index.js'
import {
  fromSlopes,
  INTERPOLANT_FIELDS,
  type InterpolantOptions,
  interpolationData,
  type PiecewiseCubic,
} from './piecewiseCubic.js'

/**
 * Monotone piecewise cubic (PCHIP): goes through all points, rises and falls only where the data do, never overshoots; first derivative continuous.
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param y       Values, n.
 * @param options What happens outside.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN` on NaN or infinity.
 * @see Fritsch & Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300; end slopes as Moler, Numerical Computing with Matlab (2004), and scipy
 * @example
 * ```ts
 * import { createPchip } from 'operando/numeric'
 * createPchip([0, 1, 2, 3], [0, 0, 1, 1]).evaluate([1.5]) // [0.5]
 * ```
 */
export function createPchip(x: NumbersLike, y: NumbersLike, options: InterpolantOptions = {}): PiecewiseCubic {
  assertKnown(options, 'createPchip options', INTERPOLANT_FIELDS)
  const data = interpolationData(x, y, 2)
  const n = data.x.length
  const h = new Float64Array(n - 1)
  const m = new Float64Array(n - 1)
  for (let i = 0; i < n - 1; i++) {
    h[i] = data.x[i + 1]! - data.x[i]!
    m[i] = (data.y[i + 1]! - data.y[i]!) / h[i]!
  }
  const slopes = new Float64Array(n)
  if (n === 2) slopes.fill(m[0]!)
  else {
    for (let i = 1; i < n - 1; i++) {
      if (!(m[i - 1]! * m[i]! > 0)) continue
      const w1 = 2 * h[i]! + h[i - 1]!
      const w2 = h[i]! + 2 * h[i - 1]!
      slopes[i] = (w1 + w2) / (w1 / m[i - 1]! + w2 / m[i]!)
    }
    slopes[0] = endSlope(h[0]!, h[1]!, m[0]!, m[1]!)
    slopes[n - 1] = endSlope(h[n - 2]!, h[n - 3]!, m[n - 2]!, m[n - 3]!)
  }
  return fromSlopes(data.x, data.y, slopes, options.outside)
}

/** Three-point slope at an end, held back so that the shape is kept. */
function endSlope(h0: number, h1: number, m0: number, m1: number): number {
  const slope = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1)
  if (Math.sign(slope) !== Math.sign(m0)) return 0
  return Math.sign(m0) !== Math.sign(m1) && Math.abs(slope) > 3 * Math.abs(m0) ? 3 * m0 : slope
}
