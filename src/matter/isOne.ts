import type { NumbersLike } from '../core/arrays.js'
import type { Energy } from '../core/quantity.js'

/**
 * Whether one energy is asked for, or many.
 * @param energies A number or a text is one.
 */
export function isOne(energies: Energy | NumbersLike): energies is Energy {
  return typeof energies === 'number' || typeof energies === 'string'
}
