import { OperandoError } from '../../core/errors.js'
import { congruence, determinant3, type Matrix3, type Symmetric3 } from './matrix3.js'
import { cellFromMetric, metricElements } from './metric.js'
import type { UnitCell } from './unitCell.js'

/**
 * The cell on other axes: (a', b', c') = (a, b, c) P, as the International Tables write it. Uncertainties are propagated.
 * @param cell The unit cell.
 * @param p    3 x 3, row-major; column j holds the new edge j in terms of the old edges. Indices transform as the edges, (h' k' l') = (h k l) P.
 * @throws OperandoError `E_SINGULAR` when the new axes lie in a plane.
 * @see International Tables A, section 1.5.1
 * @example
 * ```ts
 * import { createUnitCell, transformCell } from 'operando'
 * // the primitive, rhombohedral cell of a face-centred cubic one
 * transformCell(createUnitCell({ a: 4 }), [0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0]) // a 2.828, alpha 60
 * ```
 */
export function transformCell(cell: UnitCell, p: Matrix3): UnitCell {
  if (!(Math.abs(determinant3(p)) > 1e-9)) {
    throw new OperandoError(
      'E_SINGULAR',
      `The new axes of the transformation [${p.join(', ')}] lie in one plane: a matrix that can be inverted expected.`,
    )
  }
  const jacobian = new Float64Array(36)
  for (let k = 0; k < 6; k++) {
    const unit = [0, 0, 0, 0, 0, 0]
    unit[k] = 1
    const change = congruence(p, unit as unknown as Symmetric3)
    for (let i = 0; i < 6; i++) jacobian[6 * i + k] = change[i]!
  }
  return cellFromMetric(congruence(p, metricElements(cell)), cell, jacobian)
}
