import type { SparseBuilder } from '../../numeric/sparse/sparseBuilder.js'
import { type Azimuth, turnFrom } from './azimuth.js'
import { type Bins, binOf } from './bins.js'
import type { Pixels } from './pixels.js'

/**
 * Each pixel goes whole to the bin that its centre lies in.
 * @param pixels  Where pixels lie.
 * @param bins    Radial bins.
 * @param azimuth Sector, and its bins.
 * @param closed  Whether the last edge belongs to the last bin: it is the largest coordinate that there is.
 * @param builder Receives the entries.
 */
export function splitCentre(
  pixels: Pixels,
  bins: Bins,
  azimuth: Azimuth | undefined,
  closed: boolean,
  builder: SparseBuilder,
): void {
  const { bad, x, chi } = pixels
  const whole = Float64Array.of(1)
  const low = bins.edges[0]!
  const high = bins.edges[bins.count]!
  for (let k = 0; k < x.length; k++) {
    const place = x[k]!
    if (bad[k] || !(place >= low && (place < high || (closed && place === high)))) continue
    let row = 0
    if (azimuth) {
      const turned = turnFrom(azimuth.from, chi[k]!)
      if (turned >= azimuth.width) continue
      row = Math.min(azimuth.bins - 1, Math.floor((turned * azimuth.bins) / azimuth.width))
    }
    builder.add(k, row * bins.count + Math.min(binOf(bins, place), bins.count - 1), 1, whole)
  }
}
