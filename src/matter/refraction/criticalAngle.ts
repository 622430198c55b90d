import { OperandoError } from '../../core/errors.js'
import type { Energy } from '../../core/quantity.js'
import type { MaterialInput } from '../material.js'
import { createRefraction } from './createRefraction.js'

/**
 * Critical angle of total external reflection, between beam and surface: cos α = 1 - δ, √(2δ) where δ is small. Absorption, which blurs it, is left out.
 * @param material Name, substance or mixture.
 * @param energy   eV, or `'8 keV'`.
 * @returns Degrees.
 * @throws OperandoError as {@link createRefraction}; `E_RANGE` for an energy outside the table, or one at which δ is not above 0 and nothing is totally reflected.
 * @example
 * ```ts
 * import { criticalAngle } from 'operando/matter'
 * await criticalAngle('Si', '8 keV') // 0.224 degrees
 * ```
 */
export async function criticalAngle(material: MaterialInput, energy: Energy): Promise<number> {
  const { composition, delta } = await createRefraction(material)
  const d = delta.at(energy)
  if (!(d > 0))
    throw new OperandoError(
      'E_RANGE',
      `criticalAngle: δ of ${composition.name} at ${energy}${typeof energy === 'number' ? ' eV' : ''} is ${d}; no total reflection where it is not above 0.`,
      { details: { found: d } },
    )
  // 2 asin √(δ/2) is acos(1 - δ) without loss of digits
  return (2 * Math.asin(Math.sqrt(Math.min(1, d / 2))) * 180) / Math.PI
}
