import type { NumbersLike } from '../../core/arrays.js'
import { assertKnown } from '../../core/fields.js'
import type { Energy } from '../../core/quantity.js'
import { isOne } from '../isOne.js'
import { ATTENUATION_FIELDS, type AttenuationOptions } from '../massAttenuation.js'
import type { MaterialInput } from '../material.js'
import { createAttenuation } from './createAttenuation.js'

/** Micrometres in a centimetre. */
const CM = 1e4

/**
 * Attenuation length of a material: the path after which 1/e (36.8 %) of the beam is left, 1/μ.
 * @param material Name, substance or mixture.
 * @param energies eV or `'8 keV'`; or n values in eV.
 * @param options  Table and process. Default: the total attenuation of Elam's table.
 * @returns µm, a number or n values.
 * @throws OperandoError as {@link createAttenuation}; `E_RANGE` for an energy outside the table.
 * @example
 * ```ts
 * import { attenuationLength } from 'operando/matter'
 * await attenuationLength('Be', '8 keV') // 4815 µm
 * await attenuationLength('LP57', [8000, 80000])
 * ```
 */
export async function attenuationLength(material: MaterialInput, energies: Energy, options?: AttenuationOptions): Promise<number>
export async function attenuationLength(
  material: MaterialInput,
  energies: NumbersLike,
  options?: AttenuationOptions,
): Promise<Float64Array>
export async function attenuationLength(
  material: MaterialInput,
  energies: Energy | NumbersLike,
  options: AttenuationOptions = {},
): Promise<number | Float64Array> {
  assertKnown(options, 'attenuationLength options', ATTENUATION_FIELDS)
  const attenuation = await createAttenuation(material, options)
  return isOne(energies) ? CM / attenuation.at(energies) : attenuation.over(energies).map(mu => CM / mu)
}
