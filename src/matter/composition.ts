import { formula } from '../core/formula.js'
import type { MaterialInput, Substance } from './material.js'
import { resolveMaterial } from './resolveMaterial.js'

/** What a material is to X-rays: atoms by mass, and how dense they lie. */
export interface Composition {
  /** What it is called. */
  readonly name: string
  /** Mean density with pores and what fills them, g/cm³. */
  readonly density: number
  /** Density of the solid without pores, g/cm³. */
  readonly solidDensity: number
  /** Share of the whole mass by element; they sum to 1. */
  readonly massFractions: Readonly<Record<string, number>>
}

/**
 * Mean density and elements of a material. Volumes add up: the solid has 1 / Σ(w / ρ), and a porosity p filled by a liquid makes (1 - p) ρ_solid + p ρ_liquid of it.
 * @param material Name, substance or mixture.
 * @throws OperandoError as `resolveMaterial`.
 * @example
 * ```ts
 * import { composition } from 'operando/matter'
 * const cathode = await composition({
 *   components: [{ name: 'NMC811', massFraction: 0.9 }, { name: 'carbon black', massFraction: 0.05 }, { name: 'PVDF', massFraction: 0.05 }],
 *   porosity: 0.35,
 *   filling: 'LP57',
 * })
 * cathode.density // 3.09
 * cathode.massFractions.Ni // 0.38
 * ```
 */
export async function composition(material: MaterialInput): Promise<Composition> {
  const { name, components, porosity, filling } = await resolveMaterial(material)
  const solidDensity = densityOf(components)
  const solid = (1 - porosity) * solidDensity
  const liquid = filling ? porosity * densityOf(filling) : 0
  const density = solid + liquid
  const massFractions: Record<string, number> = {}
  const add = (substances: readonly Substance[], share: number): void => {
    for (const { formula: text, massFraction } of substances)
      for (const [element, w] of Object.entries(formula(text).massFractions))
        massFractions[element] = (massFractions[element] ?? 0) + share * massFraction * w
  }
  add(components, solid / density)
  if (filling) add(filling, liquid / density)
  return { name, density, solidDensity, massFractions }
}

function densityOf(substances: readonly Substance[]): number {
  // one substance keeps its density to the last digit
  if (substances.length === 1) return substances[0]!.density
  return 1 / substances.reduce((volume, { massFraction, density }) => volume + massFraction / density, 0)
}
