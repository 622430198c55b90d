import { OperandoError } from '../../core/errors.js'
import { type Angle, toValue } from '../../core/quantity.js'
import type { BeamStack } from './beamStack.js'
import { pathLengths } from './pathLengths.js'
import { raysOf, type ScatteredRays } from './scatteredRays.js'
import { shellPaths, shellsOf } from './shells.js'

/** Where a photon is scattered, and whereto. */
export interface ScatteringPoint extends ScatteredRays {
  /** Flat cells: index of the layer that scatters. */
  readonly layer?: number | undefined
  /** Flat cells: how deep within that layer, 0 at its front to 1 at its back. Default 0.5. */
  readonly depth?: number | undefined
  /** Flat cells: angle between beam and normal, turned about the vertical, degrees. Default that of the cell. */
  readonly tilt?: Angle | undefined
  /** Round cells: the point, across the beam and along it from the axis, mm. Default the axis. */
  readonly position?: readonly [across: number, along: number] | undefined
  /** Round cells: which way the axis lies. Default `'vertical'`. */
  readonly axis?: 'vertical' | 'horizontal' | undefined
}

/** Paths of scattered photons. */
export interface ScatteringPaths {
  /** Path in each layer on the way in, µm, one for each layer. */
  readonly before: Float64Array
  /** Path in each layer on the way out, µm, layers x n, row-major. */
  readonly after: Float64Array
}

/**
 * Paths in each layer of photons that are scattered at a point of the cell towards the detector.
 *
 * In a flat cell they grow with the scattering angle, as the paper on operando cells warns for PDF; rays that leave backwards come out of the front. In a
 * round cell they depend on azimuth too, along the axis more than across it.
 * @param stack The cell.
 * @param point Where and whereto.
 * @throws OperandoError `E_RANGE` for a point outside the cell or angles not from 0 to 180 degrees, `E_ARGUMENT` for a layer that is not there, `E_SHAPE`.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, scatteringPaths } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'collector', electrode: 'counter', thickness: 100, material: { formula: 'Al', density: 2.7 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * scatteringPaths(await createBeamStack(cell), { layer: 0, twoTheta: [0, 60] }) // before: 50; after: 50, 100
 * ```
 */
export function scatteringPaths(stack: BeamStack, point: ScatteringPoint): ScatteringPaths {
  return stack.geometry.kind === 'flat' ? flatPaths(stack, point) : roundPaths(stack, point)
}

/** The layer that scatters. @throws OperandoError `E_ARGUMENT`. */
export function scatteringLayer(stack: BeamStack, layer: number | undefined): number {
  if (Number.isInteger(layer) && layer! >= 0 && layer! < stack.layers.length) return layer!
  const names = stack.layers.map(({ name }, i) => `${i} ${name}`).join(', ')
  throw new OperandoError('E_ARGUMENT', `layer = ${layer}: the index of the layer that scatters expected: ${names}.`)
}

/** Cosine between a ray and the normal of a flat stack that is turned about the vertical. */
export function cosineToNormal(rays: Float64Array, k: number, tilt: number): number {
  return rays[3 * k]! * Math.sin(tilt) + rays[3 * k + 2]! * Math.cos(tilt)
}

/** Tilt in radians that counts for a flat cell. */
export function tiltOf(stack: BeamStack, tilt: Angle | undefined): number {
  const given = tilt ?? (stack.geometry.kind === 'flat' ? stack.geometry.tilt : 0)
  return (toValue(given, 'deg', 'tilt') * Math.PI) / 180
}

function flatPaths(stack: BeamStack, point: ScatteringPoint): ScatteringPaths {
  const { depth = 0.5, tilt } = point
  const at = scatteringLayer(stack, point.layer)
  if (!(depth >= 0 && depth <= 1)) throw new OperandoError('E_RANGE', `depth = ${depth}: 0 (front) to 1 (back) expected.`)
  const rays = raysOf(point)
  const n = rays.length / 3
  const angle = tiltOf(stack, tilt)
  const share = (i: number, towards: 'front' | 'back'): number => {
    if (i === at) return towards === 'front' ? depth : 1 - depth
    return i < at === (towards === 'front') ? 1 : 0
  }
  const before = pathLengths(stack, { tilt }).map((path, i) => path * share(i, 'front'))
  const after = new Float64Array(n * stack.layers.length)
  for (let k = 0; k < n; k++) {
    const cosine = cosineToNormal(rays, k, angle)
    for (const [i, layer] of stack.layers.entries()) {
      const part = share(i, cosine < 0 ? 'front' : 'back')
      after[i * n + k] = part === 0 ? 0 : (layer.thickness * part) / Math.abs(cosine)
    }
  }
  return { before, after }
}

function roundPaths(stack: BeamStack, point: ScatteringPoint): ScatteringPaths {
  const { position = [0, 0], axis = 'vertical' } = point
  const { radii, layer } = shellsOf(stack)
  const [across, along] = position
  if (!(Math.hypot(across, along) <= radii[0]!))
    throw new OperandoError('E_RANGE', `position [${position.join(', ')}] mm lies outside the cell, radius ${radii[0]} mm.`)
  const rays = raysOf(point)
  const n = rays.length / 3
  const lengths = new Float64Array(layer.length)
  const before = new Float64Array(stack.layers.length)
  // against the beam, out of the cell
  shellPaths(radii, across, along, 0, -1, lengths)
  for (let s = 0; s < layer.length; s++) before[layer[s]!]! += lengths[s]! * 1000
  const after = new Float64Array(n * stack.layers.length)
  for (let k = 0; k < n; k++) {
    const sideways = rays[3 * k + (axis === 'vertical' ? 0 : 1)]!
    const forward = rays[3 * k + 2]!
    const steep = Math.hypot(sideways, forward)
    // a ray along the axis stays in its shell as far as the tube reaches
    if (steep === 0)
      throw new OperandoError('E_RANGE', `twoTheta[${k}]: this ray runs along the axis of the cell and never leaves it.`)
    shellPaths(radii, across, along, sideways / steep, forward / steep, lengths)
    for (let s = 0; s < layer.length; s++) after[layer[s]! * n + k]! += (lengths[s]! * 1000) / steep
  }
  return { before, after }
}
