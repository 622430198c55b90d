import { OperandoError } from '../../core/errors.js'
import type { Geometry } from './createGeometry.js'

const DEGREES = 180 / Math.PI

/** Geometry as DAWN tells it. Columns and rows count from 0 at the edge of the first pixel. */
export interface DawnGeometry {
  /** Sample to detector along the beam, mm. */
  readonly distance: number
  /** Where the beam meets the detector: column. */
  readonly beamX: number
  /** Row. */
  readonly beamY: number
  /** Rotation about the vertical, degrees. */
  readonly yaw: number
  /** Rotation about the horizontal that yaw has turned, degrees. */
  readonly pitch: number
  /** Rotation about the detector's normal, degrees. */
  readonly roll: number
}

/**
 * A geometry in the convention of DAWN: distance along the beam, where the beam meets the detector, and the angles of the detector's normal. Frames lie there as here, rows downwards.
 * @param geometry Orientation 3.
 * @throws OperandoError `E_RANGE` for a detector that the direct beam does not meet.
 * @see J. Filik et al., J. Appl. Cryst. 50 (2017) 959
 * @example
 * ```ts
 * import { createGeometry, toDawn } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.2, poni1: 0.09, poni2: 0.08, rot1: 0.01, detector: 'Pilatus 1M' })
 * console.log(toDawn(geometry).yaw) // 0.573 degrees
 * ```
 */
export function toDawn(geometry: Geometry): DawnGeometry {
  const { dist, poni1, poni2, rot1, rot2, rot3, pixel1, pixel2 } = geometry
  const [c1, s1, c2, s2, c3, s3] = [
    Math.cos(rot1),
    Math.sin(rot1),
    Math.cos(rot2),
    Math.sin(rot2),
    Math.cos(rot3),
    Math.sin(rot3),
  ]
  const cosine = c1 * c2
  if (!(cosine > 0)) throw new OperandoError('E_RANGE', 'The direct beam does not meet this detector: it has no beam centre.')
  const along = dist / cosine
  // elements of the rotation that turns the detector's frame into the laboratory's, as pixelFrame has it
  const [m00, m01, m02] = [c2 * c3, c3 * s1 * s2 - c1 * s3, -(c1 * c3 * s2 + s1 * s3)]
  const m12 = c3 * s1 - c1 * s2 * s3
  return {
    distance: 1e3 * along,
    beamX: (poni2 - along * c2 * s1) / pixel2,
    beamY: (poni1 + along * s2) / pixel1,
    yaw: DEGREES * Math.atan2(m12, cosine),
    pitch: DEGREES * Math.asin(Math.max(-1, Math.min(1, m02))),
    roll: -DEGREES * Math.atan2(m01, m00),
  }
}

/**
 * A geometry from the numbers of DAWN.
 * @param given    Its numbers.
 * @param detector What the rest is taken from: shape, pixel sizes, wavelength, orientation.
 * @throws OperandoError `E_RANGE` for a distance that is not above 0 or a detector that looks away from the sample.
 * @example
 * ```ts
 * import { createGeometry, fromDawn } from 'operando/scattering'
 * const detector = createGeometry({ dist: 1, poni1: 0, poni2: 0, detector: 'Pilatus 2M', energy: '76 keV' })
 * console.log(fromDawn({ distance: 450, beamX: 737.5, beamY: 839.5, yaw: 0.2, pitch: -0.1, roll: 0 }, detector).rot1)
 * ```
 */
export function fromDawn(given: DawnGeometry, detector: Geometry): Geometry {
  const { distance, beamX, beamY } = given
  const [y, p, z] = [-given.yaw / DEGREES, given.pitch / DEGREES, -given.roll / DEGREES]
  const [cy, sy, cp, sp, cz, sz] = [Math.cos(y), Math.sin(y), Math.cos(p), Math.sin(p), Math.cos(z), Math.sin(z)]
  // third row of the rotation, along the beam, and what else tells rot3
  const [m20, m21, m22] = [-(sy * sz + cy * sp * cz), sy * cz - cy * sp * sz, cy * cp]
  if (!(distance > 0 && m22 > 0))
    throw new OperandoError(
      'E_RANGE',
      `distance ${distance} mm, yaw ${given.yaw}, pitch ${given.pitch} degrees: a distance above 0 and a detector that faces the sample expected.`,
    )
  const along = 1e-3 * distance
  return Object.freeze({
    ...detector,
    dist: along * m22,
    poni1: beamY * detector.pixel1 - along * m20,
    poni2: beamX * detector.pixel2 - along * m21,
    rot1: Math.atan2(-m21, m22),
    rot2: Math.asin(Math.max(-1, Math.min(1, m20))),
    rot3: Math.atan2(-cy * sz + sy * sp * cz, cp * cz),
  })
}
