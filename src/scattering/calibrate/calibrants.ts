import { OperandoError } from '../../core/errors.js'
import type { Hkl } from '../../model/crystal/matrix3.js'
import { type ReflectionLimit, reflections } from '../../model/crystal/reflections.js'
import { spaceGroup } from '../../model/crystal/spaceGroup.js'
import { createUnitCell, type UnitCell } from '../../model/crystal/unitCell.js'

/** A substance whose lines are known: its cell says where they lie. */
export interface Calibrant {
  /** Name. */
  readonly name: string
  /** Its cell at room temperature. */
  readonly cell: UnitCell
  /** Its space group. */
  readonly spaceGroup: string
  /** Where the cell comes from. */
  readonly source: string
  /** Which reflections that the space group allows are seen, where atoms on special positions, or layers alone, say more. */
  readonly seen?: 'diamond' | 'layers' | undefined
}

/** A ring of a calibrant: one or more reflections of the same spacing. */
export interface CalibrantLine {
  /** Spacing, Å. */
  readonly d: number
  /** One of its reflections. */
  readonly hkl: Hkl
  /** Number of equivalent planes, of all reflections of this spacing. */
  readonly multiplicity: number
}

type Row = readonly [name: string, a: number, c: number | undefined, group: string, source: string, seen?: 'diamond' | 'layers']

/** Lattice parameters in Å, at 22.5 °C where a certificate gives them. */
const TABLE: readonly Row[] = [
  ['LaB6', 4.156826, undefined, 'P m -3 m', 'NIST SRM 660c'],
  ['CeO2', 5.411651, undefined, 'F m -3 m', 'NIST SRM 674b'],
  ['Si', 5.431179, undefined, 'F d -3 m', 'NIST SRM 640e', 'diamond'],
  ['Al2O3', 4.759091, 12.991779, 'R -3 c', 'NIST SRM 676a'],
  ['Cr2O3', 4.95961, 13.58747, 'R -3 c', 'NIST SRM 674b'],
  ['AgBh', 5.2, 58.38, 'P 4', 'T. C. Huang et al., J. Appl. Cryst. 26 (1993) 180: the layer spacing', 'layers'],
  ['Ni', 3.52387, undefined, 'F m -3 m', 'A. Taylor, J. Inst. Metals 77 (1950) 585'],
  ['Au', 4.0782, undefined, 'F m -3 m', 'A. Maeland, T. B. Flanagan, Can. J. Phys. 42 (1964) 2364'],
  ['Al', 4.0495, undefined, 'F m -3 m', 'W. Witt, Z. Naturforsch. A 22 (1967) 92'],
  ['Pt', 3.9231, undefined, 'F m -3 m', 'R. W. G. Wyckoff, Crystal Structures (1963)'],
  ['NaCl', 5.6401, undefined, 'F m -3 m', 'D. Walker et al., Am. Mineral. 89 (2004) 204'],
]

/** Names that {@link calibrant} knows. */
export const CALIBRANT_NAMES: readonly string[] = TABLE.map(([name]) => name)

/**
 * A calibrant of the table.
 * @param name One of {@link CALIBRANT_NAMES}.
 * @throws OperandoError `E_MISSING` for another name; any `{ name, cell, spaceGroup, source }` serves as a calibrant of your own.
 * @example
 * ```ts
 * import { calibrant } from 'operando/scattering'
 * console.log(calibrant('LaB6').cell.a, calibrant('LaB6').source) // 4.156826, NIST SRM 660c
 * ```
 */
export function calibrant(name: string): Calibrant {
  const row = TABLE.find(([known]) => known.toLowerCase() === name.toLowerCase())
  if (!row) {
    throw new OperandoError(
      'E_MISSING',
      `calibrant '${name}' is not in the table (${CALIBRANT_NAMES.join(', ')}). Give its cell and space group.`,
    )
  }
  const [known, a, c, group, source, seen] = row
  const cell = createUnitCell(c === undefined ? { a } : { a, c, gamma: group.startsWith('R') ? 120 : 90 })
  return { name: known, cell, spaceGroup: group, source, seen }
}

/** Spacings that differ by less than this, relative, make one ring. */
const SAME = 1e-7

/**
 * The rings of a calibrant, by falling spacing. Reflections that the structure leaves without intensity though the space group allows them are left out where this
 * is known; faint ones are not.
 * @param of    Name, or a calibrant.
 * @param limit How far: `{ dMin }`, `{ qMax }` or `{ twoThetaMax, wavelength }`.
 * @throws OperandoError `E_MISSING` as {@link calibrant}, and as `reflections`.
 * @example
 * ```ts
 * import { calibrantLines } from 'operando/scattering'
 * console.log(calibrantLines('CeO2', { dMin: 1.5 }).map(line => line.d)) // 3.124, 2.706, 1.913, 1.632, 1.562
 * ```
 */
export function calibrantLines(of: string | Calibrant, limit: ReflectionLimit): CalibrantLine[] {
  const { cell, spaceGroup: group, seen } = typeof of === 'string' ? calibrant(of) : of
  if (seen === 'layers') return layerLines(cell.c, limit, cell, group)
  const { hkl, d, multiplicity, count } = reflections(cell, spaceGroup(group), limit)
  const lines: { d: number; hkl: Hkl; multiplicity: number }[] = []
  for (let r = 0; r < count; r++) {
    const index: Hkl = [hkl[3 * r]!, hkl[3 * r + 1]!, hkl[3 * r + 2]!]
    const [h, k, l] = index
    // atoms in the places of diamond: even reflections with h + k + l = 4 n + 2 cancel
    if (seen === 'diamond' && h % 2 === 0 && k % 2 === 0 && l % 2 === 0 && Math.abs(h + k + l) % 4 === 2) continue
    const last = lines.at(-1)
    if (last && Math.abs(d[r]! / last.d - 1) < SAME) last.multiplicity += multiplicity[r]!
    else lines.push({ d: d[r]!, hkl: index, multiplicity: multiplicity[r]! })
  }
  return lines
}

function layerLines(c: number, limit: ReflectionLimit, cell: UnitCell, group: string): CalibrantLine[] {
  const { d, count } = reflections(cell, spaceGroup(group), limit)
  const least = count > 0 ? d[count - 1]! : Infinity
  const lines: CalibrantLine[] = []
  for (let l = 1; c / l >= least * (1 - SAME); l++) lines.push({ d: c / l, hkl: [0, 0, l], multiplicity: 2 })
  return lines
}
