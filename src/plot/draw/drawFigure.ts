import { heatPixels } from '../color/heatPixels.js'
import { polyline, rectPath } from '../pathBuilder.js'
import type { Mark, Scene } from '../scene.js'
import type { FigureSpec, Layer, ScaleBarLayer } from '../spec/figureSpec.js'
import { layout, type Margins, type PlacedPanel, SIZES, titleLines } from '../spec/layout.js'
import { textWidth } from '../textWidth.js'
import { drawAxes, drawColorBar, TEXT } from './drawAxes.js'
import { drawArea, drawCurve } from './drawCurve.js'
import { drawLegend } from './drawLegend.js'

/** How a figure is drawn, apart from what it shows. */
export interface DrawOptions {
  /** Margins are at least these. Default what is needed. */
  least?: Margins | undefined
  /** Image pixels a figure pixel. Default 2: sharp on dense screens and in print. */
  resolution?: number | undefined
}

function drawScaleBar(layer: ScaleBarLayer, panel: PlacedPanel): Mark[] {
  const { rect } = panel
  const length = Math.abs(panel.x(layer.length) - panel.x(0))
  const width = Math.max(length, textWidth(layer.text, SIZES.tickText))
  const left = rect.x + 10
  const bottom = rect.y + rect.height - 10
  return [
    { kind: 'path', path: [rectPath(left, bottom - 26, width + 12, 26)], fill: '#ffffff', opacity: 0.8 },
    { kind: 'path', path: [rectPath(left + 6 + (width - length) / 2, bottom - 8, length, 3)], fill: TEXT },
    {
      kind: 'text',
      x: left + 6 + width / 2,
      y: bottom - 12,
      text: layer.text,
      size: SIZES.tickText,
      anchor: 'middle',
      color: TEXT,
    },
  ]
}

/**
 * The marks of one layer, not clipped.
 * @param layer      The layer.
 * @param panel      The panel that it stands in.
 * @param resolution Image pixels a figure pixel.
 */
export function drawLayer(layer: Layer, panel: PlacedPanel, resolution: number): Mark[] {
  const { rect, x, y, spec } = panel
  switch (layer.kind) {
    case 'heat': {
      const place = { x, y, left: rect.x, top: rect.y, width: rect.width, height: rect.height, resolution }
      return [{ kind: 'image', rect, pixels: heatPixels(layer.grid, layer.color, layer.reduction, place) }]
    }
    case 'curve':
      return drawCurve(layer, x, y, rect, { x: spec.x.kind === 'log', y: spec.y.kind === 'log' })
    case 'area':
      return drawArea(layer, x, y)
    case 'strokes': {
      const at = y(layer.at)
      const path = [...layer.x].map(v => polyline(x(v), at - layer.height / 2, x(v), at + layer.height / 2))
      return [{ kind: 'path', path, stroke: layer.color }]
    }
    case 'rule': {
      const at = layer.axis === 'x' ? x(layer.at) : y(layer.at)
      const line =
        layer.axis === 'x' ? polyline(at, rect.y, at, rect.y + rect.height) : polyline(rect.x, at, rect.x + rect.width, at)
      return [{ kind: 'path', path: [line], stroke: layer.color, width: 0.8, dash: layer.dash }]
    }
    case 'note':
      return [
        {
          kind: 'text',
          x: x(layer.x) + (layer.dx ?? 0),
          y: y(layer.y) + (layer.dy ?? 0),
          text: layer.text,
          size: layer.size ?? SIZES.tickText,
          anchor: layer.anchor,
          baseline: 'middle',
          color: layer.color,
        },
      ]
    case 'scaleBar':
      return drawScaleBar(layer, panel)
  }
}

/** A drawn figure. */
export interface Drawing {
  /** For the back ends. */
  readonly scene: Scene
  /** Where the panels stand, for what reacts to a pointer. */
  readonly panels: readonly PlacedPanel[]
  /** The margins that were used. */
  readonly margins: Margins
}

/**
 * Lays out and draws a figure.
 * @param spec    What it shows.
 * @param options Margins, resolution.
 */
export function drawFigure(spec: FigureSpec, { least, resolution = 2 }: DrawOptions = {}): Drawing {
  const { panels, margins } = layout(spec, least)
  const marks: Mark[] = []
  const title = titleLines(spec)
  // above its panel, further left only if it is too long for that
  const room = spec.width - SIZES.edge - Math.max(0, ...title.map(line => textWidth(line, SIZES.titleText)))
  const x = Math.max(SIZES.edge, Math.min(panels[0]!.rect.x, room))
  title.forEach((text, i) => {
    const y = SIZES.edge + SIZES.titleText + i * (SIZES.titleText + 4)
    marks.push({ kind: 'text', x, y, text, size: SIZES.titleText, color: TEXT })
  })
  for (const panel of panels) {
    const { rect } = panel
    const background = panel.spec.background
    if (background) marks.push({ kind: 'path', path: [rectPath(rect.x, rect.y, rect.width, rect.height)], fill: background })
    const data = panel.spec.layers.flatMap(layer => drawLayer(layer, panel, resolution))
    marks.push({ kind: 'group', name: `data-${panel.spec.name}`, clip: rect, marks: data })
    marks.push({ kind: 'group', name: `axes-${panel.spec.name}`, marks: drawAxes(panel) })
    const legend = drawLegend(panel)
    if (legend.length > 0) marks.push({ kind: 'group', name: `legend-${panel.spec.name}`, marks: legend })
    if (panel.bar) marks.push({ kind: 'group', name: `bar-${panel.spec.name}`, marks: drawColorBar(panel.bar) })
  }
  const { width, height, id } = spec
  return { scene: { width, height, id, title: spec.title, background: '#ffffff', marks }, panels, margins }
}
