import { assertKnown, assertOneOf, type FieldsOf } from '../core/fields.js'
import { atomicNumber, atomicWeight, type Energy, type NumbersLike, OperandoError } from '../core/index.js'
import type { PiecewiseCubic } from '../numeric/index.js'
import { CHANTLER_SOURCE, chantlerRange, readChantlerAttenuation } from './chantler.js'
import { ELAM_SOURCE, readElam } from './elam.js'
import {
  createEnergyAbsorption,
  ENERGY_ABSORPTION_SOURCE,
  readXraylibEnergyAbsorption,
  XRAYLIB_SOURCE,
} from './energyAbsorption.js'
import { commonRange, sumLogLog } from './logLog.js'
import { createEnergyCurve, type EnergyCurve } from './tabulatedCurve.js'

/**
 * Tables of attenuation: `'elam'` (Elam, Ravel and Sieber), 100 eV to 800 keV, H to Cf; `'chantler'` (NIST FFAST), 10 eV to 966 keV, H to U. They part by 1 to 2 %
 * above 20 keV, 3 to 10 % at 1 to 5 keV, and more below. `'xraylib'` has energy absorption alone, 1 keV to 1 MeV, H to U, with errors.
 */
export type AttenuationTable = 'elam' | 'chantler' | 'xraylib'

/**
 * What takes photons out of the beam: all of it; photoabsorption; coherent (Rayleigh) or incoherent (Compton) scattering, which only Elam's table tells
 * apart; both kinds of scattering together. `'energy-absorption'` is what stays in matter as energy of electrons (mu_en), which makes dose and heat.
 */
export type AttenuationKind = 'total' | 'photo' | 'coherent' | 'incoherent' | 'scattering' | 'energy-absorption'

/** Options of {@link massAttenuation} and {@link createMassAttenuation}. */
export interface AttenuationOptions {
  /** Whose numbers. Default `'elam'`. */
  table?: AttenuationTable | undefined
  /** Which process. Default `'total'`. */
  kind?: AttenuationKind | undefined
}

/** Their names, for `assertKnown`. */
export const ATTENUATION_FIELDS: FieldsOf<AttenuationOptions> = { table: true, kind: true }

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
  readonly fill: (energies: Float64Array, out: Float64Array) => void
  readonly range: readonly [low: number, high: number]
  readonly source: string
}

/**
 * Mass attenuation coefficient of an element as a plan: the table is read once, then evaluated often.
 *
 * Elam's table is evaluated as xraydb's `mu_elam` does, by splines in ln(energy) and ln(cm²/g); Chantler's as `mu_chantler`, by straight lines there. Energies
 * of edges in Elam's table are rounded to six digits of their logarithm (0.04 eV at 7 keV). `D` and `T` have the cross section of hydrogen's atom and
 * their own mass.
 *
 * Energy absorption with Elam's table is photoabsorption less what leaves as fluorescence, and incoherent scattering times the recoil; it follows the published
 * coefficients of Seltzer (NIST) within 0.1 % in the median of H to Ne, 0.2 % to Zn, 1 % beyond; the worst of light elements is 4 %, H at 8 to 10 keV. With
 * `table: 'xraylib'` it is xraylib's CS_Energy, for comparison: that is wrong where photoabsorption of a light element ends (C 25 % low at 10 keV, 56 % at 15 keV).
 * @param element Symbol, `Fe`; the case matters.
 * @param options Table, process.
 * @throws OperandoError `E_MISSING` when there is no such element (or none in the table), `E_ARGUMENT` for another table or kind, or a kind that the table does not have.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121; Chantler, J. Phys. Chem. Ref. Data 24 (1995) 71; Seltzer, Radiat. Res. 136 (1993) 147
 * @example
 * ```ts
 * import { createMassAttenuation } from 'operando/matter'
 * const iron = await createMassAttenuation('Fe', { kind: 'photo' })
 * const jump = iron.at(7120) - iron.at(7100) // 353 cm²/g
 * iron.range // [100, 999900]
 * const carbon = await createMassAttenuation('C', { kind: 'energy-absorption' })
 * carbon.at('60 keV') // 0.0206
 * ```
 */
export async function createMassAttenuation(element: string, options: AttenuationOptions = {}): Promise<MassAttenuation> {
  assertKnown(options, 'createMassAttenuation options', ATTENUATION_FIELDS)
  const { table = 'elam', kind = 'total' } = options
  assertOneOf(table, 'table', ['elam', 'chantler', 'xraylib'])
  assertOneOf(kind, 'kind', ['total', 'photo', 'coherent', 'incoherent', 'scattering', 'energy-absorption'])
  const number = atomicNumber(element)
  const process = { elam: elamProcess, chantler: chantlerProcess, xraylib: xraylibProcess }[table]
  const { fill, range, source } = await process(number, kind)
  // per atom D is H
  const factor = element === 'D' || element === 'T' ? atomicWeight('H') / atomicWeight(element) : 1
  const curve = createEnergyCurve({
    what: `${element}, ${kind} attenuation, table '${table}'`,
    range,
    source,
    wayOut: wayOutOf(table, kind, number),
    fill: (energies, out) => {
      fill(energies, out)
      if (factor !== 1) for (let k = 0; k < out.length; k++) out[k]! *= factor
    },
  })
  return { ...curve, element, table, kind }
}

function wayOutOf(table: AttenuationTable, kind: AttenuationKind, number: number): string | undefined {
  if (table === 'xraylib') return "{ table: 'elam' } reaches from 100 eV to 800 keV."
  const there = kind === 'total' || kind === 'photo' || kind === 'scattering'
  return table === 'elam' && number <= 92 && there ? "{ table: 'chantler' } reaches from 10 eV to 966 keV." : undefined
}

async function elamProcess(number: number, kind: AttenuationKind): Promise<Process> {
  if (kind === 'energy-absorption') {
    const { curves, fill } = await createEnergyAbsorption(number)
    return { fill, range: commonRange(curves), source: ENERGY_ABSORPTION_SOURCE }
  }
  const { photo, coherent, incoherent } = await readElam(number)
  const curves = {
    total: [photo, coherent, incoherent],
    photo: [photo],
    coherent: [coherent],
    incoherent: [incoherent],
    scattering: [coherent, incoherent],
  }[kind]
  return { ...sumOf(curves), range: commonRange(curves), source: ELAM_SOURCE }
}

async function chantlerProcess(number: number, kind: AttenuationKind): Promise<Process> {
  if (kind === 'coherent' || kind === 'incoherent' || kind === 'energy-absorption')
    throw new OperandoError(
      'E_ARGUMENT',
      `kind '${kind}': Chantler's table has both kinds of scattering together. Take kind 'scattering', or { table: 'elam' }.`,
    )
  const attenuation = await readChantlerAttenuation(number)
  return { ...sumOf([attenuation[kind]]), range: chantlerRange(attenuation.energies), source: CHANTLER_SOURCE }
}

async function xraylibProcess(number: number, kind: AttenuationKind): Promise<Process> {
  if (kind !== 'energy-absorption')
    throw new OperandoError(
      'E_ARGUMENT',
      `kind '${kind}': of table 'xraylib' there is only 'energy-absorption'. Its total is that of table 'elam'.`,
    )
  const curve = await readXraylibEnergyAbsorption(number)
  return { ...sumOf([curve]), range: commonRange([curve]), source: XRAYLIB_SOURCE }
}

const sumOf = (curves: readonly PiecewiseCubic[]): Pick<Process, 'fill'> => ({
  fill: (energies, out) => sumLogLog(curves, energies, out),
})

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
 * await massAttenuation('Al', '8 keV') // 50.3 cm²/g
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
  assertKnown(options, 'massAttenuation options', ATTENUATION_FIELDS)
  const curve = await createMassAttenuation(element, options)
  return typeof energies === 'number' || typeof energies === 'string' ? curve.at(energies) : curve.over(energies)
}
