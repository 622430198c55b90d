import { isRealArray, type RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import type { Json } from '../../model/dataset.js'
import type { H5Dataset } from './h5.js'

// What h5wasm decodes by itself: deflate, shuffle, fletcher32, szip, nbit, scaleoffset. Others need a plugin and would come out as noise.
const BUILT_IN_FILTERS = new Set([1, 2, 3, 4, 5, 6])

/** Array types of single numbers, which h5wasm returns bare, by the last letter of their type. */
const SCALARS: Readonly<Record<string, { of(value: number): RealArray }>> = {
  f: Float32Array,
  d: Float64Array,
  b: Int8Array,
  h: Int16Array,
  i: Int32Array,
  B: Uint8Array,
  H: Uint16Array,
  I: Uint32Array,
}

/** Numbers of a dataset with a place for messages. */
export interface H5Numbers {
  /** The numbers, row-major. */
  readonly values: RealArray
  /** Lengths by axis. */
  readonly shape: readonly number[]
}

function narrow(values: BigInt64Array | BigUint64Array, place: string): Float64Array {
  const out = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const exact = values[i]!
    out[i] = Number(exact)
    if (BigInt(out[i]!) !== exact) {
      throw new OperandoError(
        'E_UNSUPPORTED',
        `${place}[${i}] = ${exact} is a 64-bit integer that no double holds exactly (beyond 2^53).`,
      )
    }
  }
  return out
}

/**
 * The numbers of an HDF5 dataset as an array that a Dataset may hold; 64-bit integers become doubles where that is exact.
 * @param dataset The open dataset.
 * @param place   File and path, for messages.
 * @throws OperandoError `E_UNSUPPORTED` for filters without plugin, text, compounds and integers beyond 2^53.
 */
export function readNumbers(dataset: H5Dataset, place: string): H5Numbers {
  const shape = dataset.shape
  const foreign = dataset.filters.filter(filter => !BUILT_IN_FILTERS.has(filter.id))
  if (foreign.length > 0) {
    const names = foreign.map(filter => `${filter.name || 'filter'} (${filter.id})`).join(', ')
    throw new OperandoError(
      'E_UNSUPPORTED',
      `${place} is compressed with ${names}, for which no plugin is loaded. Images: openFrames of operando/io/node takes the plugins of h5wasm-plugins. Else rewrite it with gzip.`,
    )
  }
  if (shape === null) throw new OperandoError('E_FORMAT', `${place} has no data space (a null dataset): numbers expected.`)
  const value = dataset.value
  if (isRealArray(value)) return { values: value.slice(), shape }
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return { values: narrow(value, place), shape }
  if (typeof value === 'number') return { values: (SCALARS[String(dataset.dtype).slice(-1)] ?? Float64Array).of(value), shape }
  if (typeof value === 'bigint') return { values: narrow(BigInt64Array.of(value), place), shape }
  if (typeof value === 'boolean') return { values: Uint8Array.of(value ? 1 : 0), shape }
  throw new OperandoError(
    'E_UNSUPPORTED',
    `${place} holds ${Array.isArray(value) ? 'text or compounds' : typeof value}: an array of real numbers expected.`,
  )
}

/**
 * An attribute or small value as JSON: numbers, text and lists of them; `undefined` if absent or of another kind.
 * @param owner Group or dataset.
 * @param name  Name of the attribute.
 */
export function attributeOf(owner: { attrs: Record<string, { json_value: unknown }> }, name: string): Json | undefined {
  const value = owner.attrs[name]?.json_value
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string') return value.replace(/\0+$/, '')
  return value as Json
}

/**
 * A text attribute; `undefined` if absent. A list of one text counts.
 * @param owner Group or dataset.
 * @param name  Name of the attribute.
 */
export function textAttribute(owner: { attrs: Record<string, { json_value: unknown }> }, name: string): string | undefined {
  const value = attributeOf(owner, name)
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : undefined
}
