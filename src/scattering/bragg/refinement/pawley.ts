import { assertKnown } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import { buildRefinement } from './buildRefinement.js'
import { axesOf, axisOf } from './refinementPatterns.js'
import {
  type LatticePhase,
  REFINEMENT_FIELDS,
  type RefinementOptions,
  type RefinementPattern,
  type RefinementResult,
} from './refinementTypes.js'

/**
 * Pawley's refinement of a pattern: as {@link leBail}, but the intensities are those of linear least squares. A line that is not there comes out at 0 plus or minus its error, below 0 as often as
 * above, so that its significance can be told; lines that overlap share their sum equally.
 *
 * @param pattern Angles and intensities; sigma by default that of counts.
 * @param phases  Name, cell and space group of each: a `Structure` will do.
 * @param options Wavelength or doublet, background, parameters.
 * @throws OperandoError As {@link leBail}.
 * @see G. S. Pawley, J. Appl. Cryst. 14 (1981) 357
 * @example
 * ```ts
 * import { createUnitCell, spaceGroup } from 'operando'
 * import { pawley, thompsonCoxHastings } from 'operando/scattering'
 * const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 25 + i * 0.02)
 * const line = thompsonCoxHastings(twoTheta, { centre: 28.443, fwhmG: 0.06, fwhmL: 0.04, area: 300 })
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), spaceGroup: spaceGroup('Fd-3m') }
 * const { lines } = pawley({ twoTheta, intensity: line.map(v => v + 100) }, [silicon], { wavelength: 1.5406, background: 2 })
 * for (const { hkl, intensity, standardError } of lines) console.log(hkl.join(' '), intensity, '+/-', standardError)
 * ```
 */
export function pawley(
  pattern: RefinementPattern | Dataset,
  phases: readonly LatticePhase[],
  options: RefinementOptions = {},
): RefinementResult {
  assertKnown(options, 'refinement options', REFINEMENT_FIELDS)
  return buildRefinement(
    axesOf(axisOf(pattern), options),
    phases,
    options,
    phases.map(() => 'pawley'),
  ).fit(pattern)
}
