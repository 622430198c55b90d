import { OperandoError } from '../../core/errors.js'
import type { Geometry } from './createGeometry.js'

/** A radial axis: scattering vector (Å⁻¹), scattering angle (degrees), spacing (Å), or radius on a detector upright in the beam (mm). */
export type RadialAxis = 'q' | 'twoTheta' | 'd' | 'r'

/** Unit of each axis. */
export const RADIAL_UNITS: Readonly<Record<RadialAxis, string>> = { q: '1/Å', twoTheta: 'deg', d: 'Å', r: 'mm' }

/** Names for people. */
export const RADIAL_LABELS: Readonly<Record<RadialAxis, string>> = {
  q: 'Scattering vector',
  twoTheta: 'Scattering angle',
  d: 'Spacing',
  r: 'Radius',
}

const DEGREES = 180 / Math.PI

/**
 * The constant of an axis: 4 pi / wavelength for q, wavelength / 2 for d, mm for r, degrees a radian for twoTheta.
 * @throws OperandoError `E_MISSING` for q or d of a geometry without wavelength, `E_ARGUMENT` for another axis.
 */
export function radialScale(axis: RadialAxis, { wavelength, dist }: Geometry): number {
  if (axis === 'twoTheta') return DEGREES
  if (axis === 'r') return 1e3 * dist
  if (axis !== 'q' && axis !== 'd') throw new OperandoError('E_ARGUMENT', `axis '${String(axis)}': q, twoTheta, d or r expected.`)
  if (wavelength === undefined) {
    throw new OperandoError(
      'E_MISSING',
      `The geometry has no wavelength, without which there is no ${axis}. Give createGeometry wavelength or energy, or integrate over twoTheta.`,
      { details: { name: 'wavelength' } },
    )
  }
  return axis === 'q' ? (4 * Math.PI) / wavelength : wavelength / 2
}

/** Squared sine of half the scattering angle of (t1, t2, t3) with rr = t1² + t2², without the loss of 1 - cos at small angles. */
function sineSquared(rr: number, t3: number): number {
  const n = Math.sqrt(rr + t3 * t3)
  return t3 > 0 ? rr / (2 * n * (n + t3)) : (n - t3) / (2 * n)
}

/**
 * Fills places along a row of the laboratory with their radial coordinate. Kernel.
 * @param axis  Which.
 * @param scale Of {@link radialScale}.
 * @param t     t1, t2, t3 of the first place, then of a step.
 * @param out   Receives the coordinates, from `at` on.
 * @param at    Where.
 * @param count How many places.
 */
export function fillRadial(axis: RadialAxis, scale: number, t: Float64Array, out: Float64Array, at: number, count: number): void {
  const [a1, a2, a3, d1, d2, d3] = [t[0]!, t[1]!, t[2]!, t[3]!, t[4]!, t[5]!]
  for (let j = 0; j < count; j++) {
    const t1 = a1 + j * d1
    const t2 = a2 + j * d2
    const t3 = a3 + j * d3
    const rr = t1 * t1 + t2 * t2
    if (axis === 'q') out[at + j] = scale * Math.sqrt(sineSquared(rr, t3))
    else if (axis === 'twoTheta') out[at + j] = scale * (t3 > 0 ? Math.atan(Math.sqrt(rr) / t3) : Math.atan2(Math.sqrt(rr), t3))
    else if (axis === 'd') out[at + j] = scale / Math.sqrt(sineSquared(rr, t3))
    else out[at + j] = t3 > 0 ? (scale * Math.sqrt(rr)) / t3 : Number.NaN
  }
}
