/** A polygon in radius and azimuth. */
export interface Outline {
  /** Radii of its corners. */
  readonly x: Float64Array
  /** Azimuths of its corners. */
  readonly chi: Float64Array
  /** How many corners. */
  count: number
}

/** Its area, signed by the sense in which it is run round. */
export function outlineArea({ x, chi, count }: Outline): number {
  let area = 0
  const base = chi[0]!
  for (let c = 0; c < count; c++) {
    const next = c + 1 === count ? 0 : c + 1
    area += (x[next]! - x[c]!) * 0.5 * (chi[next]! + chi[c]! - 2 * base)
  }
  return area
}

/**
 * Its areas within radial bins, by the integral of the azimuth along its sides. Kernel.
 * @param outline The polygon.
 * @param edges   Edges of all bins.
 * @param first   First bin wanted.
 * @param width   How many.
 * @param factor  Times this.
 * @param out     Receives `width` areas.
 */
export function radialAreas(
  outline: Outline,
  edges: Float64Array,
  first: number,
  width: number,
  factor: number,
  out: Float64Array,
): void {
  const { x, chi, count } = outline
  for (let b = 0; b < width; b++) out[b] = 0
  const base = chi[0]!
  for (let c = 0; c < count; c++) {
    const next = c + 1 === count ? 0 : c + 1
    const [xa, xb] = [x[c]!, x[next]!]
    if (xa === xb) continue
    const slope = (chi[next]! - chi[c]!) / (xb - xa)
    const offset = chi[c]! - base
    const [from, to, sign] = xa < xb ? [xa, xb, factor] : [xb, xa, -factor]
    for (let b = 0; b < width; b++) {
      const low = Math.max(from, edges[first + b]!)
      const high = Math.min(to, edges[first + b + 1]!)
      if (high > low) out[b]! += sign * (high - low) * (offset + slope * (0.5 * (low + high) - xa))
    }
  }
  // what rounding leaves of nothing
  for (let b = 0; b < width; b++) if (out[b]! < 0) out[b] = 0
}

/**
 * The part of it between two azimuths.
 * @param outline The polygon.
 * @param low     From.
 * @param high    To.
 * @param scratch Room.
 * @param out     Receives the polygon; sides along the limits may run back on themselves, which encloses no area.
 */
export function clipStrip(outline: Outline, low: number, high: number, scratch: Outline, out: Outline): void {
  clipHalf(outline, low, 1, scratch)
  clipHalf(scratch, high, -1, out)
}

/** Sutherland and Hodgman's step: what lies on one side of a limit. */
function clipHalf(from: Outline, limit: number, side: 1 | -1, to: Outline): void {
  to.count = 0
  for (let c = 0; c < from.count; c++) {
    const next = c + 1 === from.count ? 0 : c + 1
    const here = side * (from.chi[c]! - limit)
    const there = side * (from.chi[next]! - limit)
    if (here >= 0) {
      to.x[to.count] = from.x[c]!
      to.chi[to.count++] = from.chi[c]!
    }
    if (here >= 0 !== there >= 0) {
      const t = here / (here - there)
      to.x[to.count] = from.x[c]! + t * (from.x[next]! - from.x[c]!)
      to.chi[to.count++] = limit
    }
  }
}
