import { runsOf } from '../draw/drawCurve.js'
import type { AreaLayer, CurveLayer, MarkerShape, PanelSpec, StrokesLayer } from '../spec/figureSpec.js'
import { type PlotlyObject, type PlotlyPoint, plotlyNumbers, plotlyPlaces, plotlyText } from './plotlyValues.js'

const SYMBOLS: Record<MarkerShape, string> = {
  circle: 'circle',
  square: 'square',
  triangle: 'triangle-up',
  diamond: 'diamond',
  cross: 'cross',
}

const named = (label: string | undefined, otherwise: string): PlotlyObject => ({
  name: plotlyText(label ?? otherwise),
  showlegend: label !== undefined,
})

const lineOf = ({ color, lineWidth, dash, shape }: CurveLayer): PlotlyObject => ({
  color,
  width: lineWidth,
  ...(dash ? { dash: dash.map(d => `${d}px`).join(',') } : {}),
  shape: shape === 'steps' ? 'hv' : 'linear',
})

/**
 * A curve with its uncertainty as Plotly traces; a null at every pause breaks the line.
 * @param layer The curve.
 * @param panel Its panel.
 */
export function curveTraces(layer: CurveLayer, panel: PanelSpec): PlotlyObject[] {
  const cut = new Set(layer.breaks)
  const withBreaks = (values: PlotlyPoint[]): PlotlyPoint[] => values.flatMap((v, i) => (cut.has(i) ? [null, v] : [v]))
  const mode = [layer.lineWidth > 0 ? 'lines' : '', layer.marker ? 'markers' : ''].filter(Boolean).join('+')
  const { sigma } = layer
  const bars = sigma && layer.sigmaStyle === 'bars'
  const curve: PlotlyObject = {
    type: 'scatter',
    x: withBreaks(plotlyPlaces(layer.x, panel.x)),
    y: withBreaks(plotlyPlaces(layer.y, panel.y)),
    mode: mode || 'lines',
    ...(mode === 'markers' ? {} : { line: lineOf(layer) }),
    ...(layer.marker ? { marker: { color: layer.color, size: layer.markerSize, symbol: SYMBOLS[layer.marker] } } : {}),
    ...(bars
      ? { error_y: { type: 'data', array: withBreaks(plotlyNumbers(sigma)), color: layer.color, thickness: 1, width: 2 } }
      : {}),
    ...named(layer.label, panel.y.label),
  }
  if (!sigma || bars) return [curve]
  const band: AreaLayer = {
    kind: 'area',
    x: layer.x,
    low: layer.y.map((v, i) => v - sigma[i]!),
    high: layer.y.map((v, i) => v + sigma[i]!),
    color: layer.color,
    opacity: 0.22,
    breaks: layer.breaks,
  }
  return [areaTrace(band, panel), curve]
}

/**
 * An area as closed polygons, one between two pauses.
 * @param layer The area.
 * @param panel Its panel.
 */
export function areaTrace(layer: AreaLayer, panel: PanelSpec): PlotlyObject {
  const { x, low, high } = layer
  const places = plotlyPlaces(x, panel.x)
  const [lows, highs] = [plotlyNumbers(low), plotlyNumbers(high)]
  const xs: PlotlyPoint[] = []
  const ys: PlotlyPoint[] = []
  for (const [from, to] of runsOf(x.length, i => Number.isFinite(x[i]! + low[i]! + high[i]!), layer.breaks)) {
    if (xs.length > 0) {
      xs.push(null)
      ys.push(null)
    }
    xs.push(...places.slice(from, to), ...places.slice(from, to).reverse())
    ys.push(...highs.slice(from, to), ...lows.slice(from, to).reverse())
  }
  return {
    type: 'scatter',
    mode: 'lines',
    x: xs,
    y: ys,
    fill: 'toself',
    fillcolor: layer.color,
    opacity: layer.opacity,
    line: { width: 0, color: layer.color },
    hoverinfo: 'skip',
    ...named(layer.label, ''),
  }
}

/**
 * A row of strokes as thin markers.
 * @param layer The row.
 * @param panel Its panel.
 */
export function strokesTrace(layer: StrokesLayer, panel: PanelSpec): PlotlyObject {
  return {
    type: 'scatter',
    mode: 'markers',
    x: plotlyPlaces(layer.x, panel.x),
    y: Array.from(layer.x, () => layer.at),
    marker: { symbol: 'line-ns-open', color: layer.color, size: layer.height },
    ...named(layer.label, ''),
    showlegend: false,
  }
}
