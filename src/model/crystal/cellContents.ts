import { AVOGADRO } from '../../core/constants.js'
import { atomicWeight } from '../../core/elements.js'
import { cellVolume } from './cellVolume.js'
import { expandStructure } from './expandStructure.js'
import type { Structure } from './structure.js'

/** What one unit cell holds. */
export interface CellContents {
  /** Atoms by element, occupancies counted. */
  readonly counts: Readonly<Record<string, number>>
  /** As text, in the order of the sites: `Li4 Fe4 P4 O16`. */
  readonly formula: string
  /** Molar mass of one cell, g/mol, natural isotopes. */
  readonly mass: number
}

/**
 * The atoms of one unit cell by element.
 * @param structure The structure.
 * @example
 * ```ts
 * import { cellContents, createStructure } from 'operando'
 * const halite = createStructure({
 *   cell: { a: 5.6402 },
 *   spaceGroup: 'Fm-3m',
 *   sites: [{ element: 'Na', position: [0, 0, 0] }, { element: 'Cl', position: [0.5, 0.5, 0.5] }],
 * })
 * cellContents(halite).formula // 'Na4 Cl4'
 * ```
 */
export function cellContents(structure: Structure): CellContents {
  const counts: Record<string, number> = {}
  for (const { element, occupancy } of expandStructure(structure)) counts[element] = (counts[element] ?? 0) + occupancy
  const entries = Object.entries(counts)
  return {
    counts,
    formula: entries.map(([element, n]) => `${element}${Number(n.toFixed(4))}`).join(' '),
    mass: entries.reduce((sum, [element, n]) => sum + n * atomicWeight(element), 0),
  }
}

/**
 * Density that follows from cell and occupancies (the "x-ray density"), natural isotopes.
 * @param structure The structure.
 * @returns g/cm³.
 * @example
 * ```ts
 * import { createStructure, density } from 'operando'
 * density(createStructure({ cell: { a: 5.43102 }, spaceGroup: 'F d -3 m:1', sites: [{ element: 'Si', position: [0, 0, 0] }] })) // 2.329
 * ```
 */
export function density(structure: Structure): number {
  // 1 Å³ = 1e-24 cm³
  return cellContents(structure).mass / (AVOGADRO * cellVolume(structure.cell) * 1e-24)
}
