import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import type { Structure } from '../../../model/crystal/structure.js'
import { type PowderReflectionOptions, powderReflections } from '../powderReflections.js'
import type { FitPhase } from './phaseFitTypes.js'

/** Options of {@link phaseOfStructure}. */
export interface PhaseOfStructureOptions
  extends Omit<PowderReflectionOptions, 'polarization'>,
    Partial<Omit<FitPhase, 'cell' | 'reflections'>> {
  /** Lines weaker than this part of the strongest, as they would be measured, are left out. Default 1e-4. */
  weakest?: number | undefined
}

const OPTIONS: FieldsOf<PhaseOfStructureOptions> = {
  weakest: true,
  wavelength: true,
  twoThetaMax: true,
  dMin: true,
  dispersion: true,
  name: true,
  couple: true,
  formulaUnits: true,
  fixedCell: true,
  cellRoom: true,
}

/** A phase to fit, and what was doubtful. */
export interface PhaseOfStructure {
  /** The phase. */
  readonly phase: FitPhase
  /** Of the structure, and ions that stand as neutral atoms. */
  readonly warnings: readonly Issue[]
}

/**
 * A phase for {@link createPhaseFit} or {@link simulatePattern} of a crystal structure, that of a CIF for instance: its cell, and its lines with |F|² at this wavelength.
 * @param structure The structure.
 * @param options   Wavelength, range, and what a phase may say besides: name (default that of the structure), couple, formula units ...
 * @throws OperandoError as {@link powderReflections}.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { createPhaseFit, phaseOfStructure } from 'operando/scattering'
 * const nickel = createStructure({ name: 'Ni', cell: { a: 3.52 }, spaceGroup: 'Fm-3m', sites: [{ element: 'Ni', position: [0, 0, 0], uIso: 0.005 }] })
 * const { phase } = await phaseOfStructure(nickel, { wavelength: 1.5406, twoThetaMax: 60 })
 * const twoTheta = Float64Array.from({ length: 1000 }, (_, i) => 40 + i * 0.02)
 * const fit = createPhaseFit(twoTheta, [phase], { wavelength: 1.5406 })
 * ```
 */
export async function phaseOfStructure(structure: Structure, options: PhaseOfStructureOptions): Promise<PhaseOfStructure> {
  assertKnown(options, 'phaseOfStructure options', OPTIONS)
  const { wavelength, twoThetaMax, dMin, dispersion, weakest = 1e-4, name = structure.name, ...rest } = options
  const { lines, warnings } = await powderReflections(structure, { wavelength, twoThetaMax, dMin, dispersion })
  const strongest = lines.reduce((most, line) => Math.max(most, line.intensity), 0)
  const reflections = lines
    .filter(line => line.intensity >= weakest * strongest)
    .map(({ hkl, multiplicity, f2 }) => ({ hkl, multiplicity, f2 }))
  return { phase: { ...rest, name, cell: structure.cell, reflections }, warnings }
}
