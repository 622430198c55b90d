import type { LongTask } from '../../core/progress.js'
import type { Dataset } from '../../model/dataset.js'
import { type CellParameter, createFreeCell } from '../../scattering/bragg/phases/freeCell.js'
import type { LatticePhase, ParameterChoice } from '../../scattering/bragg/refinement/refinementTypes.js'
import { sequential } from '../../scattering/bragg/sequential/sequential.js'
import type { PhaseCouple } from '../../scattering/bragg/sequential/sequentialTypes.js'
import type { DiffractionOptions, LatticePhaseConfig, StructurePhase } from './config.js'
import type { PhaseSequence } from './fitPhases.js'

/** What was held all along, or says nothing of the electrode: kept in the fit, not among the trends. */
const NO_TREND = /^background\.|\.(significance|intensity)$|^rwp/

/**
 * Refines phases along the frames that are known by structure or lattice, by `sequential`.
 * @param run     Prepared patterns.
 * @param phases  The phases.
 * @param options Wavelength, background, zero, direction, polarisation.
 * @param task    Abort and progress, in frames.
 */
export async function fitSequential(
  run: Dataset<'frame' | 'twoTheta'>,
  phases: readonly (StructurePhase | LatticePhaseConfig)[],
  options: DiffractionOptions & { readonly wavelength: number },
  task: LongTask,
): Promise<PhaseSequence> {
  const { wavelength, doublet, polarization = 0, background = 8, zero = 0, direction } = options
  const named = phases.map((phase): LatticePhase => {
    if (!('structure' in phase)) return phase
    const { structure, name = structure.name } = phase
    return { ...structure, name }
  })
  const parameters: Record<string, ParameterChoice> = {
    zero: zero === 'refine' ? { vary: true } : { value: zero, vary: false },
  }
  phases.forEach(({ fixedCell, cellRoom }, p) => {
    const { name, cell } = named[p]!
    for (const own of fixedCell || cellRoom !== undefined ? freeNumbers(named[p]!) : []) {
      const room = (cellRoom ?? 0) * cell[own]
      parameters[`${name}.${own}`] = fixedCell ? { vary: false } : { min: cell[own] - room, max: cell[own] + room }
    }
  })
  const curves = new Map<number, { readonly calculated: Float32Array; readonly background: Float32Array }>()
  const result = await sequential(
    run,
    {
      phases: named,
      couples: couplesOf(phases, named),
      wavelength,
      doublet,
      polarization:
        polarization > 0 ? { monochromator: (180 / Math.PI) * Math.acos(Math.sqrt(Math.min(1, polarization))) } : 'corrected',
      background,
      parameters,
    },
    {
      direction,
      ...task,
      // the report shows a few frames, and which ones is known at the end: single precision keeps all of them small
      onFrame: (frame, { curves: own }) => {
        curves.set(frame, { calculated: Float32Array.from(own.calculated), background: Float32Array.from(own.background) })
      },
    },
  )
  return {
    curves: frame => {
      const { calculated, background: below } = curves.get(frame)!
      return { calculated: Float64Array.from(calculated), background: Float64Array.from(below), phases: {} }
    },
    result,
    trends: Object.fromEntries(Object.entries(result.parameters).filter(([name]) => !NO_TREND.test(name))),
  }
}

function couplesOf(phases: readonly (StructurePhase | LatticePhaseConfig)[], named: readonly LatticePhase[]): PhaseCouple[] {
  const couples: PhaseCouple[] = []
  for (const couple of new Set(phases.map(phase => phase.couple))) {
    const members = [...phases.keys()].filter(p => couple !== undefined && phases[p]!.couple === couple)
    const [one, other] = members
    if (one === undefined || other === undefined || members.length > 2) continue
    couples.push({
      phases: [named[one]!.name, named[other]!.name],
      formulaUnits: [phases[one]!.formulaUnits ?? 1, phases[other]!.formulaUnits ?? 1],
    })
  }
  return couples
}

function freeNumbers({ cell }: LatticePhase): CellParameter[] {
  return [...createFreeCell(cell, []).names]
}
