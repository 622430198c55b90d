import { createUnitCell, type SpaceGroup, spaceGroup, type UnitCell } from '../../model/crystal/index.js'

/** A crystal as far as the positions of its lines go. */
export interface LineStructure {
  /** What it is called. */
  readonly phase: string
  /** Unit cell. */
  readonly cell: UnitCell
  /** Space group. */
  readonly group: SpaceGroup
  /** Fractional coordinates of its atoms where they put out lines that the space group allows (hcp, diamond); absent: none are put out. */
  readonly atoms?: readonly (readonly [number, number, number])[] | undefined
}

/** Space group, a, c at room temperature, Å, as in the list of materials and in the crystal tables of xraylib and pyFAI, to 0.1 %; hexagonal where c is given. */
const KNOWN: Readonly<Record<string, readonly [group: string, a: number, c?: number]>> = {
  Al: ['Fm-3m', 4.0495],
  Cu: ['Fm-3m', 3.6149],
  Ni: ['Fm-3m', 3.5238],
  Au: ['Fm-3m', 4.0786],
  Pt: ['Fm-3m', 3.9242],
  Fe: ['Im-3m', 2.8665],
  Li: ['Im-3m', 3.5093],
  Na: ['Im-3m', 4.2906],
  W: ['Im-3m', 3.1652],
  Mo: ['Im-3m', 3.147],
  Si: ['Fd-3m', 5.43102],
  Ge: ['Fd-3m', 5.6579],
  diamond: ['Fd-3m', 3.5671],
  Be: ['P63/mmc', 2.2858, 3.5843],
  Ti: ['P63/mmc', 2.9508, 4.6855],
  Mg: ['P63/mmc', 3.2094, 5.2108],
  Zn: ['P63/mmc', 2.6649, 4.9468],
  graphite: ['P63/mmc', 2.464, 6.711],
  'austenitic steel': ['Fm-3m', 3.595],
}

// special positions put out lines beyond those of the group
const HCP = [
  [1 / 3, 2 / 3, 1 / 4],
  [2 / 3, 1 / 3, 3 / 4],
] as const
const ATOMS: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  graphite: [
    [0, 0, 1 / 4],
    [0, 0, 3 / 4],
    [1 / 3, 2 / 3, 1 / 4],
    [2 / 3, 1 / 3, 3 / 4],
  ],
  diamond: [
    [0, 0, 0],
    [1 / 4, 1 / 4, 1 / 4],
  ],
}

/**
 * The structure of a substance by its elements and name; `undefined` where none is known, or it is amorphous.
 * @param elements Elements, the most frequent first.
 * @param name     What it is called, in small letters: tells graphite from diamond and glassy carbon.
 */
export function knownStructure(elements: readonly string[], name: string): LineStructure | undefined {
  let phase = elements.length === 1 ? elements[0]! : undefined
  if (phase === 'C') phase = name.includes('diamond') ? 'diamond' : name.includes('graphite') ? 'graphite' : undefined
  if (elements[0] === 'Fe' && elements.includes('Cr')) phase = 'austenitic steel'
  const known = phase === undefined || !Object.hasOwn(KNOWN, phase) ? undefined : KNOWN[phase]!
  if (phase === undefined || !known) return undefined
  const [group, a, c] = known
  const kind = group === 'Fd-3m' ? 'diamond' : phase
  return {
    phase,
    cell: createUnitCell(c === undefined ? { a } : { a, c, gamma: 120 }),
    group: spaceGroup(group),
    atoms: ATOMS[kind] ?? (group === 'P63/mmc' ? HCP : undefined),
  }
}

/** Whether the atoms put out a line. */
export function isPutOut(atoms: LineStructure['atoms'], h: number, k: number, l: number): boolean {
  if (!atoms) return false
  let [re, im] = [0, 0]
  for (const [x, y, z] of atoms) {
    re += Math.cos(2 * Math.PI * (h * x + k * y + l * z))
    im += Math.sin(2 * Math.PI * (h * x + k * y + l * z))
  }
  return Math.hypot(re, im) < 1e-6 * atoms.length
}
