import { assertCompatible } from '../core/convert.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { toValue } from '../core/quantity.js'
import { unit } from '../core/unit.js'
import { valuesIn } from './align.js'
import type { BeamSpot } from './cell.js'
import type { BeamSpotInput } from './cellInput.js'
import { contradiction, inRange } from './cellMaterial.js'
import { createVariable, type VariableInput } from './createVariable.js'
import type { Variable } from './dataset.js'

const SPOT: FieldsOf<BeamSpotInput> = { name: true, position: true, size: true, dose: true }

/** A checked beam spot. */
export function createBeamSpot(input: BeamSpotInput, i: number): BeamSpot {
  const place = `beamSpots[${i}]`
  assertKnown(input, `Cell, ${place}`, SPOT)
  for (const name of ['position', 'size'] as const)
    if (!Array.isArray(input?.[name]) || input[name].length !== 2)
      throw contradiction(`${place}.${name}`, 'two numbers were expected')
  const [x, y] = input.position
  const [horizontal, vertical] = input.size
  const size = (value: number | string): number =>
    inRange(toValue(value, 'µm', `${place}.size`), `${place}.size`, 'above 0', 'µm')
  return {
    name: input.name ?? `spot ${i + 1}`,
    position: [toValue(x, 'mm', `${place}.position`), toValue(y, 'mm', `${place}.position`)],
    size: [size(horizontal), size(vertical)],
    dose: numberOrCourse(input.dose ?? 0, 'Gy', `${place}.dose`, 'not below 0')!,
  }
}

/** A number in a unit, or a variable in one like it. */
export function numberOrCourse(
  given: number | string | VariableInput | undefined,
  to: string,
  place: string,
  range: 'above 0' | 'not below 0',
): number | Variable | undefined {
  if (given === undefined) return undefined
  if (typeof given !== 'object') return inRange(toValue(given, to, place), place, range, to)
  const course = createVariable<string>(given, place)
  assertCompatible(course.unit, unit(to), place)
  for (const value of valuesIn(course, unit(to))) if (!Number.isNaN(value)) inRange(value, place, range, to)
  return course
}
