import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { freezeData } from '../../../model/derive.js'
import { strayRows } from './strayRows.js'

/** Options of {@link orderScan}. */
export interface OrderScanOptions {
  /** Energies closer than this are one point, eV. Default 5e-4. */
  tolerance?: number | undefined
  /** What happens to rows that do not belong to the scan, see {@link orderScan}. Default `'drop'`. */
  stray?: 'drop' | 'keep' | undefined
}

const OPTIONS: FieldsOf<OrderScanOptions> = { tolerance: true, stray: true }

/** A scan in order, and what was done to it. Rows are counted as they came, from 0. */
export interface OrderedScan {
  /** eV, strictly rising, n values. */
  readonly energy: Float64Array
  /** The columns, n values each, in the order given. */
  readonly columns: readonly Float64Array[]
  /** Whether the scan ran downwards. */
  readonly reversed: boolean
  /** Rows with NaN or infinity, dropped. */
  readonly broken: readonly number[]
  /** Rows that belong to another scan. */
  readonly stray: readonly number[]
  /** Rows whose energy lies at or before that of an earlier row of the scan: sorted in. */
  readonly backSteps: readonly number[]
  /** Rows that were averaged into another of the same energy. */
  readonly merged: readonly number[]
  /** A doubt for each kind: `W_BROKEN_ROWS`, `W_STRAY_ROWS`, `W_BACK_STEPS`, `W_REPEATED_ENERGIES`. */
  readonly warnings: readonly Issue[]
}

/**
 * Puts a scan in order, as encoders and spliced files leave it: rows with NaN are dropped, a falling scan is turned round, back-stepping rows are sorted in, repeated energies averaged. A few rows at either end that a gap of
 * more than twice the steps on both of its sides cuts off are taken for rows of another scan and dropped (or kept, on request). Everything is reported.
 *
 * @param energy  eV, n values in any order; NaN allowed.
 * @param columns What was counted at each energy, n values each; NaN allowed.
 * @param options Tolerance, what happens to stray rows.
 * @throws OperandoError `E_SHAPE` on lengths, `E_RANGE` where less than 2 points are left, `E_ARGUMENT`.
 * @example
 * ```ts
 * import { orderScan } from 'operando/spectroscopy'
 * const { energy, columns, backSteps } = orderScan([7100, 7101, 7100.8, 7102, 7103], [[1, 2, 1.8, 3, 4]])
 * console.log(energy, columns[0], backSteps) // 7100, 7100.8, 7101, 7102, 7103; 1, 1.8, 2, 3, 4; 2
 * ```
 */
export function orderScan(energy: NumbersLike, columns: readonly NumbersLike[], options: OrderScanOptions = {}): OrderedScan {
  assertKnown(options, 'orderScan options', OPTIONS)
  const { tolerance = 5e-4, stray: choice = 'drop' } = options
  assertOneOf(choice, 'stray', ['drop', 'keep'])
  if (!(tolerance >= 0))
    throw new OperandoError('E_RANGE', `orderScan: tolerance = ${tolerance}: an energy in eV, 0 or more, expected.`)
  const axis = asFloat64(energy, 'energy', { allowNaN: true, allowInfinite: true })
  assertFields(columns, 'columns', ['length'])
  const data = Array.from(columns, (column, c) =>
    asFloat64(column, `columns[${c}]`, { length: axis.length, allowNaN: true, allowInfinite: true }),
  )
  const isWhole = (i: number): boolean => Number.isFinite(axis[i]) && data.every(column => Number.isFinite(column[i]))
  const all = Array.from(axis, (_, i) => i)
  const broken = all.filter(i => !isWhole(i))
  let rows = all.filter(isWhole)
  if (rows.length < 2)
    throw new OperandoError('E_RANGE', `orderScan: ${rows.length} of ${axis.length} rows are whole: at least 2 expected.`)

  let rises = 0
  for (let i = 1; i < rows.length; i++) rises += Math.sign(axis[rows[i]!]! - axis[rows[i - 1]!]!)
  const reversed = rises < 0
  if (reversed) rows.reverse()
  const stray = strayRows(axis, rows)
  if (choice === 'drop') rows = rows.filter(i => !stray.includes(i))
  const backSteps: number[] = []
  let highest = -Infinity
  for (const i of rows) {
    if (axis[i]! < highest) backSteps.push(i)
    else highest = axis[i]!
  }
  rows.sort((a, b) => axis[a]! - axis[b]! || a - b)
  const { groups, merged } = groupsOf(axis, rows, tolerance)
  const meanOf = (column: Float64Array): Float64Array =>
    Float64Array.from(groups, group =>
      group.length === 1 ? column[group[0]!]! : group.reduce((sum, i) => sum + column[i]!, 0) / group.length,
    )
  return freezeData({
    energy: meanOf(axis),
    columns: data.map(meanOf),
    reversed,
    broken,
    stray,
    backSteps,
    merged,
    warnings: warningsOf({ broken, stray, backSteps, merged }, axis, choice),
  })
}

/** Rows by energy: those of nearly the same energy together. */
function groupsOf(axis: Float64Array, rows: readonly number[], tolerance: number): { groups: number[][]; merged: number[] } {
  const groups: number[][] = []
  const merged: number[] = []
  for (const i of rows) {
    const group = groups.at(-1)
    if (group && axis[i]! - axis[group[0]!]! <= tolerance) {
      group.push(i)
      merged.push(i)
    } else groups.push([i])
  }
  return { groups, merged }
}

function warningsOf(
  { broken, stray, backSteps, merged }: Pick<OrderedScan, 'broken' | 'stray' | 'backSteps' | 'merged'>,
  axis: Float64Array,
  choice: 'drop' | 'keep',
): Issue[] {
  const list = (rows: readonly number[]): string => `${rows.slice(0, 8).join(', ')}${rows.length > 8 ? ' ...' : ''}`
  const found: Issue[] = []
  if (broken.length > 0)
    found.push({
      code: 'W_BROKEN_ROWS',
      message: `${broken.length} rows hold NaN or infinity and were dropped: ${list(broken)}.`,
    })
  if (stray.length > 0) {
    const [low, high] = [Math.min(...stray.map(i => axis[i]!)), Math.max(...stray.map(i => axis[i]!))]
    found.push({
      code: 'W_STRAY_ROWS',
      message: `${stray.length} rows from ${low} to ${high} eV are cut off from the scan by a gap: rows of another scan? They were ${choice === 'drop' ? 'dropped' : 'kept'}: ${list(stray)}.`,
    })
  }
  if (backSteps.length > 0)
    found.push({
      code: 'W_BACK_STEPS',
      message: `The energy steps back at ${backSteps.length} rows, which were sorted in: ${list(backSteps)}.`,
    })
  if (merged.length > 0)
    found.push({
      code: 'W_REPEATED_ENERGIES',
      message: `${merged.length} rows repeat the energy of another, and were averaged with it: ${list(merged)}.`,
    })
  return found
}
