import { HC_EV_ANGSTROM } from '../../../core/constants.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertOneOf } from '../../../core/fields.js'
import type { Structure } from '../../../model/crystal/structure.js'
import { loadScatteringFactors } from '../structureFactors/loadScatteringFactors.js'
import { buildRefinement } from './buildRefinement.js'
import type { PatternSetting } from './patternLayout.js'
import { axesOf } from './refinementPatterns.js'
import {
  type IntensityChoice,
  type LatticePhase,
  REFINEMENT_FIELDS,
  type Refinement,
  type RefinementAxis,
  type RefinementOptions,
} from './refinementTypes.js'

/**
 * Prepares the refinement of patterns that share an axis: made once, its `fit` is called for each frame of a series, from where the frame before ended. Phases that have sites are refined after
 * Rietveld, phases of which only the lattice is known after Le Bail or Pawley, side by side in one pattern. Free intensities are always those that suit best (variable projection), so that all else
 * converges as if it were fitted with them.
 *
 * @param axis    Scattering angles in degrees, rising, n values; or a Dataset along `twoTheta`, `q` or `d`; or a list of axes with names, to refine several patterns together.
 * @param phases  Name, cell and space group of each: a `Structure` will do.
 * @param options Wavelength or doublet, background, parameters.
 * @throws OperandoError `E_ARGUMENT` for phases without name or lines in range and for mistyped options, `E_MISSING` for parameters that there are not, `E_RANGE` for a wavelength that means nothing,
 *   `E_AXIS` for angles that do not rise.
 * @see A. Le Bail, H. Duroy, J. L. Fourquet, Mater. Res. Bull. 23 (1988) 447
 * @example
 * ```ts
 * import { createUnitCell, spaceGroup } from 'operando'
 * import { createRefinement, thompsonCoxHastings } from 'operando/scattering'
 * const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 25 + i * 0.02)
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), spaceGroup: spaceGroup('Fd-3m') }
 * const plan = await createRefinement(twoTheta, [silicon], { wavelength: 1.5406, background: 2 })
 * let before
 * for (const centre of [28.44, 28.43, 28.42]) {
 *   const line = thompsonCoxHastings(twoTheta, { centre, fwhmG: 0.06, fwhmL: 0.04, area: 300 })
 *   const frame = plan.fit({ intensity: line.map(v => v + 100) }, { start: before })
 *   console.log(frame.cells.Si!.a)
 *   before = frame
 * }
 * ```
 */
export async function createRefinement(
  axis: RefinementAxis,
  phases: readonly LatticePhase[],
  options: RefinementOptions = {},
): Promise<Refinement> {
  assertKnown(options, 'refinement options', REFINEMENT_FIELDS)
  const settings = axesOf(axis, options)
  const kinds = phases.map(phase => kindOf(phase, options))
  const loaded = await Promise.all(
    settings.map(async (setting): Promise<PatternSetting> => {
      const energy = HC_EV_ANGSTROM / setting.radiation.lines[0]!.wavelength
      const factors = await Promise.all(
        phases.map((phase, i) =>
          kinds[i] === 'structure' ? loadScatteringFactors((phase as Structure).sites, energy) : undefined,
        ),
      )
      return { ...setting, factors }
    }),
  )
  return buildRefinement(loaded, phases, options, kinds)
}

function kindOf(phase: LatticePhase, { intensities }: RefinementOptions): IntensityChoice {
  const hasSites = Array.isArray((phase as Partial<Structure>).sites) && (phase as Structure).sites.length > 0
  const choice = typeof intensities === 'object' ? intensities[phase.name] : intensities
  if (choice !== undefined) assertOneOf(choice, 'intensities', ['structure', 'leBail', 'pawley'])
  if (choice === 'structure' && !hasSites)
    throw new OperandoError(
      'E_ARGUMENT',
      `phase ${phase.name}: intensities from the structure were asked for, but it has no sites. createStructure makes one.`,
    )
  return choice ?? (hasSites ? 'structure' : 'leBail')
}
