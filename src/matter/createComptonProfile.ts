import { atomicNumber, OperandoError } from '../core/index.js'
import { createSpline } from '../numeric/index.js'
import { createTabulatedCurve, type TabulatedCurve } from './tabulatedCurve.js'
import { unpackText } from './unpack.js'

/** Compton profile of an atom, or of one electron of a level: made once by {@link createComptonProfile}. */
export interface ComptonProfile extends TabulatedCurve {
  /** Symbol. */
  readonly element: string
  /** `'total'` or a level. */
  readonly level: string
  /** Electrons of the atom, or of the level. */
  readonly electrons: number
  /** Occupied levels of the atom: what may be asked for. */
  readonly levels: readonly string[]
}

const SOURCE = 'Biggs, Mendelsohn & Mann, At. Data Nucl. Data Tables 16 (1975) 201, from xraylib 4.0.0'

/**
 * Compton profile J of a free atom, H to Cf, as a plan over the momentum p_z of the electron along the scattering vector, in atomic units (0 to 100; J(-p) = J(p)). In 1/atomic
 * unit: over all p_z the total integrates to the electrons of the atom, that of a level to 1, as it is that of one electron.
 *
 * The tables (relativistic Hartree-Fock from Ni on) have three digits; between them a natural spline of ln J over ln(1 + p), which differs from xraylib's by
 * 0.07 % in the median and by up to 1.3 % beyond p = 10, where nodes are far apart.
 * @param element Symbol, `Fe`; the case matters.
 * @param level   `'total'` (default), or a level, `'K'`, `'L3'`.
 * @throws OperandoError `E_MISSING` when there is no such element, or the level is empty; the message lists those that are not.
 * @see Biggs, Mendelsohn & Mann, At. Data Nucl. Data Tables 16 (1975) 201
 * @example
 * ```ts
 * import { createComptonProfile } from 'operando/matter'
 * const lithium = await createComptonProfile('Li')
 * lithium.at(0) // 2.59
 * const core = await createComptonProfile('Li', 'K')
 * core.electrons * core.at(1) // what the core leaves at p = 1
 * ```
 */
export async function createComptonProfile(element: string, level = 'total'): Promise<ComptonProfile> {
  const number = atomicNumber(element)
  const { COMPTON_MOMENTA, COMPTON_PROFILES } = await import('./tables/comptonProfiles.generated.js')
  const profiles = unpackText(COMPTON_PROFILES[number - 1]!)
    .split(';')
    .map(profile => profile.split(':'))
  const levels = profiles.slice(1).map(([name]) => name!)
  const found = profiles.find(([name]) => name === level)
  if (found === undefined)
    throw new OperandoError('E_MISSING', `${element} has no electrons in "${level}": total, ${levels.join(', ')} expected.`, {
      details: { element, found: level, expected: ['total', ...levels] },
    })
  const momenta = COMPTON_MOMENTA.split(',').map(Number)
  const spline = createSpline(
    momenta.map(p => Math.log1p(p)),
    found[2]!.split(',').map(v => Math.log(Number(v))),
    { ends: 'natural' },
  )
  const fill = (p: Float64Array, out: Float64Array): void => {
    for (let k = 0; k < p.length; k++) out[k] = Math.log1p(p[k]!)
    spline.evaluate(out, out)
    for (let k = 0; k < p.length; k++) out[k] = Math.exp(out[k]!)
  }
  const curve = createTabulatedCurve(
    { what: `${element}, Compton profile (${level})`, range: [0, momenta.at(-1)!], source: SOURCE, fill },
    { one: 'momentum', many: 'momenta', unit: '' },
  )
  return { ...curve, element, level, electrons: Number(found[1]), levels }
}
