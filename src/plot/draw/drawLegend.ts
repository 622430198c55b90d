import { polyline, rectPath } from '../pathBuilder.js'
import type { Mark } from '../scene.js'
import type { AreaLayer, CurveLayer, StrokesLayer } from '../spec/figureSpec.js'
import type { PlacedPanel } from '../spec/layout.js'
import { textWidth } from '../textWidth.js'
import { TEXT } from './drawAxes.js'
import { markerPath } from './drawCurve.js'

const SIZE = 11
const LINE = 16
const KEY = 22
const PAD = 6

type Keyed = CurveLayer | AreaLayer | StrokesLayer

/** How many points of the panel lie in a rectangle. */
function crowd(panel: PlacedPanel, x: number, y: number, width: number, height: number): number {
  let count = 0
  const test = (px: number, py: number): void => {
    if (px >= x && px <= x + width && py >= y && py <= y + height) count++
  }
  for (const layer of panel.spec.layers) {
    if (layer.kind === 'curve') {
      const stride = Math.max(1, Math.floor(layer.x.length / 2000))
      for (let i = 0; i < layer.x.length; i += stride) test(panel.x(layer.x[i]!), panel.y(layer.y[i]!))
    } else if (layer.kind === 'note') test(panel.x(layer.x), panel.y(layer.y))
    else if (layer.kind === 'strokes') {
      const at = panel.y(layer.at)
      for (const v of layer.x) test(panel.x(v), at)
    } else if (layer.kind === 'area') {
      // any part of an area is as good a place as another
      count++
    }
  }
  return count
}

function drawKey(layer: Keyed, x: number, y: number): Mark[] {
  if (layer.kind === 'area') {
    return [{ kind: 'path', path: [rectPath(x, y - 5, KEY, 10)], fill: layer.color, opacity: layer.opacity }]
  }
  if (layer.kind === 'strokes') {
    return [
      { kind: 'path', path: [0.25, 0.5, 0.75].map(f => polyline(x + f * KEY, y - 4, x + f * KEY, y + 4)), stroke: layer.color },
    ]
  }
  const marks: Mark[] = []
  if (layer.lineWidth > 0) {
    marks.push({
      kind: 'path',
      path: [polyline(x, y, x + KEY, y)],
      stroke: layer.color,
      width: Math.max(1.2, layer.lineWidth),
      dash: layer.dash,
    })
  }
  if (layer.marker)
    marks.push({ kind: 'path', path: markerPath(layer.marker, x + KEY / 2, y, Math.max(4, layer.markerSize)), fill: layer.color })
  return marks
}

/** Where a legend may stand: the corners first, where readers look for it, then along the edges and across the middle. */
function places({ x, y, width, height }: PlacedPanel['rect'], w: number, h: number): (readonly [number, number])[] {
  const across = [1, 0, 0.5, 0.75, 0.25].map(share => x + 6 + share * Math.max(0, width - w - 12))
  const down = [0, 1, 0.5].map(share => y + 6 + share * Math.max(0, height - h - 12))
  const [right, left, ...between] = across
  const [top, bottom] = down
  const corners = [right!, left!].flatMap(at => [[at, top!] as const, [at, bottom!] as const])
  return [...corners, ...between.flatMap(at => down.map(level => [at, level] as const))]
}

/**
 * The legend of a panel in its emptiest place, a corner if one is empty; none where nothing has a name.
 * @param panel The panel.
 */
export function drawLegend(panel: PlacedPanel): Mark[] {
  const { rect, spec } = panel
  const keyed = spec.layers.filter(
    (l): l is Keyed => (l.kind === 'curve' || l.kind === 'area' || l.kind === 'strokes') && l.label !== undefined,
  )
  if (keyed.length === 0 || spec.legend === 'none') return []
  const widest = Math.max(...keyed.map(l => textWidth(l.label!, SIZE)))
  const width = Math.ceil(PAD + KEY + 6 + widest + PAD)
  // a low panel gets its names in columns
  const rows = Math.max(1, Math.min(keyed.length, Math.floor((rect.height - 12 - PAD) / LINE)))
  const columns = Math.min(Math.ceil(keyed.length / rows), Math.max(1, Math.floor((rect.width - 12) / width)))
  const lines = Math.ceil(keyed.length / columns)
  const [w, h] = [width * columns, lines * LINE + PAD]
  let best = [rect.x + rect.width - w - 6, rect.y + 6] as readonly [number, number]
  let least = Infinity
  for (const place of places(rect, w, h)) {
    const count = crowd(panel, place[0], place[1], w, h)
    if (count >= least) continue
    least = count
    best = place
  }
  const [x, y] = best
  const marks: Mark[] = [{ kind: 'path', path: [rectPath(x, y, w, h)], fill: '#ffffff', opacity: 0.85 }]
  keyed.forEach((layer, i) => {
    const left = x + PAD + Math.floor(i / lines) * width
    const middle = y + PAD / 2 + LINE * ((i % lines) + 0.5)
    marks.push(...drawKey(layer, left, middle), {
      kind: 'text',
      x: left + KEY + 6,
      y: middle,
      text: layer.label!,
      size: SIZE,
      baseline: 'middle',
      color: TEXT,
    })
  })
  return marks
}
