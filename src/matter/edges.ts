import { atomicNumber, OperandoError } from '../core/index.js'
import { unpackLine } from './unpack.js'

/** An absorption edge of an element. */
export interface Edge {
  /** Level that is ionised: `K`, `L1` ... `P3`. */
  readonly level: string
  /**
   * Energy, eV, of the free atom or the pure element (Elam's choice): in a compound the edge may begin elsewhere, most of all for light elements (O K
   * 543.1 here, 528 to 532 in oxides). Not meant as E0 of a spectrum.
   */
  readonly energy: number
  /** Part of the holes that are filled with emission of a photon, 0 to 1. */
  readonly fluorescenceYield: number
  /** Mass photoabsorption just above the edge over that just below; 1 where the table has none. */
  readonly jumpRatio: number
  /** Lifetime broadening of the core hole, full width at half maximum, eV. */
  readonly width: number
}

/**
 * Absorption edges of an element, H to Cf, from K outwards.
 *
 * Energies, yields and jump ratios of Elam, Ravel and Sieber; widths of Krause and Oliver for K and L from Ne on, else of Keski-Rahkonen and Krause. All
 * from xraydb 4.4.7.
 * @param element Symbol, `Fe`; the case matters.
 * @throws OperandoError `E_MISSING` when there is no such element.
 * @see Elam, Ravel & Sieber, Radiat. Phys. Chem. 63 (2002) 121; Krause & Oliver, J. Phys. Chem. Ref. Data 8 (1979) 329; Keski-Rahkonen & Krause,
 *   At. Data Nucl. Data Tables 14 (1974) 139
 * @example
 * ```ts
 * import { edges } from 'operando/matter'
 * const [k] = await edges('Ni')
 * k // { level: 'K', energy: 8333, fluorescenceYield: 0.411937, jumpRatio: 7.707, width: 1.44 }
 * ```
 */
export async function edges(element: string): Promise<Edge[]> {
  const number = atomicNumber(element)
  const { EDGES } = await import('./tables/levels.generated.js')
  return unpackLine(EDGES, number).split(';').map(readEdge)
}

function readEdge(text: string): Edge {
  const [level, energy, fluorescenceYield, jumpRatio, width] = text.split(',')
  return {
    level: level!,
    energy: Number(energy),
    fluorescenceYield: Number(fluorescenceYield),
    jumpRatio: Number(jumpRatio),
    width: Number(width),
  }
}

/**
 * One absorption edge of an element.
 * @param element Symbol, `Fe`; the case matters.
 * @param level   `K`, `L3` ...
 * @throws OperandoError `E_MISSING` when there is no such element, or it has no such level; the message lists those it has.
 * @example
 * ```ts
 * import { edge } from 'operando/matter'
 * const { energy } = await edge('Fe', 'K') // 7112
 * ```
 */
export async function edge(element: string, level: string): Promise<Edge> {
  const all = await edges(element)
  const found = all.find(candidate => candidate.level === level)
  if (found) return found
  throw new OperandoError('E_MISSING', `${element} has no edge "${level}": ${all.map(e => e.level).join(', ')} expected.`, {
    details: { element, found: level, expected: all.map(e => e.level) },
  })
}
