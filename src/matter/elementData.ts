import { atomicNumber, atomicWeight } from '../core/index.js'
import { unpackLine } from './unpack.js'

/** A natural isotope of an element. */
export interface Isotope {
  /** Protons and neutrons. */
  readonly massNumber: number
  /** Atomic mass, u (g/mol). */
  readonly mass: number
  /** Part of the atoms of a natural sample, 0 to 1. */
  readonly abundance: number
}

/** What {@link elementData} tells. */
export interface ElementData {
  /** As it was asked for: `Fe`, `D`. */
  readonly symbol: string
  /** Atomic number. */
  readonly number: number
  /** English name, small letters. */
  readonly name: string
  /** Standard atomic weight, g/mol; of `D` and `T` that of the isotope. */
  readonly atomicWeight: number
  /** Density of the element at room temperature and 1 atm, g/cm³; solids and liquids of the usual form (carbon: graphite), gases as gases. */
  readonly density: number
  /** Isotopes of a natural sample, by mass number; none where there is no natural sample. Those of hydrogen for `D` and `T`. */
  readonly isotopes: readonly Isotope[]
}

/**
 * Name, atomic weight, density and natural isotopes of an element, H to Cf.
 *
 * Densities from xraydb 4.4.7; isotopes as NIST compiled them (masses of Audi and Wapstra 1995, abundances of the IUPAC report of 1997), from
 * periodictable 1.6.0; atomic weights of IUPAC 2021, as `atomicWeight` of the main entry gives them.
 * @param element Symbol, `Fe`; the case matters.
 * @throws OperandoError `E_MISSING` when there is no such element.
 * @example
 * ```ts
 * import { elementData } from 'operando/matter'
 * const { name, density, isotopes } = await elementData('Li')
 * name // 'lithium'
 * density // 0.534
 * isotopes[0] // { massNumber: 6, mass: 6.0151223, abundance: 0.0759 }
 * ```
 */
export async function elementData(element: string): Promise<ElementData> {
  const number = atomicNumber(element)
  const { ELEMENTS } = await import('./tables/elements.generated.js')
  const [name = '', density, isotopes = ''] = unpackLine(ELEMENTS, number).split(';')
  return {
    symbol: element,
    number,
    name,
    atomicWeight: atomicWeight(element),
    density: Number(density),
    isotopes: isotopes === '' ? [] : isotopes.split(',').map(readIsotope),
  }
}

function readIsotope(text: string): Isotope {
  const [massNumber, mass, percent] = text.split(':').map(Number)
  return { massNumber: massNumber!, mass: mass!, abundance: percent! / 100 }
}
