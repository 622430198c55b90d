import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Length, toValue } from '../../core/quantity.js'

/** What {@link rasterGrid} takes. */
export interface RasterGridOptions {
  /** Centre of the map across the cell, horizontal and vertical: numbers in mm. Default [0, 0]. */
  readonly centre?: readonly [x: Length, y: Length] | undefined
  /** Width and height: numbers in mm. */
  readonly size: readonly [width: Length, height: Length]
  /** Distance from point to point, horizontal and vertical: numbers in mm. */
  readonly step: readonly [x: Length, y: Length]
  /** `round` leaves out what lies outside the ellipse in that rectangle (round electrodes). Default `rectangle`. */
  readonly shape?: 'rectangle' | 'round' | undefined
  /** `snake` turns at the end of each row, so that motors do not run back. Default `snake`. */
  readonly order?: 'snake' | 'rows' | undefined
}

const OPTIONS: FieldsOf<RasterGridOptions> = { centre: true, size: true, step: true, shape: true, order: true }

/** Positions of a raster, in the order of measurement. */
export interface RasterGrid {
  /** Horizontal positions, mm, n values. */
  readonly x: Float64Array
  /** Vertical positions, mm, n values. */
  readonly y: Float64Array
  /** Columns of the grid, mm, rising. */
  readonly columns: Float64Array
  /** Rows of the grid, mm, rising. */
  readonly rows: Float64Array
}

/** More points than this are a mistake of unit. */
const MOST = 10_000_000

/**
 * Positions of a raster over a cell, about its centre.
 * @param options Size, step, shape, order.
 * @throws OperandoError `E_RANGE` for sizes and steps not above 0, `E_LIMIT` for more than ten million points.
 * @example
 * ```ts
 * import { rasterGrid } from 'operando/cell'
 * const { x, y } = rasterGrid({ size: ['14 mm', '14 mm'], step: [1, 1], shape: 'round' })
 * console.log(x.length) // 149
 * ```
 */
export function rasterGrid(options: RasterGridOptions): RasterGrid {
  assertKnown(options, 'rasterGrid options', OPTIONS)
  const { shape = 'rectangle', order = 'snake' } = options
  const pair = (values: readonly [Length, Length], name: string): [number, number] =>
    values.map(value => toValue(value, 'mm', name)) as [number, number]
  const [cx, cy] = pair(options.centre ?? [0, 0], 'centre')
  const size = pair(options.size, 'size')
  const step = pair(options.step, 'step')
  for (const [name, values] of Object.entries({ size, step }))
    if (!(values[0]! > 0 && values[1]! > 0))
      throw new OperandoError('E_RANGE', `${name} = ${values.join(' x ')} mm: two numbers above 0 expected.`)
  const line = (length: number, by: number, middle: number): Float64Array => {
    // what rounding takes from the last step is no point less
    const count = Math.floor(length / by + 1e-9) + 1
    if (!(count <= MOST)) throw tooMany(count)
    return Float64Array.from({ length: count }, (_, i) => middle + (i - (count - 1) / 2) * by)
  }
  const columns = line(size[0], step[0], cx)
  const rows = line(size[1], step[1], cy)
  if (columns.length * rows.length > MOST) throw tooMany(columns.length * rows.length)
  const [x, y]: [number[], number[]] = [[], []]
  for (const [j, row] of rows.entries())
    for (let i = 0; i < columns.length; i++) {
      const column = columns[order === 'snake' && j % 2 === 1 ? columns.length - 1 - i : i]!
      const far = ((column - cx) / (size[0] / 2)) ** 2 + ((row - cy) / (size[1] / 2)) ** 2
      if (shape === 'round' && far > 1 + 1e-9) continue
      x.push(column)
      y.push(row)
    }
  return { x: Float64Array.from(x), y: Float64Array.from(y), columns, rows }
}

function tooMany(count: number): OperandoError {
  return new OperandoError('E_LIMIT', `${count} points: at most ${MOST} expected. Are size and step in one unit?`)
}
