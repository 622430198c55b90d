import { OperandoError } from '../../core/errors.js'
import { apply3, fullMatrix, type Hkl, quadraticForm } from './matrix3.js'
import { covarianceFrom } from './metric.js'
import { reciprocalMetric } from './reciprocalCell.js'
import type { UnitCell } from './unitCell.js'

/**
 * Spacing of the lattice planes hkl.
 * @param cell The unit cell.
 * @param hkl  Miller indices, not all 0; need not be whole (satellites).
 * @returns Å.
 * @throws OperandoError `E_RANGE` for (0, 0, 0).
 * @example
 * ```ts
 * import { createUnitCell, dSpacing } from 'operando'
 * dSpacing(createUnitCell({ a: 5.43102 }), [1, 1, 1]) // 3.1356
 * ```
 */
export function dSpacing(cell: UnitCell, hkl: Hkl): number {
  return 1 / Math.sqrt(inverseSquare(cell, hkl))
}

/**
 * Length of the scattering vector of hkl, q = 2 pi / d = 4 pi sin(theta) / wavelength.
 * @param cell The unit cell.
 * @param hkl  Miller indices; (0, 0, 0) is refused.
 * @returns Å⁻¹.
 * @throws OperandoError `E_RANGE` for (0, 0, 0).
 * @example
 * ```ts
 * import { createUnitCell, qOf } from 'operando'
 * qOf(createUnitCell({ a: 5.43102 }), [1, 1, 1]) // 2.0038
 * ```
 */
export function qOf(cell: UnitCell, hkl: Hkl): number {
  return 2 * Math.PI * Math.sqrt(inverseSquare(cell, hkl))
}

/**
 * Standard uncertainty of {@link dSpacing} that follows from the cell's (`sigma`, or `covariance` where it is there).
 * @param cell The unit cell.
 * @param hkl  Miller indices.
 * @returns Å; `null` when the cell has no uncertainty.
 * @throws OperandoError `E_RANGE` for (0, 0, 0).
 * @example
 * ```ts
 * import { createUnitCell, dSpacingSigma } from 'operando'
 * const cell = createUnitCell({ a: 4, sigma: [0.004, 0.004, 0.004, 0, 0, 0] })
 * dSpacingSigma(cell, [2, 0, 0]) // 0.002
 * dSpacingSigma(cell, [1, 1, 1]) // 0.0023: a, b and c are one number, so sigma(d)/d = sigma(a)/a
 * ```
 */
export function dSpacingSigma(cell: UnitCell, hkl: Hkl): number | null {
  const relative = relativeSigma(cell, hkl)
  return relative === null ? null : relative * dSpacing(cell, hkl)
}

/**
 * Standard uncertainty of {@link qOf} that follows from the cell's.
 * @param cell The unit cell.
 * @param hkl  Miller indices.
 * @returns Å⁻¹; `null` when the cell has no uncertainty.
 * @throws OperandoError `E_RANGE` for (0, 0, 0).
 * @example
 * ```ts
 * import { createUnitCell, qSigma } from 'operando'
 * qSigma(createUnitCell({ a: 4, sigma: [0.004, 0.004, 0.004, 0, 0, 0] }), [2, 0, 0]) // 0.00314
 * ```
 */
export function qSigma(cell: UnitCell, hkl: Hkl): number | null {
  const relative = relativeSigma(cell, hkl)
  return relative === null ? null : relative * qOf(cell, hkl)
}

function inverseSquare(cell: UnitCell, hkl: Hkl): number {
  const s = quadraticForm(reciprocalMetric(cell), hkl)
  if (s > 0) return s
  throw new OperandoError('E_RANGE', `hkl = (${hkl.join(' ')}) has no lattice planes: three finite indices, not all 0, expected.`)
}

/** sigma(d)/d = sigma(q)/q, half of that of s = h G* h; ds = -v dG v with v = G* h. */
function relativeSigma(cell: UnitCell, hkl: Hkl): number | null {
  const s = inverseSquare(cell, hkl)
  const [x, y, z] = apply3(fullMatrix(reciprocalMetric(cell)), hkl)
  const variance = covarianceFrom(cell, [x * x, y * y, z * z, 2 * y * z, 2 * x * z, 2 * x * y])
  return variance ? Math.sqrt(variance[0]!) / (2 * s) : null
}
