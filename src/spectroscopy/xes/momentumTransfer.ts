import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'

/**
 * Momentum transfer of inelastic scattering, q = |k1 - k2| in 1/Angstrom: at q times the radius of the core orbital well below 1 transitions are dipole transitions as in absorption; at larger q others appear, which is what a
 * q dependence shows.
 *
 * @param incident Energy of the incident photons, eV.
 * @param loss     Energy loss, eV, below `incident`.
 * @param twoTheta Scattering angle, degrees.
 * @throws OperandoError `E_RANGE` for energies that are not positive.
 * @example
 * ```ts
 * import { momentumTransfer } from 'operando/spectroscopy'
 * momentumTransfer(9890, 285, 35) // 2.98... 1/Angstrom
 * ```
 */
export function momentumTransfer(incident: number, loss: number, twoTheta: number): number {
  if (!(incident > 0 && loss < incident && Number.isFinite(loss) && Number.isFinite(twoTheta)))
    throw new OperandoError(
      'E_RANGE',
      `momentumTransfer: an incident energy above 0 and a loss below it expected, found ${incident} and ${loss} eV at ${twoTheta} degrees.`,
    )
  const perEnergy = (2 * Math.PI) / HC_EV_ANGSTROM
  const k1 = incident * perEnergy
  const k2 = (incident - loss) * perEnergy
  const half = Math.sin((twoTheta * Math.PI) / 360)
  // the cosine form loses digits at small angles
  return Math.sqrt((k1 - k2) ** 2 + 4 * k1 * k2 * half * half)
}
