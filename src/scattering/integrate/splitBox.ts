import type { SparseBuilder } from '../../numeric/sparse/sparseBuilder.js'
import { type Azimuth, turnFrom, wrapped } from './azimuth.js'
import { type Bins, binOf } from './bins.js'
import { halfWidth, type Pixels } from './pixels.js'

/**
 * Each pixel is spread evenly over a box around its centre, as wide as its farthest corner on both sides, in radius and, where there are bins of azimuth, in azimuth.
 * What lies outside the bins is lost. Without bins of azimuth a sector takes pixels by their centres.
 * @param pixels  Where pixels lie.
 * @param bins    Radial bins.
 * @param azimuth Sector, and its bins.
 * @param builder Receives the entries.
 */
export function splitBox(pixels: Pixels, bins: Bins, azimuth: Azimuth | undefined, builder: SparseBuilder): void {
  const { shape, bad, x, xCorner, chi, chiCorner } = pixels
  const { edges, count, step } = bins
  const perStep = 1 / step
  const columns = shape[1]
  const low = edges[0]!
  const high = edges[count]!
  const weights = new Float64Array(count)
  const part = new Float64Array(count)
  const rows = azimuth && chiCorner.length > 0 ? azimuth.bins : 0
  for (let k = 0, i = 0; i < shape[0]; i++) {
    for (let j = 0; j < columns; j++, k++) {
      if (bad[k]) continue
      const centre = x[k]!
      const corner = i * (columns + 1) + j
      const h = halfWidth(xCorner, centre, corner, columns)
      const from = Math.max(0, centre - h)
      const to = centre + h
      // also leaves out what is not finite
      if (!(to > low && from < high && to < Infinity)) continue
      if (azimuth && rows === 0 && turnFrom(azimuth.from, chi[k]!) >= azimuth.width) continue
      // a bin too many at either end, by rounding, gets next to nothing
      const first = from <= low ? 0 : step > 0 ? Math.floor((from - low) * perStep) : binOf(bins, from)
      const last = to >= high ? count - 1 : step > 0 ? Math.min(count - 1, Math.floor((to - low) * perStep)) : binOf(bins, to)
      const inverse = 1 / (to - from)
      // parts of the box below the edges
      let below = from < low ? (low - from) * inverse : 0
      for (let b = first; b < last; b++) {
        const next = (edges[b + 1]! - from) * inverse
        weights[b - first] = next > below ? next - below : 0
        below = next > below ? next : below
      }
      const end = to > high ? (high - from) * inverse : 1
      weights[last - first] = end > below ? end - below : 0
      const width = last - first + 1
      if (azimuth && rows > 0) {
        const reach = azimuthReach(xCorner, chiCorner, chi[k]!, corner, columns)
        addRows(k, first, width, count, azimuth, chi[k]!, reach, weights, part, builder)
      } else builder.add(k, first, width, weights)
    }
  }
}

/** Half the azimuth of the box around a pixel, degrees: 180 for the pixel with the beam in it. */
function azimuthReach(x: Float64Array, chi: Float64Array, centre: number, first: number, columns: number): number {
  const corners = [first, first + 1, first + columns + 2, first + columns + 1]
  let reach = 0
  let winding = 0
  for (let c = 0; c < 4; c++) {
    const here = corners[c]!
    winding += wrapped(chi[corners[(c + 1) % 4]!]! - chi[here]!)
    // a corner on the beam has no azimuth
    if (x[here]! > 0) reach = Math.max(reach, Math.abs(wrapped(chi[here]! - centre)))
  }
  return Math.abs(winding) > 180 ? 180 : reach
}

/** An entry for each bin of azimuth that a box lies in; the circle closes. */
function addRows(
  k: number,
  first: number,
  width: number,
  count: number,
  azimuth: Azimuth,
  chi: number,
  reach: number,
  weights: Float64Array,
  part: Float64Array,
  builder: SparseBuilder,
): void {
  const size = azimuth.width / azimuth.bins
  const middle = turnFrom(azimuth.from, chi)
  for (let turn = -360; turn <= 360; turn += 360) {
    const from = Math.max(0, middle - reach + turn)
    const to = Math.min(azimuth.width, middle + reach + turn)
    for (let row = Math.floor(from / size); row < azimuth.bins && row * size < to; row++) {
      const share = (Math.min(to, (row + 1) * size) - Math.max(from, row * size)) / (2 * reach)
      if (!(share > 0)) continue
      for (let b = 0; b < width; b++) part[b] = weights[b]! * share
      builder.add(k, row * count + first, width, part)
    }
  }
}
