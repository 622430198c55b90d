import { OperandoError } from '../../core/errors.js'
import type { BeamStack } from './beamStack.js'

/** A round cell cut across: circles from outside in, and what lies between them. */
export interface Shells {
  /** Radii in mm, falling, n + 1 of them for n shells; the last may be 0. */
  readonly radii: Float64Array
  /** Which layer of the cell each shell is, n values. */
  readonly layer: Int32Array
}

/**
 * Circles of a capillary (its layers once, from outside in; what they leave within is empty) or of a wound cell (the layers again and again down to
 * the core, which is empty; the last winding may be cut). A spiral is taken for closed circles.
 * @param stack The cell.
 * @throws OperandoError `E_ARGUMENT` for a flat cell.
 */
export function shellsOf(stack: BeamStack): Shells {
  const { geometry, layers } = stack
  if (geometry.kind === 'flat')
    throw new OperandoError('E_ARGUMENT', `${stack.name} is flat: a capillary or a wound cell was expected.`)
  const core = geometry.kind === 'cylinder' ? geometry.core : 0
  const radii = [geometry.radius]
  const layer: number[] = []
  let radius = geometry.radius
  for (let k = 0; radius > core && (geometry.kind === 'cylinder' || k < layers.length); k++) {
    radius = Math.max(core, radius - layers[k % layers.length]!.thickness / 1000)
    // what rounding leaves over is no shell
    if (radius < 1e-9 * geometry.radius) radius = 0
    radii.push(radius)
    layer.push(k % layers.length)
  }
  return { radii: Float64Array.from(radii), layer: Int32Array.from(layer) }
}

/**
 * Lengths in each shell of a ray within the plane across the axis, from a point onwards.
 * @param radii Circles in mm, falling, n + 1.
 * @param x     Point, mm.
 * @param y     Point, mm.
 * @param dx    Direction, a unit vector with `dy`.
 * @param dy    Direction.
 * @param out   Receives n lengths in mm.
 */
export function shellPaths(radii: Float64Array, x: number, y: number, dx: number, dy: number, out: Float64Array): Float64Array {
  const along = x * dx + y * dy
  const square = x * x + y * y
  let outer = lengthWithin(radii[0]!, along, square)
  for (let k = 0; k < out.length; k++) {
    const inner = lengthWithin(radii[k + 1]!, along, square)
    out[k] = outer - inner
    outer = inner
  }
  return out
}

/** Length within a circle of a ray that begins `along` past its point nearest to the centre, `square` of a distance from the centre. */
function lengthWithin(radius: number, along: number, square: number): number {
  const half = along * along - square + radius * radius
  if (half <= 0) return 0
  const root = Math.sqrt(half)
  return Math.max(0, root - along) - Math.max(0, -root - along)
}
