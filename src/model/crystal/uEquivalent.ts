import type { Symmetric3 } from './matrix3.js'
import { metricElements } from './metric.js'
import { reciprocalCell } from './reciprocalCell.js'
import type { UnitCell } from './unitCell.js'

/**
 * The isotropic displacement that equals an anisotropic one on the mean over directions: U_eq = 1/3 sum U_ij a*_i a*_j a_i.a_j.
 * @param cell   The unit cell.
 * @param uAniso U11, U22, U33, U23, U13, U12 in Å².
 * @returns Å².
 * @see R. X. Fischer, E. Tillmanns, Acta Cryst. C44 (1988) 775
 * @example
 * ```ts
 * import { createUnitCell, uEquivalent } from 'operando'
 * uEquivalent(createUnitCell({ a: 4 }), [0.01, 0.02, 0.03, 0, 0, 0]) // 0.02
 * ```
 */
export function uEquivalent(cell: UnitCell, uAniso: Symmetric3): number {
  const { a, b, c } = reciprocalCell(cell)
  const g = metricElements(cell)
  const weights = [a * a, b * b, c * c, 2 * b * c, 2 * a * c, 2 * a * b]
  return uAniso.reduce((sum, u, i) => sum + (u * weights[i]! * g[i]!) / 3, 0)
}
