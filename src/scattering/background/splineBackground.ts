import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type InterpolationMethod, interpolate } from '../../numeric/interpolate/interpolate.js'
import { asPattern, PATTERN_FIELDS, type PatternOptions } from '../pattern.js'

/** Points that a background goes through. */
export interface BackgroundPoints {
  /** Positions, strictly rising. */
  readonly x: ArrayLike<number>
  /** Levels, as many. */
  readonly y: ArrayLike<number>
}

/** Options of {@link splineBackground}. */
export interface SplineBackgroundOptions {
  /** Default `'spline'` (natural cubic). `'pchip'` and `'makima'` do not overshoot between unequal points. */
  method?: InterpolationMethod | undefined
}

const SPLINE_BACKGROUND_FIELDS: FieldsOf<SplineBackgroundOptions> = { method: true }

/**
 * Background interpolated through points, picked by hand or by {@link pickBackground}; beyond the first and last point it stays at their level.
 *
 * @param x       Abscissae, n values, any order.
 * @param points  Points that it goes through; one alone is a constant.
 * @param options Way of interpolation.
 * @param out     Receives n values; made if absent.
 * @throws OperandoError `E_SHAPE` on lengths or no points, `E_AXIS` on unsorted points, `E_NAN`.
 * @example
 * ```ts
 * import { splineBackground } from 'operando/scattering'
 * splineBackground([1, 2, 3], { x: [1, 3], y: [10, 20] }) // [10, 15, 20]
 * ```
 */
export function splineBackground(
  x: NumbersLike,
  points: BackgroundPoints,
  options: SplineBackgroundOptions = {},
  out?: Float64Array,
): Float64Array {
  assertKnown(options, 'splineBackground options', SPLINE_BACKGROUND_FIELDS)
  const { method = 'spline' } = options
  const at = asFloat64(x, 'x')
  if (points.x.length === 0) throw new OperandoError('E_SHAPE', 'splineBackground: at least one point expected, none found.')
  if (points.x.length > 1)
    return interpolate(points.x, points.y, at, { method, outside: 'clamp', ...(method === 'spline' && { ends: 'natural' }) }, out)
  const [level] = asFloat64(points.y, 'points.y', { length: 1 })
  return (out ?? new Float64Array(at.length)).fill(level!)
}

/** Options of {@link pickBackground}. */
export interface PickBackgroundOptions extends PatternOptions {
  /** Where, in x: given by hand. Default: chosen in `count` equal stretches of the pattern. */
  at?: ArrayLike<number> | undefined
  /** How many points to choose. Default 12. */
  count?: number | undefined
  /** Half width in x over which the level of a point is taken as the median. Default: 1/50 of the pattern for `at`; a whole stretch otherwise. */
  halfWidth?: number | undefined
}

const PICK_BACKGROUND_FIELDS: FieldsOf<PickBackgroundOptions> = { ...PATTERN_FIELDS, at: true, count: true, halfWidth: true }

/**
 * Points for {@link splineBackground}: at given positions, the median of the data around each; or, if no positions are given, in each of some equal
 * stretches the median of its lower half, placed at the mean position of these data, so that peaks which fill less than half a stretch do not matter.
 *
 * The lower half of pure noise lies two thirds of its standard deviation below the mean: for the last bit fit a background together with the peaks.
 *
 * @param x       Abscissae, n values, strictly rising.
 * @param y       Values, n; NaN and masked points are left out.
 * @param options Positions or their number.
 * @throws OperandoError `E_AXIS`, `E_NAN`, `E_SHAPE`; `E_RANGE` where there are no data around a position.
 * @example
 * ```ts
 * import { pickBackground, splineBackground } from 'operando/scattering'
 * const x = Array.from({ length: 101 }, (_, i) => i)
 * const y = x.map(v => 50 - 0.1 * v + 300 * Math.exp(-((v - 40) ** 2) / 8))
 * splineBackground(x, pickBackground(x, y, { at: [5, 25, 60, 95], halfWidth: 4 }))
 * ```
 */
export function pickBackground(x: NumbersLike, y: NumbersLike, options: PickBackgroundOptions = {}): BackgroundPoints {
  assertKnown(options, 'pickBackground options', PICK_BACKGROUND_FIELDS)
  const { x: abscissae, y: values, good } = asPattern(x, y, options)
  const [low, high] = [abscissae[0]!, abscissae.at(-1)!]
  const { count = 12 } = options
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new OperandoError('E_RANGE', `pickBackground: count = ${count}, a whole number from 1 expected.`)
  }
  const within = (from: number, to: number): number[] =>
    [...good].filter(i => abscissae[i]! >= from && abscissae[i]! <= to).sort((i, j) => values[i]! - values[j]!)
  const median = (sorted: readonly number[]): number => {
    const half = sorted.length >> 1
    return sorted.length % 2 ? values[sorted[half]!]! : (values[sorted[half - 1]!]! + values[sorted[half]!]!) / 2
  }
  if (options.at !== undefined) {
    const at = asFloat64(options.at, 'at')
    const halfWidth = options.halfWidth ?? (high - low) / 50
    const level = at.map(centre => {
      const around = within(centre - halfWidth, centre + halfWidth)
      if (around.length > 0) return median(around)
      throw new OperandoError(
        'E_RANGE',
        `pickBackground: no data within ${halfWidth} of x = ${centre}; there are data from ${low} to ${high}.`,
      )
    })
    return { x: at, y: level }
  }
  const points: { x: number[]; y: number[] } = { x: [], y: [] }
  for (let k = 0; k < count; k++) {
    const stretch = within(low + ((high - low) * k) / count, low + ((high - low) * (k + 1)) / count)
    const lower = stretch.slice(0, Math.ceil(stretch.length / 2))
    if (lower.length === 0) continue
    points.x.push(lower.reduce((sum, i) => sum + abscissae[i]!, 0) / lower.length)
    points.y.push(median(lower))
  }
  return points
}
