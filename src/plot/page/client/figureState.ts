import { drawFigure } from '../../draw/drawFigure.js'
import type { FigureSpec } from '../../spec/figureSpec.js'
import { type Layout, layout, type Margins, type PlacedPanel } from '../../spec/layout.js'
import { svgOf } from '../../svgOf.js'
import { type Cell, cellAt } from '../readOut.js'
import { isWhole, panSpan, partOfSpan, type Span, type View, wholeView, withView, zoomSpan } from '../view.js'

/** A place in the figure: which panel, and where along the shared and its own axis, 0 to 1 of what is shown and in numbers. */
export interface Place {
  readonly panel: number
  readonly shared: number
  readonly own: number
  readonly sharedValue: number
  readonly ownValue: number
}

/** A figure in a page: what of it is shown, and the drawing of that. */
export class FigureState {
  readonly whole: FigureSpec
  view: View
  shown: FigureSpec
  drawing: Layout
  #least: Margins

  constructor(whole: FigureSpec) {
    this.whole = whole
    this.view = wholeView(whole)
    this.shown = whole
    this.drawing = layout(whole)
    this.#least = this.drawing.margins
  }

  /** SVG text of what is shown. Frames keep their places while zoomed; they give way only to longer numbers. */
  draw(resolution: number): string {
    this.shown = withView(this.whole, this.view)
    // back at the whole the frames are those of the figure as it was written
    const drawing = drawFigure(this.shown, { resolution, least: isWhole(this.view) ? undefined : this.#least })
    this.drawing = drawing
    this.#least = drawing.margins
    return svgOf(drawing.scene)
  }

  /** The place of a point of the figure; in the nearest panel if it is in none and `anywhere` is asked for. */
  placeAt(x: number, y: number, anywhere = false): Place | undefined {
    const { panels } = this.drawing
    const outside = ({ rect }: PlacedPanel): number =>
      Math.hypot(Math.max(rect.x - x, 0, x - rect.x - rect.width), Math.max(rect.y - y, 0, y - rect.y - rect.height))
    let panel = 0
    for (let i = 1; i < panels.length; i++) if (outside(panels[i]!) < outside(panels[panel]!)) panel = i
    return anywhere || outside(panels[panel]!) === 0 ? this.placeIn(panel, x, y) : undefined
  }

  /** The place of a point as a panel sees it, which need not lie inside. */
  placeIn(panel: number, x: number, y: number): Place {
    const { rect, x: scaleX, y: scaleY } = this.drawing.panels[panel]!
    const [alongX, alongY] = [(x - rect.x) / rect.width, (rect.y + rect.height - y) / rect.height]
    const [valueX, valueY] = [scaleX.invert(x), scaleY.invert(y)]
    return this.whole.share === 'x'
      ? { panel, shared: alongX, own: alongY, sharedValue: valueX, ownValue: valueY }
      : { panel, shared: alongY, own: alongX, sharedValue: valueY, ownValue: valueX }
  }

  /** Zooms about a place; panels of equal aspect zoom on both axes at once. */
  zoom(place: Place, factor: number, axes: 'shared' | 'own' | 'both'): void {
    const both = axes === 'both' || this.#isMap(place.panel)
    if (both || axes === 'shared') this.view = { ...this.view, shared: zoomSpan(this.view.shared, place.shared, factor) }
    if (both || axes === 'own') this.#setOwn(place.panel, zoomSpan(this.view.own[place.panel]!, place.own, factor))
  }

  /** Moves what is shown, by parts of it. */
  pan(panel: number, shared: number, own: number): void {
    this.view = { ...this.view, shared: panSpan(this.view.shared, shared) }
    this.#setOwn(panel, panSpan(this.view.own[panel]!, own))
  }

  /** Zooms to the part between two places of one panel, along one axis or both. */
  zoomTo(a: Place, b: Place, axes: 'shared' | 'own' | 'both'): void {
    const inside = (v: number): number => Math.min(1, Math.max(0, v))
    const between = (u: number, v: number): Span => [inside(Math.min(u, v)), inside(Math.max(u, v))]
    let shared = between(a.shared, b.shared)
    let own = between(a.own, b.own)
    if (this.#isMap(a.panel)) {
      // equal aspect: the smaller side grows to the larger one
      const width = Math.max(shared[1] - shared[0], own[1] - own[0])
      const grown = ([from, to]: Span): Span => [(from + to - width) / 2, (from + to + width) / 2]
      ;[shared, own] = [grown(shared), grown(own)]
    }
    const both = axes === 'both' || this.#isMap(a.panel)
    if (both || axes === 'shared') this.view = { ...this.view, shared: partOfSpan(this.view.shared, ...shared) }
    if (both || axes === 'own') this.#setOwn(a.panel, partOfSpan(this.view.own[a.panel]!, ...own))
  }

  /** Shows all again. */
  reset(): void {
    this.view = wholeView(this.whole)
  }

  /** The cell of the map at a place, if there is one. */
  cellAt(place: Place): Cell | undefined {
    const heat = this.whole.panels[place.panel]!.layers.find(l => l.kind === 'heat')
    if (!heat) return undefined
    const [x, y] = this.whole.share === 'x' ? [place.sharedValue, place.ownValue] : [place.ownValue, place.sharedValue]
    const cell = { i: cellAt(heat.grid.x, x), j: cellAt(heat.grid.y, y) }
    return cell.i < 0 || cell.j < 0 ? undefined : cell
  }

  #isMap(panel: number): boolean {
    return this.whole.panels[panel]!.equalAspect === true
  }

  #setOwn(panel: number, span: Span): void {
    this.view = { ...this.view, own: this.view.own.map((own, i) => (i === panel ? span : own)) }
  }
}
