import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { IndexedSpot } from './indexSpots.js'
import type { Spot } from './spotTypes.js'

/** Options of {@link trackSpots}. */
export interface TrackSpotsOptions {
  /** How far a spot may move from frame to frame along its radius: part of q. Default 0.003. */
  radial?: number | undefined
  /** How far in azimuth, degrees. Default 1. */
  azimuth?: number | undefined
  /** Frames that it may be missing and still be the same. Default 2. */
  gap?: number | undefined
  /** Least frames of a track. Default 3. */
  minFrames?: number | undefined
}

/** A grain's spot through a series. */
export interface SpotTrack<Found extends Spot = Spot> {
  /** Frames in which it was seen, rising. */
  readonly frames: readonly number[]
  /** The spot in each of them. */
  readonly spots: readonly Found[]
  /** Relative change of its spacing from the first frame to the last: (d - d0) / d0. */
  readonly strain: number
  /** Turn about the beam from the first frame to the last, degrees. */
  readonly rotation: number
  /** Whether it was there in the first frame of the series, and in the last: a grain that appears or vanishes in between has turned, transformed, or been born. */
  readonly appears: boolean
  /** See `appears`. */
  readonly vanishes: boolean
}

const OPTIONS: FieldsOf<TrackSpotsOptions> = { radial: true, azimuth: true, gap: true, minFrames: true }
const turned = (from: number, to: number): number => ((((to - from + 180) % 360) + 360) % 360) - 180

/**
 * Follows spots through a series: each goes to the nearest of the next frame within its reach, the nearest pairs first, and a ring's indices, where spots have them, stay the same. Spots that cross within their reach may
 * be mistaken for each other.
 * @param series  Spots frame by frame, of `find` or {@link indexSpots}.
 * @param options Reach, gaps, least length.
 * @returns Tracks by falling mean intensity.
 * @throws OperandoError `E_ARGUMENT` for what is no series, `E_RANGE` for a reach that is not above 0.
 * @example
 * ```ts
 * import { trackSpots } from 'operando/scattering'
 * const spot = (q: number, chi: number) => ({ row: 0, column: 0, twoTheta: 5, q, chi, intensity: 100, sigma: 10, peak: 50, pixels: 4, saturated: false, cut: false })
 * const [track] = trackSpots([[spot(3, 179.8)], [spot(2.998, -179.9)], [], [spot(2.994, -179.5)]])
 * console.log(track?.frames, track?.strain, track?.rotation) // 0, 1, 3: d grew by 0.002, turned by 0.7 degrees
 * ```
 */
export function trackSpots<Found extends Spot = Spot>(
  series: readonly (readonly Found[])[],
  options: TrackSpotsOptions = {},
): SpotTrack<Found>[] {
  assertKnown(options, 'trackSpots options', OPTIONS)
  const { radial = 0.003, azimuth = 1, gap = 2, minFrames = 3 } = options
  if (!Array.isArray(series as unknown) || series.some(frame => !Array.isArray(frame as unknown)))
    throw new OperandoError('E_ARGUMENT', 'trackSpots: a list of spots for each frame expected.')
  if (!(radial > 0 && azimuth > 0 && gap >= 0 && minFrames >= 1))
    throw new OperandoError(
      'E_RANGE',
      `trackSpots: radial = ${radial}, azimuth = ${azimuth}, gap = ${gap}, minFrames = ${minFrames}: above 0 (gap from 0) expected.`,
    )
  const tracks: { frames: number[]; spots: Found[] }[] = []
  for (const [frame, spots] of series.entries()) {
    const open = tracks.filter(track => frame - track.frames.at(-1)! <= gap + 1)
    const pairs: { track: (typeof tracks)[0]; spot: Found; distance: number }[] = []
    for (const track of open) {
      const last = track.spots.at(-1)!
      for (const spot of spots) {
        if (ringOf(spot) !== ringOf(last)) continue
        // angles serve where there is no wavelength
        const [here, there] = [spot.q || spot.twoTheta, last.q || last.twoTheta]
        const distance = Math.hypot((here / there - 1) / radial, turned(last.chi, spot.chi) / azimuth)
        if (distance <= 1) pairs.push({ track, spot, distance })
      }
    }
    pairs.sort((a, b) => a.distance - b.distance)
    const taken = new Set<unknown>()
    for (const { track, spot } of pairs) {
      if (taken.has(track) || taken.has(spot)) continue
      taken.add(track).add(spot)
      track.frames.push(frame)
      track.spots.push(spot)
    }
    for (const spot of spots) if (!taken.has(spot)) tracks.push({ frames: [frame], spots: [spot] })
  }
  const meanOf = ({ spots }: { spots: readonly Found[] }): number =>
    spots.reduce((sum, { intensity }) => sum + intensity, 0) / spots.length
  return tracks
    .filter(({ frames }) => frames.length >= minFrames)
    .sort((a, b) => meanOf(b) - meanOf(a))
    .map(({ frames, spots }) => {
      const [first, last] = [spots[0]!, spots.at(-1)!]
      const spacing = (spot: Spot): number => 1 / Math.sin((spot.twoTheta * Math.PI) / 360)
      return {
        frames,
        spots,
        strain: (first.q && last.q ? first.q / last.q : spacing(last) / spacing(first)) - 1,
        rotation: spots.slice(1).reduce((sum, spot, i) => sum + turned(spots[i]!.chi, spot.chi), 0),
        appears: frames[0] !== 0,
        vanishes: frames.at(-1) !== series.length - 1,
      }
    })
}

/** The ring of a spot that was indexed. */
function ringOf(spot: Spot): string {
  const { phase, hkl } = spot as Partial<IndexedSpot>
  return hkl ? `${phase} ${hkl.join(' ')}` : ''
}
