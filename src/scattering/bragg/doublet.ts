/** Two lines of one X-ray tube, of which each reflection makes two peaks. */
export interface Doublet {
  /** Wavelengths in Å: that which the peak is told by, and the other. */
  readonly wavelengths: readonly [number, number]
  /** Intensity of the second line over that of the first. */
  readonly ratio: number
}

/**
 * Kα1 and Kα2 of laboratory tubes, Å, with the ratio 0.5 that all Rietveld programs start from (measured ones are some 0.50 to 0.52).
 * @see G. Hölzer et al., Phys. Rev. A 56 (1997) 4554 (Cr to Cu); R. D. Deslattes et al., Rev. Mod. Phys. 75 (2003) 35 (Mo, Ag)
 */
export const K_ALPHA: Readonly<Record<'Cr' | 'Fe' | 'Co' | 'Cu' | 'Mo' | 'Ag', Doublet>> = {
  Cr: { wavelengths: [2.289726, 2.293651], ratio: 0.5 },
  Fe: { wavelengths: [1.936041, 1.939973], ratio: 0.5 },
  Co: { wavelengths: [1.788996, 1.792835], ratio: 0.5 },
  Cu: { wavelengths: [1.5405929, 1.5444274], ratio: 0.5 },
  Mo: { wavelengths: [0.70931715, 0.713607], ratio: 0.5 },
  Ag: { wavelengths: [0.55942178, 0.5638131], ratio: 0.5 },
}

const RADIANS = Math.PI / 180

/**
 * Where the second line of a doublet puts a peak, and how that moves with the first. Kernel.
 * @param centre   Peak of the first line: degrees 2theta, or a q that was computed with the first wavelength.
 * @param quotient Second wavelength over the first.
 * @param axis     What centre is.
 * @param out      Receives the second centre and d(second)/d(first). Beyond 180 degrees there is none: NaN.
 */
export function secondLine(centre: number, quotient: number, axis: 'twoTheta' | 'q', out: Float64Array): void {
  if (axis === 'q') {
    out[0] = centre * quotient
    out[1] = quotient
    return
  }
  const theta = 0.5 * RADIANS * centre
  const sine = Math.sin(theta) * quotient
  out[0] = (2 * Math.asin(sine)) / RADIANS
  out[1] = (quotient * Math.cos(theta)) / Math.sqrt(1 - sine * sine)
}
