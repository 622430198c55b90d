import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { composition, createAttenuation, type EnergyCurve } from '../../matter/index.js'
import type { Cell, CellGeometry, ElectrodeName, Layer, LayerRole } from '../../model/cell.js'

/** A layer as the beam sees it. */
export interface BeamLayer {
  /** What it is called. */
  readonly name: string
  /** What it is for. */
  readonly role: LayerRole
  /** Thickness in µm. */
  readonly thickness: number
  /** Diameter of a hole for the beam in mm; absent: none. */
  readonly hole?: number | undefined
  /** For electrodes and collectors: whose. */
  readonly electrode?: ElectrodeName | undefined
  /** Mass by volume of the whole layer, pores and filling counted, g/cm³. */
  readonly density: number
  /** The same by element, g/cm³. */
  readonly elements: Readonly<Record<string, number>>
  /** Attenuation coefficient over energy, 1/cm. */
  readonly attenuation: EnergyCurve
  /** Energy-absorption coefficient over energy, 1/cm: what stays of the energy, not what leaves the beam. */
  readonly energyAbsorption: EnergyCurve
}

/** A cell with its tables at hand: made once by {@link createBeamStack}, evaluated often, without waiting. */
export interface BeamStack {
  /** Name of the cell. */
  readonly name: string
  /** How its layers lie. */
  readonly geometry: CellGeometry
  /** The layers, as the cell lists them. */
  readonly layers: readonly BeamLayer[]
  /** Whose attenuation. */
  readonly table: 'elam' | 'chantler'
}

/** Options of {@link createBeamStack}. */
export interface BeamStackOptions {
  /** Whose attenuation coefficients. Default `'elam'`. */
  table?: 'elam' | 'chantler' | undefined
  /** Whose energy-absorption coefficients, see `massAttenuation` of `operando/matter`. Default `'elam'`. */
  energyAbsorption?: 'elam' | 'xraylib' | undefined
}

const OPTIONS: FieldsOf<BeamStackOptions> = { table: true, energyAbsorption: true }

/**
 * Loads the tables for the layers of a cell, so that transmission, dose and design can be computed at once, many times.
 * @param cell    The cell, or its layers alone (a flat stack in the order given).
 * @param options Whose table.
 * @throws OperandoError `E_ARGUMENT` without layers, `E_MISSING` for an element without table.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, stackTransmission } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [
 *     { role: 'window', thickness: 50, material: { name: 'Kapton', formula: 'C22H10N2O5', density: 1.42 } },
 *     { role: 'collector', electrode: 'working', thickness: 20, material: { formula: 'Al', density: 2.7 } },
 *   ],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const stack = await createBeamStack(cell)
 * stackTransmission(stack, '8 keV').transmission // 0.73
 * ```
 */
export async function createBeamStack(cell: Cell | readonly Layer[], options: BeamStackOptions = {}): Promise<BeamStack> {
  assertKnown(options, 'createBeamStack options', OPTIONS)
  const { table = 'elam', energyAbsorption = 'elam' } = options
  const list = Array.isArray(cell) ? (cell as readonly Layer[]) : (cell as Cell)?.layers
  if (!Array.isArray(list) || list.length === 0)
    throw new OperandoError('E_ARGUMENT', 'createBeamStack: a cell of createCell, or its layers, was expected.')
  const { name, geometry } = (Array.isArray(cell) ? { name: 'stack', geometry: { kind: 'flat', tilt: 0 } } : cell) as Cell
  const layers = await Promise.all((list as readonly Layer[]).map(layer => createBeamLayer(layer, { table, energyAbsorption })))
  return { name, geometry, layers, table }
}

async function createBeamLayer(
  layer: Layer,
  { table, energyAbsorption }: { table: 'elam' | 'chantler'; energyAbsorption: 'elam' | 'xraylib' },
): Promise<BeamLayer> {
  const { name, role, thickness, hole, electrode, material } = layer
  const { density, massFractions } = await composition(material)
  return {
    name,
    role,
    thickness,
    hole,
    electrode,
    density,
    elements: Object.fromEntries(Object.entries(massFractions).map(([element, share]) => [element, share * density])),
    attenuation: await createAttenuation(material, { table, kind: 'total' }),
    energyAbsorption: await createAttenuation(material, { table: energyAbsorption, kind: 'energy-absorption' }),
  }
}
