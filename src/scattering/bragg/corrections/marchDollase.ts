import { OperandoError } from '../../../core/errors.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import { reciprocalMetric } from '../../../model/crystal/reciprocalCell.js'
import { equivalentReflections } from '../../../model/crystal/reflectionSymmetry.js'
import type { SpaceGroup } from '../../../model/crystal/spaceGroup.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'

/**
 * Preferred orientation after March and Dollase: the mean over equivalent planes of (r² cos² a + sin² a / r)^(-3/2), a between plane normal and texture axis. 1 for a powder without texture (r = 1);
 * the mean over all directions is 1 for every r. Below 1 the planes of the axis lie parallel to the sample's surface: plates seen in reflection.
 *
 * @param cell  Unit cell.
 * @param group Space group, for the equivalents.
 * @param hkl   The line.
 * @param axis  Texture axis, as the plane that it is normal to: [0, 0, 1] for layered oxides and graphite.
 * @param r     March coefficient, above 0.
 * @throws OperandoError `E_RANGE` for r that is not positive, `E_ARGUMENT` for the axis 0 0 0.
 * @see W. A. Dollase, J. Appl. Cryst. 19 (1986) 267
 * @example
 * ```ts
 * import { createUnitCell, spaceGroup } from 'operando'
 * import { marchDollase } from 'operando/scattering'
 * const graphite = createUnitCell({ a: 2.461, c: 6.708, gamma: 120 })
 * marchDollase(graphite, spaceGroup('P 63/m m c'), [0, 0, 2], [0, 0, 1], 0.7) // 0.7^-3 = 2.9
 * ```
 */
export function marchDollase(cell: UnitCell, group: SpaceGroup, hkl: Hkl, axis: Hkl, r: number): number {
  if (!(r > 0 && Number.isFinite(r)))
    throw new OperandoError('E_RANGE', `March coefficient r = ${r}: above 0 expected, 1 for no texture.`)
  const g = reciprocalMetric(cell)
  const dot = (x: Hkl, y: Hkl): number =>
    g[0] * x[0] * y[0] +
    g[1] * x[1] * y[1] +
    g[2] * x[2] * y[2] +
    g[3] * (x[1] * y[2] + x[2] * y[1]) +
    g[4] * (x[0] * y[2] + x[2] * y[0]) +
    g[5] * (x[0] * y[1] + x[1] * y[0])
  const axisSquare = dot(axis, axis)
  if (!(axisSquare > 0)) throw new OperandoError('E_ARGUMENT', 'axis: the indices of a plane expected, found 0 0 0.')
  const square = dot(hkl, hkl) * axisSquare
  const planes = equivalentReflections(group, hkl)
  let sum = 0
  for (const plane of planes) {
    const cos2 = Math.min(1, dot(plane, axis) ** 2 / square)
    sum += (r * r * cos2 + (1 - cos2) / r) ** -1.5
  }
  return sum / planes.length
}
