import { refineLattice } from './refineLattice.js'
import type { LatticePhase, LatticeRefinement, RefinementOptions, RefinementPattern } from './refinementTypes.js'

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
  pattern: RefinementPattern,
  phases: readonly LatticePhase[],
  options: RefinementOptions = {},
): LatticeRefinement {
  return refineLattice(pattern, phases, options, (problem, profiles, net) => {
    const { weight, areas } = problem
    // lines of a group share equally, whatever they had
    areas.fill(1)
    const equations = problem.equations(profiles)
    const sums = new Float64Array(equations.count)
    equations.project(
      net.map((value, i) => value * weight[i]!),
      weight,
      sums,
    )
    equations.solve(sums)
    for (let k = 0; k < areas.length; k++)
      areas[k] = equations.groupOf[k]! < 0 ? 0 : equations.share[k]! * sums[equations.groupOf[k]!]!
  })
}
