import { AVOGADRO } from '../../core/constants.js'
import type { ElectronParameters } from './electronParameters.js'

/** Mean distance of atoms in nm, the cube root of the volume of one. */
const spacing = ({ molarMass, density, atoms }: ElectronParameters): number =>
  ((1e21 * molarMass) / (density * AVOGADRO * atoms)) ** (1 / 3)

/** Compounds: 0.02 band gap stands for the heat of formation, which is seldom at hand. */
const bound = ({ bandGap }: ElectronParameters): number => 1 - 0.02 * bandGap

/**
 * Inelastic mean free path by Seah's S1, from density and mean atomic number; 100 eV to 30 keV. No check of range: see `inelasticMeanFreePath`.
 * @param energy     Kinetic energy, eV.
 * @param parameters Of the material. With hydrogen the mean runs over all atoms.
 * @returns nm.
 * @see M. P. Seah, Surf. Interface Anal. 44 (2012) 497, equation S1
 * @example
 * ```ts
 * import { seahS1 } from 'operando/matter'
 * seahS1(1252.1, { valenceElectrons: 18, density: 5.06, molarMass: 160.07, bandGap: 1.23, atoms: 3, meanNumber: 74 / 3 }) // 2.31 nm, MoS2
 * ```
 */
export function seahS1(energy: number, parameters: ElectronParameters): number {
  const z = parameters.meanNumber
  return ((4 + 0.44 * Math.sqrt(z) + 0.104 * energy ** 0.872) * spacing(parameters) ** 1.7) / (z ** 0.3 * bound(parameters))
}

/**
 * Inelastic mean free path by Seah's S2, where only the atomic number is known.
 * @param energy     Kinetic energy, eV.
 * @param meanNumber Mean atomic number.
 * @returns nm.
 * @see M. P. Seah, Surf. Interface Anal. 44 (2012) 497, equation S2
 * @example
 * ```ts
 * import { seahS2 } from 'operando/matter'
 * seahS2(1000, 29) // 1.7 nm
 * ```
 */
export function seahS2(energy: number, meanNumber: number): number {
  return (0.73 + 0.0095 * energy ** 0.872) / meanNumber ** 0.3
}

/**
 * Effective attenuation length by Seah's S3: what a signal falls off with under an overlayer, elastic scattering included.
 * @param energy     Kinetic energy, eV.
 * @param parameters Of the overlayer.
 * @returns nm.
 * @see M. P. Seah, Surf. Interface Anal. 44 (2012) 1353, equation S3
 * @example
 * ```ts
 * import { seahS3 } from 'operando/matter'
 * seahS3(1000, { valenceElectrons: 4, density: 2.33, molarMass: 28.085, bandGap: 1.1, atoms: 1, meanNumber: 14 }) // 2.1 nm
 * ```
 */
export function seahS3(energy: number, parameters: ElectronParameters): number {
  const z = parameters.meanNumber
  return ((5.8 + 0.0041 * z ** 1.7 + 0.088 * energy ** 0.93) * spacing(parameters) ** 1.82) / (z ** 0.38 * bound(parameters))
}

/**
 * Effective attenuation length by Seah's S4, where only the atomic number is known.
 * @param energy     Kinetic energy, eV.
 * @param meanNumber Mean atomic number.
 * @returns nm.
 * @see M. P. Seah, Surf. Interface Anal. 44 (2012) 1353, equation S4
 * @example
 * ```ts
 * import { seahS4 } from 'operando/matter'
 * seahS4(1000, 14) // 1.8 nm
 * ```
 */
export function seahS4(energy: number, meanNumber: number): number {
  return (0.65 + 0.007 * energy ** 0.93) / meanNumber ** 0.38
}
