import { atomicWeight } from '../../../../core/elements.js'
import { OperandoError } from '../../../../core/errors.js'
import type { ScatteringPath } from '../../../../model/scatteringPath.js'

/** What has atoms that vibrate: a path, or the elements along it. */
export type VibratingPath = Pick<ScatteringPath, 'atoms'> | readonly string[]

/**
 * Reduced mass of a path, 1 / sum of 1 / m over its legs, in u.
 * @param path A path, or the elements along it, the absorber first: `['Ni', 'O']`.
 * @throws OperandoError `E_MISSING` for something that is no element, `E_ARGUMENT` for fewer than two atoms.
 * @example
 * ```ts
 * import { reducedMass } from 'operando/spectroscopy'
 * reducedMass(['Cu', 'Cu']) // 31.773
 * ```
 */
export function reducedMass(path: VibratingPath): number {
  const elements = elementsOf(path)
  if (elements.length < 2) {
    throw new OperandoError('E_ARGUMENT', `reducedMass: two atoms or more expected, found ${elements.length}.`)
  }
  return 1 / elements.reduce((sum, element) => sum + 1 / atomicWeight(element), 0)
}

function elementsOf(path: VibratingPath): readonly string[] {
  if (Array.isArray(path)) return path as readonly string[]
  const atoms = (path as Partial<ScatteringPath> | null)?.atoms
  if (Array.isArray(atoms)) return atoms.map(atom => atom.element)
  throw new OperandoError('E_ARGUMENT', "reducedMass: a path with atoms, or elements such as ['Ni', 'O'], expected.")
}
