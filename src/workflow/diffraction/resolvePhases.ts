import { OperandoError } from '../../core/errors.js'
import type { Issue } from '../../core/issue.js'
import type { FitPhase } from '../../scattering/bragg/phases/phaseFitTypes.js'
import { phaseOfStructure } from '../../scattering/bragg/phases/phaseOfStructure.js'
import type { StructurePhase } from './config.js'

/**
 * Phases with their lines: those given by a structure get |F|² at the wavelength.
 * @param phases      As configured.
 * @param wavelength  Å.
 * @param twoThetaMax End of the patterns, degrees.
 */
export async function resolvePhases(
  phases: readonly (FitPhase | StructurePhase)[],
  wavelength: number,
  twoThetaMax: number,
): Promise<{ phases: readonly FitPhase[]; warnings: readonly Issue[] }> {
  const warnings: Issue[] = []
  const resolved = await Promise.all(
    phases.map(async phase => {
      if (!('structure' in phase)) return phase
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
