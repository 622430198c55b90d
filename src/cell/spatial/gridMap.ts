import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'

/** What {@link gridMap} takes. */
export interface GridMapOptions {
  /** Horizontal positions as recorded, mm, n values. */
  readonly x: NumbersLike
  /** Vertical positions as recorded, mm, n values. */
  readonly y: NumbersLike
  /** What was found there, n values; NaN for points without answer. */
  readonly values: NumbersLike
  /** Columns of the grid, mm, rising, evenly apart. */
  readonly columns: NumbersLike
  /** Rows of the grid, mm, rising, evenly apart. */
  readonly rows: NumbersLike
  /** What the values are. Default `value`. */
  readonly name?: string | undefined
  /** Their unit. Default none. */
  readonly unit?: string | undefined
}

const OPTIONS: FieldsOf<GridMapOptions> = { x: true, y: true, values: true, columns: true, rows: true, name: true, unit: true }

/**
 * A map over the cell from values at recorded positions: each belongs to the nearest point of the grid, several at one are averaged, points without any are masked.
 * A position further from the grid than half a step belongs to none.
 * @param options Positions, values, grid.
 * @returns Rows by columns, coordinates `y` and `x` in mm; masked where nothing was measured.
 * @throws OperandoError `E_SHAPE` for other lengths, `E_AXIS` for a grid that does not rise, `E_RANGE` if no position lies on the grid.
 * @example
 * ```ts
 * import { gridMap, rasterGrid } from 'operando/cell'
 * const { x, y, columns, rows } = rasterGrid({ size: [2, 1], step: [1, 1] })
 * const map = gridMap({ x, y, columns, rows, values: [1, 2, 3, 4, 5, 6], name: 'x in LixC6' })
 * console.log([...map.values]) // 1 2 3 6 5 4: the raster came back on the second row
 * ```
 */
export function gridMap(options: GridMapOptions): Dataset<'y' | 'x'> {
  assertKnown(options, 'gridMap options', OPTIONS)
  const values = asFloat64(options.values, 'values', { allowNaN: true })
  const x = asFloat64(options.x, 'x', { length: values.length })
  const y = asFloat64(options.y, 'y', { length: values.length })
  const columns = gridLine(options.columns, 'columns')
  const rows = gridLine(options.rows, 'rows')
  const sums = new Float64Array(columns.length * rows.length)
  const counts = new Float64Array(sums.length)
  let off = 0
  for (let i = 0; i < values.length; i++) {
    const column = nearest(columns, x[i]!)
    const row = nearest(rows, y[i]!)
    if (column < 0 || row < 0) off++
    else if (!Number.isNaN(values[i]!)) {
      sums[row * columns.length + column]! += values[i]!
      counts[row * columns.length + column]!++
    }
  }
  if (off === values.length && off > 0)
    throw new OperandoError('E_RANGE', 'None of the positions lies on the grid. Are both in mm, and about one origin?')
  const map = createDataset({
    name: options.name ?? 'value',
    dims: ['y', 'x'],
    shape: [rows.length, columns.length],
    values: sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : Number.NaN)),
    unit: options.unit ?? '',
    coords: {
      y: { dims: ['y'], values: rows, unit: 'mm' },
      x: { dims: ['x'], values: columns, unit: 'mm' },
    },
    mask: Uint8Array.from(counts, count => (count > 0 ? 0 : 1)),
    warnings:
      off > 0
        ? [{ code: 'W_OFF_GRID', message: `${off} of ${values.length} positions lie beside the grid and are not in the map.` }]
        : [],
  })
  return map
}

function gridLine(given: NumbersLike, name: string): Float64Array {
  const line = asFloat64(given, name)
  const step = line.length > 1 ? line[1]! - line[0]! : 1
  for (let i = 1; i < line.length; i++)
    if (!(Math.abs(line[i]! - line[i - 1]! - step) <= 1e-6 * step))
      throw new OperandoError('E_AXIS', `${name} must rise in even steps; ${name}[${i}] = ${line[i]} follows ${line[i - 1]}.`)
  if (line.length === 0) throw new OperandoError('E_AXIS', `${name}: at least one line of the grid expected.`)
  return line
}

/** Index of the nearest line, -1 if it is further away than half a step. */
function nearest(line: Float64Array, at: number): number {
  const step = line.length > 1 ? line[1]! - line[0]! : Number.POSITIVE_INFINITY
  const index = line.length > 1 ? Math.round((at - line[0]!) / step) : 0
  return index >= 0 && index < line.length ? index : -1
}
