import { OperandoError } from '../../core/errors.js'

/**
 * Refuses to draw two units on one axis; a curve that names none is taken to have that of the axis.
 * @param name Which curve, for the message.
 * @param unit Its unit as shown.
 * @param axis Unit of the axis as shown.
 * @throws OperandoError `E_UNIT` if both are named and differ.
 */
export function sameUnit(name: string, unit: string, axis: string): void {
  if (unit === '' || axis === '' || unit === axis) return
  throw new OperandoError(
    'E_UNIT',
    `${name} is in ${unit}, the axis in ${axis}: one axis shows one unit. Convert it first, or give it a panel of its own.`,
    { details: { expected: axis, found: unit } },
  )
}
