import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Energy, toValue } from '../../core/quantity.js'
import { cellVolume } from '../../model/crystal/cellVolume.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import { reflections } from '../../model/crystal/reflections.js'
import type { Structure } from '../../model/crystal/structure.js'
import { createStructureFactors } from '../bragg/structureFactors/createStructureFactors.js'
import { sineOfTheta } from './energyAxis.js'

/** Options of {@link edxrdLines}. */
export interface EdxrdLinesOptions {
  /** Angle of the detector, degrees. */
  twoTheta: Angle
  /** Range of energies, eV. */
  energyRange: readonly [low: Energy, high: Energy]
  /** Photons of the incident beam by energy (eV), per eV: relative. Default the same at all. */
  spectrum?: ((energy: number) => number) | undefined
  /** Part of the photons of an energy (eV) that pass sample and cell, in and out, and are counted by the detector. Default 1. */
  transmission?: ((energy: number) => number) | undefined
  /** Whether f' and f'' at the energy of each line are added. Default true. */
  dispersion?: boolean | undefined
}

/** A line of an energy-dispersive pattern. */
export interface EdxrdLine {
  /** Miller indices. */
  readonly hkl: Hkl
  /** Spacing, Å. */
  readonly d: number
  /** Energy at the fixed angle, eV. */
  readonly energy: number
  /** How many planes fall together. */
  readonly multiplicity: number
  /** |F|² at that energy, electrons². */
  readonly f2: number
  /** Integrated intensity per volume of sample, relative. */
  readonly intensity: number
}

const OPTIONS: FieldsOf<EdxrdLinesOptions> = {
  twoTheta: true,
  energyRange: true,
  spectrum: true,
  transmission: true,
  dispersion: true,
}

/**
 * Lines of a structure in energy-dispersive diffraction at a fixed angle: energies and integrated intensities m |F(E)|² d² i0(E) T(E) / V², in which d² stands for the lambda² that the monochromatic lambda³ of the
 * integrated intensity leaves when the energy, not the angle, runs over the line. Polarisation at a fixed angle is the same for all.
 *
 * @param structure A structure, of a CIF for instance.
 * @param options   Angle, range, spectrum, transmission.
 * @returns By rising energy.
 * @throws OperandoError `E_RANGE` for an angle or range that means nothing, or a spectrum or transmission below 0; as `createStructureFactors`.
 * @see B. Buras, L. Gerward, Acta Cryst. A31 (1975) 372
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { edxrdLines } from 'operando/scattering'
 * const copper = createStructure({ cell: { a: 3.615 }, spaceGroup: 'Fm-3m', sites: [{ element: 'Cu', position: [0, 0, 0], uIso: 0.007 }] })
 * const lines = await edxrdLines(copper, { twoTheta: 3.5, energyRange: ['40 keV', '180 keV'], spectrum: energy => Math.exp(-energy / 40_000) })
 * for (const { hkl, energy, intensity } of lines) console.log(hkl.join(' '), energy, intensity)
 * ```
 */
export async function edxrdLines(structure: Structure, options: EdxrdLinesOptions): Promise<EdxrdLine[]> {
  assertKnown(options, 'edxrdLines options', OPTIONS)
  assertFields(options, 'edxrdLines options', ['twoTheta', 'energyRange'])
  assertFields(structure, 'edxrdLines: the structure', ['cell', 'spaceGroup', 'sites'])
  const { spectrum = () => 1, transmission = () => 1, dispersion } = options
  const sine = sineOfTheta(options.twoTheta)
  const [low, high] = options.energyRange.map(energy => toValue(energy, 'eV', 'energyRange')) as [number, number]
  if (!(low > 0 && high > low))
    throw new OperandoError('E_RANGE', `energyRange = ${low} to ${high} eV: two numbers above 0 that rise expected.`)
  const list = reflections(structure.cell, structure.spaceGroup, { dMin: HC_EV_ANGSTROM / (2 * high * sine) })
  const volume = cellVolume(structure.cell)
  const out: EdxrdLine[] = []
  for (let n = 0; n < list.count; n++) {
    const d = list.d[n]!
    const energy = HC_EV_ANGSTROM / (2 * d * sine)
    if (energy < low) continue
    const one = {
      count: 1,
      hkl: list.hkl.slice(3 * n, 3 * n + 3),
      d: list.d.slice(n, n + 1),
      q: list.q.slice(n, n + 1),
      multiplicity: list.multiplicity.slice(n, n + 1),
    }
    const f2 = (await createStructureFactors(structure, one, dispersion === false ? { dispersion } : { energy })).squares()[0]!
    const photons = spectrum(energy) * transmission(energy)
    if (!(photons >= 0 && Number.isFinite(photons)))
      throw new OperandoError(
        'E_RANGE',
        `edxrdLines: spectrum times transmission at ${energy} eV is ${photons}: 0 or more expected.`,
      )
    const multiplicity = list.multiplicity[n]!
    out.push({
      hkl: [...one.hkl] as unknown as Hkl,
      d,
      energy,
      multiplicity,
      f2,
      intensity: (multiplicity * f2 * d * d * photons) / volume ** 2,
    })
  }
  return out
}
