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
 * Le Bail's refinement of a pattern: cells, zero, widths and background of phases of which only the lattice is known, and the intensity of every line. In turns, intensities are extracted and
 * all else is fitted. The standard errors are those of parameters and intensities together. Lines that overlap share what is found there as they happened to begin: equally.
 *
 * @param pattern Angles and intensities; sigma by default that of counts.
 * @param phases  Name, cell and space group of each: a `Structure` will do.
 * @param options Wavelength or doublet, background, parameters.
 * @throws OperandoError `E_ARGUMENT` for phases without name or lines in range, `E_MISSING` for parameters that there are not, `E_NAN` where no point is left, `E_RANGE` for a wavelength or
 *   sigma that means nothing, `E_SHAPE` for fewer points than parameters, `E_AXIS` for angles that do not rise.
 * @see A. Le Bail, H. Duroy, J. L. Fourquet, Mater. Res. Bull. 23 (1988) 447; P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79
 * @example
 * ```ts
 * import { createUnitCell, spaceGroup } from 'operando'
 * import { leBail, thompsonCoxHastings } from 'operando/scattering'
 * const twoTheta = Float64Array.from({ length: 1500 }, (_, i) => 25 + i * 0.02)
 * const lines = [28.443, 47.303].map(centre => thompsonCoxHastings(twoTheta, { centre, fwhmG: 0.06, fwhmL: 0.04, area: 300 }))
 * const intensity = twoTheta.map((_, i) => 100 + lines[0]![i]! + lines[1]![i]!)
 * const silicon = { name: 'Si', cell: createUnitCell({ a: 5.43 }), spaceGroup: spaceGroup('Fd-3m') }
 * const { cells, agreement, lines: found } = leBail({ twoTheta, intensity }, [silicon], { wavelength: 1.5406, background: 2 })
 * console.log(cells.Si!.a, agreement.rwpBackground, found.map(({ hkl, intensity: area }) => `${hkl.join(' ')}: ${area.toFixed(1)}`))
 * ```
 */
export function leBail(
  pattern: RefinementPattern | Dataset,
  phases: readonly LatticePhase[],
  options: RefinementOptions = {},
): RefinementResult {
  assertKnown(options, 'refinement options', REFINEMENT_FIELDS)
  return buildRefinement(
    axesOf(axisOf(pattern), options),
    phases,
    options,
    phases.map(() => 'leBail'),
  ).fit(pattern)
}
