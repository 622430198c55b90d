import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { type Angle, type Length, toValue } from '../../core/quantity.js'
import { cellVolume } from '../../model/crystal/cellVolume.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import { reflections } from '../../model/crystal/reflections.js'
import type { Structure } from '../../model/crystal/structure.js'
import { lorentzFactor } from './corrections/lorentzFactor.js'
import { type Polarization, polarizationFactor } from './corrections/polarizationFactor.js'
import type { PowderReflection } from './simulatePattern.js'
import { createStructureFactors } from './structureFactors/createStructureFactors.js'

/** Options of {@link powderReflections}. */
export interface PowderReflectionOptions {
  /** Wavelength in Å. */
  wavelength: Length
  /** Largest 2theta in degrees. Default: as far as `dMin` says. */
  twoThetaMax?: Angle | undefined
  /** Smallest spacing in Å. Default: as far as `twoThetaMax` says. */
  dMin?: Length | undefined
  /** How the beam was polarised, and whether that is corrected already. Default `'corrected'`, as azimuthal integration does. */
  polarization?: Polarization | undefined
  /** Whether f' and f'' are added. Default true. */
  dispersion?: boolean | undefined
}

const OPTIONS: FieldsOf<PowderReflectionOptions> = {
  wavelength: true,
  twoThetaMax: true,
  dMin: true,
  polarization: true,
  dispersion: true,
}

/** A line of a powder pattern, with what decides where and how strong it is. */
export interface PowderLine extends PowderReflection {
  /** Spacing in Å. */
  readonly d: number
  /** Scattering angle in degrees. */
  readonly twoTheta: number
  /** Integrated intensity per volume of sample, relative: m |F|² L P / V². */
  readonly intensity: number
}

/** The lines of a structure, by falling d, and what was doubtful. */
export interface PowderReflections {
  /** The lines. */
  readonly lines: readonly PowderLine[]
  /** Of the structure, and ions that stand as neutral atoms. */
  readonly warnings: readonly Issue[]
}

/**
 * The powder lines of a crystal structure: positions, multiplicities, |F|² and intensities. The lines serve as `reflections` of a phase to fit ({@link createPhaseFit}) or to simulate
 * ({@link simulatePattern}). Lines that the space group allows but the atoms cancel stay in the list, with |F|² near 0.
 *
 * @param structure A structure, of a CIF for instance.
 * @param options   Wavelength and range.
 * @throws OperandoError `E_ARGUMENT` without a range, `E_RANGE` for a wavelength that means nothing or beyond the tables, and as {@link createStructureFactors}.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { powderReflections } from 'operando/scattering'
 * const ceria = createStructure({
 *   cell: { a: 5.4116 },
 *   spaceGroup: 'Fm-3m',
 *   sites: [{ element: 'Ce', position: [0, 0, 0] }, { element: 'O', position: [0.25, 0.25, 0.25] }],
 * })
 * const { lines } = await powderReflections(ceria, { wavelength: 0.4066, twoThetaMax: 20 })
 * for (const { hkl, twoTheta, intensity } of lines) console.log(hkl.join(' '), twoTheta.toFixed(3), intensity.toPrecision(3))
 * ```
 */
export async function powderReflections(structure: Structure, options: PowderReflectionOptions): Promise<PowderReflections> {
  assertKnown(options, 'powderReflections options', OPTIONS)
  const wavelength = toValue(options.wavelength, 'Å', 'wavelength')
  if (!(wavelength > 0 && Number.isFinite(wavelength)))
    throw new OperandoError('E_RANGE', `wavelength = ${wavelength} Å: a positive one was expected.`)
  const { polarization = 'corrected', dispersion } = options
  const list = reflections(structure.cell, structure.spaceGroup, { dMin: smallestSpacing(options, wavelength) })
  const factors = await createStructureFactors(structure, list, { wavelength, dispersion })
  const f2 = factors.squares()
  const volume = cellVolume(structure.cell)
  const lines: PowderLine[] = []
  for (let n = 0; n < list.count; n++) {
    const d = list.d[n]!
    const sine = wavelength / (2 * d)
    // back-scattering itself is no line
    if (sine >= 1) break
    const twoTheta = (2 * Math.asin(sine) * 180) / Math.PI
    const multiplicity = list.multiplicity[n]!
    lines.push({
      hkl: [...list.hkl.subarray(3 * n, 3 * n + 3)] as unknown as Hkl,
      multiplicity,
      f2: f2[n]!,
      d,
      twoTheta,
      intensity: (multiplicity * f2[n]! * lorentzFactor(twoTheta) * polarizationFactor(twoTheta, polarization)) / volume ** 2,
    })
  }
  return { lines, warnings: [...structure.warnings, ...factors.warnings] }
}

function smallestSpacing({ twoThetaMax, dMin }: PowderReflectionOptions, wavelength: number): number {
  if (twoThetaMax === undefined && dMin === undefined)
    throw new OperandoError('E_ARGUMENT', 'powderReflections: twoThetaMax (degrees) or dMin (Å) expected, to know where to end.')
  const byAngle =
    twoThetaMax === undefined ? 0 : wavelength / (2 * Math.sin((toValue(twoThetaMax, 'deg', 'twoThetaMax') * Math.PI) / 360))
  // no line is seen below half the wavelength
  return Math.max(byAngle, dMin === undefined ? 0 : toValue(dMin, 'Å', 'dMin'), wavelength / 2)
}
