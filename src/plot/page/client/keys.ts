import type { FigureState } from './figureState.js'
import type { Point } from './gestures.js'

/** What keys act on. */
export interface KeyTarget {
  readonly state: FigureState
  readonly hair: Point | undefined
  moveHair(point: Point): void
  cut(): void
  close(): void
  reset(): void
  redraw(): void
}

/** Steps of the cross-hair: a cell of the map, else this many pixels. */
const STEP = 4

/** The next point for the cross-hair: the middle of the next cell where there is a map. */
function moved({ state, hair }: KeyTarget, dx: number, dy: number): Point {
  const { panels } = state.drawing
  const first = panels.find(p => p.spec.layers.some(l => l.kind === 'heat')) ?? panels[0]!
  const here = hair ?? { x: first.rect.x + first.rect.width / 2, y: first.rect.y + first.rect.height / 2 }
  const place = state.placeAt(here.x, here.y, true)!
  const { rect, x, y, spec } = panels[place.panel]!
  const inside = (p: Point): Point => ({
    x: Math.min(rect.x + rect.width, Math.max(rect.x, p.x)),
    y: Math.min(rect.y + rect.height, Math.max(rect.y, p.y)),
  })
  const heat = spec.layers.find(l => l.kind === 'heat')
  if (!heat) return inside({ x: here.x + STEP * dx, y: here.y + STEP * dy })
  /** Middle of the next cell in the sense of the screen, at least one pixel on. */
  const next = (cells: { lo: Float64Array; hi: Float64Array }, scale: (v: number) => number, at: number, by: number): number => {
    if (by === 0) return at
    let best: number | undefined
    for (let i = 0; i < cells.lo.length; i++) {
      const middle = scale((cells.lo[i]! + cells.hi[i]!) / 2)
      const ahead = (middle - at) * by
      if (ahead >= 0.5 && (best === undefined || ahead < (best - at) * by)) best = middle
    }
    return best ?? at
  }
  return inside({ x: next(heat.grid.x, x, here.x, dx), y: next(heat.grid.y, y, here.y, dy) })
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * Does what a key asks for.
 * @param event  The key.
 * @param target The figure.
 * @returns Whether the key was one of ours.
 */
export function keyAction(event: KeyboardEvent, target: KeyTarget): boolean {
  const { state, hair } = target
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const arrow = ARROWS[event.key]
  const { rect } = state.drawing.panels[0]!
  const at = hair ?? { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
  const place = state.placeAt(at.x, at.y, true)!
  if (arrow && event.shiftKey) {
    const [alongX, alongY] = [0.1 * arrow[0], -0.1 * arrow[1]]
    if (state.whole.share === 'x') state.pan(place.panel, alongX, alongY)
    else state.pan(place.panel, alongY, alongX)
    target.redraw()
  } else if (arrow) target.moveHair(moved(target, ...arrow))
  else if (event.key === '+' || event.key === '=') {
    state.zoom(place, 0.8, 'shared')
    target.redraw()
  } else if (event.key === '-' || event.key === '_') {
    state.zoom(place, 1.25, 'shared')
    target.redraw()
  } else if (event.key === '0') target.reset()
  else if (event.key === 'Enter') target.cut()
  else if (event.key === 'Escape') target.close()
  else return false
  return true
}
