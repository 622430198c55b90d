import type { Rect } from '../../scene.js'

const SVG = 'http://www.w3.org/2000/svg'

type Attributes = Record<string, string | number>

/** A layer of lines over a figure: cross-hair, frame of the zoom, places of the cuts. */
export class Overlay {
  readonly #svg: SVGSVGElement

  constructor(parent: HTMLElement, width: number, height: number) {
    this.#svg = document.createElementNS(SVG, 'svg')
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    this.#svg.setAttribute('class', 'operando-overlay')
    this.#svg.setAttribute('aria-hidden', 'true')
    parent.append(this.#svg)
  }

  /** Takes all away. */
  clear(): void {
    this.#svg.replaceChildren()
  }

  /** Draws a line that shows on light and on dark. */
  line(x1: number, y1: number, x2: number, y2: number, kind: 'hair' | 'cut'): void {
    this.#add('line', { x1, y1, x2, y2, class: `operando-${kind}-halo` })
    this.#add('line', { x1, y1, x2, y2, class: `operando-${kind}` })
  }

  /** Draws the frame of the part that is about to be zoomed. */
  box({ x, y, width, height }: Rect): void {
    this.#add('rect', { x, y, width, height, class: 'operando-box' })
  }

  #add(tag: string, attributes: Attributes): void {
    const element = document.createElementNS(SVG, tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
    this.#svg.append(element)
  }
}
