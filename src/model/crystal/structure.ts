import { isElement } from '../../core/elements.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { assertCellFitsGroup, cellFitsGroup } from './cellFitsGroup.js'
import { determinant3, fullMatrix, type Symmetric3, type Vector3 } from './matrix3.js'
import { orbit, specialPosition } from './siteSymmetry.js'
import { type SpaceGroup, spaceGroup } from './spaceGroup.js'
import { spaceGroupSettings } from './spaceGroupSettings.js'
import { createUnitCell, type UnitCell, type UnitCellInput } from './unitCell.js'

/** Standard uncertainties of a site's numbers, those that are known. */
export interface SiteSigma {
  /** Of the fractional coordinates; 0 for what symmetry fixes. */
  readonly position?: Vector3 | undefined
  /** Of the occupancy. */
  readonly occupancy?: number | undefined
  /** Of uIso, Å². */
  readonly uIso?: number | undefined
  /** Of uAniso, Å². */
  readonly uAniso?: Symmetric3 | undefined
}

/** One kind of atom on one position of the asymmetric unit. Two kinds that share a position are two sites. */
export interface Site {
  /** The name it goes by: `Fe1`. */
  readonly label: string
  /** Element symbol, `D` for deuterium. */
  readonly element: string
  /** Formal charge, +2 for Fe2+; for scattering factors. Absent if unknown. */
  readonly charge?: number | undefined
  /** Fractions of a, b, c. */
  readonly position: Vector3
  /** Fraction of the position that is filled by it, 1 for all. */
  readonly occupancy: number
  /** Mean-square displacement in Å² (B = 8 pi² U); absent if unknown. */
  readonly uIso?: number | undefined
  /** Anisotropic displacements U11, U22, U33, U23, U13, U12 in Å², on the reciprocal axes a* b* c* as in CIF; absent if unknown. */
  readonly uAniso?: Symmetric3 | undefined
  /** Uncertainties. */
  readonly sigma?: SiteSigma | undefined
}

/** A crystal structure: cell, symmetry and the sites of the asymmetric unit. Made by {@link createStructure}. */
export interface Structure {
  /** What it is called, if anything. */
  readonly name: string
  /** Unit cell. */
  readonly cell: UnitCell
  /** Space group, in the setting that fits the cell and the sites. */
  readonly spaceGroup: SpaceGroup
  /** Sites of the asymmetric unit. */
  readonly sites: readonly Site[]
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** What {@link createStructure} takes of a site. */
export type SiteInput = Omit<Site, 'label' | 'occupancy'> & {
  /** The name it goes by. Default: element and place in the list, `Fe1`. */
  label?: string | undefined
  /** Fraction of the position that is filled. Default 1. */
  occupancy?: number | undefined
}

/** What {@link createStructure} takes. */
export interface StructureInput {
  /** Default ''. */
  name?: string | undefined
  /** The cell, or its numbers. */
  cell: UnitCell | UnitCellInput
  /**
   * The space group, or its symbol or number. A symbol that leaves hexagonal or rhombohedral axes open takes those that the cell has; one that
   * leaves the origin open takes choice 2 and says so in the warnings.
   */
  spaceGroup: SpaceGroup | string | number
  /** Sites; label defaults to element and place in the list, occupancy to 1. */
  sites: readonly SiteInput[]
  /** Doubts that whoever calls already has. */
  warnings?: readonly Issue[] | undefined
}

const STRUCTURE: FieldsOf<StructureInput> = { name: true, cell: true, spaceGroup: true, sites: true, warnings: true }
const SITE: FieldsOf<SiteInput> = {
  label: true,
  element: true,
  charge: true,
  position: true,
  occupancy: true,
  uIso: true,
  uAniso: true,
  sigma: true,
}

/**
 * A validated crystal structure.
 *
 * @param input Cell, space group, sites.
 * @throws OperandoError `E_ARGUMENT` when the cell does not have the group's symmetry, `E_MISSING` for an unknown group or element or a missing field, `E_NAN` for a
 *   position that is not finite, `E_RANGE` for a negative occupancy. Occupancies that add up to more than 1, negative displacements and
 *   the like come as warnings, since refinements do end there.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * const licoo2 = createStructure({
 *   cell: { a: 2.8156, c: 14.0542, gamma: 120 },
 *   spaceGroup: 'R-3m',
 *   sites: [
 *     { element: 'Li', charge: 1, position: [0, 0, 0.5] },
 *     { element: 'Co', charge: 3, position: [0, 0, 0] },
 *     { element: 'O', charge: -2, position: [0, 0, 0.2395] },
 *   ],
 * })
 * ```
 */
export function createStructure(input: StructureInput): Structure {
  assertKnown(input, 'a structure', STRUCTURE)
  assertFields(input, 'a structure', ['cell', 'spaceGroup', 'sites'])
  const cell = createUnitCell(input.cell)
  const warnings: Issue[] = [...(input.warnings ?? [])]
  const warn = (code: `W_${string}`, message: string): number => warnings.push({ code, message })
  const group = typeof input.spaceGroup === 'object' ? input.spaceGroup : settle(input.spaceGroup, cell, warn)
  assertCellFitsGroup(cell, group)
  const sites = input.sites.map((site, index) => checkedSite(site, index, warn))
  warnOfCrowding(group, sites, warn)
  return Object.freeze({ name: input.name ?? '', cell, spaceGroup: group, sites, warnings })
}

type Warn = (code: `W_${string}`, message: string) => number

/** The setting of a symbol that the cell has. */
function settle(symbol: string | number, cell: UnitCell, warn: Warn): SpaceGroup {
  const settings = spaceGroupSettings(symbol)
  const fitting = settings.map(s => spaceGroup(s.hm)).filter(g => cellFitsGroup(cell, g))
  const first = fitting[0]
  if (!first) return spaceGroup(settings[0]!.hm)
  if (
    fitting.length > 1 &&
    fitting.some(g => g !== first && /^[12]/.test(g.setting) && g.hm!.split(':')[0] === first.hm!.split(':')[0])
  ) {
    warn(
      'W_ORIGIN',
      `Space group ${symbol} has two origins and the choice is not told: ${first.hm} taken. If distances come out wrong, the other is meant.`,
    )
  }
  return first
}

function checkedSite(site: SiteInput, index: number, warn: Warn): Site {
  assertFields(site, `site ${index}`, ['element', 'position'])
  assertKnown(site, `site ${index}`, SITE)
  const label = site.label ?? `${site.element}${index + 1}`
  const place = `Site ${label}`
  const details = { label, index }
  if (!isElement(site.element)) {
    throw new OperandoError(
      'E_MISSING',
      `${place}: "${site.element}" is no element; a symbol such as "Fe" expected, the charge apart from it.`,
      { details },
    )
  }
  if (site.position.length !== 3 || !site.position.every(Number.isFinite)) {
    throw new OperandoError(
      'E_NAN',
      `${place}: three finite fractional coordinates expected, found ${site.position.join(', ')}.`,
      { details },
    )
  }
  const occupancy = site.occupancy ?? 1
  if (!(occupancy >= 0 && Number.isFinite(occupancy))) {
    throw new OperandoError('E_RANGE', `${place}: occupancy ${occupancy}, a number from 0 to 1 expected.`, { details })
  }
  if (site.uIso !== undefined && !(site.uIso >= 0)) warn('W_DISPLACEMENT', `${place}: uIso = ${site.uIso} Å² is negative.`)
  if (site.uAniso && !isPositive(site.uAniso))
    warn('W_DISPLACEMENT', `${place}: uAniso = ${site.uAniso.join(' ')} Å² is not positive definite.`)
  return Object.freeze({ ...site, label, occupancy })
}

const isPositive = (u: Symmetric3): boolean => u[0] >= 0 && u[0] * u[1] - u[5] * u[5] >= 0 && determinant3(fullMatrix(u)) >= 0

/** Warns of positions that hold more than one atom. */
function warnOfCrowding(group: SpaceGroup, sites: readonly Site[], warn: Warn): void {
  const counted = new Set<number>()
  sites.forEach((site, i) => {
    if (counted.has(i)) return
    const points = orbit(group, site.position)
    const here = sites
      .map((other, j) => ({ other, j, at: specialPosition(group, other.position) }))
      .filter(
        ({ j, at }) =>
          j >= i && points.some(p => p.position.every((x, k) => Math.abs(x - at[k]! - Math.round(x - at[k]!)) < 2e-3)),
      )
    for (const { j } of here) counted.add(j)
    const sum = here.reduce((total, { other }) => total + other.occupancy, 0)
    if (sum > 1.005) {
      warn(
        'W_OCCUPANCY',
        `The position of ${here.map(h => h.other.label).join(', ')} is filled ${Number(sum.toFixed(4))} times: occupancies add up to at most 1.`,
      )
    }
  })
}
