import { isOperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { createAnomalous } from '../../../matter/createAnomalous.js'
import { createFormFactor } from '../../../matter/createFormFactor.js'
import type { Site } from '../../../model/crystal/structure.js'

/** What scatters at a site: f = f0(s) + f' + i f''. */
export interface ScatteringFactor {
  /** As the table names it: `Fe3+`. */
  readonly ion: string
  /** f0 at many s = sin(theta)/lambda in 1/Å, electrons. */
  readonly f0: (s: Float64Array) => Float64Array
  /** f' at the energy, electrons; 0 without dispersion. */
  readonly real: number
  /** f'' at the energy, electrons; 0 without dispersion. */
  readonly imaginary: number
}

/** Scattering factors of sites, and what was doubtful. */
export interface ScatteringFactors {
  /** One for each kind of scatterer. */
  readonly kinds: readonly ScatteringFactor[]
  /** Of each site, its place in `kinds`. */
  readonly kindOfSite: Int32Array
  /** Ions that the table lacks. */
  readonly warnings: readonly Issue[]
}

/**
 * Scattering factors of the sites of a structure at an energy. Ions as the sites' charges say; where the table has no such ion the neutral atom stands for it,
 * with a warning.
 * @param sites  The sites.
 * @param energy eV; `undefined` leaves f' and f'' out.
 */
export async function loadScatteringFactors(sites: readonly Site[], energy: number | undefined): Promise<ScatteringFactors> {
  const warnings: Issue[] = []
  const names = sites.map(ionOf)
  const unique = [...new Set(names)]
  const kinds = await Promise.all(
    unique.map(async (name): Promise<ScatteringFactor> => {
      const { element } = sites[names.indexOf(name)]!
      const [factor, anomalous] = await Promise.all([
        formFactor(name, element, warnings),
        energy === undefined ? undefined : createAnomalous(element),
      ])
      return {
        ion: factor.ion,
        f0: s => factor.over(s),
        real: anomalous ? anomalous.f1.at(energy!) : 0,
        imaginary: anomalous ? anomalous.f2.at(energy!) : 0,
      }
    }),
  )
  return { kinds, kindOfSite: Int32Array.from(names, name => unique.indexOf(name)), warnings }
}

function ionOf({ element, charge = 0 }: Site): string {
  return charge === 0 ? element : `${element}${Math.abs(charge)}${charge > 0 ? '+' : '-'}`
}

async function formFactor(name: string, element: string, warnings: Issue[]): ReturnType<typeof createFormFactor> {
  try {
    return await createFormFactor(name)
  } catch (error) {
    if (name === element || !isOperandoError(error, 'E_MISSING')) throw error
    warnings.push({ code: 'W_ION', message: `${error.message} The neutral atom stands for it.` })
    return createFormFactor(element)
  }
}
