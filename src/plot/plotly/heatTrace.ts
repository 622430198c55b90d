import type { AxisSpec } from '../axis/axisScale.js'
import { type Cells, gapsOf } from '../axis/cells.js'
import { ticksOf } from '../axis/ticks.js'
import { axisTitle } from '../axis/unitText.js'
import { type ColorMapName, colorOf } from '../color/colorMaps.js'
import { fractionOf } from '../color/colorScale.js'
import type { ColorBar, HeatLayer, PanelSpec } from '../spec/figureSpec.js'
import { type PlotlyObject, plotlyNumber, plotlyPlaces, plotlyText } from './plotlyValues.js'

/** Edges of cells, rising, with an extra, empty cell for every gap; `at` says which cell a place shows, -1 for a gap. */
function edgesWithGaps(cells: Cells): { edges: number[]; at: number[] } {
  const { lo, hi } = cells
  const n = lo.length
  const rising = n < 2 || lo[1]! > lo[0]!
  const gaps = new Set(gapsOf(cells))
  const edges: number[] = []
  const at: number[] = []
  for (let k = 0; k < n; k++) {
    const i = rising ? k : n - 1 - k
    const afterGap = k > 0 && gaps.has(rising ? i : i + 1)
    if (k === 0 || afterGap) edges.push(lo[i]!)
    if (afterGap) at.push(-1)
    edges.push(hi[i]!)
    at.push(i)
  }
  return { edges, at }
}

/** A colour map as Plotly wants it: 33 colours from 0 to 1. */
const colorscale = (map: ColorMapName): [number, string][] => Array.from({ length: 33 }, (_, k) => [k / 32, colorOf(map, k / 32)])

/** Range, colours and bar; colours run over the fraction where Plotly has no such norm. */
export function colorsOf({ color, label, unit }: ColorBar): {
  linear: boolean
  range: [number, number]
  scale: unknown
  bar: PlotlyObject
} {
  const linear = color.norm === 'linear'
  const fraction = fractionOf(color)
  const axis: AxisSpec = { kind: color.norm, domain: color.domain, constant: color.constant, label: '', unit: '' }
  const ticks = ticksOf(axis, 6).ticks.filter(t => t.text !== undefined)
  return {
    linear,
    range: linear ? [color.domain[0], color.domain[1]] : [0, 1],
    scale: colorscale(color.map),
    bar: {
      title: { text: plotlyText(axisTitle(label, unit)), side: 'right' },
      ...(linear ? {} : { tickvals: ticks.map(t => fraction(t.value)), ticktext: ticks.map(t => t.text) }),
    },
  }
}

/**
 * A map as a Plotly heat map with the true edges of its cells.
 * @param layer The map.
 * @param panel Its panel.
 */
export function heatTrace(layer: HeatLayer, panel: PanelSpec): PlotlyObject {
  const { grid, color } = layer
  const x = edgesWithGaps(grid.x)
  const y = edgesWithGaps(grid.y)
  const fraction = fractionOf(color)
  const { linear, range, scale, bar } = colorsOf(layer)
  const valueAt = (i: number, j: number): number =>
    i < 0 || j < 0 ? Number.NaN : grid.values[i * grid.strideX + j * grid.strideY]!
  const shown = (v: number): number => (linear || !Number.isFinite(v) ? v : v <= color.domain[0] ? 0 : fraction(v))
  const table = (f: (v: number) => number): (number | null)[][] => y.at.map(j => x.at.map(i => plotlyNumber(f(valueAt(i, j)))))
  const line = (label: string, unit: string, value: string): string => `${plotlyText(label)} %{${value}} ${plotlyText(unit)}`
  return {
    type: 'heatmap',
    x: plotlyPlaces(x.edges, panel.x),
    y: plotlyPlaces(y.edges, panel.y),
    z: table(shown),
    ...(linear ? {} : { customdata: table(v => v) }),
    zmin: range[0],
    zmax: range[1],
    colorscale: scale,
    colorbar: bar,
    hoverongaps: false,
    hovertemplate: `${line(panel.x.label, panel.x.unit, 'x')}<br>${line(panel.y.label, panel.y.unit, 'y')}<br>${line(layer.label, layer.unit, linear ? 'z' : 'customdata')}<extra></extra>`,
  }
}
