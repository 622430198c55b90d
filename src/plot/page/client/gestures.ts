/** A point in figure pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What a pointer may ask of a figure. */
export interface Gestures {
  /** The pointer stands here, or has left. */
  hover(point: Point | undefined): void
  /** Zoom about a point; `other`: the axis that is not shared. */
  wheel(point: Point, factor: number, other: boolean): void
  /** A box is being drawn, or is done. */
  box(from: Point, to: Point, axes: 'x' | 'y' | 'both', done: boolean): void
  /** Move what is shown. */
  pan(from: Point, dx: number, dy: number): void
  /** A press without movement. */
  click(point: Point): void
  /** A second press at the same place; the first one was a click. */
  doubleClick(): void
}

/** A shorter movement is a click; a side of a box that is shorter does not count. */
const [SLACK, SIDE] = [4, 14]

/**
 * Turns the events of pointer and wheel into gestures.
 * @param root     The figure; the wheel is its own only while it has the focus or Ctrl is held, so that a page of many still scrolls.
 * @param picture  What the pointer moves over.
 * @param toFigure Place of an event in figure pixels.
 * @param gestures What to do.
 */
export function listen(
  root: HTMLElement,
  picture: HTMLElement,
  toFigure: (event: MouseEvent) => Point,
  gestures: Gestures,
): void {
  let start: Point | undefined
  let last: Point | undefined
  let moved = false

  const axesOf = (a: Point, b: Point): 'x' | 'y' | 'both' =>
    Math.abs(b.y - a.y) < SIDE ? 'x' : Math.abs(b.x - a.x) < SIDE ? 'y' : 'both'

  picture.addEventListener('pointerdown', event => {
    if (event.button !== 0) return
    root.focus({ preventScroll: true })
    picture.setPointerCapture(event.pointerId)
    start = last = toFigure(event)
    moved = false
  })
  picture.addEventListener('pointermove', event => {
    const point = toFigure(event)
    if (!start || !last) {
      gestures.hover(point)
      return
    }
    moved ||= Math.hypot(point.x - start.x, point.y - start.y) > SLACK
    if (!moved) return
    if (event.shiftKey) {
      gestures.pan(start, point.x - last.x, point.y - last.y)
      gestures.hover(point)
    } else gestures.box(start, point, axesOf(start, point), false)
    last = point
  })
  picture.addEventListener('pointerup', event => {
    if (!start) return
    const [from, to] = [start, toFigure(event)]
    start = last = undefined
    if (moved && !event.shiftKey) gestures.box(from, to, axesOf(from, to), true)
  })
  picture.addEventListener('pointercancel', () => {
    start = last = undefined
    gestures.hover(undefined)
  })
  picture.addEventListener('pointerleave', () => {
    if (!start) gestures.hover(undefined)
  })
  picture.addEventListener('click', event => {
    if (!moved && event.detail <= 1) gestures.click(toFigure(event))
  })
  picture.addEventListener('dblclick', () => gestures.doubleClick())
  picture.addEventListener(
    'wheel',
    event => {
      if (!(event.ctrlKey || event.metaKey || document.activeElement === root)) return
      event.preventDefault()
      // browsers turn Shift + wheel into a sideways wheel
      const turn = event.deltaY || event.deltaX
      gestures.wheel(toFigure(event), 1.0015 ** (event.deltaMode === 1 ? 33 * turn : turn), event.shiftKey)
    },
    { passive: false },
  )
}
