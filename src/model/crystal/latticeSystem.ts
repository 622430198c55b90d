import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { UnitCell } from './unitCell.js'

/** The seven lattice systems: what a cell's edges and angles have in common. */
export type LatticeSystem = 'triclinic' | 'monoclinic' | 'orthorhombic' | 'tetragonal' | 'rhombohedral' | 'hexagonal' | 'cubic'

/** Options of {@link latticeSystem}. */
export interface LatticeSystemOptions {
  /** Relative difference up to which edges count as equal. Default 1e-4. */
  edgeTolerance?: number | undefined
  /** Difference in degrees up to which angles count as equal. Default 0.01. */
  angleTolerance?: number | undefined
}

const OPTIONS: FieldsOf<LatticeSystemOptions> = { edgeTolerance: true, angleTolerance: true }

/**
 * The highest lattice system that the cell's edges and angles allow, on these axes (the cell is not reduced; any of the axes may be
 * the unique one, but hexagonal means gamma = 120 degrees). The crystal's symmetry can be lower: a monoclinic crystal may have beta = 90 degrees by chance.
 * @param cell    The unit cell.
 * @param options Tolerances.
 * @example
 * ```ts
 * import { createUnitCell, latticeSystem } from 'operando'
 * latticeSystem(createUnitCell({ a: 2.464, c: 6.711, gamma: 120 })) // 'hexagonal'
 * ```
 */
export function latticeSystem(cell: UnitCell, options: LatticeSystemOptions = {}): LatticeSystem {
  assertKnown(options, 'latticeSystem options', OPTIONS)
  assertFields(cell, 'a unit cell', ['a', 'b', 'c', 'alpha', 'beta', 'gamma'])
  const { edgeTolerance = 1e-4, angleTolerance = 0.01 } = options
  const { a, b, c, alpha, beta, gamma } = cell
  const same = (x: number, y: number): boolean => Math.abs(x - y) <= edgeTolerance * Math.max(x, y)
  const is = (x: number, y: number): boolean => Math.abs(x - y) <= angleTolerance
  const right = [alpha, beta, gamma].filter(x => is(x, 90)).length
  const equal = [same(a, b), same(b, c), same(a, c)].filter(Boolean).length
  if (right === 3) return equal === 3 ? 'cubic' : equal > 0 ? 'tetragonal' : 'orthorhombic'
  if (is(alpha, 90) && is(beta, 90) && is(gamma, 120) && same(a, b)) return 'hexagonal'
  if (equal === 3 && is(alpha, beta) && is(beta, gamma)) return 'rhombohedral'
  return right === 2 ? 'monoclinic' : 'triclinic'
}
