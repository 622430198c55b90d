import { OperandoError } from '../../core/errors.js'
import { type Angle, toValue } from '../../core/quantity.js'

/** A sector of the azimuth, in one or more equal bins. */
export interface Azimuth {
  /** Where it begins, degrees. */
  readonly from: number
  /** How far it reaches, degrees, up to 360. */
  readonly width: number
  /** Number of bins. */
  readonly bins: number
}

/**
 * A sector from one angle up to another; it may cross the cut at +-180 degrees: from 150 to 210 is as good as from 150 to -150.
 * @throws OperandoError `E_RANGE` for a sector of nothing or of more than a turn.
 */
export function azimuthOf(range: readonly [Angle, Angle] | undefined, bins: number): Azimuth {
  if (!(Number.isInteger(bins) && bins > 0))
    throw new OperandoError('E_RANGE', `${bins} azimuth bins: a whole number above 0 expected.`)
  const from = toValue(range?.[0] ?? -180, 'deg', 'azimuthRange[0]')
  const to = toValue(range?.[1] ?? 180, 'deg', 'azimuthRange[1]')
  const width = to > from ? to - from : to < from ? to - from + 360 : 0
  if (!(width > 0 && width <= 360) || Math.abs(from) > 720) {
    throw new OperandoError('E_RANGE', `azimuthRange ${from} to ${to}: a sector of more than 0 and at most 360 degrees expected.`)
  }
  return { from, width, bins }
}

/** An angle less another, from 0 up to 360 degrees. */
export function turnFrom(from: number, angle: number): number {
  const turned = (angle - from) % 360
  return turned < 0 ? turned + 360 : turned
}

/** The difference of two angles, from -180 to 180 degrees. */
export function wrapped(difference: number): number {
  return difference > 180 ? difference - 360 : difference < -180 ? difference + 360 : difference
}
