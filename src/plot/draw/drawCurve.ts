import { curveLinear, curveStepAfter, line, symbol, symbolCross, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape'
import type { PlotScale } from '../axis/axisScale.js'
import { circlePath, PathBuilder, polyline } from '../pathBuilder.js'
import type { Mark, Rect, Subpath } from '../scene.js'
import type { AreaLayer, CurveLayer, MarkerShape } from '../spec/figureSpec.js'
import { thinned } from './thinned.js'

/** d3-shape types its contexts as the browser's canvas; it calls only what the builder has. */
const asContext = (builder: PathBuilder): CanvasRenderingContext2D => builder as unknown as CanvasRenderingContext2D

const SYMBOLS = { square: symbolSquare, triangle: symbolTriangle, diamond: symbolDiamond, cross: symbolCross }

/**
 * One marker as closed paths.
 * @param shape Its form.
 * @param x     Centre.
 * @param y     Centre.
 * @param size  Diameter in px.
 */
export function markerPath(shape: MarkerShape, x: number, y: number, size: number): Subpath[] {
  if (shape === 'circle') return [circlePath(x, y, size / 2)]
  const builder = new PathBuilder()
  symbol(SYMBOLS[shape], (Math.PI / 4) * size * size).context(asContext(builder))()
  for (const { points } of builder.subpaths) {
    for (let i = 0; i < points.length; i += 2) {
      points[i]! += x
      points[i + 1]! += y
    }
  }
  return builder.subpaths
}

/** Runs of points without NaN and without pauses, as [from, to). */
export function runsOf(n: number, defined: (i: number) => boolean, breaks: readonly number[] = []): [number, number][] {
  const cut = new Set(breaks)
  const runs: [number, number][] = []
  let from = -1
  for (let i = 0; i <= n; i++) {
    const good = i < n && defined(i)
    if (from >= 0 && (!good || cut.has(i))) {
      runs.push([from, i])
      from = -1
    }
    if (good && from < 0) from = i
  }
  return runs
}

/** Pixel positions, non-finite where a point cannot be shown. */
function pixels(values: Float64Array, scale: PlotScale, positive: boolean): Float64Array {
  const out = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!
    out[i] = v - v !== 0 || (positive && v <= 0) ? Number.NaN : scale(v)
  }
  return out
}

/**
 * A curve with its uncertainty and points.
 * @param layer The curve.
 * @param x     Scale of the panel.
 * @param y     Scale of the panel.
 * @param rect  Frame of the panel.
 * @param log   Which axes are logarithmic: what is not positive is not shown there, and error bars reach the frame.
 */
export function drawCurve(layer: CurveLayer, x: PlotScale, y: PlotScale, rect: Rect, log: { x: boolean; y: boolean }): Mark[] {
  const { color, sigma, marker, markerSize } = layer
  const px = pixels(layer.x, x, log.x)
  const py = pixels(layer.y, y, log.y)
  const n = px.length
  const marks: Mark[] = []
  const bottom = rect.y + rect.height
  const clampY = (v: number): number => (log.y && v <= 0 ? bottom + 2 : Math.max(rect.y - 2, Math.min(bottom + 2, y(v))))
  if (sigma && layer.sigmaStyle === 'bars') {
    const bars: Subpath[] = []
    const cap = n <= 120 ? 2 : 0
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(px[i]! + py[i]! + sigma[i]!)) continue
      const [a, b] = [clampY(layer.y[i]! - sigma[i]!), clampY(layer.y[i]! + sigma[i]!)]
      bars.push(polyline(px[i]!, a, px[i]!, b))
      if (cap > 0) bars.push(polyline(px[i]! - cap, a, px[i]! + cap, a), polyline(px[i]! - cap, b, px[i]! + cap, b))
    }
    marks.push({ kind: 'path', path: bars, stroke: color, width: 0.8 })
  }
  if (sigma && layer.sigmaStyle === 'band') {
    const band: AreaLayer = {
      kind: 'area',
      x: layer.x,
      low: layer.y.map((v, i) => v - sigma[i]!),
      high: layer.y.map((v, i) => v + sigma[i]!),
      color,
      opacity: 0.22,
      breaks: layer.breaks,
    }
    marks.push(...drawArea(band, x, clampY))
  }
  if (layer.lineWidth > 0) {
    const builder = new PathBuilder()
    const draw = line<number>()
      .curve(layer.shape === 'steps' ? curveStepAfter : curveLinear)
      .context(asContext(builder))
    for (const [from, to] of runsOf(n, i => Number.isFinite(px[i]! + py[i]!), layer.breaks)) {
      const keep = thinned(px, py, from, to)
      draw.x(i => px[i]!).y(i => py[i]!)(keep)
    }
    marks.push({ kind: 'path', path: builder.subpaths, stroke: color, width: layer.lineWidth, dash: layer.dash })
  }
  if (marker) {
    const points: Subpath[] = []
    for (let i = 0; i < n; i++) {
      const inside = px[i]! >= rect.x - markerSize && px[i]! <= rect.x + rect.width + markerSize
      if (inside && Number.isFinite(py[i]!)) points.push(...markerPath(marker, px[i]!, py[i]!, markerSize))
    }
    marks.push({ kind: 'path', path: points, fill: color })
  }
  return marks
}

/**
 * The area between two curves.
 * @param layer  The area.
 * @param x      Scale of the panel.
 * @param placeY Values to pixels.
 */
export function drawArea(layer: AreaLayer, x: PlotScale, placeY: (v: number) => number): Mark[] {
  const { low, high } = layer
  const path: Subpath[] = []
  for (const [from, to] of runsOf(layer.x.length, i => Number.isFinite(layer.x[i]! + low[i]! + high[i]!), layer.breaks)) {
    const points: number[] = []
    for (let i = from; i < to; i++) points.push(x(layer.x[i]!), placeY(high[i]!))
    for (let i = to - 1; i >= from; i--) points.push(x(layer.x[i]!), placeY(low[i]!))
    path.push({ points, closed: true })
  }
  return [{ kind: 'path', path, fill: layer.color, opacity: layer.opacity }]
}
