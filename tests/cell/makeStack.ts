import { type CellInput, type ComponentInput, createCell, type LayerInput, type MaterialInput } from 'operando'
import { type BeamStack, createBeamStack } from 'operando/cell'

/** A material that holds so many g/cm³ of each element. */
export function materialOf(elements: Readonly<Record<string, number>>): MaterialInput {
  const density = Object.values(elements).reduce((sum, part) => sum + part, 0)
  return {
    components: Object.entries(elements).map(([formula, part]) => ({ formula, density, massFraction: part / density })),
  }
}

/** Layers of one cell, flat unless a geometry is given. */
export function stackOf(layers: readonly LayerInput[], geometry?: CellInput['geometry']): Promise<BeamStack> {
  return createBeamStack(
    createCell({
      format: { kind: 'custom', description: 'of a test' },
      geometry,
      layers,
      electrodes: { working: {}, counter: {} },
    }),
  )
}

/** 90 % active material, 5 % carbon black, 5 % PVDF, porosity 0.35, full of LP57. */
export function electrodeOf(formula: string, density: number): MaterialInput {
  return {
    components: [
      { formula, density, massFraction: 0.9 },
      { name: 'carbon black', formula: 'C', density: 1.95, massFraction: 0.05 },
      { name: 'PVDF', formula: 'C2H2F2', density: 1.78, massFraction: 0.05 },
    ],
    porosity: 0.35,
    filling: LP57,
  }
}

/** LP57 with the density of the whole, 1.19 g/cm³. */
export const LP57: readonly ComponentInput[] = [
  { formula: 'LiPF6', density: 1.19, massFraction: 0.115 },
  { formula: 'C3H4O3', density: 1.19, massFraction: 0.31 },
  { formula: 'C4H8O3', density: 1.19, massFraction: 0.575 },
]

/** Kapton, aluminium, NMC811, separator, lithium, beryllium: the window cell of most tests. */
export const windowCell: readonly LayerInput[] = [
  { role: 'window', name: 'Kapton', thickness: 50, material: { formula: 'C22H10N2O5', density: 1.42 } },
  { role: 'collector', electrode: 'working', name: 'Al', thickness: 20, material: { formula: 'Al', density: 2.7 } },
  {
    role: 'electrode',
    electrode: 'working',
    name: 'NMC811',
    thickness: 60,
    material: electrodeOf('LiNi0.8Mn0.1Co0.1O2', 4.75),
  },
  {
    role: 'separator',
    name: 'Celgard',
    thickness: 25,
    material: { components: [{ formula: 'C2H4', density: 0.94 }], porosity: 0.5, filling: LP57 },
  },
  { role: 'electrode', electrode: 'counter', name: 'Li', thickness: 250, material: { formula: 'Li', density: 0.534 } },
  { role: 'window', name: 'Be', thickness: 200, material: { formula: 'Be', density: 1.848 } },
]
