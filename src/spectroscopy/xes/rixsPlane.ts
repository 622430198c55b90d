import { OperandoError } from '../../core/errors.js'
import { assertDataset } from '../../model/assertDataset.js'
import type { Dataset } from '../../model/dataset.js'

/** Axes of planes of resonant inelastic scattering. */
export type RixsAxis = 'incident' | 'emission' | 'transfer'

/**
 * The door of functions that take a plane: two of the dims `incident`, `emission`, `transfer`, with their energies.
 * @param plane The plane.
 * @param verb  For messages.
 * @throws OperandoError `E_SHAPE` for other dims, `E_AXIS` without energies.
 */
export function assertPlane(plane: Dataset, verb: string): void {
  assertDataset(plane, verb)
  const known = ['incident', 'emission', 'transfer']
  if (plane.dims.length !== 2 || plane.dims.some(dim => !known.includes(dim)))
    throw new OperandoError(
      'E_SHAPE',
      `${verb}: a plane with two of the dims incident, emission, transfer was expected, found [${plane.dims.join(', ')}].`,
    )
  for (const dim of plane.dims) {
    const axis = plane.coords[dim]
    if (!axis || axis.edges || axis.values.some((v, i) => i > 0 && !(v > axis.values[i - 1]!)))
      throw new OperandoError('E_AXIS', `${verb}: '${dim}' must be a coordinate of rising energies.`)
  }
}

/** Index of the interval of a rising axis that holds a value, and how far into it; `undefined` outside. */
export function intervalIn(axis: ArrayLike<number>, value: number): { index: number; share: number } | undefined {
  const last = axis.length - 1
  if (!(value >= axis[0]! && value <= axis[last]!)) return undefined
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (axis[middle]! <= value) low = middle
    else high = middle
  }
  return { index: low, share: last === 0 ? 0 : (value - axis[low]!) / (axis[low + 1]! - axis[low]!) }
}
