import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import { siteMultiplicity } from '../../../model/crystal/siteSymmetry.js'
import type { Site, Structure } from '../../../model/crystal/structure.js'
import type { ParameterChoice } from './refinementTypes.js'

/** Choices for `parameters` of a refinement. */
export type ParameterChoices = Readonly<Record<string, ParameterChoice>>

/** The sites of two positions that exchange atoms, by label. */
export interface AntisiteSites {
  /** The first position: its own atom (Li), and the guest from the second (Ni). */
  readonly first: readonly [own: string, guest: string]
  /** The second position: its own atom (Ni), and the guest from the first (Li). */
  readonly second: readonly [own: string, guest: string]
}

/**
 * Ties for antisite mixing, Li/Ni in layered oxides: one free number, the occupancy of the guest on the first position; what it displaces goes to the second, atom for atom, so that composition and
 * filling stay as they are in the structure.
 * @param structure A structure with four sites, two on each position; guests may have occupancy 0.
 * @param sites     Their labels.
 * @returns Choices to spread into `parameters`.
 * @throws OperandoError `E_MISSING` for labels that there are not, `E_ARGUMENT` for a structure without name.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { antisiteMixing } from 'operando/scattering'
 * const lno = createStructure({
 *   name: 'LNO', cell: { a: 2.878, c: 14.19, gamma: 120 }, spaceGroup: 'R-3m',
 *   sites: [
 *     { element: 'Li', label: 'Li1', position: [0, 0, 0.5], occupancy: 0.97 }, { element: 'Ni', label: 'Ni2', position: [0, 0, 0.5], occupancy: 0.03 },
 *     { element: 'Ni', label: 'Ni1', position: [0, 0, 0], occupancy: 0.97 }, { element: 'Li', label: 'Li2', position: [0, 0, 0], occupancy: 0.03 },
 *     { element: 'O', label: 'O1', position: [0, 0, 0.2585] },
 *   ],
 * })
 * antisiteMixing(lno, { first: ['Li1', 'Ni2'], second: ['Ni1', 'Li2'] }) // LNO.Ni2.occupancy is free, the others follow
 * ```
 */
export function antisiteMixing(structure: Structure, sites: AntisiteSites): ParameterChoices {
  const { nameOf, siteOf, multiplicityOf } = lookUp(structure)
  const [own1, guest1] = sites.first
  const [own2, guest2] = sites.second
  // atoms for atoms: positions of unequal multiplicity take unequal shares
  const ratio = multiplicityOf(guest1) / multiplicityOf(own2)
  const mixing = nameOf(guest1)
  const start = siteOf(guest1).occupancy
  return {
    [mixing]: { vary: true, min: 0, max: siteOf(own1).occupancy + start },
    [nameOf(own1)]: { tie: `${siteOf(own1).occupancy + start} - ${mixing}` },
    [nameOf(own2)]: { tie: `${siteOf(own2).occupancy + ratio * start} - ${ratio} * ${mixing}` },
    [nameOf(guest2)]: { tie: `${siteOf(guest2).occupancy - ratio * start} + ${ratio} * ${mixing}` },
  }
}

/**
 * Tie that keeps a cell neutral: the occupancy of one site follows from those of all others and the charges.
 * @param structure A structure whose sites have charges.
 * @param label     The site that follows.
 * @throws OperandoError `E_MISSING` for a label that there is not or a site without charge, `E_ARGUMENT` for a site that carries none.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { chargeBalance } from 'operando/scattering'
 * const lco = createStructure({
 *   name: 'LCO', cell: { a: 2.815, c: 14.05, gamma: 120 }, spaceGroup: 'R-3m',
 *   sites: [
 *     { element: 'Li', label: 'Li1', charge: 1, position: [0, 0, 0.5] },
 *     { element: 'Co', label: 'Co1', charge: 3, position: [0, 0, 0] },
 *     { element: 'O', label: 'O1', charge: -2, position: [0, 0, 0.2395] },
 *   ],
 * })
 * chargeBalance(lco, 'O1') // oxygen follows lithium
 * ```
 */
export function chargeBalance(structure: Structure, label: string): ParameterChoices {
  const { siteOf } = lookUp(structure)
  siteOf(label)
  return follow(
    structure,
    label,
    structure.sites,
    site => {
      if (site.charge !== undefined) return site.charge
      throw new OperandoError('E_MISSING', `chargeBalance: site ${site.label} of ${structure.name} has no charge.`, {
        details: { label: site.label },
      })
    },
    0,
  )
}

/**
 * Tie that keeps how much of an element the cell holds: the occupancy of one of its sites follows from those of its others.
 * @param structure The structure.
 * @param element   Element symbol.
 * @param label     The site of it that follows.
 * @throws OperandoError `E_MISSING` for a label that there is not, `E_ARGUMENT` for a site of another element.
 * @example
 * ```ts
 * import { createStructure } from 'operando'
 * import { fixedComposition } from 'operando/scattering'
 * const spinel = createStructure({
 *   name: 'LMO', cell: { a: 8.247 }, spaceGroup: 'F d -3 m:2',
 *   sites: [
 *     { element: 'Mn', label: 'Mn1', position: [0.5, 0.5, 0.5], occupancy: 0.95 },
 *     { element: 'Mn', label: 'Mn2', position: [0.125, 0.125, 0.125], occupancy: 0.1 },
 *     { element: 'O', label: 'O1', position: [0.263, 0.263, 0.263] },
 *   ],
 * })
 * fixedComposition(spinel, 'Mn', 'Mn2')
 * ```
 */
export function fixedComposition(structure: Structure, element: string, label: string): ParameterChoices {
  const { siteOf, multiplicityOf } = lookUp(structure)
  if (siteOf(label).element !== element)
    throw new OperandoError('E_ARGUMENT', `fixedComposition: site ${label} holds ${siteOf(label).element}, not ${element}.`)
  const own = structure.sites.filter(site => site.element === element)
  const total = own.reduce((sum, site) => sum + multiplicityOf(site.label) * site.occupancy, 0)
  return follow(structure, label, own, () => 1, total)
}

/** The occupancy of one site from those of others, so that their weighted sum is what it should be. */
function follow(
  structure: Structure,
  label: string,
  sites: readonly Site[],
  weight: (site: Site) => number,
  total: number,
): ParameterChoices {
  const { nameOf, siteOf, multiplicityOf } = lookUp(structure)
  const own = multiplicityOf(label) * weight(siteOf(label))
  if (own === 0)
    throw new OperandoError('E_ARGUMENT', `Site ${label} of ${structure.name} carries no charge: it cannot balance any.`)
  const terms = sites
    .filter(site => site.label !== label)
    .map(site => ` - (${multiplicityOf(site.label) * weight(site)}) * ${nameOf(site.label)}`)
  return { [nameOf(label)]: { tie: `(${total}${terms.join('')}) / (${own})` } }
}

function lookUp(structure: Structure): {
  readonly nameOf: (label: string) => string
  readonly siteOf: (label: string) => Site
  readonly multiplicityOf: (label: string) => number
} {
  assertFields(structure, 'a Structure', ['name', 'cell', 'spaceGroup', 'sites'])
  if (structure.name === '') throw new OperandoError('E_ARGUMENT', 'A structure with a name expected: parameters begin with it.')
  const siteOf = (label: string): Site => {
    const site = structure.sites.find(own => own.label === label)
    if (site) return site
    const known = structure.sites.map(own => own.label).join(', ')
    throw new OperandoError('E_MISSING', `${structure.name} has no site "${label}"; there are ${known}.`, { details: { label } })
  }
  return {
    siteOf,
    nameOf: label => `${structure.name}.${siteOf(label).label}.occupancy`,
    multiplicityOf: label => siteMultiplicity(structure.spaceGroup, siteOf(label).position),
  }
}
