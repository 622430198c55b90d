import type { Energy } from '../../core/quantity.js'
import type { MaterialInput } from '../material.js'
import { createRefraction } from './createRefraction.js'

/** n = 1 - δ + iβ. */
export interface RefractiveIndex {
  /** What is missing to 1 in the real part. */
  readonly delta: number
  /** Imaginary part. */
  readonly beta: number
}

/**
 * Refractive index of a material at one energy, n = 1 - δ + iβ. For many energies: {@link createRefraction}.
 * @param material Name, substance or mixture.
 * @param energy   eV, or `'8 keV'`.
 * @throws OperandoError as {@link createRefraction}; `E_RANGE` for an energy outside the table.
 * @example
 * ```ts
 * import { refractiveIndex } from 'operando/matter'
 * const { delta, beta } = await refractiveIndex('LiFePO4', '17 keV')
 * delta / beta // 76: what single-distance phase retrieval asks for
 * ```
 */
export async function refractiveIndex(material: MaterialInput, energy: Energy): Promise<RefractiveIndex> {
  const { delta, beta } = await createRefraction(material)
  return { delta: delta.at(energy), beta: beta.at(energy) }
}
