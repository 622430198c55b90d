import { OperandoError } from '../../core/errors.js'
import type { Geometry } from './createGeometry.js'

const DEGREES = 180 / Math.PI

/** Geometry as Fit2D tells it. Columns and rows count from 0 at the edge of the first pixel. */
export interface Fit2dGeometry {
  /** Sample to detector along the beam, mm. */
  readonly directDist: number
  /** Where the beam meets the detector: column. */
  readonly centerX: number
  /** Row. */
  readonly centerY: number
  /** Angle of the detector's normal to the beam, degrees. */
  readonly tilt: number
  /** Direction of the tilt, degrees. */
  readonly tiltPlanRotation: number
}

/** Geometry as the image controls of GSAS-II tell it. */
export interface Gsas2Geometry {
  /** Sample to detector along its normal, mm. */
  readonly distance: number
  /** Where the beam meets the detector, mm from its corner: along the rows, then along the columns. */
  readonly center: readonly [number, number]
  /** Angle of the detector's normal to the beam, degrees. */
  readonly tilt: number
  /** Axis of the tilt, degrees. */
  readonly rotation: number
}

/**
 * A geometry in the convention of Fit2D. The rotation about the beam (rot3) has no place there: it turns the zero of the azimuth only.
 * @param geometry Orientation 3; see `orientation` of {@link Geometry} for frames that Fit2D flips on reading.
 * @throws OperandoError `E_RANGE` for a detector that the direct beam does not meet.
 * @see A. P. Hammersley et al., High Pressure Research 14 (1996) 235
 * @example
 * ```ts
 * import { createGeometry, toFit2d } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.2, poni1: 0.09, poni2: 0.08, rot2: 0.01, detector: 'Pilatus 1M' })
 * console.log(toFit2d(geometry).tilt) // 0.573 degrees
 * ```
 */
export function toFit2d(geometry: Geometry): Fit2dGeometry {
  const { dist, poni1, poni2, rot1, rot2, pixel1, pixel2 } = geometry
  const cosine = Math.cos(rot1) * Math.cos(rot2)
  if (!(cosine > 0)) throw new OperandoError('E_RANGE', 'The direct beam does not meet this detector: it has no beam centre.')
  // sines of the tilt along both axes
  const along1 = Math.sin(rot2)
  const along2 = -Math.cos(rot2) * Math.sin(rot1)
  const direct = dist / cosine
  return {
    directDist: 1e3 * direct,
    centerX: (poni2 + direct * along2) / pixel2,
    centerY: (poni1 + direct * along1) / pixel1,
    tilt: DEGREES * Math.atan2(Math.hypot(along1, along2), cosine),
    tiltPlanRotation: DEGREES * Math.atan2(along1, along2),
  }
}

/**
 * A geometry from the numbers of Fit2D: distance, PONI and rotations. rot3 is 0.
 * @param given    Fit2D's numbers.
 * @param detector What the rest is taken from: shape, pixel sizes, wavelength, orientation.
 * @throws OperandoError `E_RANGE` for a tilt of 90 degrees or more, or a distance that is not above 0.
 * @example
 * ```ts
 * import { createGeometry, fromFit2d } from 'operando/scattering'
 * const detector = createGeometry({ dist: 1, poni1: 0, poni2: 0, detector: 'Pilatus 1M', energy: '30 keV' })
 * const geometry = fromFit2d({ directDist: 208.69, centerX: 487.3, centerY: 512.5, tilt: 1.08, tiltPlanRotation: 12.6 }, detector)
 * console.log(geometry.dist, geometry.rot1)
 * ```
 */
export function fromFit2d(given: Fit2dGeometry, detector: Geometry): Geometry {
  const { directDist, centerX, centerY, tilt, tiltPlanRotation } = given
  if (!(Math.abs(tilt) < 90 && directDist > 0))
    throw new OperandoError(
      'E_RANGE',
      `tilt ${tilt} degrees, distance ${directDist} mm: a tilt below 90 and a distance above 0 expected.`,
    )
  const sine = Math.sin(tilt / DEGREES)
  const along1 = sine * Math.sin(tiltPlanRotation / DEGREES)
  const along2 = sine * Math.cos(tiltPlanRotation / DEGREES)
  const rot2 = Math.asin(along1)
  return Object.freeze({
    ...detector,
    dist: 1e-3 * directDist * Math.cos(tilt / DEGREES),
    poni1: centerY * detector.pixel1 - 1e-3 * directDist * along1,
    poni2: centerX * detector.pixel2 - 1e-3 * directDist * along2,
    rot1: Math.atan2(-along2, Math.cos(tilt / DEGREES)),
    rot2,
    rot3: 0,
  })
}

/**
 * A geometry in the convention of GSAS-II, for frames that lie there as here; rot3 has no place there.
 * @param geometry Orientation 3.
 * @throws OperandoError `E_RANGE` for a detector that the direct beam does not meet.
 * @example
 * ```ts
 * import { createGeometry, toGsas2 } from 'operando/scattering'
 * const geometry = createGeometry({ dist: 0.2, poni1: 0.09, poni2: 0.08, rot2: 0.01, detector: 'Pilatus 1M' })
 * console.log(toGsas2(geometry).center) // mm
 * ```
 */
export function toGsas2(geometry: Geometry): Gsas2Geometry {
  const { centerX, centerY, tilt, tiltPlanRotation } = toFit2d(geometry)
  return {
    distance: 1e3 * geometry.dist,
    center: [1e3 * centerX * geometry.pixel2, 1e3 * centerY * geometry.pixel1],
    tilt,
    rotation: tiltPlanRotation - 90,
  }
}

/**
 * A geometry from the image controls of GSAS-II.
 * @param given    Its numbers.
 * @param detector What the rest is taken from: shape, pixel sizes, wavelength, orientation.
 * @throws OperandoError `E_RANGE` for a tilt of 90 degrees or more, or a distance that is not above 0.
 * @example
 * ```ts
 * import { createGeometry, fromGsas2 } from 'operando/scattering'
 * const detector = createGeometry({ dist: 1, poni1: 0, poni2: 0, detector: 'Perkin Elmer 1621', wavelength: 0.2 })
 * console.log(fromGsas2({ distance: 300, center: [205, 204], tilt: 0.2, rotation: 60 }, detector).poni1)
 * ```
 */
export function fromGsas2(given: Gsas2Geometry, detector: Geometry): Geometry {
  const { distance, center, tilt, rotation } = given
  const fit2d = {
    directDist: distance / Math.cos(tilt / DEGREES),
    centerX: (1e-3 * center[0]) / detector.pixel2,
    centerY: (1e-3 * center[1]) / detector.pixel1,
    tilt,
    tiltPlanRotation: rotation + 90,
  }
  return fromFit2d(fit2d, detector)
}
