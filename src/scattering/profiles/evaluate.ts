import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import type { Profile } from './profile.js'

/** Position and strength of a peak. */
export interface PeakPlace {
  /** Position of the maximum, unit of x. */
  readonly centre: number
  /** Area in unit(y) x unit(x). Default 1. */
  readonly area?: number | undefined
}

/**
 * The values of a profile: what the functions `gaussian`, `voigt` ... share.
 * @param profile The profile.
 * @param x       Abscissae, any order.
 * @param place   Centre and area.
 * @param shape   Shape parameters, in the order of `profile.shape`.
 * @param out     Receives n values; made if absent.
 * @throws OperandoError `E_RANGE` for shape parameters outside their limits, `E_SHAPE` for an `out` of another length.
 * @example
 * ```ts
 * import { evaluateProfile, GAUSSIAN } from 'operando/scattering'
 * evaluateProfile(GAUSSIAN, [29.9, 30, 30.1], { centre: 30, area: 2 }, [0.2])
 * ```
 */
export function evaluateProfile(
  profile: Profile,
  x: NumbersLike,
  place: PeakPlace,
  shape: readonly number[],
  out?: Float64Array,
): Float64Array {
  const points = asFloat64(x, 'x')
  profile.shape.forEach(({ name, min, max }, k) => {
    const value = shape[k]!
    if (value >= min && value <= max) return
    const limits = max === Infinity ? `${min === Number.MIN_VALUE ? 'above 0' : `${min} or more`}` : `${min} to ${max}`
    throw new OperandoError('E_RANGE', `${profile.name}: ${name} = ${value}, ${limits} expected.`, { details: { name, value } })
  })
  const result = out ?? new Float64Array(points.length)
  if (result.length !== points.length) {
    throw new OperandoError('E_SHAPE', `${profile.name}: out has ${result.length} values, x has ${points.length}.`)
  }
  result.fill(0)
  profile.add(points, 0, points.length, place.area ?? 1, place.centre, Float64Array.from(shape), 0, result, null)
  return result
}
