import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, type Length, toValue } from '../../core/quantity.js'

/** Where something scatters beside the centre of rotation. */
export interface ParallaxOptions {
  /** Scattering angle, degrees. */
  twoTheta: Angle
  /** Distance from the axis of rotation to the detector, which stands across the beam: mm. */
  dist: Length
  /** How much nearer to the detector than the axis it is, along the beam: mm. */
  offset: Length
}

const OPTIONS: FieldsOf<ParallaxOptions> = { twoTheta: true, dist: true, offset: true }

/**
 * Shift of a line by parallax: a voxel that is nearer to the detector than the axis of rotation draws a smaller ring. Averaged over half a turn and its opposite ({@link combineOpposite}) the shift goes, and a broadening stays:
 * twice this, for the radius of the sample, at most.
 * @param options Angle, distances.
 * @returns Apparent minus true 2theta, degrees.
 * @throws OperandoError `E_RANGE` for an angle outside 0 to 90 degrees or an offset that reaches the detector.
 * @example
 * ```ts
 * import { parallaxShift } from 'operando/scattering'
 * parallaxShift({ twoTheta: 8, dist: 600, offset: 1 }) // -0.013 degrees
 * ```
 */
export function parallaxShift(options: ParallaxOptions): number {
  assertKnown(options, 'parallaxShift', OPTIONS)
  assertFields(options, 'parallaxShift', ['twoTheta', 'dist', 'offset'])
  const angle = (toValue(options.twoTheta, 'deg', 'twoTheta') * Math.PI) / 180
  const dist = toValue(options.dist, 'mm', 'dist')
  const offset = toValue(options.offset, 'mm', 'offset')
  if (!(angle >= 0 && angle < Math.PI / 2 && dist > 0 && Math.abs(offset) < dist))
    throw new OperandoError(
      'E_RANGE',
      `parallaxShift: twoTheta from 0 to below 90 degrees and |offset| (${offset} mm) below dist (${dist} mm) expected.`,
    )
  return ((Math.atan(((dist - offset) / dist) * Math.tan(angle)) - angle) * 180) / Math.PI
}
