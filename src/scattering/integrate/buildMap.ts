import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { SparseBuilder } from '../../numeric/sparse/sparseBuilder.js'
import type { SparseMap } from '../../numeric/sparse/sparseMap.js'
import type { Geometry } from '../geometry/createGeometry.js'
import type { RadialAxis } from '../geometry/radialAxis.js'
import { type Azimuth, turnFrom } from './azimuth.js'
import { type Bins, evenBins, unevenBins } from './bins.js'
import { type Pixels, pixelsOf, radialExtent, type Splitting } from './pixels.js'
import { splitBox } from './splitBox.js'
import { splitCentre } from './splitCentre.js'
import { splitFull } from './splitFull.js'

/** What a map is built from. */
export interface MapRequest {
  /** Radial axis. */
  readonly axis: RadialAxis
  /** Number of even bins, or edges. */
  readonly bins: number | NumbersLike
  /** Range of even bins; default: all pixels that count. */
  readonly range?: readonly [number, number] | undefined
  /** How pixels are shared. */
  readonly split: Splitting
  /** Sector of azimuth. */
  readonly azimuth?: Azimuth | undefined
  /** Whether its bins are an axis of the result. */
  readonly byAzimuth: boolean
  /** 1 for pixels to leave out. */
  readonly bad: Uint8Array
}

/** The map from pixels to bins: radial bins fastest, then bins of azimuth. */
export function buildMap(geometry: Geometry, request: MapRequest): { map: SparseMap; bins: Bins } {
  const { axis, split, azimuth, byAzimuth, bad } = request
  const pixels = pixelsOf(geometry, axis, bad, split, azimuth === undefined ? 'none' : byAzimuth ? 'bins' : 'sector')
  const even = typeof request.bins === 'number'
  const bins = even ? evenBins(...(request.range ?? extent(pixels, split, azimuth)), request.bins) : unevenBins(request.bins)
  const builder = new SparseBuilder(bad.length, bins.count * (byAzimuth ? azimuth!.bins : 1))
  if (split === 'none') splitCentre(pixels, bins, azimuth, even && request.range === undefined, builder)
  else if (split === 'box') splitBox(pixels, bins, azimuth, builder)
  else splitFull(pixels, bins, azimuth, builder)
  return { map: builder.finish(), bins }
}

/** @throws OperandoError `E_ARGUMENT` where no pixel is left. */
function extent(pixels: Pixels, split: Splitting, azimuth: Azimuth | undefined): [number, number] {
  const { bad, chi } = pixels
  const outside =
    azimuth && azimuth.width < 360 ? bad.map((b, k) => (b || turnFrom(azimuth.from, chi[k]!) >= azimuth.width ? 1 : 0)) : bad
  const range = radialExtent({ ...pixels, bad: outside }, split)
  if (range[0] < range[1]) return range
  throw new OperandoError(
    'E_ARGUMENT',
    'No pixel is left to integrate: is the mask the wrong way round (1 = leave out), or the sector empty?',
  )
}
