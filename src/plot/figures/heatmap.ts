import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import { cellsOf } from '../axis/cells.js'
import { finiteRange } from '../axis/range.js'
import { COLOR_FIELDS, type ColorOptions, colorScaleOf } from '../color/colorScale.js'
import type { Reduction } from '../color/heatPixels.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import { isDataset } from '../input/axisInput.js'
import { type GridInput, type ReadGrid, readGrid } from '../input/gridInput.js'
import type { HeatLayer, PanelSpec } from '../spec/figureSpec.js'
import { emptyNote } from './emptyNote.js'
import { SHARED_AXIS_FIELDS, type SharedAxis, type SharedAxisOptions, sharedAxis } from './sharedAxis.js'
import { type TrendPanelInput, trendPanels } from './trendPanel.js'

/** Options of {@link heatmap}. */
export interface HeatmapOptions extends FigureOptions, ColorOptions, SharedAxisOptions {
  /**
   * Panels of traces on the very axis of the frames; each entry is a panel, a list puts several traces into one. Names are coordinates of the
   * dataset's frames (`'voltage'`), or give a curve with times of its own. Default none.
   */
  traces?: readonly TrendPanelInput[] | undefined
  /** Whether trace panels stand above (beside: to the left) or below (to the right). Default `'below'`. */
  tracePosition?: 'above' | 'below' | undefined
  /** `'horizontal'` (default): frames run to the right; `'vertical'`: frames run upwards, traces stand at the side. */
  orientation?: 'horizontal' | 'vertical' | undefined
  /** Coordinate along the frames. Default `'time'` where there is one, else the dim's own. */
  x?: string | undefined
  /** Coordinate along the other dim. Default the dim's own. */
  y?: string | undefined
  /** Part of the other axis to show, in its unit. Default all. */
  yRange?: readonly [number, number] | undefined
  /** What stands for samples that share a pixel: `'max'` (default: sharp peaks stay) or `'mean'`. */
  reduction?: Reduction | undefined
}

/**
 * The panel of a map over the shared axis.
 * @param grid    The map.
 * @param shared  The axis of the frames.
 * @param options Colours, cells, orientation.
 */
export function heatPanel(grid: ReadGrid, shared: SharedAxis, options: HeatmapOptions): PanelSpec {
  const vertical = options.orientation === 'vertical'
  const other = cellsOf(grid.y.values, grid.y.label || 'y', { edges: grid.y.edges })
  const domain = options.yRange ?? finiteRange(other.lo, other.hi) ?? [0, 1]
  const across = { kind: 'linear' as const, domain, label: grid.y.label, unit: grid.y.unit }
  const heat: HeatLayer = {
    kind: 'heat',
    grid: vertical
      ? { x: other, y: shared.cells, values: grid.values, strideX: 1, strideY: grid.ny }
      : { x: shared.cells, y: other, values: grid.values, strideX: grid.ny, strideY: 1 },
    color: colorScaleOf(grid.values, options),
    reduction: options.reduction ?? 'max',
    label: grid.label,
    unit: grid.unit,
  }
  const empty = finiteRange(grid.values) === undefined
  const axes = vertical ? { x: across, y: shared.axis } : { x: shared.axis, y: across }
  return { name: 'map', ...axes, weight: vertical ? 3 : 2.6, layers: empty ? [emptyNote(axes.x, axes.y)] : [heat] }
}

const OPTIONS: FieldsOf<HeatmapOptions> = {
  ...FIGURE_FIELDS,
  ...COLOR_FIELDS,
  ...SHARED_AXIS_FIELDS,
  traces: true,
  tracePosition: true,
  orientation: true,
  x: true,
  y: true,
  yRange: true,
  reduction: true,
}

/**
 * A series as a map: frames along time (or another coordinate), the pattern across, values in colours, with traces such as the voltage
 * below on exactly the same axis. Pauses stay blank, uneven frames have their true widths, NaN and masked values are transparent.
 *
 * @param data    A Dataset of two dims, frames first, or plain arrays.
 * @param options Traces, orientation, colours, clock.
 * @throws OperandoError `E_SHAPE` unless there are two dims, `E_AXIS` for an axis out of order, `E_MISSING` for a coordinate that is not there.
 * @example
 * ```ts
 * import { heatmap } from 'operando/plot'
 * const time = { values: [0, 60, 120], label: 'Time', unit: 's' }
 * const figure = heatmap(
 *   { x: time, y: { values: [1.5, 1.6], label: 'q', unit: '1/Å' }, values: [1, 2, 2, 3, 3, 5], label: 'Intensity', unit: 'counts' },
 *   { traces: [{ x: time, y: [3.2, 3.4, 3.5], label: 'Voltage', unit: 'V' }] },
 * )
 * figure.svg.startsWith('<svg') // true
 * ```
 */
export function heatmap(data: Dataset | GridInput, options: HeatmapOptions = {}): Figure {
  assertKnown(options, 'heatmap options', OPTIONS)
  const grid = readGrid(data, options)
  const vertical = options.orientation === 'vertical'
  const shared = sharedAxis(grid.x, options, isDataset(data) ? data.meta.start : undefined)
  const map = heatPanel(grid, shared, options)
  const traces = trendPanels(options.traces ?? [], data, shared, 0, vertical)
  const panels = options.tracePosition === 'above' ? [...traces, map] : [map, ...traces]
  return figureOf({
    id: options.id,
    title: options.title ?? `${grid.label || 'Values'} over ${shared.axis.label || 'frames'} and ${grid.y.label || 'channel'}`,
    showTitle: options.title !== undefined,
    width: options.width ?? 760,
    height: options.height ?? (vertical ? 560 : 330 + 120 * traces.length),
    share: vertical ? 'y' : 'x',
    panels,
  })
}
