import type { Symmetric3, Vector3 } from '../../../model/crystal/matrix3.js'
import { reciprocalCell } from '../../../model/crystal/reciprocalCell.js'
import type { Site, Structure } from '../../../model/crystal/structure.js'
import type { UnitCell } from '../../../model/crystal/unitCell.js'
import type { FitResult } from '../../../numeric/fitResult.js'
import type { LayoutPhase } from './patternLayout.js'
import type { SiteParameters } from './structureParameters.js'

/**
 * The structure of a phase after a fit: sites moved, filled and shaken as found, with their standard uncertainties.
 * @param phase  The phase.
 * @param cell   Its cell after the fit.
 * @param p      All parameters.
 * @param fit    The fit.
 * @param names  Names of all parameters.
 */
export function refinedStructure(
  phase: LayoutPhase,
  cell: UnitCell,
  p: Float64Array,
  fit: FitResult,
  names: readonly string[],
): Structure {
  const errorOf = (at: number): number => fit.parameters[names[at]!]!.standardError ?? 0
  const given = phase.given as Structure
  return Object.freeze({ ...given, cell, sites: phase.sites.map(own => refinedSite(own, cell, p, errorOf)) })
}

function refinedSite(own: SiteParameters, cell: UnitCell, p: Float64Array, errorOf: (at: number) => number): Site {
  const { site, position, coordinates, positionAt, occupancyAt, displacementAt, tensor } = own
  const k = coordinates.free.length
  const moved = [0, 1, 2].map(i =>
    coordinates.free.reduce(
      (sum, free, j) => sum + coordinates.matrix[k * i + j]! * (p[positionAt + j]! - position[free]!),
      position[i]!,
    ),
  ) as unknown as Vector3
  // coordinates that follow one another have its error; of several, at most
  const positionSigma = [0, 1, 2].map(i =>
    Math.hypot(...coordinates.free.map((_, j) => coordinates.matrix[k * i + j]! * errorOf(positionAt + j))),
  ) as unknown as Vector3
  const shared = { ...site, position: moved, occupancy: p[occupancyAt]! }
  const sigma = { position: positionSigma, occupancy: errorOf(occupancyAt) }
  if (!tensor) return Object.freeze({ ...shared, uIso: p[displacementAt]!, sigma: { ...sigma, uIso: errorOf(displacementAt) } })
  const { a, b, c } = reciprocalCell({ ...cell, sigma: undefined, covariance: undefined })
  const scale = [a * a, b * b, c * c, b * c, a * c, a * b]
  const m = tensor.free.length
  const uAniso = site.uAniso!.map((u, i) =>
    tensor.free.reduce(
      (sum, free, j) =>
        sum + ((tensor.matrix[m * i + j]! * scale[free]!) / scale[i]!) * (p[displacementAt + j]! - site.uAniso![free]!),
      u,
    ),
  ) as unknown as Symmetric3
  const uSigma = uAniso.map((_, i) =>
    Math.hypot(
      ...tensor.free.map((free, j) => ((tensor.matrix[m * i + j]! * scale[free]!) / scale[i]!) * errorOf(displacementAt + j)),
    ),
  ) as unknown as Symmetric3
  return Object.freeze({ ...shared, uAniso, sigma: { ...sigma, uAniso: uSigma } })
}
