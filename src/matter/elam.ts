import type { PiecewiseCubic } from '../numeric/index.js'
import { logLogCurve } from './logLog.js'
import { unpackColumns } from './unpack.js'

/** The three processes of the table of Elam, Ravel and Sieber, as curves of ln(cm²/g) over ln(eV). */
export interface ElamCurves {
  /** Photoabsorption. */
  readonly photo: PiecewiseCubic
  /** Coherent (Rayleigh) scattering. */
  readonly coherent: PiecewiseCubic
  /** Incoherent (Compton) scattering. */
  readonly incoherent: PiecewiseCubic
}

/** Where the numbers of {@link readElam} come from. */
export const ELAM_SOURCE = 'Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121, from xraydb 4.4.7'

/**
 * The table of Elam, Ravel and Sieber of one element.
 * @param number Atomic number, 1 to 98.
 */
export async function readElam(number: number): Promise<ElamCurves> {
  const { ELAM } = await import('./tables/elam.generated.js')
  const [energy, photo, photoBends, scatterEnergy, coherent, coherentBends, incoherent, incoherentBends] = unpackColumns(
    ELAM[number - 1]!,
  )
  return {
    photo: logLogCurve(energy!, photo!, photoBends!),
    coherent: logLogCurve(scatterEnergy!, coherent!, coherentBends!),
    incoherent: logLogCurve(scatterEnergy!, incoherent!, incoherentBends!),
  }
}
