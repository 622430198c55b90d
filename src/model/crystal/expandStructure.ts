import { assertFields, assertKnown } from '../../core/fields.js'
import { congruence, type Matrix3, type Symmetric3, transpose3, type Vector3 } from './matrix3.js'
import { reciprocalCell } from './reciprocalCell.js'
import { ORBIT_FIELDS, type OrbitOptions, orbit } from './siteSymmetry.js'
import type { Structure } from './structure.js'
import type { UnitCell } from './unitCell.js'

/** An atom of the unit cell. */
export interface Atom {
  /** Index of its site in `structure.sites`. */
  readonly site: number
  /** Label of its site. */
  readonly label: string
  /** Element symbol. */
  readonly element: string
  /** Fractions of a, b, c, each in [0, 1). */
  readonly position: Vector3
  /** Occupancy of its site. */
  readonly occupancy: number
  /** Å²; absent if unknown. */
  readonly uIso?: number | undefined
  /** U11, U22, U33, U23, U13, U12 in Å², turned with the atom; absent if unknown. */
  readonly uAniso?: Symmetric3 | undefined
  /** Index in `structure.spaceGroup.operations` of the operation that leads to it. */
  readonly operation: number
}

/**
 * All atoms of the unit cell. Images that fall together on a special position are one atom, and sit exactly on it.
 * @param structure The structure.
 * @param options   Tolerance of special positions.
 * @returns Atoms, site by site.
 * @example
 * ```ts
 * import { createStructure, expandStructure } from 'operando'
 * const silicon = createStructure({ cell: { a: 5.43102 }, spaceGroup: 'F d -3 m:1', sites: [{ element: 'Si', position: [0, 0, 0] }] })
 * expandStructure(silicon).length // 8
 * ```
 */
export function expandStructure(structure: Structure, options: OrbitOptions = {}): Atom[] {
  assertKnown(options, 'expandStructure options', ORBIT_FIELDS)
  assertFields(structure, 'a Structure', ['cell', 'spaceGroup', 'sites'])
  const { cell, spaceGroup, sites } = structure
  return sites.flatMap((site, index) =>
    orbit(spaceGroup, site.position, options).map(({ position, operation }) => ({
      site: index,
      label: site.label,
      element: site.element,
      position,
      occupancy: site.occupancy,
      ...(site.uIso !== undefined && { uIso: site.uIso }),
      ...(site.uAniso && { uAniso: turned(site.uAniso, spaceGroup.operations[operation]!.rotation, cell) }),
      operation,
    })),
  )
}

/** U under a rotation of the fractional axes: U_ij a*_i a*_j is a tensor on those axes and goes to R T R'. */
function turned(u: Symmetric3, rotation: Matrix3, cell: UnitCell): Symmetric3 {
  const { a, b, c } = reciprocalCell(cell)
  const scale = [a * a, b * b, c * c, b * c, a * c, a * b]
  const tensor = u.map((x, i) => x * scale[i]!) as unknown as Symmetric3
  return congruence(transpose3(rotation), tensor).map((x, i) => x / scale[i]!) as unknown as Symmetric3
}
