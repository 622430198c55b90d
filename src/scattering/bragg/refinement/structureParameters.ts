import { siteMultiplicity, specialPosition } from '../../../model/crystal/siteSymmetry.js'
import type { Site, Structure } from '../../../model/crystal/structure.js'
import type { ParameterInput } from '../../../numeric/leastSquares/types.js'
import { type FreeDirections, freeCoordinates, freeDisplacements } from './freeDirections.js'

/** Displacement of a site of which none is told, Å². */
const USUAL_DISPLACEMENT = 0.005
/** How far a coordinate may go from where it starts. */
const ROOM = 0.1
/** Bounds of displacements, Å²: a little below 0 they tell of a wrong model, far below the pattern loses its meaning. */
const DISPLACEMENTS = { min: -0.02, max: 0.3 }

const COORDINATES = ['x', 'y', 'z'] as const
const TENSOR = ['u11', 'u22', 'u33', 'u23', 'u13', 'u12'] as const

/** A site with the indices of its parameters. */
export interface SiteParameters {
  /** The site as given. */
  readonly site: Site
  /** Its position, on the special position. */
  readonly position: Float64Array
  /** Images in the cell. */
  readonly multiplicity: number
  /** Its free coordinates. */
  readonly coordinates: FreeDirections
  /** Index of the first of them. */
  readonly positionAt: number
  /** Index of its occupancy. */
  readonly occupancyAt: number
  /** Index of uIso, or of the first free number of uAniso. */
  readonly displacementAt: number
  /** Free numbers of uAniso; absent for isotropic sites. */
  readonly tensor?: FreeDirections | undefined
}

/**
 * The parameters of the sites of a structure: those coordinates and displacements that symmetry leaves free, and occupancies. All are held by default.
 * @param name      Name of the phase.
 * @param structure The structure.
 * @param add       Takes the parameters.
 */
export function addStructureParameters(
  name: string,
  { spaceGroup: group, sites }: Structure,
  add: (input: ParameterInput) => number,
): SiteParameters[] {
  return sites.map((site): SiteParameters => {
    const prefix = `${name}.${site.label}`
    const position = Float64Array.from(specialPosition(group, site.position))
    const coordinates = freeCoordinates(group, site.position)
    const tensor = site.uAniso && freeDisplacements(group, site.position)
    const held = (own: string, value: number, more: Partial<ParameterInput>): number =>
      add({ name: `${prefix}.${own}`, value, vary: false, ...more })
    const many = (indices: readonly number[], each: (index: number) => number): number => indices.map(each)[0] ?? -1
    const positionAt = many(coordinates.free, i => {
      const value = position[i]!
      return held(COORDINATES[i]!, value, { min: value - ROOM, max: value + ROOM, scale: 0.01 })
    })
    const occupancyAt = held('occupancy', site.occupancy, { min: 0 })
    const displacementAt = tensor
      ? many(tensor.free, i => held(TENSOR[i]!, site.uAniso![i]!, { scale: 0.001 }))
      : held('uIso', site.uIso ?? USUAL_DISPLACEMENT, { ...DISPLACEMENTS, scale: 0.001 })
    const multiplicity = siteMultiplicity(group, site.position)
    return { site, position, multiplicity, coordinates, positionAt, occupancyAt, displacementAt, ...(tensor && { tensor }) }
  })
}
