import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { type Angle, type Energy, type Length, toValue } from '../../core/quantity.js'

/** sin(theta) of a fixed detector. */
export function sineOfTheta(twoTheta: Angle): number {
  const angle = toValue(twoTheta, 'deg', 'twoTheta')
  if (!(angle > 0 && angle < 180))
    throw new OperandoError('E_RANGE', `twoTheta = ${angle} degrees: above 0 and below 180 expected.`)
  return Math.sin((angle * Math.PI) / 360)
}

/**
 * Spacing of the planes that diffract photons of an energy to a detector at a fixed angle: d = hc / (2 E sin(theta)).
 * @param energy   eV.
 * @param twoTheta Angle of the detector, degrees.
 * @returns Å.
 * @throws OperandoError `E_RANGE` for an energy not above 0 or an angle outside 0 to 180 degrees.
 * @see B. C. Giessen, G. E. Gordon, Science 159 (1968) 973
 * @example
 * ```ts
 * import { spacingOfEnergy } from 'operando/scattering'
 * spacingOfEnergy('60 keV', 3.5) // 3.38 Å
 * ```
 */
export function spacingOfEnergy(energy: Energy, twoTheta: Angle): number {
  const value = toValue(energy, 'eV', 'energy')
  if (!(value > 0)) throw new OperandoError('E_RANGE', `energy = ${value} eV: above 0 expected.`)
  return HC_EV_ANGSTROM / (2 * value * sineOfTheta(twoTheta))
}

/**
 * Energy that planes diffract to a detector at a fixed angle: E = hc / (2 d sin(theta)).
 * @param spacing  Å.
 * @param twoTheta Angle of the detector, degrees.
 * @returns eV.
 * @throws OperandoError `E_RANGE` for a spacing not above 0 or an angle outside 0 to 180 degrees.
 * @example
 * ```ts
 * import { energyOfSpacing } from 'operando/scattering'
 * energyOfSpacing(3.355, 3.5) // 60.5 keV: graphite
 * ```
 */
export function energyOfSpacing(spacing: Length, twoTheta: Angle): number {
  const value = toValue(spacing, 'Å', 'spacing')
  if (!(value > 0)) throw new OperandoError('E_RANGE', `spacing = ${value} Å: above 0 expected.`)
  return HC_EV_ANGSTROM / (2 * value * sineOfTheta(twoTheta))
}

/** What the width of lines of an energy-dispersive detector follows from. */
export interface EnergyResolution {
  /** Electronic noise, full width at half maximum, eV. Default 200. */
  noise?: Energy | undefined
  /** Fano factor. Default 0.11 (germanium). */
  fano?: number | undefined
  /** Energy for one electron-hole pair, eV. Default 2.96 (germanium at 77 K; 3.66 silicon, 4.43 CdTe). */
  pairEnergy?: number | undefined
  /** Divergence: spread of 2theta as full width at half maximum, degrees, with `twoTheta`; widens lines of diffraction, not of fluorescence. Default 0. */
  divergence?: Angle | undefined
  /** Angle of the detector, degrees, with `divergence`. */
  twoTheta?: Angle | undefined
}

/**
 * Full width at half maximum of a line in an energy-dispersive detector: noise, statistics of pairs 8 ln 2 F w E, and divergence E cot(theta) d(theta), in squares.
 * @param energy     eV.
 * @param resolution Noise, Fano factor, pair energy, divergence.
 * @returns eV.
 * @throws OperandoError `E_RANGE` for numbers below 0, `E_MISSING` for a divergence without angle.
 * @see G. F. Knoll, Radiation Detection and Measurement, ch. 12; B. Buras, L. Gerward, Prog. Cryst. Growth Charact. 18 (1989) 93
 * @example
 * ```ts
 * import { energyWidth } from 'operando/scattering'
 * energyWidth('122 keV') // 510 eV
 * ```
 */
export function energyWidth(energy: Energy, resolution: EnergyResolution = {}): number {
  const value = toValue(energy, 'eV', 'energy')
  const noise = toValue(resolution.noise ?? 200, 'eV', 'noise')
  const { fano = 0.11, pairEnergy = 2.96, divergence } = resolution
  if (!(value > 0 && noise >= 0 && fano >= 0 && pairEnergy > 0))
    throw new OperandoError(
      'E_RANGE',
      `energyWidth: energy = ${value} eV, noise = ${noise} eV, fano = ${fano}, pairEnergy = ${pairEnergy} eV: above 0 expected.`,
    )
  let square = noise ** 2 + 8 * Math.LN2 * fano * pairEnergy * value
  if (divergence !== undefined) {
    if (resolution.twoTheta === undefined)
      throw new OperandoError('E_MISSING', 'energyWidth: a divergence needs the angle of the detector, twoTheta.')
    const sine = sineOfTheta(resolution.twoTheta)
    const half = (toValue(divergence, 'deg', 'divergence') * Math.PI) / 360
    square += (value * half) ** 2 * (1 / sine ** 2 - 1)
  }
  return Math.sqrt(square)
}
