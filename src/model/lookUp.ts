import { OperandoError } from '../core/errors.js'
import type { FieldsOf } from '../core/fields.js'
import { toValue } from '../core/quantity.js'
import type { Dataset, Variable } from './dataset.js'
import { axisOf, withCentres } from './layout.js'

/** A value on an axis: a number in the coord's unit, or a string with its unit such as `'2.5 1/Å'`, `'3 h'`. */
export type AxisValue = number | string

/** Options of look-ups by value. */
export interface LookUpOptions {
  /** Which coord on the dim to look at. Default: the dim's own. */
  coord?: string | undefined
}

/** Their names, for `assertKnown`. */
export const LOOK_UP_FIELDS: FieldsOf<LookUpOptions> = { coord: true }

/** The 1-d coord of a dim, as centres. @throws OperandoError `E_MISSING` that lists the coords there are, `E_AXIS` if it stands on other dims. */
export function coordOn(data: Dataset, dim: string, name: string = dim): Variable {
  axisOf(data, dim)
  const coord = data.coords[name]
  if (!coord) {
    const there = Object.keys(data.coords)
    throw new OperandoError(
      'E_MISSING',
      `there is no coord '${name}' on '${dim}'; there ${there.length ? `are [${there.join(', ')}]` : 'is none'}. Add it by withCoord.`,
      {
        details: { expected: name, found: there },
      },
    )
  }
  if (coord.dims.length !== 1 || coord.dims[0] !== dim) {
    throw new OperandoError(
      'E_AXIS',
      `the coord '${name}' stands on [${coord.dims.join(', ')}], and one on '${dim}' alone was expected.`,
      {
        details: { coord: name, expected: dim, found: coord.dims },
      },
    )
  }
  return coord
}

/** The number that an axis value means in a coord's unit. */
export function onAxis(value: AxisValue, coord: Variable, name: string): number {
  return toValue(value, coord.unit, name)
}

/** 1 if the coord rises strictly, -1 if it falls. @throws OperandoError `E_AXIS` if it does neither or holds NaN. */
export function directionOf(coord: Variable, name: string): 1 | -1 {
  const x = coord.values
  const direction = x.length > 1 && x[1]! < x[0]! ? -1 : 1
  for (let i = 0; i < x.length; i++) {
    if (i === 0 ? !Number.isNaN(x[0]) : (x[i]! - x[i - 1]!) * direction > 0) continue
    throw new OperandoError(
      'E_AXIS',
      `the axis '${name}' must rise or fall strictly, but ${x[i]} at [${i}] follows ${i ? x[i - 1] : 'nothing'}. Sort or rebin it first.`,
      {
        details: { coord: name, index: i },
      },
    )
  }
  return direction
}

/** Index of the value nearest to `value`; -1 if it lies outside by more than half the step at that end. */
export function nearestIndex(coord: Variable, value: number): number {
  const x = withCentres(coord).values
  let best = -1
  let distance = Infinity
  for (let i = 0; i < x.length; i++) {
    const off = Math.abs(x[i]! - value)
    if (off < distance) {
      distance = off
      best = i
    }
  }
  if (best < 0 || distance === 0) return best
  let left = Infinity
  let right = -Infinity
  for (let i = 0; i < x.length; i++) {
    if (x[i]! < left) left = x[i]!
    if (x[i]! > right) right = x[i]!
  }
  if (value >= left && value <= right) return best
  const neighbour = x[best === 0 ? 1 : best - 1]
  return neighbour !== undefined && distance <= Math.abs(neighbour - x[best]!) / 2 ? best : -1
}

/** `0.5 to 4.2 1/Å`, for messages. */
export function rangeOf(coord: Variable): string {
  let low = Infinity
  let high = -Infinity
  for (const v of coord.values) {
    if (v < low) low = v
    if (v > high) high = v
  }
  return coord.values.length === 0 ? 'nothing' : `${low} to ${high} ${coord.unit.symbol}`.trim()
}
