import { assertCompatible } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { assertFields } from '../core/fields.js'
import { toValue } from '../core/quantity.js'
import { unit } from '../core/unit.js'
import { valuesIn } from './align.js'
import type { BeamSpot, Cell, CellFormat, CellGeometry, Layer } from './cell.js'
import { createElectrode, createReference } from './cellElectrodes.js'
import type { BeamSpotInput, CellGeometryInput, CellInput, LayerInput } from './cellInput.js'
import { createMaterial, inRange } from './cellMaterial.js'
import { createVariable, type VariableInput } from './createVariable.js'
import type { Variable } from './dataset.js'
import { freezeData } from './derive.js'

const FORMATS = ['coin', 'pouch', 'swagelok', 'capillary', 'cylindrical', 'atr', 'liquid', 'custom']
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
  assertFields(input, 'a Cell', ['format', 'layers', 'electrodes'])
  const format = typeof input.format === 'string' ? { kind: input.format } : input.format
  if (!FORMATS.includes(format?.kind))
    throw contradiction('format', `one of ${FORMATS.join(', ')} expected, found '${format?.kind}'`)
  const layers = (Array.isArray(input.layers) ? (input.layers as readonly LayerInput[]) : []).map((layer, i) =>
    createLayer(layer, `layers[${i}]`),
  )
  if (layers.length === 0) throw contradiction('layers', 'at least one layer was expected, found none')
  const geometry = createGeometry(input.geometry ?? { kind: 'flat' }, layers)
  checkFormat(format, geometry, layers)
  const { working, counter, reference } = input.electrodes ?? {}
  if (!working || !counter) throw contradiction('electrodes', 'both working and counter were expected')
  const spots = (input.beamSpots ?? []).map(createSpot)
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

function contradiction(place: string, what: string): OperandoError {
  return new OperandoError('E_ARGUMENT', `Cell, ${place}: ${what}.`, { details: { place } })
}

function createLayer(input: LayerInput, place: string): Layer {
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

function createGeometry(input: CellGeometryInput, layers: readonly Layer[]): CellGeometry {
  if (input.kind === 'flat') {
    const tilt = toValue(input.tilt ?? 0, 'deg', 'geometry.tilt')
    if (Math.abs(tilt) < 90) return { kind: 'flat', tilt }
    throw new OperandoError('E_RANGE', `Cell, geometry.tilt = ${tilt} degrees from the normal: between -90 and 90 expected.`)
  }
  if (input.kind !== 'capillary' && input.kind !== 'cylinder')
    throw contradiction('geometry.kind', `flat, capillary or cylinder expected, found '${(input as { kind: string }).kind}'`)
  const radius = inRange(toValue(input.radius, 'mm', 'geometry.radius'), 'geometry.radius', 'above 0', 'mm')
  const core = input.kind === 'cylinder' ? toValue(input.core ?? 0, 'mm', 'geometry.core') : 0
  inRange(core, 'geometry.core', 'not below 0', 'mm')
  const deep = layers.reduce((sum, layer) => sum + layer.thickness, 0) / 1000
  if (deep > (radius - core) * (1 + 1e-9)) {
    const room = `${radius} mm${core > 0 ? ` less the core of ${core} mm` : ''}`
    throw new OperandoError('E_RANGE', `Cell, layers: together ${deep} mm thick, which is more than the radius of ${room}.`, {
      details: { found: deep, expected: radius - core },
    })
  }
  return input.kind === 'capillary' ? { kind: 'capillary', radius } : { kind: 'cylinder', radius, core }
}

function checkFormat(format: CellFormat, geometry: CellGeometry, layers: readonly Layer[]): void {
  const needed = { capillary: 'capillary', cylindrical: 'cylinder' } as const
  const kind = format.kind === 'capillary' || format.kind === 'cylindrical' ? needed[format.kind] : undefined
  if (kind !== undefined && geometry.kind !== kind)
    throw contradiction('geometry', `a ${format.kind} cell has the geometry '${kind}', found '${geometry.kind}'`)
  if (format.kind === 'atr') {
    if (layers[0]!.role !== 'crystal' || geometry.kind !== 'flat')
      throw contradiction('layers[0]', "an ATR cell is flat and begins with its crystal, a layer of role 'crystal'")
    if (!(format.incidence > 0 && format.incidence < 90))
      throw new OperandoError('E_RANGE', `Cell, format.incidence = ${format.incidence}: degrees between 0 and 90 expected.`)
    if (!(Number.isInteger(format.reflections) && format.reflections > 0))
      throw new OperandoError('E_RANGE', `Cell, format.reflections = ${format.reflections}: a whole number from 1 expected.`)
    inRange(format.refractiveIndex - 1, 'format.refractiveIndex - 1', 'above 0', '')
  }
  if (format.kind === 'liquid') {
    const ends = [layers[0]!, layers[layers.length - 1]!]
    const isWindow = (layer: Layer): boolean => layer.role === 'membrane' || layer.role === 'window'
    if (layers.length < 3 || !ends.every(isWindow) || !layers.some(layer => layer.role === 'electrolyte'))
      throw contradiction('layers', 'a liquid cell begins and ends with a membrane and holds an electrolyte between')
  }
}

function createSpot(input: BeamSpotInput, i: number): BeamSpot {
  const place = `beamSpots[${i}]`
  for (const name of ['position', 'size'] as const)
    if (!Array.isArray(input?.[name]) || input[name].length !== 2)
      throw contradiction(`${place}.${name}`, 'two numbers were expected')
  const [x, y] = input.position
  const [horizontal, vertical] = input.size
  const size = (value: number | string): number =>
    inRange(toValue(value, 'µm', `${place}.size`), `${place}.size`, 'above 0', 'µm')
  return {
    name: input.name ?? `spot ${i + 1}`,
    position: [toValue(x, 'mm', `${place}.position`), toValue(y, 'mm', `${place}.position`)],
    size: [size(horizontal), size(vertical)],
    dose: numberOrCourse(input.dose ?? 0, 'Gy', `${place}.dose`, 'not below 0')!,
  }
}

/** A number in a unit, or a variable in one like it. */
function numberOrCourse(
  given: number | string | VariableInput | undefined,
  to: string,
  place: string,
  range: 'above 0' | 'not below 0',
): number | Variable | undefined {
  if (given === undefined) return undefined
  if (typeof given !== 'object') return inRange(toValue(given, to, place), place, range, to)
  const course = createVariable<string>(given, place)
  assertCompatible(course.unit, unit(to), place)
  for (const value of valuesIn(course, unit(to))) if (!Number.isNaN(value)) inRange(value, place, range, to)
  return course
}
