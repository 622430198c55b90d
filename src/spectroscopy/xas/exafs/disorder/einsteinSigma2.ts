import { ATOMIC_MASS, BOLTZMANN, HBAR } from '../../../../core/constants.js'
import { OperandoError } from '../../../../core/errors.js'

/** ħ² / (2 k u) in Å² K u: 24.2544. */
export const EINSTEIN_FACTOR: number = ((HBAR * HBAR) / (2 * BOLTZMANN * ATOMIC_MASS)) * 1e20

/** Refuses temperatures that are none. */
export function checkTemperatures(who: string, temperature: number, theta: number): void {
  if (temperature >= 0 && theta > 0 && Number.isFinite(temperature) && Number.isFinite(theta)) return
  throw new OperandoError(
    'E_RANGE',
    `${who}: a temperature of 0 K or more and a theta above 0 K expected, found ${temperature} and ${theta}.`,
  )
}

/**
 * Mean-square relative displacement of an Einstein oscillator: sigma2 = ħ² / (2 mu k theta) coth(theta / 2 T), in Å².
 *
 * @param temperature K; 0 gives the zero-point motion.
 * @param theta       Einstein temperature ħ omega / k, K.
 * @param mass        Reduced mass, u: see `reducedMass`.
 * @throws OperandoError `E_RANGE` for a temperature below 0, a theta or a mass of 0 or below.
 * @see Sevillano, Meuth, Rehr, Phys. Rev. B 20 (1979) 4908; Larch, sigma2_eins
 * @example
 * ```ts
 * import { einsteinSigma2, reducedMass } from 'operando/spectroscopy'
 * einsteinSigma2(300, 232, reducedMass(['Cu', 'Cu'])) // 0.0089 Å², copper
 * ```
 */
export function einsteinSigma2(temperature: number, theta: number, mass: number): number {
  checkTemperatures('einsteinSigma2', temperature, theta)
  if (!(mass > 0)) throw new OperandoError('E_RANGE', `einsteinSigma2: a mass above 0 expected, found ${mass}.`)
  const zeroPoint = EINSTEIN_FACTOR / (mass * theta)
  return temperature === 0 ? zeroPoint : zeroPoint / Math.tanh(theta / (2 * temperature))
}
