import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Energy, type Length, toValue } from '../../core/quantity.js'
import { gaussLegendre } from '../../numeric/index.js'
import type { BeamStack } from './beamStack.js'
import { raysOf, type ScatteredRays } from './scatteredRays.js'
import { cosineToNormal, scatteringLayer, tiltOf } from './scatteringPaths.js'
import { shellPaths, shellsOf } from './shells.js'

/** What {@link absorptionFactor} takes. */
export interface AbsorptionOptions extends ScatteredRays {
  /** Index of the layer that scatters. */
  readonly layer: number
  /** Flat cells: angle between beam and normal, turned about the vertical, degrees. Default that of the cell. */
  readonly tilt?: Angle | undefined
  /** Round cells: which way the axis lies. Default `'vertical'`. */
  readonly axis?: 'vertical' | 'horizontal' | undefined
  /** Round cells: width of the beam across the axis, a number in mm. Default: the whole cell is lit. */
  readonly beamWidth?: Length | undefined
  /** Round cells: points of quadrature across and along the beam. Default 24. */
  readonly points?: number | undefined
}

const OPTIONS: FieldsOf<AbsorptionOptions> = {
  layer: true,
  tilt: true,
  axis: true,
  beamWidth: true,
  points: true,
  twoTheta: true,
  azimuth: true,
}

/** Absorption over scattering angles. */
export interface AbsorptionFactor {
  /** Share of the photons scattered by the layer into each direction that is not lost on the way in or out: 0 to 1, n values. */
  readonly factor: Float64Array
  /** What intensities are multiplied by to be as absorbed as those near the beam: factor(0) / factor, n values; `Infinity` where nothing comes out. */
  readonly correction: Float64Array
  /** The factor towards 2θ = 0. */
  readonly forward: number
}

/**
 * Absorption factor of what a layer scatters, over the detector: how a flat cell distorts intensities at high angle, how a capillary does.
 *
 * Mean over the lit points of the layer of exp(-(μ s)in - (μ s)out): in closed form for a flat cell (Busing and Levy's integral, transmission and reflection),
 * by Gauss quadrature over the cross-section of a round one, shells and windings included (Paalman and Pings' coefficients with a container).
 * Elastic: out at the energy of in.
 * @param stack   The cell with its tables.
 * @param energy  A number in eV, or `'80 keV'`.
 * @param options Layer, directions, geometry.
 * @throws OperandoError `E_ARGUMENT` for a layer that is not there, `E_RANGE` for angles, energies and widths without meaning, or a beam that misses the layer.
 * @see W. R. Busing & H. A. Levy, Acta Cryst. 10 (1957) 180; H. H. Paalman & C. J. Pings, J. Appl. Phys. 33 (1962) 2635
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { absorptionFactor, createBeamStack } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'collector', electrode: 'counter', thickness: 1000, material: { formula: 'Al', density: 2.7 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const { correction } = absorptionFactor(await createBeamStack(cell), '60 keV', { layer: 0, twoTheta: [0, 30, 60] })
 * correction // 1, 1.006, 1.038
 * ```
 */
export function absorptionFactor(stack: BeamStack, energy: Energy, options: AbsorptionOptions): AbsorptionFactor {
  assertKnown(options, 'absorptionFactor options', OPTIONS)
  const at = toValue(energy, 'eV', 'energy')
  const layer = scatteringLayer(stack, options.layer)
  // 1/mm
  const mu = Float64Array.from(stack.layers, l => l.attenuation.at(at) * 0.1)
  const rays = raysOf(options)
  const n = rays.length / 3
  // the forward ray comes last
  const all = Float64Array.of(...rays, 0, 0, 1)
  const values =
    stack.geometry.kind === 'flat' ? flatFactor(stack, mu, layer, all, options) : roundFactor(stack, mu, layer, all, options)
  const factor = values.slice(0, n)
  const forward = values[n]!
  return { factor, forward, correction: factor.map(value => forward / value) }
}

/** (1 - exp(-x)) / x. */
const meanOfExp = (x: number): number => (Math.abs(x) < 1e-12 ? 1 : -Math.expm1(-x) / x)

function flatFactor(
  stack: BeamStack,
  mu: Float64Array,
  layer: number,
  rays: Float64Array,
  { tilt }: AbsorptionOptions,
): Float64Array {
  const angle = tiltOf(stack, tilt)
  if (!(Math.abs(angle) < Math.PI / 2))
    throw new OperandoError('E_RANGE', 'tilt: between -90 and 90 degrees from the normal expected.')
  const exponents = stack.layers.map((l, i) => (mu[i]! * l.thickness) / 1000)
  const before = exponents.slice(0, layer).reduce((sum, x) => sum + x, 0)
  const behind = exponents.slice(layer + 1).reduce((sum, x) => sum + x, 0)
  const own = exponents[layer]!
  const slantIn = 1 / Math.cos(angle)
  const out = new Float64Array(rays.length / 3)
  for (let k = 0; k < out.length; k++) {
    const cosine = cosineToNormal(rays, k, angle)
    const slantOut = 1 / Math.abs(cosine)
    if (!Number.isFinite(slantOut)) continue
    if (cosine < 0) {
      out[k] = Math.exp(-before * (slantIn + slantOut)) * meanOfExp(own * (slantIn + slantOut))
      continue
    }
    const least = Math.min(slantIn, slantOut)
    out[k] = Math.exp(-before * slantIn - behind * slantOut - own * least) * meanOfExp(own * Math.abs(slantIn - slantOut))
  }
  return out
}

function roundFactor(
  stack: BeamStack,
  mu: Float64Array,
  layer: number,
  rays: Float64Array,
  { axis = 'vertical', beamWidth, points = 24 }: AbsorptionOptions,
): Float64Array {
  const shells = shellsOf(stack)
  const { radii } = shells
  const half = beamWidth === undefined ? radii[0]! : Math.min(radii[0]!, toValue(beamWidth, 'mm', 'beamWidth') / 2)
  if (!(half > 0)) throw new OperandoError('E_RANGE', `beamWidth = ${2 * half} mm: above 0 expected.`)
  const lit = litPoints(shells, layer, half, points)
  const count = shells.layer.length
  const lengths = new Float64Array(count)
  const exponentOf = (x: number, z: number, dx: number, dz: number): number => {
    shellPaths(radii, x, z, dx, dz, lengths)
    let sum = 0
    for (let s = 0; s < count; s++) sum += lengths[s]! * mu[shells.layer[s]!]!
    return sum
  }
  const { x, z, weight } = lit
  const area = weight.reduce((sum, w) => sum + w, 0)
  if (!(area > 0))
    throw new OperandoError('E_RANGE', `${stack.layers[layer]!.name} is not in the beam: take another layer or beamWidth.`)
  const inwards = Float64Array.from(x, (across, i) => exponentOf(across, z[i]!, 0, -1))
  const out = new Float64Array(rays.length / 3)
  for (let k = 0; k < out.length; k++) {
    const sideways = rays[3 * k + (axis === 'vertical' ? 0 : 1)]!
    const forward = rays[3 * k + 2]!
    const steep = Math.hypot(sideways, forward)
    if (steep < 1e-12) continue
    let sum = 0
    for (let i = 0; i < x.length; i++)
      sum += weight[i]! * Math.exp(-inwards[i]! - exponentOf(x[i]!, z[i]!, sideways / steep, forward / steep) / steep)
    out[k] = sum / area
  }
  return out
}

/** Points of quadrature within the lit shells of a layer: across the beam between the circles' edges, along it between their crossings. */
function litPoints(
  { radii, layer: layers }: { radii: Float64Array; layer: Int32Array },
  layer: number,
  half: number,
  points: number,
): { x: Float64Array; z: Float64Array; weight: Float64Array } {
  const { nodes, weights } = gaussLegendre(points)
  const [x, z, weight]: [number[], number[], number[]] = [[], [], []]
  for (let s = 0; s < layers.length; s++) {
    if (layers[s] !== layer) continue
    const [outer, inner] = [radii[s]!, radii[s + 1]!]
    // where the inner circle ends, the chord changes its form
    const stops = [0, Math.min(inner, half), Math.min(outer, half)]
    for (let piece = 0; piece < 2; piece++) {
      const [a, b] = [stops[piece]!, stops[piece + 1]!]
      if (!(b > a)) continue
      const edge = piece === 0 ? inner : outer
      for (let i = 0; i < points; i++) {
        // x = edge sin t takes the square root out of the chord
        const [ta, tb] = [Math.asin(a / edge), Math.asin(Math.min(1, b / edge))]
        const t = (ta + tb) / 2 + (nodes[i]! * (tb - ta)) / 2
        const across = edge * Math.sin(t)
        const width = (weights[i]! * (tb - ta) * edge * Math.cos(t)) / 2
        const far = Math.sqrt(outer * outer - across * across)
        const near = piece === 0 ? Math.sqrt(Math.max(0, inner * inner - across * across)) : 0
        const stretches: [number, number][] =
          near > 0
            ? [
                [-far, -near],
                [near, far],
              ]
            : [[-far, far]]
        for (const [from, to] of stretches)
          for (let j = 0; j < points; j++) {
            const w = (width * weights[j]! * (to - from)) / 2
            const along = (from + to) / 2 + (nodes[j]! * (to - from)) / 2
            x.push(across, -across)
            z.push(along, along)
            weight.push(w, w)
          }
      }
    }
  }
  return { x: Float64Array.from(x), z: Float64Array.from(z), weight: Float64Array.from(weight) }
}
