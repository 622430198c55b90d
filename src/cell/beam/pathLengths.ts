import { OperandoError } from '../../core/errors.js'
import { type Angle, type Length, toValue } from '../../core/quantity.js'
import type { BeamStack } from './beamStack.js'
import { shellPaths, shellsOf } from './shells.js'

/** Where the straight beam goes through the cell. */
export interface BeamLine {
  /** Flat cells: angle between the beam and the normal of the stack, degrees. Default that of the cell. */
  tilt?: Angle | undefined
  /** Round cells: distance of the beam from the axis, a number in mm, or `'200 µm'`. Default 0. */
  offset?: Length | undefined
}

/**
 * Path of the straight beam in each layer: thickness / cos(tilt) in a flat cell, chords of concentric shells in a capillary or a wound cell, where
 * a layer that is met again and again counts with its sum.
 *
 * Holes are not looked at here: {@link stackTransmission} does.
 * @param stack The cell.
 * @param line  Tilt or offset.
 * @returns µm, one for each layer.
 * @throws OperandoError `E_RANGE` for a tilt not between -90 and 90 degrees, an offset beyond the cell, `E_ARGUMENT` for a tilt of a round cell or an
 *   offset in a flat one.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, pathLengths } from 'operando/cell'
 * const glass = { formula: 'SiO2', density: 2.2 }
 * const cell = createCell({
 *   format: 'capillary',
 *   geometry: { kind: 'capillary', radius: '0.5 mm' },
 *   layers: [
 *     { role: 'window', thickness: 10, material: glass },
 *     { role: 'electrolyte', thickness: 490, material: { formula: 'C3H6O3', density: 1.07 } },
 *   ],
 *   electrodes: { working: {}, counter: {} },
 * })
 * pathLengths(await createBeamStack(cell), { offset: '0.3 mm' }) // 25.3, 774.7
 * ```
 */
export function pathLengths(stack: BeamStack, line: BeamLine = {}): Float64Array {
  const { geometry, layers } = stack
  if (geometry.kind === 'flat') {
    if (line.offset !== undefined) throw wrong(`offset has no meaning for the flat cell ${stack.name}`)
    const tilt = toValue(line.tilt ?? geometry.tilt, 'deg', 'tilt')
    if (!(Math.abs(tilt) < 90))
      throw new OperandoError('E_RANGE', `tilt = ${tilt} degrees from the normal: between -90 and 90 expected.`)
    const slant = 1 / Math.cos((tilt * Math.PI) / 180)
    return Float64Array.from(layers, layer => layer.thickness * slant)
  }
  if (line.tilt !== undefined) throw wrong(`tilt has no meaning for the round cell ${stack.name}`)
  const offset = Math.abs(toValue(line.offset ?? 0, 'mm', 'offset'))
  if (!(offset < geometry.radius))
    throw new OperandoError(
      'E_RANGE',
      `offset = ${offset} mm: the beam passes beside the cell, whose radius is ${geometry.radius} mm.`,
    )
  const { radii, layer } = shellsOf(stack)
  const chords = shellPaths(radii, offset, -geometry.radius, 0, 1, new Float64Array(layer.length))
  const paths = new Float64Array(layers.length)
  for (let k = 0; k < layer.length; k++) paths[layer[k]!]! += chords[k]! * 1000
  return paths
}

function wrong(what: string): OperandoError {
  return new OperandoError('E_ARGUMENT', `${what}.`)
}
