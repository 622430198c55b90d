import { assertFields } from '../../core/fields.js'
import type { SpaceGroup } from './spaceGroup.js'

/** The operations of a space group: the common door of what takes one. @throws OperandoError `E_ARGUMENT`, `E_MISSING`. */
export function operationsOf(group: SpaceGroup): SpaceGroup['operations'] {
  // asked for thousands of reflections: the cheap question first
  if (!group?.operations) assertFields(group, 'a space group', ['operations'])
  return group.operations
}
