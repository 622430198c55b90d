import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Unit } from '../../core/unit.js'
import type { Dataset } from '../../model/dataset.js'
import { cellsOf } from '../axis/cells.js'
import { formatNumber } from '../axis/formatNumber.js'
import { finiteRange } from '../axis/range.js'
import { COLOR_FIELDS, type ColorOptions, colorScaleOf } from '../color/colorScale.js'
import type { Reduction } from '../color/heatPixels.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import { type AxisLike, isDataset } from '../input/axisInput.js'
import { readGrid } from '../input/gridInput.js'
import type { FigureSpec, Layer } from '../spec/figureSpec.js'
import { withFittedHeight } from '../spec/layout.js'
import { emptyNote } from './emptyNote.js'

/** An image from plain arrays: row after row. */
export interface ImageInput {
  /** ny x nx values, row after row; NaN for none. */
  values: NumbersLike
  /** [ny, nx]. */
  shape: readonly [number, number]
  /** Columns: nx mid-points or nx + 1 edges. Default 0, 1, 2 ... */
  x?: AxisLike | undefined
  /** Rows: ny mid-points or ny + 1 edges. Default 0, 1, 2 ... */
  y?: AxisLike | undefined
  /** What the values are, without unit. */
  label?: string | undefined
  /** Their unit. */
  unit?: Unit | string | undefined
  /** 0 = good, one a value. */
  mask?: ArrayLike<number> | undefined
}

/** Options of {@link mapPlot}. */
export interface MapPlotOptions extends FigureOptions, ColorOptions {
  /** `'down'` (default): y grows downwards, the first row on top, as detectors and cameras have it; `'up'`: y grows upwards, as stages have it. */
  yDirection?: 'up' | 'down' | undefined
  /** Same length of a unit on both axes. Default true. */
  equalAspect?: boolean | undefined
  /** A bar of known length: `true` chooses a round one, a number is its length in the unit of x. Default none. */
  scaleBar?: boolean | number | undefined
  /** What stands for pixels that share a drawn one. Default `'mean'`. */
  reduction?: Reduction | undefined
}

/** A round length near a fifth of a span. */
function roundLength(span: number): number {
  const power = 10 ** Math.floor(Math.log10(span / 5))
  return power * (span / 5 / power >= 5 ? 5 : span / 5 / power >= 2 ? 2 : 1)
}

const OPTIONS: FieldsOf<MapPlotOptions> = {
  ...FIGURE_FIELDS,
  ...COLOR_FIELDS,
  yDirection: true,
  equalAspect: true,
  scaleBar: true,
  reduction: true,
}

/**
 * An image or map of space in colours, with a colour bar, declared direction of y and on request a scale bar.
 *
 * @param data    A Dataset with dims rows, columns, or plain arrays.
 * @param options Direction, colours, scale bar.
 * @throws OperandoError `E_SHAPE` unless it is two-dimensional.
 * @example
 * ```ts
 * import { mapPlot } from 'operando/plot'
 * mapPlot({ values: [1, 2, 3, 4, 5, 6], shape: [2, 3], x: { values: [0, 1, 2], label: 'x', unit: 'µm' } }, { scaleBar: 1 }).svg.includes('1 µm') // true
 * ```
 */
export function mapPlot(data: Dataset | ImageInput, options: MapPlotOptions = {}): Figure {
  assertKnown(options, 'mapPlot options', OPTIONS)
  let grid: ReturnType<typeof readGrid>
  if (isDataset(data)) grid = readGrid(data, { x: data.dims[0] })
  else {
    assertFields(data, 'mapPlot', ['shape', 'values'])
    const { shape, ...image } = data
    const [ny, nx] = shape
    const count = (n: number): AxisLike => ({ values: Float64Array.from({ length: n }, (_, i) => i), unit: 'px' })
    const values = asFloat64(data.values, 'values', { allowNaN: true, allowInfinite: true })
    if (values.length !== ny * nx)
      throw new OperandoError('E_SHAPE', `values: ${ny} x ${nx} expected by shape, ${values.length} found.`)
    grid = readGrid({ ...image, values, x: data.y ?? count(ny), y: data.x ?? count(nx) })
  }
  // the slow axis of the grid are the rows of the image
  const rows = cellsOf(grid.x.values, grid.x.label || 'y', { edges: grid.x.edges, gapFactor: Infinity })
  const columns = cellsOf(grid.y.values, grid.y.label || 'x', { edges: grid.y.edges, gapFactor: Infinity })
  const xDomain = finiteRange(columns.lo, columns.hi) ?? [0, 1]
  const [low, high] = finiteRange(rows.lo, rows.hi) ?? [0, 1]
  const yDomain = (options.yDirection ?? 'down') === 'down' ? ([high, low] as const) : ([low, high] as const)
  const x = { kind: 'linear' as const, domain: xDomain, label: grid.y.label || 'x', unit: grid.y.unit }
  const y = { kind: 'linear' as const, domain: yDomain, label: grid.x.label || 'y', unit: grid.x.unit }
  const empty = finiteRange(grid.values) === undefined
  const layers: Layer[] = [
    empty
      ? emptyNote(x, y)
      : {
          kind: 'heat',
          grid: { x: columns, y: rows, values: grid.values, strideX: 1, strideY: grid.ny },
          color: colorScaleOf(grid.values, options),
          reduction: options.reduction ?? 'mean',
          label: grid.label,
          unit: grid.unit,
        },
  ]
  if (options.scaleBar) {
    const length = options.scaleBar === true ? roundLength(xDomain[1] - xDomain[0]) : options.scaleBar
    layers.push({ kind: 'scaleBar', length, text: `${formatNumber(length)} ${grid.y.unit}`.trim() })
  }
  const equalAspect = options.equalAspect ?? true
  const spec: FigureSpec = {
    id: options.id,
    title: options.title ?? (grid.label || 'Map'),
    showTitle: options.title !== undefined,
    width: options.width ?? 560,
    height: options.height ?? 460,
    share: 'x',
    panels: [
      {
        name: 'map',
        x,
        y,
        weight: 1,
        layers,
        equalAspect,
      },
    ],
  }
  return figureOf(equalAspect && options.height === undefined ? withFittedHeight(spec, 900) : spec)
}
