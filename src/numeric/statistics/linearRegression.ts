import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type NumbersLike, OperandoError } from '../../core/index.js'
import { NAN_FIELDS, type NanOptions, samplesOf } from './sample.js'

/** Options of {@link linearRegression}. */
export interface LinearRegressionOptions extends NanOptions {
  /** Standard uncertainties of y, > 0. Default: all equal and unknown. */
  readonly sigma?: NumbersLike | undefined
  /** Whether errors follow from the scatter, not from sigma. Default true; without sigma they always do. */
  readonly scaleErrors?: boolean | undefined
}

const OPTIONS: FieldsOf<LinearRegressionOptions> = { ...NAN_FIELDS, sigma: true, scaleErrors: true }

/** A straight line through points. */
export interface LinearRegression {
  /** Change of y for a unit of x. */
  readonly slope: number
  /** y at x = 0. */
  readonly intercept: number
  /** Standard error of the slope; `null` for two points without trusted sigma. */
  readonly slopeError: number | null
  /** Standard error of the intercept. */
  readonly interceptError: number | null
  /** Covariance of slope and intercept. */
  readonly covariance: number | null
  /** Pearson's correlation of x and y (weighted); 0 where all y are equal. */
  readonly correlation: number
  /** Sum of ((y - line) / sigma)², sigma 1 if there is none. */
  readonly chiSquare: number
  /** Points used. */
  readonly points: number
}

/**
 * Straight line by (weighted) least squares, with errors: sigma in y only.
 *
 * @param x       Abscissae, n >= 2, not all equal.
 * @param y       Values.
 * @param options Sigma, kind of errors, NaN.
 * @throws OperandoError `E_SHAPE`, `E_NAN`, `E_RANGE` for a sigma that is not positive, `E_SINGULAR` when all x are equal.
 * @example
 * ```ts
 * import { linearRegression } from 'operando/numeric'
 * const { slope, slopeError } = linearRegression([0, 1, 2, 3], [0.1, 0.9, 2.2, 2.8])
 * ```
 */
export function linearRegression(x: NumbersLike, y: NumbersLike, options: LinearRegressionOptions = {}): LinearRegression {
  assertKnown(options, 'linearRegression options', OPTIONS)
  const { sigma, scaleErrors = true } = options
  const lists: Record<string, NumbersLike> = sigma === undefined ? { x, y } : { x, y, sigma }
  const sample = samplesOf(lists, 2, options) as { x: Float64Array; y: Float64Array; sigma?: Float64Array }
  const n = sample.x.length
  const weights = new Float64Array(n).fill(1)
  sample.sigma?.forEach((s, i) => {
    if (!(s > 0))
      throw new OperandoError('E_RANGE', `sigma[${i}] is ${s}: a positive number expected.`, { details: { index: i } })
    weights[i] = 1 / (s * s)
  })
  const total = weights.reduce((sum, w) => sum + w, 0)
  const centre = (v: Float64Array): number => v.reduce((sum, value, i) => sum + weights[i]! * value, 0) / total
  const [meanX, meanY] = [centre(sample.x), centre(sample.y)]
  let xx = 0
  let xy = 0
  let yy = 0
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [sample.x[i]! - meanX, sample.y[i]! - meanY]
    xx += weights[i]! * dx * dx
    xy += weights[i]! * dx * dy
    yy += weights[i]! * dy * dy
  }
  assertSpread(sample.x, xx)
  const slope = xy / xx
  const intercept = meanY - slope * meanX
  let chiSquare = 0
  for (let i = 0; i < n; i++) chiSquare += weights[i]! * (sample.y[i]! - meanY - slope * (sample.x[i]! - meanX)) ** 2
  const scaled = scaleErrors || !sample.sigma
  const known = !scaled || n > 2
  const scale = scaled ? chiSquare / (n - 2) : 1
  return {
    slope,
    intercept,
    slopeError: known ? Math.sqrt(scale / xx) : null,
    interceptError: known ? Math.sqrt(scale * (1 / total + meanX ** 2 / xx)) : null,
    covariance: known ? (-scale * meanX) / xx : null,
    correlation: yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : 0,
    chiSquare,
    points: n,
  }
}

/** Throws when all x are equal: `spread` is then 0. */
export function assertSpread(x: Float64Array, spread: number): void {
  if (spread > 0 && x.some(v => v !== x[0])) return
  throw new OperandoError('E_SINGULAR', `x: all values are ${x[0]}, so that no line is determined.`, {
    details: { found: x[0]! },
  })
}
