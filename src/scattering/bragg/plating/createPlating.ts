import { FARADAY } from '../../../core/constants.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { type Length, toValue } from '../../../core/quantity.js'
import { density } from '../../../model/crystal/cellContents.js'
import { dSpacing } from '../../../model/crystal/dSpacing.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import { createStructure, type Structure } from '../../../model/crystal/structure.js'
import type { Polarization } from '../corrections/polarizationFactor.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import { powderReflections } from '../powderReflections.js'
import { numberAndError } from '../quickLooks/measuredLine.js'

/** Options of {@link createPlating}. */
export interface PlatingOptions {
  /** What the line of lithium is held against: a phase of which the mass in the beam is known, such as the graphite before charge, or the copper of the collector. */
  reference: {
    /** Its structure, with displacement parameters. */
    readonly structure: Structure
    /** The line that is measured. */
    readonly hkl: Hkl
    /** Its mass per area of the cell, mg/cm². */
    readonly massPerArea: number | Estimate
  }
  /** Wavelength, Å. */
  wavelength: Length
  /** The line of lithium. Default 110, its strongest. */
  hkl?: Hkl | undefined
  /** Mean square displacement of lithium metal, Å²: takes a third of its 110. Default 0.06, at room temperature. */
  uIso?: number | undefined
  /** How the beam was polarised, and whether that is corrected already. Default `'corrected'`. */
  polarization?: Polarization | undefined
}

/** Lithium metal in the beam. */
export interface PlatedLithium {
  /** Mass per area, mg/cm²; below 0 where noise has it so. */
  readonly mass: Estimate
  /** Thickness if it were a dense film, µm. */
  readonly thickness: Estimate
  /** Charge that it holds, mAh/cm². */
  readonly capacity: Estimate
  /** Whether it stands out of the noise: above the critical level, 1.645 standard errors, of no lithium at all. `null` without standard errors. */
  readonly isSeen: boolean | null
  /** Mass that would be seen in 95 of 100 cases, mg/cm²: 3.29 standard errors. `null` without standard errors. */
  readonly detectionLimit: number | null
}

/** A plan made by {@link createPlating}. */
export interface Plating {
  /** Mass ratio, lithium to reference, at which the two lines have equal areas. */
  readonly massRatio: number
  /**
   * Lithium of one frame.
   * @param lithium   Area of its line, from a fit that lets it be below 0 (`negativeAreas`), degrees 2theta times intensity.
   * @param reference Area of the reference's line in the same pattern.
   * @throws OperandoError `E_RANGE` for a reference that is not above 0.
   */
  measure(lithium: number | Estimate, reference: number | Estimate): PlatedLithium
}

const OPTIONS: FieldsOf<PlatingOptions> = { reference: true, wavelength: true, hkl: true, uIso: true, polarization: true }
/** g/mol. */
const LITHIUM = 6.94

/**
 * Prepares the quantification of plated lithium by one of its lines, against a line of a phase of known mass in the same pattern: both areas go with the number of cells, multiplicity, |F|² and the Lorentz factor.
 *
 * Plated lithium is often textured, and graphite is: an orientation that favours or hides the line falls straight into the mass. Average over the azimuth, and see whether 200 says the same. Absorption in the layers
 * is taken to be the same for both lines.
 *
 * @param options Reference, wavelength.
 * @throws OperandoError `E_MISSING` where a structure does not have the line, `E_RANGE` for a mass that is not above 0.
 * @see M. R. Cosby et al., J. Electrochem. Soc. 169 (2022) 020571 (lithium seen by diffraction in pouch cells); L. A. Currie, Anal. Chem. 40 (1968) 586 (limits)
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { createPlating } from 'operando/scattering'
 * const copper = createStructure({ name: 'Cu', cell: { a: 3.615 }, spaceGroup: 'Fm-3m', sites: [{ element: 'Cu', position: [0, 0, 0], uIso: 0.007 }] })
 * // a collector of 10 µm: 8.96 mg/cm²
 * const plating = await createPlating({ reference: { structure: copper, hkl: [1, 1, 1], massPerArea: 8.96 }, wavelength: 0.1173 })
 * const { mass, capacity, detectionLimit } = plating.measure({ value: 0.9, standardError: 0.1 }, { value: 700, standardError: 2 })
 * console.log(mass, capacity, detectionLimit)
 * ```
 */
export async function createPlating(options: PlatingOptions): Promise<Plating> {
  assertKnown(options, 'createPlating options', OPTIONS)
  assertFields(options, 'createPlating options', ['reference', 'wavelength'])
  assertFields(options.reference, 'createPlating: reference', ['structure', 'hkl', 'massPerArea'])
  const { hkl = [1, 1, 0], uIso = 0.06, polarization } = options
  const wavelength = toValue(options.wavelength, 'Å', 'wavelength')
  const known = numberAndError(options.reference.massPerArea)
  if (!(known.value > 0 && uIso >= 0))
    throw new OperandoError('E_RANGE', `createPlating: massPerArea = ${known.value} mg/cm², uIso = ${uIso} Å²: above 0 expected.`)
  const metal = createStructure({
    name: 'Li',
    cell: { a: 3.5093 },
    spaceGroup: 'Im-3m',
    sites: [{ element: 'Li', position: [0, 0, 0], uIso }],
  })
  const perMass = async (structure: Structure, line: Hkl): Promise<number> => {
    const [h, k, l] = line
    const { lines } = await powderReflections(structure, {
      wavelength,
      dMin: 0.95 * dSpacing(structure.cell, line),
      polarization,
    })
    const found = lines.find(({ hkl: own }) => own[0] === h && own[1] === k && own[2] === l)
    if (!found)
      throw new OperandoError(
        'E_MISSING',
        `createPlating: ${structure.name} has no line ${line.join(' ')} at this wavelength; it has ${lines.map(own => own.hkl.join(' ')).join(', ')}.`,
      )
    // intensity per volume over density
    return found.intensity / density(structure)
  }
  const [lithium, reference] = await Promise.all([
    perMass(metal, hkl),
    perMass(options.reference.structure, options.reference.hkl),
  ])
  const massRatio = reference / lithium
  const metalDensity = density(metal)
  return {
    massRatio,
    measure(lithiumArea, referenceArea) {
      const line = numberAndError(lithiumArea)
      const against = numberAndError(referenceArea)
      if (!(against.value > 0) || !Number.isFinite(line.value))
        throw new OperandoError(
          'E_RANGE',
          `Plating: areas ${line.value} and ${against.value}: a number, and one above 0, expected.`,
        )
      const scale = (known.value * massRatio) / against.value
      const value = line.value * scale
      const relative = Math.hypot((against.standardError ?? 0) / against.value, (known.standardError ?? 0) / known.value)
      const standardError = line.standardError === null ? null : Math.hypot(line.standardError * scale, value * relative)
      const times = (factor: number): Estimate => ({
        value: value * factor,
        standardError: standardError === null ? null : standardError * factor,
      })
      // of no lithium at all only the line itself is uncertain
      const atZero = line.standardError === null ? null : line.standardError * scale
      return {
        mass: { value, standardError },
        // mg/cm² over g/cm³ is 10 µm
        thickness: times(10 / metalDensity),
        // mg to mol to C to mAh
        capacity: times(FARADAY / LITHIUM / 3600),
        isSeen: atZero === null ? null : value > 1.645 * atZero,
        detectionLimit: atZero === null ? null : 3.29 * atZero,
      }
    },
  }
}
