import { assertOneOf } from '../core/fields.js'
import { atomicNumber, atomicWeight, type Energy, type NumbersLike } from '../core/index.js'
import { ELAM_SOURCE, readElam } from './elam.js'
import { createEnergyCurve, type EnergyCurve } from './energyCurve.js'
import { commonRange, sumLogLog } from './logLog.js'

/** Tables of attenuation: `'elam'`, 100 eV to 800 keV, H to Cf. */
export type AttenuationTable = 'elam'

/** What takes photons out of the beam: all of it, photoabsorption, coherent (Rayleigh) or incoherent (Compton) scattering. */
export type AttenuationKind = 'total' | 'photo' | 'coherent' | 'incoherent'

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

/**
 * Mass attenuation coefficient of an element as a plan: the table is read once, then evaluated often.
 *
 * The curves are those of xraydb's `mu_elam`: splines in ln(energy) and ln(cm²/g). `D` and `T` have the cross section of hydrogen's atom and their own mass.
 * @param element Symbol, `Fe`; the case matters.
 * @param options Table, process.
 * @throws OperandoError `E_MISSING` when there is no such element, `E_ARGUMENT` for another table or kind.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121
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
  assertOneOf(table, 'table', ['elam'])
  assertOneOf(kind, 'kind', ['total', 'photo', 'coherent', 'incoherent'])
  const { photo, coherent, incoherent } = await readElam(atomicNumber(element))
  const curves = { total: [photo, coherent, incoherent], photo: [photo], coherent: [coherent], incoherent: [incoherent] }[kind]
  // per atom D is H
  const factor = element === 'D' || element === 'T' ? atomicWeight('H') / atomicWeight(element) : 1
  const curve = createEnergyCurve({
    what: `${element}, ${kind} attenuation, table of Elam`,
    range: commonRange(curves),
    source: ELAM_SOURCE,
    fill: (energies, out) => sumLogLog(curves, factor, energies, out),
  })
  return { ...curve, element, table, kind }
}

/**
 * Mass attenuation coefficient of an element at one or many energies. For repeated work: {@link createMassAttenuation}.
 * @param element  Symbol, `Fe`; the case matters.
 * @param energies eV or `'8 keV'`; or n values in eV.
 * @param options  Table, process.
 * @returns cm²/g, a number or n values.
 * @throws OperandoError `E_MISSING` when there is no such element, `E_ARGUMENT` for another table or kind, `E_RANGE` for an energy outside the table.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121
 * @example
 * ```ts
 * import { massAttenuation } from 'operando/matter'
 * await massAttenuation('Al', '8 keV') // 50.1
 * await massAttenuation('Al', [8000, 60000, 80000], { kind: 'incoherent' })
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
