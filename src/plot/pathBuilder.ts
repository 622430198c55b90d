import type { Subpath } from './scene.js'

/** Largest distance in px between a curve and the straight lines that stand for it. */
const FLATNESS = 0.1

/**
 * A drawing context in the sense of the canvas that keeps straight lines only: d3-shape's lines, areas and symbols draw into it,
 * and both back ends read its subpaths.
 */
export class PathBuilder {
  /** What was drawn so far. */
  readonly subpaths: Subpath[] = []
  #points: number[] = []

  /** Begins a subpath. */
  moveTo(x: number, y: number): void {
    this.#points = [x, y]
    this.subpaths.push({ points: this.#points, closed: false })
  }

  /** Draws a straight line. */
  lineTo(x: number, y: number): void {
    if (this.subpaths.length === 0) this.moveTo(x, y)
    else this.#points.push(x, y)
  }

  /** Joins the last point with the first. */
  closePath(): void {
    const last = this.subpaths.at(-1)
    if (last) last.closed = true
  }

  /** Draws a cubic Bézier curve. */
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void {
    const [x0, y0] = this.#points.slice(-2) as [number, number]
    const bend = Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2) + Math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3)
    const steps = Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / FLATNESS)))
    for (let i = 1; i <= steps; i++) {
      const t = i / steps
      const s = 1 - t
      const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
      this.lineTo(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3)
    }
  }

  /** Draws a quadratic Bézier curve. */
  quadraticCurveTo(x1: number, y1: number, x2: number, y2: number): void {
    const [x0, y0] = this.#points.slice(-2) as [number, number]
    this.bezierCurveTo(
      x0 + (2 / 3) * (x1 - x0),
      y0 + (2 / 3) * (y1 - y0),
      x2 + (2 / 3) * (x1 - x2),
      y2 + (2 / 3) * (y1 - y2),
      x2,
      y2,
    )
  }

  /** Draws an arc of a circle, joined to what is there. */
  arc(x: number, y: number, radius: number, from: number, to: number, anticlockwise = false): void {
    const sweep = anticlockwise ? -Math.abs(to - from) : Math.abs(to - from)
    const steps = Math.max(8, Math.ceil(Math.abs(sweep) * Math.sqrt(radius / (8 * FLATNESS))))
    for (let i = 0; i <= steps; i++) {
      const angle = from + (sweep * i) / steps
      const [px, py] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
      if (i === 0 && this.#points.length === 0) this.moveTo(px, py)
      else this.lineTo(px, py)
    }
  }

  /** Draws a closed rectangle. */
  rect(x: number, y: number, width: number, height: number): void {
    this.subpaths.push({ points: [x, y, x + width, y, x + width, y + height, x, y + height], closed: true })
  }
}

/**
 * A circle as a closed path.
 * @param x      Centre.
 * @param y      Centre.
 * @param radius Radius in px.
 */
export function circlePath(x: number, y: number, radius: number): Subpath {
  const n = Math.max(10, Math.ceil(2 * Math.PI * Math.sqrt(radius / (8 * FLATNESS))))
  const points: number[] = []
  for (let i = 0; i < n; i++) {
    points.push(x + radius * Math.cos((2 * Math.PI * i) / n), y + radius * Math.sin((2 * Math.PI * i) / n))
  }
  return { points, closed: true, circle: [x, y, radius] }
}

/**
 * A rectangle as a closed path.
 * @param x      Left.
 * @param y      Top.
 * @param width  Width.
 * @param height Height.
 */
export function rectPath(x: number, y: number, width: number, height: number): Subpath {
  return { points: [x, y, x + width, y, x + width, y + height, x, y + height], closed: true }
}

/**
 * An open run of straight lines.
 * @param points x0, y0, x1, y1, ...
 */
export function polyline(...points: number[]): Subpath {
  return { points, closed: false }
}
