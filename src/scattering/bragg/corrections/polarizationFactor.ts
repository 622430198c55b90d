import { OperandoError } from '../../../core/errors.js'
import { thetaOf } from './lorentzFactor.js'

/**
 * How the beam was polarised where the pattern was made, and what of it is in the pattern still:
 * - `'unpolarised'`: a tube without monochromator, (1 + cos² 2theta)/2; also rings of any beam, meaned over the whole azimuth;
 * - `{ monochromator }`: a tube and a crystal at this 2theta_M in degrees, before or after the sample: (1 + A cos² 2theta)/(1 + A) with A = cos² 2theta_M (26.4 for
 *   graphite and Cu K-alpha);
 * - `{ degree, plane }`: a synchrotron beam with this degree of linear polarisation, 1 for all horizontal, seen by a detector that moves in this plane:
 *   `vertical` (the usual way) or `horizontal`;
 * - `'corrected'`: the integration has divided by it.
 */
export type Polarization =
  | 'unpolarised'
  | 'corrected'
  | {
      /** 2theta of the monochromator crystal, degrees. */
      readonly monochromator: number
    }
  | {
      /** Degree of linear polarisation, -1 (vertical) to 1 (horizontal). */
      readonly degree: number
      /** Plane in which the detector moves. Default vertical. */
      readonly plane?: 'vertical' | 'horizontal' | undefined
    }

/**
 * Polarisation factor of a powder line, 1 at 2theta = 0.
 * @param twoTheta     Scattering angle in degrees.
 * @param polarization How the beam was polarised.
 * @throws OperandoError `E_RANGE` outside 0 to 180 degrees or for a degree beyond 1, `E_ARGUMENT` for a word that is none of the above.
 * @see L. V. Azaroff, Acta Cryst. 8 (1955) 701 (monochromator); R. Kahn et al., J. Appl. Cryst. 15 (1982) 330 (synchrotron)
 * @example
 * ```ts
 * import { polarizationFactor } from 'operando/scattering'
 * polarizationFactor(90, 'unpolarised') // 0.5
 * polarizationFactor(90, { degree: 1 }) // 1: scattering in the vertical plane of a horizontal beam loses nothing
 * ```
 */
export function polarizationFactor(twoTheta: number, polarization: Polarization): number {
  const [constant, ofCosine] = polarizationTerms(polarization)
  return constant + ofCosine * Math.cos(2 * thetaOf(twoTheta)) ** 2
}

/**
 * The polarisation factor as a + b cos² 2theta.
 * @param polarization How the beam was polarised.
 */
export function polarizationTerms(polarization: Polarization): readonly [constant: number, ofCosine: number] {
  if (polarization === 'corrected') return [1, 0]
  if (polarization === 'unpolarised') return [0.5, 0.5]
  if (typeof polarization === 'object' && 'monochromator' in polarization) {
    const a = Math.cos((polarization.monochromator * Math.PI) / 180) ** 2
    return [1 / (1 + a), a / (1 + a)]
  }
  if (typeof polarization === 'object' && 'degree' in polarization) {
    const { degree, plane = 'vertical' } = polarization
    if (!(Math.abs(degree) <= 1))
      throw new OperandoError('E_RANGE', `polarization: degree = ${degree}, -1 to 1 expected (0.95 to 1 at a synchrotron).`)
    // what is polarised in the scattering plane is weakened by cos²
    const inPlane = plane === 'horizontal' ? (1 + degree) / 2 : (1 - degree) / 2
    return [1 - inPlane, inPlane]
  }
  throw new OperandoError(
    'E_ARGUMENT',
    `polarization: 'unpolarised', 'corrected', { monochromator } or { degree, plane } expected, found ${JSON.stringify(polarization)}.`,
  )
}
