import { OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import { reflections } from '../../model/crystal/reflections.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import { phaseOfStructure } from '../../scattering/bragg/phases/phaseOfStructure.js'
import type { LatticePhaseConfig, StructurePhase } from './config.js'

/**
 * Phases with their lines: those given by a structure get |F|² at the wavelength.
 * @param phases      As configured.
 * @param wavelength  Å.
 * @param twoThetaMax End of the patterns, degrees.
 */
export async function resolvePhases(
  phases: readonly (FitPhase | StructurePhase | LatticePhaseConfig)[],
  wavelength: number,
  twoThetaMax: number,
): Promise<{ phases: readonly FitPhase[]; warnings: readonly Issue[] }> {
  const warnings: Issue[] = []
  const resolved = await Promise.all(
    phases.map(async phase => {
      if ('reflections' in phase) return phase
      if (!('structure' in phase) && refinable(phases) === undefined)
        throw new OperandoError(
          'E_ARGUMENT',
          `phases: of ${phase.name} only the lattice is known, while others are given by their lines with |F|². Give all of them by structure or lattice, or all by their lines.`,
        )
      if (!('structure' in phase)) return withLines(phase, wavelength, twoThetaMax)
      const { structure, ...rest } = phase
      if ((rest.name ?? structure.name) === '')
        throw new OperandoError('E_ARGUMENT', 'phases: a structure without a name; give { name, structure }.')
      // lines beyond the end move in when the cell grows
      const found = await phaseOfStructure(structure, { ...rest, wavelength, twoThetaMax: Math.min(179, twoThetaMax * 1.05) })
      warnings.push(...found.warnings)
      return found.phase
    }),
  )
  return { phases: resolved, warnings }
}

/** A lattice with its lines, all as strong as each other: where they lie is what is known of them. */
function withLines(phase: LatticePhaseConfig, wavelength: number, twoThetaMax: number): FitPhase {
  const list = reflections(phase.cell, phase.spaceGroup, { wavelength, twoThetaMax })
  const lines = Array.from({ length: list.count }, (_, i) => ({
    hkl: [list.hkl[3 * i]!, list.hkl[3 * i + 1]!, list.hkl[3 * i + 2]!] as const,
    multiplicity: list.multiplicity[i]!,
    f2: 1,
  }))
  return { ...phase, reflections: lines }
}

/** The phases as `sequential` takes them; `undefined` where one is given by its lines. */
export function refinable(
  phases: readonly (FitPhase | StructurePhase | LatticePhaseConfig)[],
): readonly (StructurePhase | LatticePhaseConfig)[] | undefined {
  const own = phases.filter(
    (phase): phase is StructurePhase | LatticePhaseConfig => !('reflections' in phase && phase.reflections),
  )
  return own.length === phases.length ? own : undefined
}
