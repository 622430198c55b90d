import { OperandoError } from '../../../core/errors.js'
import { thetaOf } from './lorentzFactor.js'

/**
 * Absorption in a flat plate normal to the beam, seen in transmission, relative to 2theta = 0: the mean over the depth of scattering of what the longer way out leaves. A flat cell takes
 * intensity from high angles by it.
 * @param twoTheta Scattering angle, degrees, below 90.
 * @param muT      Attenuation of the plate along its normal: mu times thickness.
 * @throws OperandoError `E_RANGE` for angles outside 0 to 90 degrees or a negative muT.
 * @see International Tables for Crystallography C (2004), 6.3.3.3
 * @example
 * ```ts
 * import { plateAbsorption } from 'operando/scattering'
 * plateAbsorption(30, 1.5) // 0.892
 * ```
 */
export function plateAbsorption(twoTheta: number, muT: number): number {
  const cos = Math.cos(2 * thetaOf(twoTheta))
  if (!(cos > 0))
    throw new OperandoError('E_RANGE', `twoTheta = ${twoTheta} degrees: a plate in transmission sends nothing beyond 90.`)
  if (!(muT >= 0 && Number.isFinite(muT))) throw new OperandoError('E_RANGE', `muT = ${muT}: not below 0 expected.`)
  const longer = muT * (1 / cos - 1)
  return longer < 1e-8 ? 1 - longer / 2 : -Math.expm1(-longer) / longer
}
