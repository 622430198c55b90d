import { atomicNumber } from '../core/index.js'
import { CHANTLER_SOURCE, chantlerRange, readChantlerFactors } from './chantler.js'
import { sumLogLog } from './logLog.js'
import { createEnergyCurve, type EnergyCurve } from './tabulatedCurve.js'

/** Dispersion corrections of an element over energy: made once by {@link createAnomalous}. */
export interface Anomalous {
  /** Symbol. */
  readonly element: string
  /** f', electrons: the real part that is added to f0 (not Z + f'). */
  readonly f1: EnergyCurve
  /** f'', electrons, positive: the scattering factor is f0 + f' + i f''. */
  readonly f2: EnergyCurve
}

/**
 * Dispersion corrections f' and f'' of an element, H to U, 10 eV to 966 keV, as plans.
 *
 * Chantler's tables. f'' is linear in logarithms between their nodes, f' in each interval the cubic spline through the seven nodes around it, as xraydb's
 * `f1_chantler` and `f2_chantler` do for a single energy (for an array xraydb draws one spline through all, which differs by up to 0.01 electrons near edges; here a value
 * does not depend on what else is asked for). Tables of different authors part by more than 2 electrons within 50 eV of an edge; in a crystal, the edge has
 * structure that none of them has.
 * @param element Symbol, `Fe`; the case matters.
 * @throws OperandoError `E_MISSING` when there is no such element, or none in this table (beyond U).
 * @see Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71; 29 (2000) 597
 * @example
 * ```ts
 * import { createAnomalous } from 'operando/matter'
 * const iron = await createAnomalous('Fe')
 * iron.f1.at('8.04778 keV') // -1.20
 * iron.f2.over([7100, 7125])
 * ```
 */
export async function createAnomalous(element: string): Promise<Anomalous> {
  const { energies, f1, f2 } = await readChantlerFactors(atomicNumber(element))
  const curve = (name: string, fill: (energies: Float64Array, out: Float64Array) => void): EnergyCurve =>
    createEnergyCurve({
      what: `${element}, ${name}, table of Chantler`,
      range: chantlerRange(energies),
      source: CHANTLER_SOURCE,
      fill,
    })
  return {
    element,
    f1: curve("f'", f1),
    f2: curve("f''", (at, out) => sumLogLog([f2], at, out)),
  }
}
