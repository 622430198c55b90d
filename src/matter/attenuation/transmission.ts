import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown } from '../../core/fields.js'
import { type Energy, type Length, toValue } from '../../core/quantity.js'
import { isOne } from '../isOne.js'
import { ATTENUATION_FIELDS, type AttenuationOptions } from '../massAttenuation.js'
import type { MaterialInput } from '../material.js'
import { createAttenuation } from './createAttenuation.js'

/**
 * Share of the beam that passes a slab, exp(-μt). For stacks, tilts and holes see the cell functions.
 * @param material  Name, substance or mixture.
 * @param thickness Path through it: a number in µm, or `'25 µm'`.
 * @param energies  eV or `'8 keV'`; or n values in eV.
 * @param options   Table and process.
 * @returns 0 to 1, a number or n values.
 * @throws OperandoError as {@link createAttenuation}; `E_RANGE` for an energy outside the table, or a thickness not above 0; `E_UNIT`.
 * @example
 * ```ts
 * import { transmission } from 'operando/matter'
 * await transmission('Kapton', '50 µm', '8 keV') // 0.957
 * ```
 */
export async function transmission(
  material: MaterialInput,
  thickness: Length,
  energies: Energy,
  options?: AttenuationOptions,
): Promise<number>
export async function transmission(
  material: MaterialInput,
  thickness: Length,
  energies: NumbersLike,
  options?: AttenuationOptions,
): Promise<Float64Array>
export async function transmission(
  material: MaterialInput,
  thickness: Length,
  energies: Energy | NumbersLike,
  options: AttenuationOptions = {},
): Promise<number | Float64Array> {
  assertKnown(options, 'transmission options', ATTENUATION_FIELDS)
  const path = toValue(thickness, 'µm', 'thickness') * 1e-4
  if (!(path > 0))
    throw new OperandoError(
      'E_RANGE',
      `transmission: a thickness above 0 expected, found ${thickness}${typeof thickness === 'number' ? ' µm' : ''}.`,
    )
  const attenuation = await createAttenuation(material, options)
  return isOne(energies) ? Math.exp(-attenuation.at(energies) * path) : attenuation.over(energies).map(mu => Math.exp(-mu * path))
}
