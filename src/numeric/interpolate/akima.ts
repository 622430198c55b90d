import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { NumbersLike } from '../../core/index.js'
import {
  fromSlopes,
  INTERPOLANT_FIELDS,
  type InterpolantOptions,
  interpolationData,
  type PiecewiseCubic,
} from './piecewiseCubic.js'

/** Options of {@link createAkima}. */
export interface AkimaOptions extends InterpolantOptions {
  /** The modified weights (makima), which ring less beside flat parts. Default false. */
  modified?: boolean | undefined
}

const OPTIONS: FieldsOf<AkimaOptions> = { ...INTERPOLANT_FIELDS, modified: true }

/**
 * Akima's local cubic: each slope comes from the five points around it, so that one outlier disturbs only its neighbourhood.
 * @param x       Abscissae, n >= 2 values, strictly rising.
 * @param y       Values, n.
 * @param options Weights; what happens outside.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN` on NaN or infinity.
 * @see Akima, J. ACM 17 (1970) 589; the modification as in Matlab's makima
 * @example
 * ```ts
 * import { createAkima } from 'operando/numeric'
 * createAkima([0, 1, 2, 3, 4], [0, 0, 1, 0, 0], { modified: true }).evaluate([0.5])
 * ```
 */
export function createAkima(x: NumbersLike, y: NumbersLike, options: AkimaOptions = {}): PiecewiseCubic {
  assertKnown(options, 'createAkima options', OPTIONS)
  const data = interpolationData(x, y, 2)
  const n = data.x.length
  // secants of the n - 1 intervals at 2 .. n, two more at each side by linear continuation
  const m = new Float64Array(n + 3)
  for (let i = 0; i < n - 1; i++) m[i + 2] = (data.y[i + 1]! - data.y[i]!) / (data.x[i + 1]! - data.x[i]!)
  if (n === 2) m.fill(m[2]!)
  else {
    m[1] = 2 * m[2]! - m[3]!
    m[0] = 2 * m[1]! - m[2]!
    m[n + 1] = 2 * m[n]! - m[n - 1]!
    m[n + 2] = 2 * m[n + 1]! - m[n]!
  }
  const weight = (i: number): number => {
    const change = Math.abs(m[i + 1]! - m[i]!)
    return options.modified ? change + Math.abs(m[i + 1]! + m[i]!) / 2 : change
  }
  let most = 0
  for (let i = 0; i < n; i++) most = Math.max(most, weight(i) + weight(i + 2))
  const slopes = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const before = weight(i)
    const after = weight(i + 2)
    // both weights nothing: Akima's convention is the mean, Matlab's makima takes 0
    if (before + after > 1e-9 * most) slopes[i] = (after * m[i + 1]! + before * m[i + 2]!) / (before + after)
    else slopes[i] = options.modified ? 0 : (m[i + 1]! + m[i + 2]!) / 2
  }
  return fromSlopes(data.x, data.y, slopes, options.outside)
}
