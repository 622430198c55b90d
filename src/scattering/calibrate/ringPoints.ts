import type { Geometry } from '../geometry/createGeometry.js'
import { pixelFrame } from '../geometry/pixelFrame.js'
import type { CalibrantLine } from './calibrants.js'

/** A place on the detector that a ring passes through. */
export interface RingPoint {
  /** Which ring, from 0 at the largest spacing. */
  readonly ring: number
  /** Place along axis 1 from the corner of the detector, m. */
  readonly p1: number
  /** Place along axis 2, m. */
  readonly p2: number
  /** Scattering angle that it was seen at, by the geometry it was found with, degrees. */
  readonly twoTheta: number
  /** Azimuth, degrees. */
  readonly chi: number
  /** Standard error of the scattering angle from counting, degrees. */
  readonly sigma: number
}

const RADIANS = Math.PI / 180

/** Scattering angle of a ring, degrees; NaN beyond backscattering. */
export function ringAngle({ d }: CalibrantLine, wavelength: number): number {
  return (2 * Math.asin(wavelength / (2 * d))) / RADIANS
}

/** Where a ray of some angle and azimuth meets the detector: m from its corner. Undefined for rays that pass it by. */
export function pointAt(geometry: Geometry, twoTheta: number, chi: number): [number, number] | undefined {
  const { dist, poni1, poni2 } = geometry
  // a detector of unit pixels from the PONI on: its frame is the rotation itself
  const { t1, t2, t3 } = pixelFrame({ ...geometry, poni1: 0, poni2: 0, pixel1: 1, pixel2: 1, orientation: 3 })
  const sine = Math.sin(twoTheta * RADIANS)
  const u = [sine * Math.sin(chi * RADIANS), sine * Math.cos(chi * RADIANS), Math.cos(twoTheta * RADIANS)] as const
  const normal = (t1[0] * u[0] + t2[0] * u[1] + t3[0] * u[2]) / dist
  if (!(normal > 1e-9)) return undefined
  const along1 = t1[1] * u[0] + t2[1] * u[1] + t3[1] * u[2]
  const along2 = t1[2] * u[0] + t2[2] * u[1] + t3[2] * u[2]
  return [poni1 + (dist * along1) / normal, poni2 + (dist * along2) / normal]
}

/** Scattering angle (degrees) at a place on the detector. */
export function angleAt(geometry: Geometry, p1: number, p2: number): number {
  const { t1, t2, t3 } = pixelFrame({ ...geometry, pixel1: 1, pixel2: 1, orientation: 3 })
  const x = t1[0] + p1 * t1[1] + p2 * t1[2]
  const y = t2[0] + p1 * t2[1] + p2 * t2[2]
  const z = t3[0] + p1 * t3[1] + p2 * t3[2]
  return Math.atan2(Math.hypot(x, y), z) / RADIANS
}
