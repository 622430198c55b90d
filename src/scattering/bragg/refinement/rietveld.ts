import { assertFields } from '../../../core/fields.js'
import type { Dataset } from '../../../model/dataset.js'
import { createRefinement } from './createRefinement.js'
import { axisOf } from './refinementPatterns.js'
import type { LatticePhase, RefinementOptions, RefinementPattern, RefinementResult } from './refinementTypes.js'

/**
 * Rietveld's refinement of a pattern: scale x multiplicity x |F|² x Lorentz, polarisation, absorption, texture and extinction of phases that have sites, beside phases of which only the lattice is
 * known, whose intensities are extracted. Scales are those of the field: the mass share of a phase is scale x mass of its cell x volume of its cell over the sum of all. By default scales, cells,
 * background, `w`, `size` and `strain` vary; sites vary where `parameters` says so: `{ 'LFP.*.x': { vary: true } }`. Profile: Thompson-Cox-Hastings pseudo-Voigt, Gaussian fwhm² = u tan² + v tan + w
 * + p / cos², Lorentzian fwhm = size / cos + strain tan + constant. Standard errors follow from the scatter about the fit; `berarLelann` has those that know of serial correlation.
 *
 * @param pattern Angles and intensities; sigma by default that of counts.
 * @param phases  `Structure`s, of CIFs for instance, each with a name; or lattices.
 * @param options Wavelength or doublet, polarisation, background, parameters.
 * @throws OperandoError As {@link createRefinement}.
 * @see H. M. Rietveld, J. Appl. Cryst. 2 (1969) 65; R. J. Hill, C. J. Howard, J. Appl. Cryst. 20 (1987) 467 (mass shares)
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { powderReflections, rietveld, simulatePattern } from 'operando/scattering'
 * const nickel = createStructure({ name: 'Ni', cell: { a: 3.5238 }, spaceGroup: 'Fm-3m', sites: [{ element: 'Ni', label: 'Ni1', position: [0, 0, 0], uIso: 0.0045 }] })
 * const twoTheta = Float64Array.from({ length: 2500 }, (_, i) => 40 + i * 0.03)
 * const { lines } = await powderReflections(nickel, { wavelength: 1.5406, twoThetaMax: 120 })
 * const peaks = simulatePattern(twoTheta, [{ cell: nickel.cell, reflections: lines, amount: 0.05 }], { wavelength: 1.5406, fwhm: 0.15 })
 * const { cells, parameters, agreement } = await rietveld({ twoTheta, intensity: peaks.map(y => y + 20) }, [nickel], {
 *   wavelength: 1.5406,
 *   background: 2,
 *   parameters: { 'Ni.Ni1.uIso': { vary: true } },
 * })
 * console.log(cells.Ni!.a, parameters['Ni.Ni1.uIso']!.value, agreement.rBragg.Ni)
 * ```
 */
export async function rietveld(
  pattern: RefinementPattern | Dataset,
  phases: readonly LatticePhase[],
  options: RefinementOptions = {},
): Promise<RefinementResult> {
  assertFields(pattern, 'pattern', [])
  const plan = await createRefinement(axisOf(pattern), phases, options)
  return plan.fit(pattern)
}
