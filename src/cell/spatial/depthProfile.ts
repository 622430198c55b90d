import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Length, toValue } from '../../core/quantity.js'
import { erf } from '../../numeric/index.js'

/** A pencil beam along the layers of a flat cell. */
export interface DepthProfileOptions {
  /** Thicknesses of the layers in the order of depth, µm. */
  readonly thicknesses: NumbersLike
  /** Heights of the beam above the front of the first layer, µm, n values: those of a scan. */
  readonly depths: NumbersLike
  /** Height of the beam, full width at half maximum of a Gaussian: a number in µm. */
  readonly beam: Length
  /** Length of the layers along the beam: a number in mm. */
  readonly length: Length
  /** Angle between beam and layers that is left after alignment, degrees. Default 0. */
  readonly misalignment?: Angle | undefined
}

const OPTIONS: FieldsOf<DepthProfileOptions> = { thicknesses: true, depths: true, beam: true, length: true, misalignment: true }

/** What a scan across the layers sees. */
export interface DepthProfile {
  /** Share of the beam's path that lies in each layer, n x layers, row-major; what passes above and below is missing from the sum. */
  readonly shares: Float64Array
  /** Depth over which the beam is spread by the misalignment, µm: length times tangent. */
  readonly smear: number
  /** Depth resolution, µm: standard deviations of beam and smear together, as full width at half maximum. */
  readonly resolution: number
}

/**
 * Depth profile with a beam parallel to the layers: which layers it meets at each height, and how fine it resolves.
 *
 * A beam that is tilted by an angle against layers of some length crosses length x tan(angle) of depth: 0.1 degrees over 10 mm are 17 µm.
 *
 * For a beam that grazes the surface of a layer see `penetrationDepth` of `operando/matter` with its `incidence`.
 * @param options Layers, scan, beam.
 * @throws OperandoError `E_RANGE` for thicknesses, beam or length not above 0, or an angle of 45 degrees or more.
 * @example
 * ```ts
 * import { depthProfile } from 'operando/cell'
 * const { shares, resolution } = depthProfile({ thicknesses: [20, 80, 25], depths: [10, 60, 110], beam: 5, length: 10, misalignment: 0.02 })
 * console.log(resolution) // 5.6 µm
 * ```
 */
export function depthProfile(options: DepthProfileOptions): DepthProfile {
  assertKnown(options, 'depthProfile options', OPTIONS)
  const thicknesses = asFloat64(options.thicknesses, 'thicknesses')
  const depths = asFloat64(options.depths, 'depths')
  const beam = toValue(options.beam, 'µm', 'beam')
  const length = toValue(options.length, 'mm', 'length')
  const angle = toValue(options.misalignment ?? 0, 'deg', 'misalignment')
  if (!(beam > 0 && length > 0))
    throw new OperandoError('E_RANGE', `beam = ${beam} µm, length = ${length} mm: both above 0 expected.`)
  if (!(Math.abs(angle) < 45))
    throw new OperandoError('E_RANGE', `misalignment = ${angle} degrees: the beam must run along the layers.`)
  for (let i = 0; i < thicknesses.length; i++)
    if (!(thicknesses[i]! > 0)) throw new OperandoError('E_RANGE', `thicknesses[${i}] = ${thicknesses[i]} µm: above 0 expected.`)
  const smear = length * 1000 * Math.tan((Math.abs(angle) * Math.PI) / 180)
  const sigma = beam / (2 * Math.sqrt(2 * Math.LN2))
  const count = thicknesses.length
  const shares = new Float64Array(depths.length * count)
  for (let k = 0; k < depths.length; k++) {
    let top = 0
    for (let i = 0; i < count; i++) {
      const bottom = top + thicknesses[i]!
      shares[k * count + i] = belowEdge(bottom - depths[k]!, sigma, smear) - belowEdge(top - depths[k]!, sigma, smear)
      top = bottom
    }
  }
  // a box of width w has the standard deviation w / sqrt(12)
  const resolution = Math.hypot(beam, (smear / Math.sqrt(12)) * 2 * Math.sqrt(2 * Math.LN2))
  return { shares, smear, resolution }
}

/** Share of a Gaussian, smeared by a box, that lies below an edge at a distance. */
function belowEdge(distance: number, sigma: number, smear: number): number {
  if (smear < 1e-3 * sigma) {
    // the difference below would lose its digits; a narrow box adds a second derivative
    const t = distance / sigma
    const bend = (-t * Math.exp((-t * t) / 2)) / Math.sqrt(2 * Math.PI)
    return 0.5 * (1 + erf(t / Math.SQRT2)) + (bend * (smear / sigma) ** 2) / 24
  }
  // the integral of the normal distribution: sigma (t Phi(t) + phi(t))
  const integral = (x: number): number => {
    const t = x / sigma
    return sigma * (t * 0.5 * (1 + erf(t / Math.SQRT2)) + Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI))
  }
  return (integral(distance + smear / 2) - integral(distance - smear / 2)) / smear
}
