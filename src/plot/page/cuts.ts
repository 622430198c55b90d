import type { AxisSpec } from '../axis/axisScale.js'
import { type Cells, gapsOf } from '../axis/cells.js'
import { finiteRange, padded, positiveRange } from '../axis/range.js'
import type { CurveLayer, FigureSpec, HeatLayer, PanelSpec } from '../spec/figureSpec.js'
import { type Cell, cellValue, frameAt, middleOf, type Reading, readingText, readPanel } from './readOut.js'

/** Two lines through a map. */
export interface Cuts {
  /** One frame: values along the axis of the pattern. */
  readonly pattern: FigureSpec
  /** One channel: values along the axis of the frames. */
  readonly history: FigureSpec
}

const middlesOf = (cells: Cells): Float64Array => Float64Array.from(cells.lo, (_, i) => middleOf(cells, i))

interface Line {
  readonly along: 'x' | 'y'
  readonly color: string
  /** What else to say of it than its place. */
  readonly beside: readonly Reading[]
}

function cut(panel: PanelSpec, layer: HeatLayer, cell: Cell, { along, color, beside }: Line): FigureSpec {
  const axis: AxisSpec = along === 'x' ? panel.x : panel.y
  const across: AxisSpec = along === 'x' ? panel.y : panel.x
  const x = middlesOf(layer.grid[along])
  const y = Float64Array.from(x, (_, k) => cellValue(layer, along === 'x' ? { ...cell, i: k } : { ...cell, j: k }))
  const [from, to] = [Math.min(...axis.domain), Math.max(...axis.domain)]
  const shown = y.filter((_, k) => x[k]! >= from && x[k]! <= to)
  const log = layer.color.norm === 'log'
  const range = log ? positiveRange(shown) : (finiteRange(shown) ?? [0, 1])
  const at = middleOf(layer.grid[along === 'x' ? 'y' : 'x'], along === 'x' ? cell.j : cell.i)
  const place: Reading = {
    label: across.label || (along === 'x' ? 'y' : 'x'),
    value: at,
    unit: across.unit,
    utc: across.kind === 'utc',
  }
  const curve: CurveLayer = {
    kind: 'curve',
    x,
    y,
    sigmaStyle: 'bars',
    color,
    lineWidth: 1.2,
    shape: 'straight',
    marker: x.length <= 80 ? 'circle' : undefined,
    markerSize: 3.5,
    breaks: gapsOf(layer.grid[along]),
  }
  const here = {
    kind: 'rule' as const,
    axis: 'x' as const,
    at: x[along === 'x' ? cell.i : cell.j]!,
    color: '#999999',
    dash: [3, 3],
  }
  return {
    title: [place, ...beside].map(readingText).join(', '),
    showTitle: true,
    width: 380,
    height: 250,
    share: 'x',
    panels: [
      {
        name: along === 'x' ? 'history' : 'pattern',
        x: axis,
        y: {
          kind: log ? 'log' : 'linear',
          domain: padded(range, log ? 'log' : 'linear', 0.06),
          label: layer.label || 'Value',
          unit: layer.unit,
        },
        weight: 1,
        layers: [here, curve],
      },
    ],
  }
}

/**
 * The two cuts through a cell of a map as figures, over what the map shows of its axes now: the pattern of that frame and the history of
 * that channel.
 * @param spec  The figure as shown.
 * @param panel Index of the panel with the map.
 * @param cell  The cell.
 */
export function cutsOf(spec: FigureSpec, panel: number, cell: Cell): Cuts | undefined {
  const shown = spec.panels[panel]!
  const layer = shown.layers.find(l => l.kind === 'heat')
  if (!layer) return undefined
  const frames = spec.share
  const alongX = frames === 'x'
  const at = alongX ? middleOf(layer.grid.x, cell.i) : middleOf(layer.grid.y, cell.j)
  // the frame's number, and what the other panels have at that time: the voltage
  const others = spec.panels.flatMap((p, i) =>
    i === panel ? frameAt(p, layer, at, alongX) : readPanel(p, at, undefined, alongX),
  )
  const beside = others.filter(reading => Number.isFinite(reading.value)).slice(0, 3)
  return {
    pattern: cut(shown, layer, cell, { along: alongX ? 'y' : 'x', color: '#0072b2', beside }),
    history: cut(shown, layer, cell, { along: frames, color: '#d55e00', beside: [] }),
  }
}
