import { OperandoError } from '../../../core/errors.js'

const RADIANS = Math.PI / 180

/** theta in radians of a scattering angle that a line can have. */
export function thetaOf(twoTheta: number): number {
  if (twoTheta > 0 && twoTheta < 180) return (twoTheta / 2) * RADIANS
  throw new OperandoError('E_RANGE', `twoTheta = ${twoTheta} degrees: above 0 and below 180 expected.`, {
    details: { found: twoTheta },
  })
}

/**
 * Lorentz factor of a powder line measured over 2theta: 1/(sin² theta cos theta). The same, up to a constant, for Bragg-Brentano and Debye-Scherrer, and for rings integrated over
 * azimuth with the solid angle corrected.
 * @param twoTheta Scattering angle in degrees.
 * @throws OperandoError `E_RANGE` outside 0 to 180 degrees.
 * @see B. E. Warren, X-Ray Diffraction (1969), ch. 4; International Tables for Crystallography C (2004), 6.2
 * @example
 * ```ts
 * import { lorentzFactor } from 'operando/scattering'
 * lorentzFactor(60) // 1 / (sin² 30° cos 30°) = 4.62
 * ```
 */
export function lorentzFactor(twoTheta: number): number {
  const theta = thetaOf(twoTheta)
  return 1 / (Math.sin(theta) ** 2 * Math.cos(theta))
}
