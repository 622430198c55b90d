import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import { isDataset, readCoord } from '../input/axisInput.js'
import { readCurve } from '../input/curveInput.js'
import { axisOver, SHARED_AXIS_FIELDS, type SharedAxisOptions } from './sharedAxis.js'
import { asTrendPanel, type TrendPanelInput, trendPanels } from './trendPanel.js'

/** Options of {@link trendPlot}. */
export interface TrendPlotOptions extends FigureOptions, SharedAxisOptions {
  /** A dataset whose coordinates on the first dim names stand for. */
  data?: Dataset | undefined
  /** With `data`: the coordinate along x. Default `'time'` where there is one, else the dim's own. */
  x?: string | undefined
}

const OPTIONS: FieldsOf<TrendPlotOptions> = {
  ...FIGURE_FIELDS,
  ...SHARED_AXIS_FIELDS,
  data: true,
  x: true,
}

/**
 * Results along a series, one panel above the other on one shared axis: lattice parameters, areas, fractions with error bars.
 *
 * @param panels  Panels from the top; a curve alone is a panel with one curve.
 * @param options Clock, dataset for named traces.
 * @throws OperandoError `E_ARGUMENT` if there is no panel or a name without a dataset.
 * @example
 * ```ts
 * import { trendPlot } from 'operando/plot'
 * const x = { values: [0, 600, 1200, 1800], label: 'Time', unit: 's' }
 * const figure = trendPlot([
 *   { x, y: [8.27, 8.24, 8.21, 8.18], sigma: [0.002, 0.002, 0.003, 0.002], label: 'a', unit: 'Å' },
 *   { curves: [{ x, y: [1, 0.7, 0.4, 0], name: 'LiFePO₄' }, { x, y: [0, 0.3, 0.6, 1], name: 'FePO₄' }], label: 'Fraction', stacked: true },
 * ])
 * figure.svg.includes('Time (min)') // true
 * ```
 */
export function trendPlot(panels: readonly TrendPanelInput[], options: TrendPlotOptions = {}): Figure {
  assertKnown(options, 'trendPlot options', OPTIONS)
  if (!Array.isArray(panels) || panels.length === 0)
    throw new OperandoError('E_ARGUMENT', 'trendPlot: at least one panel expected.')
  const { data } = options
  const slow = data?.dims[0] ?? ''
  const along = data && isDataset(data) ? readCoord(data, slow, options.x ?? (data.coords.time ? 'time' : slow)) : undefined
  const axes = panels.flatMap(p =>
    asTrendPanel(p).curves.map(c => (typeof c === 'string' ? undefined : readCurve(c, c.name ?? 'curve').x)),
  )
  const all = [along, ...axes].filter(axis => axis !== undefined)
  if (all.length === 0)
    throw new OperandoError('E_ARGUMENT', 'trendPlot: names need the dataset that they are coordinates of; pass { data }.')
  const over = axisOver(all, { ...options, start: options.start ?? data?.meta.start })
  const shared = along ? { ...over, middles: over.place(along, 'data') } : over
  const placed = trendPanels(panels, data, shared, 0)
  const names = placed.map(p => p.y.label).filter(Boolean)
  return figureOf({
    id: options.id,
    title: options.title ?? (names.join(', ') || 'Trends'),
    showTitle: options.title !== undefined,
    width: options.width ?? 760,
    height: options.height ?? (placed.length === 1 ? 360 : 70 + 150 * placed.length),
    share: 'x',
    panels: placed,
  })
}
