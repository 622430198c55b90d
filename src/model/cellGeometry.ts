import { OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import { toValue } from '../core/quantity.js'
import type { CellFormat, CellGeometry, Layer } from './cell.js'
import type { CellGeometryInput, CellInput } from './cellInput.js'
import { contradiction, inRange } from './cellMaterial.js'

/** What is told of each format, and of each geometry. */
const FORMATS: Readonly<Record<CellFormat['kind'], Readonly<Record<string, true>>>> = {
  coin: { kind: true, size: true },
  pouch: { kind: true },
  swagelok: { kind: true },
  capillary: { kind: true },
  cylindrical: { kind: true, size: true },
  atr: { kind: true, incidence: true, refractiveIndex: true, reflections: true },
  liquid: { kind: true },
  custom: { kind: true, description: true },
}
const GEOMETRIES: Readonly<Record<CellGeometry['kind'], Readonly<Record<string, true>>>> = {
  flat: { kind: true, tilt: true },
  capillary: { kind: true, radius: true },
  cylinder: { kind: true, radius: true, core: true },
}

/** The format, checked as far as it stands alone. */
export function createFormat(input: CellInput['format']): CellFormat {
  const format = typeof input === 'string' ? { kind: input } : input
  if (!Object.hasOwn(FORMATS, String(format.kind)))
    throw contradiction('format', `one of ${Object.keys(FORMATS).join(', ')} expected, found '${format.kind}'`)
  assertKnown(format, `Cell, format '${format.kind}'`, FORMATS[format.kind])
  return format
}

/** The checked geometry, deep enough for the layers. */
export function createCellGeometry(input: CellGeometryInput, layers: readonly Layer[]): CellGeometry {
  if (!Object.hasOwn(GEOMETRIES, input.kind))
    throw contradiction(
      'geometry.kind',
      `${Object.keys(GEOMETRIES).join(', ')} expected, found '${(input as { kind: string }).kind}'`,
    )
  assertKnown(input, `Cell, geometry '${input.kind}'`, GEOMETRIES[input.kind])
  if (input.kind === 'flat') {
    const tilt = toValue(input.tilt ?? 0, 'deg', 'geometry.tilt')
    if (Math.abs(tilt) < 90) return { kind: 'flat', tilt }
    throw new OperandoError('E_RANGE', `Cell, geometry.tilt = ${tilt} degrees from the normal: between -90 and 90 expected.`)
  }
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

/** Refuses a format, a geometry and layers that cannot be one cell. */
export function checkFormat(format: CellFormat, geometry: CellGeometry, layers: readonly Layer[]): void {
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
