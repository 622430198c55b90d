import { type Unit, unit } from '../../../core/unit.js'
import type { Json, Variable } from '../../../model/dataset.js'
import type { H5Dataset, H5Group } from '../../hdf5/h5.js'
import { ORIGINAL_NAME } from './names.js'

/** How arrays are stored. */
export interface StorageOptions {
  /** Level of gzip from 0 (none) to 9. Default 4; arrays below 16 kB are never compressed. */
  compression?: number | undefined
}

const COMPRESS_FROM_BYTES = 16_384
const CHUNK_BYTES = 1 << 20

/** Chunks of whole frames (last axes complete), about a megabyte each, so that one frame is one read. */
function chunksOf(shape: readonly number[], bytesPerElement: number): number[] {
  const chunks = [...shape]
  for (let axis = 0; axis < shape.length; axis++) {
    const below = shape.slice(axis + 1).reduce((product, n) => product * n, bytesPerElement)
    if (below * shape[axis]! <= CHUNK_BYTES) break
    chunks[axis] = Math.max(1, Math.floor(CHUNK_BYTES / below))
    if (chunks[axis]! > 1) break
  }
  return chunks
}

function create(group: H5Group, name: string, data: Variable['values'], shape: number[], options: StorageOptions): H5Dataset {
  const compression = options.compression ?? 4
  const compress = compression > 0 && data.byteLength >= COMPRESS_FROM_BYTES && shape.length > 0
  return group.create_dataset({
    name,
    data,
    shape,
    ...(compress ? { chunks: chunksOf(shape, data.BYTES_PER_ELEMENT), compression } : {}),
  })
}

/** Whether the symbol alone gives the same unit again; units made by hand may not. */
function isReadBack(given: Unit): boolean {
  try {
    const read = unit(given.symbol)
    return (
      read.factor === given.factor &&
      read.offset === given.offset &&
      read.reference === given.reference &&
      read.powers.every((n, i) => n === given.powers[i])
    )
  } catch {
    return false
  }
}

/**
 * Writes a variable as an NXdata field, its sigma as `<name>_errors`.
 * @param group    The open NXdata group.
 * @param name     HDF5 name, allowed by NeXus.
 * @param variable What to write.
 * @param original Its name in operando.
 * @param options  Compression.
 */
export function writeVariable(group: H5Group, name: string, variable: Variable, original: string, options: StorageOptions): void {
  const shape: number[] = [...variable.shape]
  if (variable.edges) shape[shape.length - 1]! += 1
  if (variable.complex) shape.push(2)
  const field = create(group, name, variable.values, shape, options)
  field.create_attribute('units', variable.unit.symbol)
  if (!isReadBack(variable.unit)) field.create_attribute('operando_unit', JSON.stringify(variable.unit))
  if (variable.label !== undefined) field.create_attribute('long_name', variable.label)
  if (variable.complex) field.create_attribute('operando_complex', 'interleaved re, im along the last axis')
  if (variable.edges) field.create_attribute('operando_edges', 'bin edges')
  if (original !== name) field.create_attribute(ORIGINAL_NAME, original)
  if (variable.sigma) create(group, `${name}_errors`, variable.sigma, shape, options)
}

/**
 * Writes JSON as one text field.
 * @param group The open group.
 * @param name  Name of the field.
 * @param value Anything that JSON holds; NaN and infinities are not among it.
 */
export function writeJson(group: H5Group, name: string, value: Json): void {
  group.create_dataset({ name, data: JSON.stringify(value) })
}
