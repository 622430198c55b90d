import { determinant3, fullMatrix, inverseSymmetric } from './matrix3.js'
import { covarianceFrom, metricElements } from './metric.js'
import type { UnitCell } from './unitCell.js'

/**
 * Volume of the unit cell.
 * @param cell The unit cell.
 * @returns Å³.
 * @example
 * ```ts
 * import { cellVolume, createUnitCell } from 'operando'
 * cellVolume(createUnitCell({ a: 2, b: 3, c: 4 })) // 24
 * ```
 */
export function cellVolume(cell: UnitCell): number {
  return Math.sqrt(determinant3(fullMatrix(metricElements(cell))))
}

/**
 * Standard uncertainty of {@link cellVolume} that follows from the cell's.
 * @param cell The unit cell.
 * @returns Å³; `null` when the cell has no uncertainty.
 * @example
 * ```ts
 * import { cellVolumeSigma, createUnitCell } from 'operando'
 * cellVolumeSigma(createUnitCell({ a: 10, sigma: [0.01, 0.01, 0.01, 0, 0, 0] })) // 3: a cubic cell, 3 a² sigma(a)
 * ```
 */
export function cellVolumeSigma(cell: UnitCell): number | null {
  // dV / V = trace(G* dG) / 2
  const [xx, yy, zz, yz, xz, xy] = inverseSymmetric(metricElements(cell))
  const variance = covarianceFrom(cell, [xx, yy, zz, 2 * yz, 2 * xz, 2 * xy])
  return variance ? (cellVolume(cell) * Math.sqrt(variance[0]!)) / 2 : null
}
