import { congruence, fullMatrix, inverseSymmetric, type Symmetric3 } from './matrix3.js'
import { cellFromMetric, metricElements } from './metric.js'
import type { UnitCell } from './unitCell.js'

/**
 * The reciprocal cell, without the factor 2 pi: a* = 1/d(100). Uncertainties are propagated.
 * @param cell The direct cell (or a reciprocal one: the reciprocal of the reciprocal is the cell).
 * @returns Edges in 1/Å, angles in degrees.
 * @example
 * ```ts
 * import { createUnitCell, reciprocalCell } from 'operando'
 * reciprocalCell(createUnitCell({ a: 4 })).a // 0.25
 * ```
 */
export function reciprocalCell(cell: UnitCell): UnitCell {
  const inverse = inverseSymmetric(metricElements(cell))
  // d(G*) = -G* dG G*, one column for each independent element of G
  const full = fullMatrix(inverse)
  const jacobian = new Float64Array(36)
  for (let k = 0; k < 6; k++) {
    const unit = [0, 0, 0, 0, 0, 0]
    unit[k] = 1
    const change = congruence(full, unit as unknown as Symmetric3)
    for (let i = 0; i < 6; i++) jacobian[6 * i + k] = -change[i]!
  }
  return cellFromMetric(inverse, cell, jacobian)
}

/** The reciprocal metric tensor as its elements a*.a*, b*.b*, c*.c*, b*.c*, a*.c*, a*.b* in Å⁻². */
export function reciprocalMetric(cell: UnitCell): Symmetric3 {
  return inverseSymmetric(metricElements(cell))
}
