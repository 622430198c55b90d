import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'

/** Directions of scattered rays: those of detector pixels, or of points of a pattern. */
export interface ScatteredRays {
  /** Scattering angles, degrees, 0 to 180; n values, or one. */
  readonly twoTheta: NumbersLike | number
  /** Azimuth about the beam, degrees from the horizontal towards the vertical; n values, or one for all. Default 90: upwards. */
  readonly azimuth?: NumbersLike | number | undefined
}

/**
 * Unit vectors of rays: x horizontal across the beam, y up, z along the beam; 3 n values.
 * @param rays Angles.
 * @throws OperandoError `E_RANGE` for angles not from 0 to 180 degrees, `E_SHAPE` for other lengths.
 */
export function raysOf(rays: ScatteredRays): Float64Array {
  const list = (x: NumbersLike | number, name: string): Float64Array =>
    asFloat64(typeof x === 'number' ? [x] : (x as NumbersLike), name)
  const twoTheta = list(rays.twoTheta, 'twoTheta')
  const azimuth = list(rays.azimuth ?? 90, 'azimuth')
  const n = Math.max(twoTheta.length, azimuth.length)
  for (const [name, values] of [
    ['twoTheta', twoTheta],
    ['azimuth', azimuth],
  ] as const)
    if (values.length !== n && values.length !== 1)
      throw new OperandoError('E_SHAPE', `${name}: ${n} values, or one, expected; ${values.length} found.`)
  const vectors = new Float64Array(3 * n)
  for (let k = 0; k < n; k++) {
    const angle = twoTheta[twoTheta.length === 1 ? 0 : k]!
    if (!(angle >= 0 && angle <= 180))
      throw new OperandoError('E_RANGE', `twoTheta[${k}] = ${angle}: degrees from 0 to 180 expected.`)
    const polar = (angle * Math.PI) / 180
    const about = (azimuth[azimuth.length === 1 ? 0 : k]! * Math.PI) / 180
    vectors[3 * k] = Math.sin(polar) * Math.cos(about)
    vectors[3 * k + 1] = Math.sin(polar) * Math.sin(about)
    vectors[3 * k + 2] = Math.cos(polar)
  }
  return vectors
}
