import { drawFigure } from '../../draw/drawFigure.js'
import { svgOf } from '../../svgOf.js'
import { cutsOf } from '../cuts.js'
import { type Cell, middleOf, readingText, readOut } from '../readOut.js'
import { unpackSpec } from '../unpackSpec.js'
import { FigureState, type Place } from './figureState.js'
import { listen, type Point } from './gestures.js'
import { keyAction } from './keys.js'
import { Overlay } from './overlay.js'

/** Sharpness while the figure moves, and when it rests. */
const [MOVING, RESTING] = [1, 2]
const REST_AFTER = 180

const HELP =
  'Wheel: zoom (Shift: other axis). Drag: zoom to a box. Shift + drag: pan. Double click: reset. Click on a map: cuts. ' +
  'Keys: arrows move the cross-hair, + and − zoom, Shift + arrows pan, Enter cuts, 0 resets, Esc closes.'

function part<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, parent: HTMLElement): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.className = `operando-${name}`
  parent.append(element)
  return element
}

/** Gives a browser a file to keep. */
function save(name: string, type: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/**
 * Makes a figure of the page react: zoom, pan, cross-hair with read-out, cuts. What is shown after a zoom is drawn by the very functions
 * that drew the figure in the first place.
 * @param root The element that `fragment()` wrote.
 */
export function mountFigure(root: HTMLElement): void {
  const picture = root.querySelector<HTMLElement>('.operando-picture')!
  const state = new FigureState(unpackSpec(root.querySelector('script')!.textContent!))
  const { width, height, title } = state.whole
  let svg = picture.querySelector('svg')!
  const overlay = new Overlay(picture, width, height)
  const bar = document.createElement('div')
  bar.className = 'operando-bar'
  picture.after(bar)
  const output = part('output', 'readout', bar)
  output.setAttribute('aria-live', 'polite')
  const buttons = part('span', 'buttons', bar)
  const cuts = document.createElement('div')
  cuts.className = 'operando-cuts'
  bar.after(cuts)

  let hair: Point | undefined
  let cut: { panel: number; cell: Cell } | undefined
  let beforeClick = cut
  let resting: ReturnType<typeof setTimeout> | undefined
  let frame = 0

  const button = (text: string, name: string, action: () => void): void => {
    const element = part('button', name, buttons)
    element.type = 'button'
    element.textContent = text
    element.addEventListener('click', action)
  }

  function drawCuts(): void {
    const both = cut && cutsOf(state.shown, cut.panel, cut.cell)
    const one = (spec: NonNullable<typeof both>['pattern']): string => svgOf(drawFigure(spec).scene)
    cuts.innerHTML = both ? `${one(both.pattern)}${one(both.history)}` : ''
  }

  function drawOverlay(): void {
    overlay.clear()
    const { panels } = state.drawing
    if (cut) {
      const { rect, x, y, spec } = panels[cut.panel]!
      const heat = spec.layers.find(l => l.kind === 'heat')!
      const at = [x(middleOf(heat.grid.x, cut.cell.i)), y(middleOf(heat.grid.y, cut.cell.j))] as const
      if (at[0] >= rect.x && at[0] <= rect.x + rect.width) overlay.line(at[0], rect.y, at[0], rect.y + rect.height, 'cut')
      if (at[1] >= rect.y && at[1] <= rect.y + rect.height) overlay.line(rect.x, at[1], rect.x + rect.width, at[1], 'cut')
    }
    const place = hair && state.placeAt(hair.x, hair.y)
    output.textContent = ''
    if (!hair || !place) return
    const alongX = state.whole.share === 'x'
    panels.forEach(({ rect }, i) => {
      if (alongX || i === place.panel) overlay.line(hair!.x, rect.y, hair!.x, rect.y + rect.height, 'hair')
      if (!alongX || i === place.panel) overlay.line(rect.x, hair!.y, rect.x + rect.width, hair!.y, 'hair')
    })
    const readings = readOut(state.whole, place.panel, place.sharedValue, place.ownValue)
    output.replaceChildren(
      ...readings.flatMap(reading => {
        const item = document.createElement('span')
        item.textContent = readingText(reading)
        return [item, ' ']
      }),
    )
  }

  function draw(resolution: number): void {
    picture.querySelector('svg')!.remove()
    picture.insertAdjacentHTML('afterbegin', state.draw(resolution))
    svg = picture.querySelector('svg')!
    drawCuts()
    drawOverlay()
  }

  /** Draws with the next picture of the screen, and sharply once nothing moves. */
  function redraw(): void {
    clearTimeout(resting)
    picture.setAttribute('aria-busy', 'true')
    resting = setTimeout(() => {
      draw(RESTING)
      picture.removeAttribute('aria-busy')
    }, REST_AFTER)
    if (frame === 0)
      frame = requestAnimationFrame(() => {
        frame = 0
        draw(MOVING)
      })
  }

  function setCut(place: Place | undefined): void {
    const cell = place && state.cellAt(place)
    cut = place && cell ? { panel: place.panel, cell } : undefined
    drawCuts()
    drawOverlay()
  }

  function reset(): void {
    state.reset()
    redraw()
  }

  const toFigure = (event: MouseEvent): Point => {
    const box = svg.getBoundingClientRect()
    return { x: ((event.clientX - box.left) * width) / box.width, y: ((event.clientY - box.top) * height) / box.height }
  }

  listen(root, picture, toFigure, {
    hover: point => {
      hair = point
      drawOverlay()
    },
    wheel: (point, factor, other) => {
      const place = state.placeAt(point.x, point.y, true)!
      const { rect } = state.drawing.panels[place.panel]!
      // beside the frame the wheel is for the axis that stands there
      const beside = state.whole.share === 'x' ? point.x < rect.x : point.y > rect.y + rect.height
      state.zoom(place, factor, other || beside ? 'own' : 'shared')
      redraw()
    },
    box: (from, to, axes, done) => {
      const [a, b] = [state.placeAt(from.x, from.y), state.placeAt(to.x, to.y, true)]
      if (!a || !b) return
      const { rect } = state.drawing.panels[a.panel]!
      const alongX = state.whole.share === 'x'
      const which = axes === 'both' ? 'both' : (axes === 'x') === alongX ? 'shared' : 'own'
      if (done) {
        const inPanel = state.placeIn(a.panel, to.x, to.y)
        state.zoomTo(a, inPanel, which)
        redraw()
        return
      }
      drawOverlay()
      const [x0, x1] = axes === 'y' ? [rect.x, rect.x + rect.width] : [from.x, to.x]
      const [y0, y1] = axes === 'x' ? [rect.y, rect.y + rect.height] : [from.y, to.y]
      overlay.box({ x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) })
    },
    pan: (from, dx, dy) => {
      const place = state.placeAt(from.x, from.y, true)!
      const { rect } = state.drawing.panels[place.panel]!
      const [alongX, alongY] = [-dx / rect.width, dy / rect.height]
      if (state.whole.share === 'x') state.pan(place.panel, alongX, alongY)
      else state.pan(place.panel, alongY, alongX)
      redraw()
    },
    click: point => {
      beforeClick = cut
      setCut(state.placeAt(point.x, point.y))
    },
    doubleClick: () => {
      cut = beforeClick
      reset()
    },
  })

  root.addEventListener('keydown', event => {
    if (event.target !== root) return
    const done = keyAction(event, {
      state,
      hair,
      moveHair: point => {
        hair = point
        if (cut) setCut(state.placeAt(point.x, point.y) ?? undefined)
        else drawOverlay()
      },
      cut: () => setCut(hair && state.placeAt(hair.x, hair.y)),
      close: () => {
        cut = undefined
        hair = undefined
        drawCuts()
        drawOverlay()
      },
      reset,
      redraw,
    })
    if (done) event.preventDefault()
  })

  button('Reset', 'reset', reset)
  button('Save SVG', 'save', () => save(`${title || 'figure'}.svg`, 'image/svg+xml', state.draw(RESTING)))
  const help = part('p', 'help', root)
  help.textContent = HELP
  help.hidden = true
  help.id = `${root.querySelector('svg')!.id}-help`
  root.setAttribute('aria-describedby', help.id)
  button('Help', 'help-button', () => {
    help.hidden = !help.hidden
  })
}
