import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, firstNonMonotonic, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'

/** Options of {@link integrate}. */
export interface IntegrateOptions {
  /** `'trapezoid'` (default), or `'simpson'`: parabolas through three points each, exact for parabolas on any grid. */
  method?: 'trapezoid' | 'simpson' | undefined
}

const OPTIONS: FieldsOf<IntegrateOptions> = { method: true }

function axis(x: NumbersLike, y: NumbersLike): [Float64Array, Float64Array] {
  const abscissae = asFloat64(x, 'x')
  const values = asFloat64(y, 'y', { length: abscissae.length })
  const falling = abscissae.length > 1 && abscissae[1]! < abscissae[0]!
  const at = firstNonMonotonic(abscissae, falling ? -1 : 1)
  if (at >= 0) {
    throw new OperandoError(
      'E_AXIS',
      `x must rise or fall strictly, but x[${at}] = ${abscissae[at]} follows ${abscissae[at - 1]}.`,
      {
        details: { index: at },
      },
    )
  }
  return [abscissae, values]
}

/**
 * Integral of a tabulated curve over its whole range, even or uneven grid. On a falling grid the sign is that of the direction.
 *
 * With an even number of points Simpson's rule takes the parabola of the last three points for the last interval.
 *
 * @param x       Abscissae, n values, strictly rising or falling.
 * @param y       Values, n.
 * @param options Method.
 * @returns The integral; 0 for fewer than 2 points.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN`.
 * @see scipy.integrate.simpson (from 1.11 on the same last interval; Cartwright, J. Math. Sci. Math. Educ. 12 (2017))
 * @example
 * ```ts
 * import { integrate } from 'operando/numeric'
 * integrate([0, 1, 3], [0, 1, 9], { method: 'simpson' }) // 9
 * ```
 */
export function integrate(x: NumbersLike, y: NumbersLike, options: IntegrateOptions = {}): number {
  assertKnown(options, 'integrate options', OPTIONS)
  const { method = 'trapezoid' } = options
  const [t, v] = axis(x, y)
  const n = t.length
  let sum = 0
  if (method === 'trapezoid' || n < 3) {
    for (let i = 1; i < n; i++) sum += 0.5 * (t[i]! - t[i - 1]!) * (v[i]! + v[i - 1]!)
    return sum
  }
  for (let i = 2; i < n; i += 2) {
    const a = t[i - 1]! - t[i - 2]!
    const b = t[i]! - t[i - 1]!
    sum += ((a + b) / 6) * ((2 - b / a) * v[i - 2]! + ((a + b) ** 2 / (a * b)) * v[i - 1]! + (2 - a / b) * v[i]!)
  }
  if (n % 2 === 0) {
    const a = t[n - 2]! - t[n - 3]!
    const b = t[n - 1]! - t[n - 2]!
    sum += ((2 * b * b + 3 * a * b) / (6 * (a + b))) * v[n - 1]!
    sum += ((b * b + 3 * a * b) / (6 * a)) * v[n - 2]!
    sum -= (b ** 3 / (6 * a * (a + b))) * v[n - 3]!
  }
  return sum
}

/**
 * Running integral by trapezoids: 0 at the first point, the whole integral at the last.
 * @param x   Abscissae, n values, strictly rising or falling.
 * @param y   Values, n.
 * @param out Receives n values; made if absent.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted or repeated x, `E_NAN`.
 * @example
 * ```ts
 * import { cumulativeIntegral } from 'operando/numeric'
 * cumulativeIntegral([0, 1, 3], [2, 2, 4]) // [0, 2, 8]
 * ```
 */
export function cumulativeIntegral(x: NumbersLike, y: NumbersLike, out?: Float64Array | undefined): Float64Array {
  const [t, v] = axis(x, y)
  const result = outputOf(out, t.length)
  let sum = 0
  let before = v[0] ?? 0
  for (let i = 0; i < t.length; i++) {
    const value = v[i]!
    if (i > 0) sum += 0.5 * (t[i]! - t[i - 1]!) * (value + before)
    before = value
    result[i] = sum
  }
  return result
}
