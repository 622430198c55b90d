import type { AxisSpec } from './axis/axisScale.js'
import { ticksOf } from './axis/ticks.js'
import { axisTitle } from './axis/unitText.js'
import { colorOf } from './color/colorMaps.js'
import { fractionOf } from './color/colorScale.js'
import type { AreaLayer, CurveLayer, FigureSpec, HeatLayer, Layer, PanelSpec } from './spec/figureSpec.js'

/** A figure for Plotly.js (2 and later), JupyterLab's renderer and Dash: plain JSON. */
export interface PlotlyFigure {
  /** Traces. */
  readonly data: readonly Record<string, unknown>[]
  /** Axes, size, words. */
  readonly layout: Record<string, unknown>
}

/** Numbers as JSON can hold them: six digits, null for none. */
const num = (v: number): number | null => (Number.isFinite(v) ? Number(v.toPrecision(6)) : null)
const list = (values: ArrayLike<number>): (number | null)[] => Array.from(values, num)

/** Times keep their milliseconds. */
const coordinates = (values: Float64Array, axis: AxisSpec): (number | string | null)[] =>
  axis.kind === 'utc'
    ? Array.from(values, v => new Date(v).toISOString())
    : Array.from(values, v => (Number.isFinite(v) ? v : null))

/** Edges of cells with an extra, empty cell for every gap; `at` says which cell a place shows, -1 for a gap. */
function edgesWithGaps(lo: Float64Array, hi: Float64Array): { edges: Float64Array; at: number[] } {
  const order = Array.from(lo, (_, i) => i).sort((a, b) => lo[a]! - lo[b]!)
  const edges: number[] = []
  const at: number[] = []
  for (const i of order) {
    const end = edges.at(-1)
    if (end === undefined) edges.push(lo[i]!)
    else if (lo[i]! - end > 1e-6 * (hi[i]! - lo[i]!)) {
      edges.push(lo[i]!)
      at.push(-1)
    }
    edges.push(hi[i]!)
    at.push(i)
  }
  return { edges: Float64Array.from(edges), at }
}

function heatTrace(layer: HeatLayer, panel: PanelSpec): Record<string, unknown> {
  const { grid, color } = layer
  const x = edgesWithGaps(grid.x.lo, grid.x.hi)
  const y = edgesWithGaps(grid.y.lo, grid.y.hi)
  const fraction = fractionOf(color)
  const linear = color.norm === 'linear'
  const title = axisTitle(layer.label, layer.unit)
  const valueAt = (i: number, j: number): number =>
    i < 0 || j < 0 ? Number.NaN : grid.values[i * grid.strideX + j * grid.strideY]!
  const shown = (v: number): number => (linear || Number.isNaN(v) ? v : v <= color.domain[0] ? 0 : fraction(v))
  const table = (f: (v: number) => number): (number | null)[][] => y.at.map(j => x.at.map(i => num(f(valueAt(i, j)))))
  const axis: AxisSpec = { kind: color.norm, domain: color.domain, constant: color.constant, label: '', unit: '' }
  const ticks = ticksOf(axis, 6).ticks.filter(t => t.text !== undefined)
  return {
    type: 'heatmap',
    x: coordinates(x.edges, panel.x),
    y: coordinates(y.edges, panel.y),
    z: table(shown),
    // Plotly has no colour norm: colours run over the fraction, the read-out shows the values
    ...(linear ? {} : { customdata: table(v => v) }),
    zmin: linear ? color.domain[0] : 0,
    zmax: linear ? color.domain[1] : 1,
    colorscale: Array.from({ length: 17 }, (_, k) => [k / 16, colorOf(color.map, k / 16)]),
    colorbar: {
      title: { text: title, side: 'right' },
      ...(linear ? {} : { tickvals: ticks.map(t => fraction(t.value)), ticktext: ticks.map(t => t.text) }),
    },
    hoverongaps: false,
    hovertemplate: `${panel.x.label} %{x}<br>${panel.y.label} %{y}<br>${title} %{${linear ? 'z' : 'customdata'}}<extra></extra>`,
  }
}

function curveTrace(layer: CurveLayer, panel: PanelSpec): Record<string, unknown> {
  // a null at every pause breaks the line
  const withBreaks = (values: (number | string | null)[]): (number | string | null)[] => {
    const cut = new Set(layer.breaks)
    return cut.size === 0 ? values : values.flatMap((v, i) => (cut.has(i) ? [null, v] : [v]))
  }
  const mode = [layer.lineWidth > 0 ? 'lines' : '', layer.marker ? 'markers' : ''].filter(Boolean).join('+')
  return {
    type: 'scatter',
    x: withBreaks(coordinates(layer.x, panel.x)),
    y: withBreaks(coordinates(layer.y, panel.y)),
    mode: mode || 'lines',
    line: {
      color: layer.color,
      width: layer.lineWidth,
      ...(layer.dash ? { dash: 'dash' } : {}),
      shape: layer.shape === 'steps' ? 'hv' : 'linear',
    },
    marker: { color: layer.color, size: layer.markerSize },
    ...(layer.sigma ? { error_y: { type: 'data', array: withBreaks(list(layer.sigma)), color: layer.color, thickness: 1 } } : {}),
    name: layer.label ?? panel.y.label,
    showlegend: layer.label !== undefined,
  }
}

function areaTraces(layer: AreaLayer, panel: PanelSpec): Record<string, unknown>[] {
  const x = coordinates(layer.x, panel.x)
  const common = { type: 'scatter', mode: 'lines', x, line: { width: 0, color: layer.color }, hoverinfo: 'skip' }
  return [
    { ...common, y: list(layer.low), showlegend: false },
    {
      ...common,
      y: list(layer.high),
      fill: 'tonexty',
      fillcolor: layer.color,
      opacity: layer.opacity,
      name: layer.label ?? '',
      showlegend: layer.label !== undefined,
    },
  ]
}

function tracesOf(layer: Layer, panel: PanelSpec): Record<string, unknown>[] {
  switch (layer.kind) {
    case 'heat':
      return [heatTrace(layer, panel)]
    case 'curve':
      return [curveTrace(layer, panel)]
    case 'area':
      return areaTraces(layer, panel)
    case 'strokes':
      return [
        {
          type: 'scatter',
          mode: 'markers',
          x: list(layer.x),
          y: Array.from(layer.x, () => layer.at),
          marker: { symbol: 'line-ns-open', color: layer.color, size: layer.height },
          name: layer.label ?? '',
          showlegend: false,
        },
      ]
    default:
      return []
  }
}

function axisLayout(axis: AxisSpec, reach: readonly [number, number]): Record<string, unknown> {
  const log = axis.kind === 'log'
  return {
    title: { text: axisTitle(axis.label, axis.unit) },
    domain: reach,
    type: log ? 'log' : axis.kind === 'utc' ? 'date' : 'linear',
    range: axis.domain.map(v => (log ? Math.log10(v) : axis.kind === 'utc' ? new Date(v).toISOString() : v)),
    showline: true,
    mirror: true,
    ticks: 'outside',
    zeroline: false,
    showgrid: false,
    ...(axis.ticks ? { tickvals: axis.ticks.map(t => t.value), ticktext: axis.ticks.map(t => t.text ?? '') } : {}),
  }
}

/**
 * The same figure as Plotly JSON: panels share the axis as they do in the SVG, gaps are empty cells.
 * Symlog axes, which Plotly does not have, become linear; scale bars and notes become annotations or are left out.
 * @param spec What it shows.
 */
export function plotlyOf(spec: FigureSpec): PlotlyFigure {
  const stacked = spec.share === 'x'
  const total = spec.panels.reduce((sum, p) => sum + p.weight, 0)
  const space = spec.panels.length > 1 ? 0.04 : 0
  const unit = (1 - space * (spec.panels.length - 1)) / total
  const layout: Record<string, unknown> = {
    title: { text: spec.showTitle ? spec.title : '' },
    width: spec.width,
    height: spec.height,
    template: 'none',
    margin: { t: spec.showTitle ? 50 : 20, r: 20 },
  }
  const data: Record<string, unknown>[] = []
  const annotations: Record<string, unknown>[] = []
  let at = stacked ? 1 : 0
  spec.panels.forEach((panel, i) => {
    const size = panel.weight * unit
    const reach: [number, number] = stacked ? [Math.max(0, at - size), at] : [at, Math.min(1, at + size)]
    at += (stacked ? -1 : 1) * (size + space)
    const suffix = i === 0 ? '' : String(i + 1)
    const [xRef, yRef] = stacked ? ['x', `y${suffix}`] : [`x${suffix}`, 'y']
    if (stacked || i === 0)
      layout[`yaxis${suffix}`] = { ...axisLayout(panel.y, stacked ? reach : [0, 1]), ...(stacked ? {} : { anchor: 'x' }) }
    if (!stacked || i === 0) layout[`xaxis${suffix}`] = axisLayout(panel.x, stacked ? [0, 1] : reach)
    for (const layer of panel.layers) {
      if (layer.kind === 'note') {
        const { x, y, text, color } = layer
        annotations.push({
          x,
          y,
          xref: xRef,
          yref: yRef,
          text,
          showarrow: false,
          font: { color, size: layer.size ?? 11 },
          xanchor: ANCHORS[layer.anchor],
        })
      }
      for (const trace of tracesOf(layer, panel)) {
        const bar = trace.colorbar as Record<string, unknown> | undefined
        const place = bar && stacked ? { colorbar: { ...bar, len: reach[1] - reach[0], y: (reach[0] + reach[1]) / 2 } } : {}
        data.push({ ...trace, ...place, xaxis: xRef, yaxis: yRef })
      }
    }
    if (panel.equalAspect) (layout.yaxis as Record<string, unknown>).scaleanchor = 'x'
  })
  // the shared x axis stands below the lowest panel
  if (stacked) (layout.xaxis as Record<string, unknown>).anchor = spec.panels.length > 1 ? `y${spec.panels.length}` : 'y'
  if (annotations.length > 0) layout.annotations = annotations
  return { data, layout }
}

const ANCHORS = { start: 'left', middle: 'center', end: 'right' } as const
