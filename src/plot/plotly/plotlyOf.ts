import type { AxisSpec } from '../axis/axisScale.js'
import { axisTitle } from '../axis/unitText.js'
import type { FigureSpec, Layer, NoteLayer, PanelSpec, RuleLayer } from '../spec/figureSpec.js'
import { areaTrace, curveTraces, strokesTrace } from './curveTraces.js'
import { colorsOf, heatTrace } from './heatTrace.js'
import { type PlotlyObject, plotlyPlaces, plotlyText } from './plotlyValues.js'

/** A figure for Plotly.js (2 and later), JupyterLab's renderer and Dash: plain JSON. */
export interface PlotlyFigure {
  /** Traces. */
  readonly data: readonly Record<string, unknown>[]
  /** Axes, size, words. */
  readonly layout: Record<string, unknown>
}

/** Names of the axes of panel i: `x`, `x2` ... in traces, `xaxis`, `xaxis2` ... in the layout. */
const nameOf = (axis: 'x' | 'y', i: number, long = false): string => `${axis}${long ? 'axis' : ''}${i === 0 ? '' : i + 1}`

/** Where an axis stands. */
interface AxisPlace {
  /** Part of the figure. */
  readonly reach: readonly [number, number]
  /** The axis across. */
  readonly anchor: string
  /** The axis that it moves with. */
  readonly matches: string | undefined
  /** Without labels and title: another panel has them. */
  readonly bare: boolean
}

function axisLayout(axis: AxisSpec, { reach, anchor, matches, bare }: AxisPlace): PlotlyObject {
  const log = axis.kind === 'log'
  const ends = log ? axis.domain.map(v => Math.log10(v)) : plotlyPlaces(axis.domain, axis)
  return {
    title: { text: bare ? '' : plotlyText(axisTitle(axis.label, axis.unit)) },
    domain: [...reach],
    anchor,
    ...(matches === undefined ? {} : { matches }),
    type: log ? 'log' : axis.kind === 'utc' ? 'date' : 'linear',
    range: ends,
    showline: true,
    mirror: true,
    ticks: 'outside',
    zeroline: false,
    showgrid: false,
    linecolor: '#333333',
    automargin: true,
    ...(bare ? { showticklabels: false } : {}),
    ...(bare || axis.kind === 'utc' || axis.ticks ? {} : { exponentformat: 'power' }),
    ...(axis.ticks
      ? { tickmode: 'array', tickvals: axis.ticks.map(t => t.value), ticktext: axis.ticks.map(t => plotlyText(t.text ?? '')) }
      : {}),
  }
}

function tracesOf(layer: Layer, panel: PanelSpec): PlotlyObject[] {
  switch (layer.kind) {
    case 'heat':
      return [heatTrace(layer, panel)]
    case 'curve':
      return curveTraces(layer, panel)
    case 'area':
      return [areaTrace(layer, panel)]
    case 'strokes':
      return [strokesTrace(layer, panel)]
    default:
      return []
  }
}

/** A colour bar for curves coloured by a value: Plotly hangs it on a trace, here one without points. */
function colorBarTrace(bar: NonNullable<PanelSpec['colorBar']>): PlotlyObject {
  const { range, scale, bar: colorbar } = colorsOf(bar)
  return {
    type: 'scatter',
    mode: 'markers',
    x: [null],
    y: [null],
    marker: { color: [range[0]], cmin: range[0], cmax: range[1], colorscale: scale, showscale: true, colorbar },
    hoverinfo: 'skip',
    showlegend: false,
  }
}

const ANCHORS = { start: 'left', middle: 'center', end: 'right' } as const

const annotation = (layer: NoteLayer, panel: PanelSpec, i: number): PlotlyObject => ({
  x: plotlyPlaces([layer.x], panel.x)[0],
  y: plotlyPlaces([layer.y], panel.y)[0],
  xref: nameOf('x', i),
  yref: nameOf('y', i),
  text: plotlyText(layer.text),
  showarrow: false,
  font: { color: layer.color, size: layer.size ?? 11 },
  xanchor: ANCHORS[layer.anchor],
})

function ruleShape(layer: RuleLayer, panel: PanelSpec, i: number): PlotlyObject {
  const at = plotlyPlaces([layer.at], layer.axis === 'x' ? panel.x : panel.y)[0]
  const [x, y] = [nameOf('x', i), nameOf('y', i)]
  const place =
    layer.axis === 'x'
      ? { xref: x, x0: at, x1: at, yref: `${y} domain`, y0: 0, y1: 1 }
      : { xref: `${x} domain`, x0: 0, x1: 1, yref: y, y0: at, y1: at }
  return {
    type: 'line',
    layer: 'below',
    line: { color: layer.color, width: 1, ...(layer.dash ? { dash: 'dash' } : {}) },
    ...place,
  }
}

/** Parts of the figure that the panels take along the direction in which they follow each other, the first on top or on the left. */
function reachesOf({ panels, share }: FigureSpec): [number, number][] {
  const space = panels.length > 1 ? 0.04 : 0
  const unit = (1 - space * (panels.length - 1)) / panels.reduce((sum, p) => sum + p.weight, 0)
  let at = 0
  return panels.map(({ weight }) => {
    const [from, to] = [at, Math.min(1, at + weight * unit)]
    at = to + space
    return share === 'x' ? [Math.max(0, 1 - to), 1 - from] : [from, to]
  })
}

/**
 * The same figure as Plotly JSON: one pair of axes a panel, the shared one matched to that of the first panel, gaps as empty cells, NaN as
 * null, values with seven digits. Symlog and square-root axes, which Plotly does not have, become linear; scale bars are left out.
 * @param spec What it shows.
 */
export function plotlyOf(spec: FigureSpec): PlotlyFigure {
  const { panels, share } = spec
  const stacked = share === 'x'
  const reaches = reachesOf(spec)
  const data: PlotlyObject[] = []
  const annotations: PlotlyObject[] = []
  const shapes: PlotlyObject[] = []
  const layout: PlotlyObject = {
    title: { text: spec.showTitle ? plotlyText(spec.title) : '' },
    width: spec.width,
    height: spec.height,
    paper_bgcolor: '#ffffff',
    plot_bgcolor: '#ffffff',
    font: { family: 'Helvetica, Arial, sans-serif', size: 12, color: '#1a1a1a' },
    margin: { t: spec.showTitle ? 50 : 20, r: 20 },
  }
  panels.forEach((panel, i) => {
    const reach = reaches[i]!
    const [x, y] = [nameOf('x', i), nameOf('y', i)]
    // labels of the shared axis stand below the last panel, or left of the first
    const isBare = stacked ? i < panels.length - 1 : i > 0
    for (const axis of ['x', 'y'] as const) {
      layout[nameOf(axis, i, true)] = axisLayout(panel[axis], {
        reach: axis === share ? [0, 1] : reach,
        anchor: axis === 'x' ? y : x,
        matches: axis === share && i > 0 ? axis : undefined,
        bare: axis === share && isBare,
      })
    }
    if (panel.equalAspect) Object.assign(layout[nameOf('y', i, true)] as PlotlyObject, { scaleanchor: x, constrain: 'domain' })
    const traces = panel.layers.flatMap(layer => tracesOf(layer, panel))
    if (panel.colorBar) traces.push(colorBarTrace(panel.colorBar))
    for (const layer of panel.layers) {
      if (layer.kind === 'note') annotations.push(annotation(layer, panel, i))
      else if (layer.kind === 'rule') shapes.push(ruleShape(layer, panel, i))
    }
    for (const trace of traces) {
      const bar = trace.colorbar as PlotlyObject | undefined
      const place = bar && stacked ? { colorbar: { ...bar, len: reach[1] - reach[0], y: (reach[0] + reach[1]) / 2 } } : {}
      data.push({ ...trace, ...place, xaxis: x, yaxis: y })
    }
  })
  if (annotations.length > 0) layout.annotations = annotations
  if (shapes.length > 0) layout.shapes = shapes
  return { data, layout }
}
