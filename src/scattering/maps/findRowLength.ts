import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'

/** Options of {@link findRowLength}. */
export interface FindRowLengthOptions {
  /** Lengths to choose from. Default: all divisors of the number of points that leave rows and columns of 3 or more. */
  candidates?: readonly number[] | undefined
}

/** How the points of a raster were measured. */
export interface RowLength {
  /** Points of a row: the axis that the motor ran along. */
  readonly columns: number
  /** Rows, the last one perhaps not whole. */
  readonly rows: number
  /** Whether each row begins at the same side, or runs back where the last one ended. */
  readonly order: 'rows' | 'snake'
  /** Rank correlation of points with those beneath them. */
  readonly correlation: number
  /** That of the second best choice: where it is hardly less, nothing is known. */
  readonly second: number
}

const OPTIONS: FieldsOf<FindRowLengthOptions> = { candidates: true }

/**
 * Which is the fast axis of a raster, from values in the order of measurement, where the file does not say: with the right length of rows points are most like those of the next row. By ranks, so that failed points do no harm.
 * @param values  Values by point, in the order of measurement; NaN is left out.
 * @param options Lengths to choose from.
 * @throws OperandoError `E_ARGUMENT` where no length is possible, `E_RANGE` for lengths that are none.
 * @example
 * ```ts
 * import { findRowLength } from 'operando/scattering'
 * // 4 rows of 6 points over a slope
 * const values = Array.from({ length: 24 }, (_, i) => Math.floor(i / 6) + 3 * (i % 6))
 * console.log(findRowLength(values)) // 6 columns, 4 rows, order 'rows'
 * ```
 */
export function findRowLength(values: NumbersLike, options: FindRowLengthOptions = {}): RowLength {
  assertKnown(options, 'findRowLength options', OPTIONS)
  const v = asFloat64(values, 'values', { allowNaN: true, allowInfinite: true })
  const n = v.length
  const candidates = options.candidates ?? divisors(n)
  if (candidates.length === 0)
    throw new OperandoError(
      'E_ARGUMENT',
      `findRowLength: ${n} points have no rows and columns of 3 or more. Are points missing? Give { candidates }.`,
    )
  for (const length of candidates)
    if (!(Number.isInteger(length) && length > 1 && length <= n / 2))
      throw new OperandoError(
        'E_RANGE',
        `findRowLength: a row of ${length} points: whole numbers from 2 to ${Math.floor(n / 2)} expected.`,
      )
  const ranks = ranksOf(v)
  const trials = candidates
    .flatMap(columns =>
      (['rows', 'snake'] as const).map(order => ({
        columns,
        rows: Math.ceil(n / columns),
        order,
        correlation: correlationOf(ranks, columns, order),
      })),
    )
    .sort((a, b) => b.correlation - a.correlation)
  return { ...trials[0]!, second: trials[1]?.correlation ?? 0 }
}

/** Where a point lies in the map. */
export function placeOf(i: number, columns: number, order: 'rows' | 'snake'): number {
  const row = Math.floor(i / columns)
  const column = i - row * columns
  return row * columns + (order === 'snake' && row % 2 === 1 ? columns - 1 - column : column)
}

function divisors(n: number): number[] {
  const out: number[] = []
  for (let k = 3; k <= n / 3; k++) if (n % k === 0) out.push(k)
  return out
}

/** Ranks, NaN for what is none. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, i) => i).filter(i => !Number.isNaN(values[i]!))
  order.sort((a, b) => values[a]! - values[b]!)
  const ranks = new Float64Array(values.length).fill(Number.NaN)
  for (const [rank, i] of order.entries()) ranks[i] = rank
  return ranks
}

function correlationOf(ranks: Float64Array, columns: number, order: 'rows' | 'snake'): number {
  let [count, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i + columns < ranks.length; i++) {
    const column = i % columns
    // the point beneath was measured a row later, or on the way back
    const j = order === 'rows' ? i + columns : i + 2 * (columns - column) - 1
    const [a, b] = [ranks[i]!, ranks[j]!]
    if (!(j < ranks.length) || Number.isNaN(a) || Number.isNaN(b)) continue
    count++
    x += a
    y += b
    xx += a * a
    yy += b * b
    xy += a * b
  }
  const spread = (xx - (x * x) / count) * (yy - (y * y) / count)
  return count > 2 && spread > 0 ? (xy - (x * y) / count) / Math.sqrt(spread) : 0
}
