import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import { toValue } from '../core/quantity.js'
import type { Cell, Layer } from './cell.js'
import { createBeamSpot, numberOrCourse } from './cellBeamSpot.js'
import { createElectrode, createReference } from './cellElectrodes.js'
import { checkFormat, createCellGeometry, createFormat } from './cellGeometry.js'
import type { CellInput, LayerInput } from './cellInput.js'
import { contradiction, createMaterial, inRange } from './cellMaterial.js'
import { freezeData } from './derive.js'

const CELL: FieldsOf<CellInput> = {
  name: true,
  format: true,
  geometry: true,
  layers: true,
  electrodes: true,
  temperature: true,
  pressure: true,
  beamSpots: true,
  meta: true,
}
const WHICH: FieldsOf<CellInput['electrodes']> = { working: true, counter: true, reference: true }
const LAYER: FieldsOf<LayerInput> = { role: true, name: true, thickness: true, material: true, electrode: true, hole: true }
const ELECTRODES = ['working', 'counter', 'reference']
const ROLES = ['window', 'membrane', 'crystal', 'collector', 'electrode', 'separator', 'electrolyte', 'spacer', 'other']

/**
 * The electrochemical cell of an experiment, checked and frozen. Plain data: it survives structuredClone and postMessage.
 *
 * @param input Format, geometry, layers, electrodes, and what is known of temperature, pressure and beam. Numbers in the documented units, or strings
 *   such as `'25 µm'`.
 * @throws OperandoError `E_MISSING` without format, layers or electrodes, `E_RANGE` for numbers without meaning (a thickness not above 0, mass fractions that do not sum to 1, layers thicker than the
 *   capillary), `E_FORMAT` for a formula, `E_ARGUMENT` where parts contradict each other (an ATR cell without its crystal), `E_UNIT`, `E_NAN`.
 *   The message names the place: `layers[2].material.components[0].density`.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * const cell = createCell({
 *   format: 'coin',
 *   layers: [
 *     { role: 'window', thickness: '50 µm', material: { name: 'Kapton', formula: 'C22H10N2O5', density: 1.42 } },
 *     { role: 'collector', electrode: 'working', thickness: 20, material: { formula: 'Al', density: 2.7 } },
 *     {
 *       role: 'electrode', electrode: 'working', thickness: '60 µm',
 *       material: {
 *         porosity: 0.35,
 *         components: [
 *           { name: 'NMC811', formula: 'LiNi0.8Mn0.1Co0.1O2', density: 4.75, massFraction: 0.9 },
 *           { name: 'carbon black', formula: 'C', density: 1.9, massFraction: 0.05 },
 *           { name: 'PVDF', formula: 'C2H2F2', density: 1.78, massFraction: 0.05 },
 *         ],
 *       },
 *     },
 *     { role: 'electrode', electrode: 'counter', thickness: 250, material: { formula: 'Li', density: 0.534 } },
 *   ],
 *   electrodes: {
 *     working: { active: { formula: 'LiNi0.8Mn0.1Co0.1O2', x0: 1 }, activeMass: '11 mg', area: '1.13 cm²' },
 *     counter: { active: { formula: 'Li' } },
 *   },
 *   temperature: '25 °C',
 * })
 * console.log(cell.layers[2]?.thickness, cell.electrodes.working.active?.molarMass) // 60, 97.28
 * ```
 */
export function createCell(input: CellInput): Cell {
  assertKnown(input, 'a Cell', CELL)
  assertFields(input, 'a Cell', ['format', 'layers', 'electrodes'])
  const format = createFormat(input.format)
  const layers = (Array.isArray(input.layers) ? (input.layers as readonly LayerInput[]) : []).map((layer, i) =>
    createLayer(layer, `layers[${i}]`),
  )
  if (layers.length === 0) throw contradiction('layers', 'at least one layer was expected, found none')
  const geometry = createCellGeometry(input.geometry ?? { kind: 'flat' }, layers)
  checkFormat(format, geometry, layers)
  assertKnown(input.electrodes, 'Cell, electrodes', WHICH)
  const { working, counter, reference } = input.electrodes
  if (!working || !counter) throw contradiction('electrodes', 'both working and counter were expected')
  const spots = (input.beamSpots ?? []).map(createBeamSpot)
  const twice = spots.find((spot, i) => spots.findIndex(other => other.name === spot.name) !== i)
  if (twice) throw contradiction('beamSpots', `two are called '${twice.name}'; each needs a name of its own`)
  return freezeData({
    name: input.name ?? format.kind,
    format,
    geometry,
    layers,
    electrodes: {
      working: createElectrode(working, 'working'),
      counter: createElectrode(counter, 'counter'),
      reference: reference && createReference(reference),
    },
    temperature: numberOrCourse(input.temperature, 'K', 'temperature', 'above 0'),
    pressure: numberOrCourse(input.pressure, 'Pa', 'pressure', 'not below 0'),
    beamSpots: spots,
    meta: input.meta ?? {},
  })
}

function createLayer(input: LayerInput, place: string): Layer {
  assertKnown(input, `Cell, ${place}`, LAYER)
  if (!ROLES.includes(input?.role))
    throw contradiction(`${place}.role`, `one of ${ROLES.join(', ')} expected, found '${input?.role}'`)
  if (input.role === 'electrode' && input.electrode === undefined)
    throw contradiction(`${place}.electrode`, "an electrode layer belongs to 'working', 'counter' or 'reference'; say to which")
  if (input.electrode !== undefined && !ELECTRODES.includes(input.electrode))
    throw contradiction(`${place}.electrode`, `'working', 'counter' or 'reference' expected, found '${input.electrode}'`)
  const material = createMaterial(input.material, `${place}.material`)
  return {
    role: input.role,
    name: input.name ?? material.name,
    thickness: inRange(toValue(input.thickness, 'µm', `${place}.thickness`), `${place}.thickness`, 'above 0', 'µm'),
    material,
    electrode: input.electrode,
    hole:
      input.hole === undefined
        ? undefined
        : inRange(toValue(input.hole, 'mm', `${place}.hole`), `${place}.hole`, 'above 0', 'mm'),
  }
}
