import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { type Angle, type Energy, toValue } from '../../core/quantity.js'

/** What {@link grazingDepth} takes. */
export interface GrazingOptions {
  /** Photon energy: a number in eV, or `'12 keV'`. */
  readonly energy: Energy
  /** Angle between beam and surface, degrees. */
  readonly angle: Angle
  /** Decrement of the refractive index n = 1 - delta + i beta. */
  readonly delta: number
  /** Its absorption index. */
  readonly beta: number
}

/** A beam that grazes a surface. */
export interface GrazingDepth {
  /** Depth at which the intensity is 1/e of that at the surface, µm. */
  readonly depth: number
  /** Critical angle of total reflection, degrees. */
  readonly criticalAngle: number
  /** Length of the footprint over the height of the beam: 1 / sin(angle). */
  readonly footprint: number
}

/**
 * Depth that a grazing beam reaches: nanometres below the critical angle, sin(angle) / mu far above it.
 * @param options Energy, angle, refractive index (of `refractiveIndex` in `operando/matter`).
 * @throws OperandoError `E_RANGE` for an angle not above 0 to 90 degrees, or indices below 0.
 * @see H. Dosch, B. W. Batterman & D. C. Wack, Phys. Rev. Lett. 56 (1986) 1144
 * @example
 * ```ts
 * import { grazingDepth } from 'operando/cell'
 * const { depth, criticalAngle } = grazingDepth({ energy: '12 keV', angle: 0.1, delta: 3.4e-6, beta: 2e-8 })
 * console.log(criticalAngle, depth) // 0.149 degrees, 0.0043 µm
 * ```
 */
export function grazingDepth(options: GrazingOptions): GrazingDepth {
  const { delta, beta } = options
  const energy = toValue(options.energy, 'eV', 'energy')
  const angle = (toValue(options.angle, 'deg', 'angle') * Math.PI) / 180
  if (!(angle > 0 && angle <= Math.PI / 2))
    throw new OperandoError('E_RANGE', `angle = ${options.angle}: above 0 to 90 degrees expected.`)
  if (!(energy > 0 && delta >= 0 && beta >= 0))
    throw new OperandoError(
      'E_RANGE',
      `energy ${energy} eV, delta ${delta}, beta ${beta}: an energy above 0, indices of 0 or more expected.`,
    )
  // k_z = k sqrt(sin² - 2 delta + 2 i beta): its imaginary part without loss of digits
  const real = Math.sin(angle) ** 2 - 2 * delta
  const size = Math.hypot(real, 2 * beta)
  const square = real > 0 ? (2 * beta * beta) / (size + real) : (size - real) / 2
  const wavelength = HC_EV_ANGSTROM / energy
  return {
    depth: wavelength / (4 * Math.PI * Math.sqrt(square)) / 1e4,
    criticalAngle: (Math.sqrt(2 * delta) * 180) / Math.PI,
    footprint: 1 / Math.sin(angle),
  }
}
