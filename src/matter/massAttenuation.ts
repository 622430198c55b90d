import { assertOneOf } from '../core/fields.js'
import { atomicNumber, atomicWeight, type Energy, type NumbersLike, OperandoError } from '../core/index.js'
import type { PiecewiseCubic } from '../numeric/index.js'
import { CHANTLER_SOURCE, chantlerRange, readChantlerAttenuation } from './chantler.js'
import { ELAM_SOURCE, readElam } from './elam.js'
import { createEnergyCurve, type EnergyCurve } from './energyCurve.js'
import { commonRange, sumLogLog } from './logLog.js'

/**
 * Tables of attenuation: `'elam'` (Elam, Ravel and Sieber), 100 eV to 800 keV, H to Cf; `'chantler'` (NIST FFAST), 10 eV to 966 keV, H to U. They part by 1 to 2 %
 * above 20 keV, 3 to 10 % at 1 to 5 keV, and more below.
 */
export type AttenuationTable = 'elam' | 'chantler'

/**
 * What takes photons out of the beam: all of it; photoabsorption; coherent (Rayleigh) or incoherent (Compton) scattering, which only Elam's table tells
 * apart; both kinds of scattering together.
 */
export type AttenuationKind = 'total' | 'photo' | 'coherent' | 'incoherent' | 'scattering'

/** Options of {@link massAttenuation} and {@link createMassAttenuation}. */
export interface AttenuationOptions {
  /** Whose numbers. Default `'elam'`. */
  table?: AttenuationTable | undefined
  /** Which process. Default `'total'`. */
  kind?: AttenuationKind | undefined
}

/** Mass attenuation of an element, cm²/g, over energy: made once by {@link createMassAttenuation}. */
export interface MassAttenuation extends EnergyCurve {
  /** Symbol. */
  readonly element: string
  /** Whose numbers. */
  readonly table: AttenuationTable
  /** Which process. */
  readonly kind: AttenuationKind
}

/** One process of a table, ready for {@link createEnergyCurve}. */
interface Process {
  readonly curves: readonly PiecewiseCubic[]
  readonly range: readonly [low: number, high: number]
  readonly source: string
}

/**
 * Mass attenuation coefficient of an element as a plan: the table is read once, then evaluated often.
 *
 * Elam's table is evaluated as xraydb's `mu_elam` does, by splines in ln(energy) and ln(cm²/g); Chantler's as `mu_chantler`, by straight lines there. Energies
 * of edges in Elam's table are rounded to six digits of their logarithm (0.04 eV at 7 keV). `D` and `T` have the cross section of hydrogen's atom and
 * their own mass.
 * @param element Symbol, `Fe`; the case matters.
 * @param options Table, process.
 * @throws OperandoError `E_MISSING` when there is no such element (or none in the table), `E_ARGUMENT` for another table or kind, or a kind that the table does not
 *   tell apart.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121; Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71
 * @example
 * ```ts
 * import { createMassAttenuation } from 'operando/matter'
 * const iron = await createMassAttenuation('Fe', { kind: 'photo' })
 * const jump = iron.at(7120) - iron.at(7100) // 353 cm²/g
 * iron.range // [100, 999900]
 * ```
 */
export async function createMassAttenuation(element: string, options: AttenuationOptions = {}): Promise<MassAttenuation> {
  const { table = 'elam', kind = 'total' } = options
  assertOneOf(table, 'table', ['elam', 'chantler'])
  assertOneOf(kind, 'kind', ['total', 'photo', 'coherent', 'incoherent', 'scattering'])
  const number = atomicNumber(element)
  const { curves, range, source } = table === 'elam' ? await elamProcess(number, kind) : await chantlerProcess(number, kind)
  // per atom D is H
  const factor = element === 'D' || element === 'T' ? atomicWeight('H') / atomicWeight(element) : 1
  const curve = createEnergyCurve({
    what: `${element}, ${kind} attenuation, table '${table}'`,
    range,
    source,
    wayOut: table === 'elam' && number <= 92 ? "{ table: 'chantler' } reaches from 10 eV to 966 keV." : undefined,
    fill: (energies, out) => sumLogLog(curves, factor, energies, out),
  })
  return { ...curve, element, table, kind }
}

async function elamProcess(number: number, kind: AttenuationKind): Promise<Process> {
  const { photo, coherent, incoherent } = await readElam(number)
  const curves = {
    total: [photo, coherent, incoherent],
    photo: [photo],
    coherent: [coherent],
    incoherent: [incoherent],
    scattering: [coherent, incoherent],
  }[kind]
  return { curves, range: commonRange(curves), source: ELAM_SOURCE }
}

async function chantlerProcess(number: number, kind: AttenuationKind): Promise<Process> {
  if (kind === 'coherent' || kind === 'incoherent')
    throw new OperandoError(
      'E_ARGUMENT',
      `kind '${kind}': Chantler's table has both kinds of scattering together. Take kind 'scattering', or { table: 'elam' }.`,
    )
  const attenuation = await readChantlerAttenuation(number)
  return { curves: [attenuation[kind]], range: chantlerRange(attenuation.energies), source: CHANTLER_SOURCE }
}

/**
 * Mass attenuation coefficient of an element at one or many energies. For repeated work: {@link createMassAttenuation}.
 * @param element  Symbol, `Fe`; the case matters.
 * @param energies eV or `'8 keV'`; or n values in eV.
 * @param options  Table, process.
 * @returns cm²/g, a number or n values.
 * @throws OperandoError `E_RANGE` for an energy outside the table; else as {@link createMassAttenuation}.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121; Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71
 * @example
 * ```ts
 * import { massAttenuation } from 'operando/matter'
 * await massAttenuation('Al', '8 keV') // 50.1
 * await massAttenuation('Al', [8000, 60000, 80000], { kind: 'incoherent' })
 * await massAttenuation('Li', '54 eV', { table: 'chantler' })
 * ```
 */
export async function massAttenuation(element: string, energies: Energy, options?: AttenuationOptions): Promise<number>
export async function massAttenuation(element: string, energies: NumbersLike, options?: AttenuationOptions): Promise<Float64Array>
export async function massAttenuation(
  element: string,
  energies: Energy | NumbersLike,
  options: AttenuationOptions = {},
): Promise<number | Float64Array> {
  const curve = await createMassAttenuation(element, options)
  return typeof energies === 'number' || typeof energies === 'string' ? curve.at(energies) : curve.over(energies)
}
