import type { Geometry } from '../geometry/createGeometry.js'
import { azimuthValues, radialValues } from '../geometry/pixelValues.js'
import type { RadialAxis } from '../geometry/radialAxis.js'

/** How a pixel is shared among bins: not at all, by the box around it, or by its true outline in radius and azimuth. */
export type Splitting = 'none' | 'box' | 'full'

/** Where pixels lie in radius and azimuth: as much of it as a map is built from. */
export interface Pixels {
  /** Rows and columns. */
  readonly shape: readonly [number, number]
  /** 1 for pixels to leave out. */
  readonly bad: Uint8Array
  /** Radial coordinate of centres. */
  readonly x: Float64Array
  /** Of the corners that pixels share, (rows + 1) x (columns + 1); empty where nothing is split. */
  readonly xCorner: Float64Array
  /** Azimuth of centres, degrees; empty where it does not matter. */
  readonly chi: Float64Array
  /** Of corners; empty where it does not matter. */
  readonly chiCorner: Float64Array
}

const EMPTY = /* @__PURE__ */ new Float64Array(0)

/** The coordinates that a splitting needs. */
export function pixelsOf(
  geometry: Geometry,
  axis: RadialAxis,
  bad: Uint8Array,
  split: Splitting,
  azimuth: 'none' | 'sector' | 'bins',
): Pixels {
  const corners = split !== 'none'
  const cornerAzimuth = split === 'full' || (split === 'box' && azimuth === 'bins')
  return {
    shape: geometry.shape,
    bad,
    x: radialValues(geometry, axis, 'centre'),
    xCorner: corners ? radialValues(geometry, axis, 'corner') : EMPTY,
    chi: azimuth === 'none' ? EMPTY : azimuthValues(geometry, 'centre'),
    chiCorner: cornerAzimuth ? azimuthValues(geometry, 'corner') : EMPTY,
  }
}

/** Half the radial width of the box around a pixel: the largest distance of a corner from its centre. */
export function halfWidth(corner: Float64Array, x: number, first: number, columns: number): number {
  const second = first + columns + 1
  const a = Math.abs(corner[first]! - x)
  const b = Math.abs(corner[first + 1]! - x)
  const c = Math.abs(corner[second]! - x)
  const d = Math.abs(corner[second + 1]! - x)
  return Math.max(a > b ? a : b, c > d ? c : d)
}

/**
 * Least and largest radial coordinate of the pixels that count: of their centres, of the boxes around them, or of their corners.
 * @returns An empty range where no pixel counts.
 */
export function radialExtent({ shape, bad, x, xCorner }: Pixels, split: Splitting): [number, number] {
  const columns = shape[1]
  let [low, high] = [Infinity, -Infinity]
  for (let k = 0, i = 0; i < shape[0]; i++) {
    for (let j = 0; j < columns; j++, k++) {
      if (bad[k]) continue
      const corner = i * (columns + 1) + j
      let [from, to] = [x[k]!, x[k]!]
      if (split === 'box') {
        const h = halfWidth(xCorner, x[k]!, corner, columns)
        from = Math.max(0, from - h)
        to += h
      } else if (split === 'full') {
        const [a, b] = [xCorner[corner]!, xCorner[corner + 1]!]
        const [c, d] = [xCorner[corner + columns + 1]!, xCorner[corner + columns + 2]!]
        // the pixel in the beam reaches down to it, which its corners do not say
        from = x[k]! <= halfWidth(xCorner, x[k]!, corner, columns) ? 0 : Math.min(a, b, c, d)
        to = Math.max(a, b, c, d)
      }
      if (!(to < Infinity)) continue
      if (from < low) low = from
      if (to > high) high = to
    }
  }
  return [low, high]
}
