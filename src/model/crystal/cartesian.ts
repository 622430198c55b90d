import { assertFields } from '../../core/fields.js'
import { cellVolume } from './cellVolume.js'
import { apply3, inverse3, type Matrix3, type Vector3 } from './matrix3.js'
import type { UnitCell } from './unitCell.js'

/**
 * The matrix that turns fractional coordinates into Cartesian ones: x along a, y in the plane of a and b (the convention of the PDB).
 * @param cell The unit cell.
 * @returns 3 x 3, row-major, upper triangular, Å.
 * @example
 * ```ts
 * import { createUnitCell, orthogonalization } from 'operando'
 * orthogonalization(createUnitCell({ a: 2, b: 3, c: 4 })) // diagonal 2, 3, 4
 * ```
 */
export function orthogonalization(cell: UnitCell): Matrix3 {
  assertFields(cell, 'a unit cell', ['a', 'b', 'c', 'alpha', 'beta', 'gamma'])
  const { a, b, c } = cell
  const [ca, cb, cg] = [cell.alpha, cell.beta, cell.gamma].map(x => (x === 90 ? 0 : Math.cos((x * Math.PI) / 180))) as [
    number,
    number,
    number,
  ]
  const sg = Math.sqrt(1 - cg * cg)
  return [a, b * cg, c * cb, 0, b * sg, (c * (ca - cb * cg)) / sg, 0, 0, cellVolume(cell) / (a * b * sg)]
}

/**
 * Cartesian coordinates of a position given in fractions of the cell.
 * @param cell       The unit cell.
 * @param fractional Fractions of a, b, c.
 * @returns Å; x along a, y in the plane of a and b.
 * @example
 * ```ts
 * import { createUnitCell, toCartesian } from 'operando'
 * toCartesian(createUnitCell({ a: 2, b: 3, c: 4 }), [0.5, 0.5, 0.5]) // [1, 1.5, 2]
 * ```
 */
export function toCartesian(cell: UnitCell, fractional: Vector3): Vector3 {
  return apply3(orthogonalization(cell), fractional)
}

/**
 * Fractions of the cell of a Cartesian position; undoes {@link toCartesian}.
 * @param cell      The unit cell.
 * @param cartesian Å; x along a, y in the plane of a and b.
 * @example
 * ```ts
 * import { createUnitCell, toFractional } from 'operando'
 * toFractional(createUnitCell({ a: 2, b: 3, c: 4 }), [1, 1.5, 2]) // [0.5, 0.5, 0.5]
 * ```
 */
export function toFractional(cell: UnitCell, cartesian: Vector3): Vector3 {
  return apply3(inverse3(orthogonalization(cell)), cartesian)
}
