import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import { COLOR_FIELDS } from '../color/colorScale.js'
import { FIGURE_FIELDS, type Figure, figureOf } from '../figure.js'
import { isDataset } from '../input/axisInput.js'
import { type GridInput, readGrid } from '../input/gridInput.js'
import { type HeatmapOptions, heatPanel } from './heatmap.js'
import { SHARED_AXIS_FIELDS, sharedAxis } from './sharedAxis.js'
import { type TraceInput, type TrendPanelInput, trendPanel, trendPanels } from './trendPanel.js'

/** Options of {@link operandoFigure}. */
export interface OperandoFigureOptions extends Omit<HeatmapOptions, 'traces' | 'tracePosition' | 'orientation'> {
  /** The curve on top, under which all else is read. Default the coordinate `voltage` or `potential` of the dataset; `'none'` for none. */
  voltage?: TraceInput | readonly TraceInput[] | undefined
  /** Panels below the map: phase fractions (`stacked: true`), lattice parameters with error bars, current ... */
  trends?: readonly TrendPanelInput[] | undefined
}

const OPTIONS: FieldsOf<OperandoFigureOptions> = {
  ...FIGURE_FIELDS,
  ...COLOR_FIELDS,
  ...SHARED_AXIS_FIELDS,
  voltage: true,
  trends: true,
  x: true,
  y: true,
  yRange: true,
  reduction: true,
}

/**
 * The figure of an operando experiment: the voltage curve, below it the map of all patterns, below it what was found in them, all on one
 * time axis that is the same to the pixel.
 *
 * @param data    Frames first: a Dataset or plain arrays.
 * @param options Voltage, trends; colours, clock and pauses as in `heatmap`.
 * @throws OperandoError as `heatmap` does.
 * @example
 * ```ts
 * import { operandoFigure } from 'operando/plot'
 * const time = { values: [0, 60, 120], label: 'Time', unit: 's' }
 * operandoFigure(
 *   { x: time, y: { values: [1.5, 1.6], label: 'q', unit: '1/Å' }, values: [1, 2, 2, 3, 3, 5], label: 'Intensity' },
 *   {
 *     voltage: { x: time, y: [3.2, 3.4, 3.5], label: 'Voltage', unit: 'V' },
 *     trends: [{ x: time, y: [8.17, 8.18, 8.2], sigma: [0.01, 0.01, 0.01], label: 'a', unit: 'Å' }],
 *   },
 * ).svg.includes('a (Å)') // true
 * ```
 */
export function operandoFigure(data: Dataset | GridInput, options: OperandoFigureOptions = {}): Figure {
  assertKnown(options, 'operandoFigure options', OPTIONS)
  const grid = readGrid(data, options)
  const dataset = isDataset(data) ? data : undefined
  const shared = sharedAxis(grid.x, options, dataset?.meta.start)
  const named = ['voltage', 'potential'].find(name => dataset?.coords[name] !== undefined)
  const voltage = options.voltage ?? named ?? 'none'
  const trends = options.trends ?? []
  const panels = [
    ...(voltage === 'none' ? [] : [trendPanel('voltage', voltage, data, shared)]),
    heatPanel(grid, shared, options),
    ...trendPanels(trends, data, shared, 1),
  ]
  return figureOf({
    id: options.id,
    title: options.title ?? `${grid.label || 'Patterns'} and trends over ${shared.axis.label || 'frames'}`,
    showTitle: options.title !== undefined,
    width: options.width ?? 760,
    height: options.height ?? 330 + 125 * (panels.length - 1),
    share: 'x',
    panels,
  })
}
