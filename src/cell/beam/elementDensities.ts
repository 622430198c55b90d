import { atomicWeight } from '../../core/elements.js'
import { parseFormula } from '../../core/formula.js'
import type { Component, Material } from '../../model/cell.js'

/** Mass of each element in a cm³ of a layer, pores and what fills them counted: g/cm³. */
export function elementDensities(material: Material): Readonly<Record<string, number>> {
  const densities: Record<string, number> = {}
  addMixture(densities, material.components, 1 - material.porosity)
  if (material.filling) addMixture(densities, material.filling, material.porosity)
  return densities
}

/** Adds a mixture that takes a share of the volume; its components keep their volumes. */
function addMixture(densities: Record<string, number>, components: readonly Component[], share: number): void {
  const volume = components.reduce((sum, c) => sum + c.massFraction / c.density, 0)
  for (const { formula, massFraction } of components) {
    const counts = Object.entries(parseFormula(formula))
    const molar = counts.reduce((sum, [element, count]) => sum + count * atomicWeight(element), 0)
    for (const [element, count] of counts)
      densities[element] = (densities[element] ?? 0) + ((share / volume) * massFraction * count * atomicWeight(element)) / molar
  }
}
