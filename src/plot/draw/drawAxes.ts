import { scaleOf } from '../axis/axisScale.js'
import { axisTitle } from '../axis/unitText.js'
import { paletteOf } from '../color/colorMaps.js'
import { polyline, rectPath } from '../pathBuilder.js'
import type { Mark, Subpath } from '../scene.js'
import { type PlacedBar, type PlacedPanel, SIZES } from '../spec/layout.js'

/** Colour of frames and ticks. */
export const INK = '#333333'
/** Colour of text. */
export const TEXT = '#1a1a1a'

/**
 * The frame of a panel with ticks, labels and titles.
 * @param panel The panel.
 */
export function drawAxes(panel: PlacedPanel): Mark[] {
  const { rect, spec } = panel
  const right = rect.x + rect.width
  const bottom = rect.y + rect.height
  const strokes: Subpath[] = [rectPath(rect.x, rect.y, rect.width, rect.height)]
  const marks: Mark[] = []
  const inside = (v: number, a: number, b: number): boolean => v >= a - 0.5 && v <= b + 0.5
  for (const { value, text } of panel.xTicks.ticks) {
    const x = panel.x(value)
    if (!inside(x, rect.x, right)) continue
    strokes.push(polyline(x, bottom, x, bottom + (text === undefined ? SIZES.tick * 0.6 : SIZES.tick)))
    if (!panel.showX || text === undefined) continue
    const common = { kind: 'text' as const, text, size: SIZES.tickText, color: TEXT }
    if (panel.slanted) marks.push({ ...common, x: x + 4, y: bottom + SIZES.tick + 8, anchor: 'end', rotate: -45 })
    else marks.push({ ...common, x, y: bottom + SIZES.tick + 3 + SIZES.tickText * 0.8, anchor: 'middle' })
  }
  for (const { value, text } of panel.yTicks.ticks) {
    const y = panel.y(value)
    if (!inside(y, rect.y, bottom)) continue
    strokes.push(polyline(rect.x, y, rect.x - (text === undefined ? SIZES.tick * 0.6 : SIZES.tick), y))
    if (panel.showY && text !== undefined) {
      marks.push({
        kind: 'text',
        x: rect.x - SIZES.tick - 4,
        y,
        text,
        size: SIZES.tickText,
        anchor: 'end',
        baseline: 'middle',
        color: TEXT,
      })
    }
  }
  if (panel.showX) {
    const text = axisTitle(spec.x.label, spec.x.unit, panel.xTicks.exponent)
    const y = bottom + SIZES.tick + SIZES.tickText + SIZES.labelText + 8
    if (text && !panel.slanted)
      marks.push({ kind: 'text', x: rect.x + rect.width / 2, y, text, size: SIZES.labelText, anchor: 'middle', color: TEXT })
  }
  if (panel.showY) {
    const step = SIZES.labelText + 2
    panel.yTitle.forEach((text, i) => {
      if (!text) return
      const x = rect.x - panel.yTitleAt - (panel.yTitle.length - 1 - i) * step
      marks.push({
        kind: 'text',
        x,
        y: rect.y + rect.height / 2,
        text,
        size: SIZES.labelText,
        anchor: 'middle',
        rotate: -90,
        color: TEXT,
      })
    })
  }
  return [{ kind: 'path', path: strokes, stroke: INK, width: 1 }, ...marks]
}

/**
 * A colour bar with its axis on the right.
 * @param bar The bar.
 */
export function drawColorBar(bar: PlacedBar): Mark[] {
  const { rect, axis, ticks } = bar
  const rows = 255
  const indices = Uint8Array.from({ length: rows }, (_, i) => rows - i)
  const y = scaleOf(axis, [rect.y + rect.height, rect.y])
  const right = rect.x + rect.width
  const strokes: Subpath[] = [rectPath(rect.x, rect.y, rect.width, rect.height)]
  const marks: Mark[] = []
  for (const { value, text } of ticks.ticks) {
    const at = y(value)
    if (!(at >= rect.y - 0.5 && at <= rect.y + rect.height + 0.5)) continue
    strokes.push(polyline(right, at, right + (text === undefined ? SIZES.tick * 0.6 : SIZES.tick), at))
    if (text === undefined) continue
    marks.push({ kind: 'text', x: right + SIZES.tick + 4, y: at, text, size: SIZES.tickText, baseline: 'middle', color: TEXT })
  }
  bar.title.forEach((text, i) => {
    const x = right + SIZES.tick + 4 + bar.labelWidth + 6 + (i + 1) * (SIZES.labelText + 2) - 3
    marks.push({
      kind: 'text',
      x,
      y: rect.y + rect.height / 2,
      text,
      size: SIZES.labelText,
      anchor: 'middle',
      rotate: -90,
      color: TEXT,
    })
  })
  return [
    { kind: 'image', rect, pixels: { width: 1, height: rows, indices, palette: paletteOf(bar.color.map) } },
    { kind: 'path', path: strokes, stroke: INK, width: 1 },
    ...marks,
  ]
}
