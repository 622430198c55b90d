/** A spot of a single grain on a frame. */
export interface Spot {
  /** Row of its centre of mass above background, pixels: the middle of the first pixel is 0.5. */
  readonly row: number
  /** Column. */
  readonly column: number
  /** Scattering angle, degrees. */
  readonly twoTheta: number
  /** Scattering vector, 1/Å; NaN without wavelength. */
  readonly q: number
  /** Azimuth, degrees, from -180 to 180. */
  readonly chi: number
  /** Intensity above the background of its ring. */
  readonly intensity: number
  /** Standard uncertainty of it: counts, and background. */
  readonly sigma: number
  /** Highest pixel above background. */
  readonly peak: number
  /** Pixels. */
  readonly pixels: number
  /** Whether a pixel is saturated: the intensity is a lower bound. */
  readonly saturated: boolean
  /** Whether it reaches the edge of the frame or a masked pixel: intensity and place are those of a part. */
  readonly cut: boolean
}
