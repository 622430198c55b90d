import { atomicWeight } from '../../core/elements.js'

/** Molar heat capacities by atom, J/(mol K), of solids and of liquids. */
const KOPP: Readonly<Record<string, readonly [solid: number, liquid: number]>> = {
  C: [7.5, 11.7],
  H: [9.6, 18],
  B: [11.3, 19.7],
  Si: [15.9, 24.3],
  O: [16.7, 25.1],
  F: [20.9, 29.3],
  P: [22.6, 31],
  S: [22.6, 31],
  // not of Kopp: so stiff a metal is far below 3 R at room temperature
  Be: [16.4, 16.4],
}
/** All other elements. */
const OTHER = [25.9, 33.5] as const

/**
 * Specific heat capacity by Kopp's rule, J/(kg K): good to 10 % for most solids near room temperature, to 30 % for liquids.
 * @see H. Kopp, Phil. Trans. R. Soc. 155 (1865) 71; D. W. Green & R. H. Perry, Perry's Chemical Engineers' Handbook
 * @param elements Mass by element, in any unit.
 * @param liquid   Whether it is a liquid.
 */
export function koppHeatCapacity(elements: Readonly<Record<string, number>>, liquid: boolean): number {
  let heat = 0
  let mass = 0
  for (const [element, part] of Object.entries(elements)) {
    heat += (part / atomicWeight(element)) * (KOPP[element === 'D' ? 'H' : element] ?? OTHER)[liquid ? 1 : 0]
    mass += part
  }
  return (heat / mass) * 1000
}
