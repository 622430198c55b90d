import type { Subpath } from '../scene.js'

/**
 * Exact-area anti-aliasing: every edge adds its signed area to the cells it crosses; a running sum along each row is the coverage.
 * Parts that overlap in the same sense are clamped to one, so strokes may be made of overlapping pieces.
 * The method is that of the font renderers after R. Levien's font-rs.
 */
export class Coverage {
  /** Columns. */
  readonly width: number
  /** Rows. */
  readonly height: number
  readonly #cells: Float32Array
  #top: number
  #bottom: number

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#cells = new Float32Array((width + 2) * height)
    this.#top = height
    this.#bottom = 0
  }

  /** Adds a closed polygon: x0, y0, x1, y1, ... in device pixels, moved by (dx, dy). */
  polygon(points: ArrayLike<number>, scale = 1, dx = 0, dy = 0): void {
    const n = points.length
    if (n < 6) return
    let x0 = points[n - 2]! * scale + dx
    let y0 = points[n - 1]! * scale + dy
    for (let i = 0; i < n; i += 2) {
      const x1 = points[i]! * scale + dx
      const y1 = points[i + 1]! * scale + dy
      this.#edge(x0, y0, x1, y1)
      x0 = x1
      y0 = y1
    }
  }

  #edge(ax: number, ay: number, bx: number, by: number): void {
    if (ay === by || !Number.isFinite(ax + ay + bx + by)) return
    const sign = ay < by ? 1 : -1
    const [x0, y0, x1, y1] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay]
    const slope = (x1 - x0) / (y1 - y0)
    const from = Math.max(y0, 0)
    const to = Math.min(y1, this.height)
    if (from >= to) return
    const first = Math.floor(from)
    const last = Math.ceil(to)
    if (first < this.#top) this.#top = first
    if (last > this.#bottom) this.#bottom = last
    for (let row = first; row < last; row++) {
      const ya = Math.max(row, from)
      const yb = Math.min(row + 1, to)
      this.#rowPart(row, x0 + (ya - y0) * slope, x0 + (yb - y0) * slope, (yb - ya) * sign)
    }
  }

  /** An edge within one row from x = xa to xb, of signed height d. */
  #rowPart(row: number, xa: number, xb: number, d: number): void {
    const cells = this.#cells
    const base = row * (this.width + 2)
    const right = this.width + 1
    let lo = Math.min(xa, xb)
    let hi = Math.max(xa, xb)
    if (lo < 0) lo = 0
    if (hi < 0) hi = 0
    if (lo > right) lo = right
    if (hi > right) hi = right
    const i0 = Math.floor(lo)
    const i1 = Math.ceil(hi)
    if (i1 <= i0 + 1) {
      // within one cell: what lies right of the edge in this cell, the rest in the next
      const mid = (lo + hi) / 2 - i0
      cells[base + i0]! += d * (1 - mid)
      if (i0 + 1 <= right) cells[base + i0 + 1]! += d * mid
      return
    }
    const s = 1 / (hi - lo)
    const f0 = lo - i0
    const a0 = 0.5 * s * (1 - f0) * (1 - f0)
    const f1 = hi - i1 + 1
    const am = 0.5 * s * f1 * f1
    cells[base + i0]! += d * a0
    if (i1 === i0 + 2) cells[base + i0 + 1]! += d * (1 - a0 - am)
    else {
      const a1 = s * (1.5 - f0)
      cells[base + i0 + 1]! += d * (a1 - a0)
      for (let i = i0 + 2; i < i1 - 1; i++) cells[base + i]! += d * s
      const a2 = a1 + (i1 - i0 - 3) * s
      cells[base + i1 - 1]! += d * (1 - a2 - am)
    }
    if (i1 <= right) cells[base + i1]! += d * am
  }

  /** Adds all subpaths as filled polygons. */
  fill(path: readonly Subpath[], scale: number): void {
    for (const { points } of path) this.polygon(points, scale)
  }

  /**
   * Calls `paint` for every run of touched pixels and forgets them.
   * @param paint Row, column and coverage 0 to 1 of one pixel.
   */
  sweep(paint: (row: number, column: number, coverage: number) => void): void {
    const stride = this.width + 2
    for (let row = this.#top; row < this.#bottom; row++) {
      let sum = 0
      const base = row * stride
      for (let column = 0; column < this.width; column++) {
        sum += this.#cells[base + column]!
        const c = Math.abs(sum)
        if (c > 1 / 512) paint(row, column, c < 1 ? c : 1)
      }
      this.#cells.fill(0, base, base + stride)
    }
    this.#top = this.height
    this.#bottom = 0
  }
}
