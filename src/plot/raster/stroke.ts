import type { Subpath } from '../scene.js'
import type { Coverage } from './coverage.js'

/** Cuts a run of lines into dashes. */
export function dashed({ points, closed }: Subpath, dash: readonly number[]): Subpath[] {
  const line = closed ? [...points, points[0]!, points[1]!] : points
  const out: Subpath[] = []
  let index = 0
  let left = dash[0]!
  let current: number[] = [line[0]!, line[1]!]
  for (let i = 2; i < line.length; i += 2) {
    let [x, y] = [line[i - 2]!, line[i - 1]!]
    let rest = Math.hypot(line[i]! - x, line[i + 1]! - y)
    while (rest > left) {
      x += ((line[i]! - x) * left) / rest
      y += ((line[i + 1]! - y) * left) / rest
      rest -= left
      if (index % 2 === 0) out.push({ points: [...current, x, y], closed: false })
      current = [x, y]
      left = dash[++index % dash.length]!
    }
    left -= rest
    current.push(line[i]!, line[i + 1]!)
  }
  if (index % 2 === 0) out.push({ points: current, closed: false })
  return out
}

/**
 * Adds a stroke to the coverage: one rectangle a segment, one polygon a joint, all turning the same way.
 * @param coverage Where.
 * @param subpath  In figure pixels.
 * @param width    Stroke width in figure pixels.
 * @param scale    Device pixels a figure pixel.
 */
export function strokeInto(coverage: Coverage, { points, closed }: Subpath, width: number, scale: number): void {
  const half = (width * scale) / 2
  const n = points.length / 2
  const quad = new Array<number>(8).fill(0)
  const joint: number[] = []
  const sides = Math.max(6, Math.ceil(3 * Math.sqrt(half)) * 2)
  for (let k = 0; k < sides; k++) {
    joint.push(half * Math.cos((2 * Math.PI * k) / sides), half * Math.sin((2 * Math.PI * k) / sides))
  }
  let beforeX = 0
  let beforeY = 0
  const bends = (ax: number, ay: number, bx: number, by: number): boolean =>
    ax * bx + ay * by <= 0 || Math.hypot(ax - bx, ay - by) > 0.1
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const j = (i + 1) % n
    const [x0, y0] = [points[2 * i]! * scale, points[2 * i + 1]! * scale]
    const [x1, y1] = [points[2 * j]! * scale, points[2 * j + 1]! * scale]
    const length = Math.hypot(x1 - x0, y1 - y0)
    if (!(length > 0)) continue
    const nx = (-(y1 - y0) / length) * half
    const ny = ((x1 - x0) / length) * half
    quad[0] = x0 - nx
    quad[1] = y0 - ny
    quad[2] = x1 - nx
    quad[3] = y1 - ny
    quad[4] = x1 + nx
    quad[5] = y1 + ny
    quad[6] = x0 + nx
    quad[7] = y0 + ny
    coverage.polygon(quad)
    // the joint where this segment meets the one before. Coverage of overlapping pieces adds up, so a joint that fills nothing would make
    // a smooth line of many points bolder: it comes only where the bend leaves a gap that can be seen
    if (i > 0 && bends(beforeX, beforeY, nx, ny)) coverage.polygon(joint, 1, x0, y0)
    beforeX = nx
    beforeY = ny
  }
  if (closed && n > 1) coverage.polygon(joint, 1, points[0]! * scale, points[1]! * scale)
}
