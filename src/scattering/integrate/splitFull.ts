import type { SparseBuilder } from '../../numeric/sparse/sparseBuilder.js'
import { type Azimuth, turnFrom, wrapped } from './azimuth.js'
import { type Bins, binOf } from './bins.js'
import { clipStrip, type Outline, outlineArea, radialAreas } from './outline.js'
import type { Pixels } from './pixels.js'

/**
 * Each pixel is shared by the area of its outline in radius and azimuth, with straight sides there, that lies in each bin. What lies outside the bins and
 * outside the sector is lost.
 * @param pixels  Where pixels lie.
 * @param bins    Radial bins.
 * @param azimuth Sector, and its bins.
 * @param builder Receives the entries.
 */
export function splitFull(pixels: Pixels, bins: Bins, azimuth: Azimuth | undefined, builder: SparseBuilder): void {
  const { shape, bad, xCorner, chiCorner } = pixels
  const { edges, count } = bins
  const columns = shape[1]
  const weights = new Float64Array(count + 1)
  const outline: Outline = { x: new Float64Array(16), chi: new Float64Array(16), count: 0 }
  const clipped: Outline = { x: new Float64Array(32), chi: new Float64Array(32), count: 0 }
  const scratch: Outline = { x: new Float64Array(32), chi: new Float64Array(32), count: 0 }
  for (let k = 0, i = 0; i < shape[0]; i++) {
    for (let j = 0; j < columns; j++, k++) {
      if (bad[k]) continue
      outlineOf(xCorner, chiCorner, i * (columns + 1) + j, columns, outline)
      let [from, to] = [Infinity, -Infinity]
      for (let c = 0; c < outline.count; c++) {
        from = Math.min(from, outline.x[c]!)
        to = Math.max(to, outline.x[c]!)
      }
      if (!(to > edges[0]! && from < edges[count]! && to < Infinity)) continue
      const area = outlineArea(outline)
      if (!(Math.abs(area) > 0)) continue
      const first = Math.max(0, binOf(bins, from))
      const width = Math.min(count - 1, binOf(bins, to)) - first + 1
      if (!azimuth) {
        radialAreas(outline, edges, first, width, 1 / area, weights)
        builder.add(k, first, width, weights)
        continue
      }
      const size = azimuth.width / azimuth.bins
      const [low, high] = spanOf(outline)
      const start = turnFrom(azimuth.from, low)
      for (let turn = -360; turn <= 360; turn += 360) {
        // the outline's own azimuths, moved so that the sector begins at 0
        const move = start - low + turn
        for (let row = Math.max(0, Math.floor((low + move) / size)); row < azimuth.bins && row * size < high + move; row++) {
          clipStrip(outline, row * size - move, (row + 1) * size - move, scratch, clipped)
          if (clipped.count < 3) continue
          radialAreas(clipped, edges, first, width, 1 / area, weights)
          if (weights.subarray(0, width).some(w => w > 0)) builder.add(k, row * count + first, width, weights)
        }
      }
    }
  }
}

function spanOf({ chi, count }: Outline): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (let c = 0; c < count; c++) {
    low = Math.min(low, chi[c]!)
    high = Math.max(high, chi[c]!)
  }
  return [low, high]
}

/**
 * The corners of a pixel, azimuths side by side whatever side of the cut they lie on. A corner on the beam has all azimuths between those of its neighbours; a
 * pixel with the beam in it reaches all round, down to radius 0.
 */
function outlineOf(x: Float64Array, chi: Float64Array, first: number, columns: number, out: Outline): void {
  out.count = 0
  const put = (radius: number, azimuth: number): void => {
    out.x[out.count] = radius
    out.chi[out.count++] = azimuth
  }
  const corner = (c: number): number =>
    c === 0 ? first : c === 1 ? first + 1 : c === 2 ? first + columns + 2 : first + columns + 1
  // begin at a corner that has an azimuth
  const begin = x[first]! > 0 ? 0 : 1
  let here = chi[corner(begin)]!
  let winding = 0
  for (let s = 0; s < 4; s++) {
    const c = corner((begin + s) % 4)
    if (x[c]! === 0) {
      const next = chi[corner((begin + s + 1) % 4)]!
      put(0, here)
      here += wrapped(next - here)
      put(0, here)
      continue
    }
    const step = wrapped(chi[c]! - (here - 360 * Math.round(here / 360)))
    here += wrapped(step)
    winding += s === 0 ? 0 : step
    put(x[c]!, here)
  }
  const start = corner(begin)
  const last = wrapped(chi[start]! - (here - 360 * Math.round(here / 360)))
  if (Math.abs(winding + last) > 180 && out.count === 4) {
    here += last
    put(x[start]!, here)
    put(0, here)
    put(0, out.chi[0]!)
  }
}
