import type { Substance } from '../material.js'
import { formulaOfMasses } from './formulaOfMasses.js'

/** A unit cell and what is in it, from which the density of a crystal follows. */
export interface CrystalCell {
  /** Edge a, Å. */
  readonly a: number
  /** Edge b, Å. */
  readonly b: number
  /** Edge c, Å. */
  readonly c: number
  /** Angle between b and c, degrees. */
  readonly alpha: number
  /** Angle between c and a, degrees. */
  readonly beta: number
  /** Angle between a and b, degrees. */
  readonly gamma: number
  /** Formula units in the cell. */
  readonly formulaUnits: number
}

/** A material of the list. It is a mixture of one component, so that `createCell` takes it as the material of a layer. */
export interface ListedMaterial {
  /** Name. */
  readonly name: string
  /** Other names that find it. */
  readonly aliases: readonly string[]
  /** Formula; of alloys, glasses and solutions the mean one per 100 atoms. */
  readonly formula: string
  /** Density of the substance without pores, g/cm³. */
  readonly density: number
  /**
   * Where the density comes from, and what it holds for. 'As usually cited': of the paper that others name, which has not been read for this list. 'Typical value, no single source': makers
   * and papers agree within a few per cent; weigh your own where it matters.
   */
  readonly source: string
  /** What else states density or cell and was compared with it; absent where nothing was. */
  readonly checked?: string | undefined
  /** The one component. */
  readonly components: readonly [Substance]
  /** Share of the volume that is pores: of separators; 0 else. */
  readonly porosity: number
  /** Cell of a crystal. */
  readonly crystal?: CrystalCell | undefined
  /** Band gap in eV, 0 of metals and semimetals: rounded, good enough for `inelasticMeanFreePath`. */
  readonly bandGap?: number | undefined
  /** Where the band gap comes from. */
  readonly bandGapSource?: string | undefined
}

/** A line of the list. */
export function readListedMaterial(line: string): ListedMaterial {
  const [names, composition, densities, cell, gap, source, checked] = line.split(' | ').map(part => part.trim())
  const [name, ...aliases] = names!.split(', ')
  const formula = composition!.includes(' ') ? formulaOfMasses(readShares(composition!)) : composition!
  const [density, pores = '0'] = densities!.split(', ')
  const [width, ...gapSource] = gap!.split(', ')
  const bandGap = width === '' ? undefined : Number(width)
  return {
    name: name!,
    aliases,
    formula,
    density: Number(density),
    source: source!,
    ...(checked === undefined ? {} : { checked }),
    components: [{ formula, density: Number(density), massFraction: 1, name: name!, bandGap }],
    porosity: Number.parseFloat(pores),
    crystal: cell === '' ? undefined : readCell(cell!),
    bandGap,
    bandGapSource: bandGap === undefined ? undefined : bandGap === 0 ? 'metal or semimetal' : gapSource.join(', '),
  }
}

/** `0.5 EC + 0.5 DMC` */
function readShares(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    text.split(' + ').map(part => {
      const [share, formula] = part.split(' ')
      return [formula!, Number(share)]
    }),
  )
}

/** `hexagonal 2.464 6.711 4`: the crystal system tells which edges and angles are left out. */
function readCell(text: string): CrystalCell {
  const [system, ...words] = text.split(' ')
  const [a, ...rest] = words.map(word => (word === '8/3' ? 8 / 3 : Number(word))) as [number, ...number[]]
  const formulaUnits = rest.at(-1)!
  const right = { alpha: 90, beta: 90, gamma: 90 }
  switch (system) {
    case 'cubic':
      return { a, b: a, c: a, ...right, formulaUnits }
    case 'tetragonal':
      return { a, b: a, c: rest[0]!, ...right, formulaUnits }
    case 'hexagonal':
      return { a, b: a, c: rest[0]!, ...right, gamma: 120, formulaUnits }
    case 'orthorhombic':
      return { a, b: rest[0]!, c: rest[1]!, ...right, formulaUnits }
    default:
      return { a, b: rest[0]!, c: rest[1]!, ...right, beta: rest[2]!, formulaUnits }
  }
}
