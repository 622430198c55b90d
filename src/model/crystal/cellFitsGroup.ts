import { OperandoError } from '../../core/errors.js'
import { congruence } from './matrix3.js'
import { metricElements } from './metric.js'
import { distinctRotations } from './pointGroup.js'
import type { SpaceGroup } from './spaceGroup.js'
import type { UnitCell } from './unitCell.js'

/**
 * Whether every rotation of the group keeps the cell's metric, within 0.2 % of the products of edges (0.1 % of an edge, 0.1 degrees).
 * @example
 * ```ts
 * import { cellFitsGroup, createUnitCell, spaceGroup } from 'operando'
 * cellFitsGroup(createUnitCell({ a: 5.43 }), spaceGroup('F d -3 m:1')) // true
 * cellFitsGroup(createUnitCell({ a: 5.43, b: 5.5 }), spaceGroup('F d -3 m:1')) // false
 * ```
 */
export function cellFitsGroup(cell: UnitCell, group: SpaceGroup): boolean {
  const metric = metricElements(cell)
  const { a, b, c } = cell
  const scale = [a * a, b * b, c * c, b * c, a * c, a * b]
  return distinctRotations(group.operations).every(r =>
    congruence(r, metric).every((g, i) => Math.abs(g - metric[i]!) <= 2e-3 * scale[i]!),
  )
}

/** Throws `E_ARGUMENT` when the cell does not have the symmetry of the group. */
export function assertCellFitsGroup(cell: UnitCell, group: SpaceGroup): void {
  if (cellFitsGroup(cell, group)) return
  const { a, b, c, alpha, beta, gamma } = cell
  const name = group.hm ?? `a group with point group ${group.pointGroup}`
  throw new OperandoError(
    'E_ARGUMENT',
    `The cell ${a} ${b} ${c} Å, ${alpha} ${beta} ${gamma} degrees does not have the symmetry of ${name} (${group.crystalSystem}). ` +
      'Check the unique axis, and for R groups hexagonal (:H, gamma 120) against rhombohedral axes (:R).',
    { details: { a, b, c, alpha, beta, gamma, spaceGroup: name } },
  )
}
