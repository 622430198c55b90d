import { OperandoError } from '../../core/errors.js'
import { quadraticForm, type Vector3 } from './matrix3.js'
import { metricElements } from './metric.js'
import type { UnitCell } from './unitCell.js'

const minus = (x: Vector3, y: Vector3): Vector3 => [x[0] - y[0], x[1] - y[1], x[2] - y[2]]

/**
 * Distance between two positions as they stand (no search among periodic images: see `neighbours`).
 * @param cell The unit cell.
 * @param from Fractions of a, b, c.
 * @param to   Fractions of a, b, c.
 * @returns Å.
 * @example
 * ```ts
 * import { bondLength, createUnitCell } from 'operando'
 * bondLength(createUnitCell({ a: 5.43102 }), [0, 0, 0], [0.25, 0.25, 0.25]) // 2.3517, the bond of silicon
 * ```
 */
export function bondLength(cell: UnitCell, from: Vector3, to: Vector3): number {
  return Math.sqrt(quadraticForm(metricElements(cell), minus(to, from)))
}

/**
 * Angle at `apex` between the directions to two positions.
 * @param cell The unit cell.
 * @param from Fractions of a, b, c.
 * @param apex Fractions of a, b, c.
 * @param to   Fractions of a, b, c.
 * @returns Degrees, 0 to 180.
 * @throws OperandoError `E_RANGE` when a position falls on the apex.
 * @example
 * ```ts
 * import { bondAngle, createUnitCell } from 'operando'
 * bondAngle(createUnitCell({ a: 5.43102 }), [0.25, 0.25, 0.25], [0, 0, 0], [-0.25, -0.25, 0.25]) // 109.47
 * ```
 */
export function bondAngle(cell: UnitCell, from: Vector3, apex: Vector3, to: Vector3): number {
  const metric = metricElements(cell)
  const [u, v] = [minus(from, apex), minus(to, apex)]
  const [uu, vv, ww] = [u, v, minus(u, v)].map(x => quadraticForm(metric, x)) as [number, number, number]
  if (!(uu > 0 && vv > 0))
    throw new OperandoError('E_RANGE', 'An angle needs three positions apart: one falls on the apex, or is not finite.')
  return (Math.acos(Math.min(1, Math.max(-1, (uu + vv - ww) / (2 * Math.sqrt(uu * vv))))) * 180) / Math.PI
}
