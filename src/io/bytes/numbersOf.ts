import type { RealArray } from '../../core/arrays.js'

/** Kinds of numbers that files hold in bulk, and their bytes. */
export const NUMBER_BYTES = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
} as const

/** A kind of number that a file holds. */
export type NumberKind = keyof typeof NUMBER_BYTES

const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

const NATIVE_IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/**
 * Numbers out of the bytes of a file, copied, in this machine's byte order.
 * @param bytes  The file.
 * @param begin  First byte.
 * @param count  How many numbers; the bytes must be there.
 * @param kind   What they are.
 * @param little Whether the lowest byte comes first.
 */
export function numbersOf(bytes: Uint8Array, begin: number, count: number, kind: NumberKind, little: boolean): RealArray {
  const size = NUMBER_BYTES[kind]
  const copy = copyBytes(bytes, begin, begin + count * size)
  if (size > 1 && little !== NATIVE_IS_LITTLE)
    for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse()
  return new ARRAYS[kind](copy.buffer, 0, count)
}

/**
 * A copy of bytes in a buffer of their own. Not `slice`: that of Node's Buffer shares its memory.
 * @param bytes The file.
 * @param begin First byte.
 * @param end   One past the last.
 */
export function copyBytes(bytes: Uint8Array, begin = 0, end: number = bytes.length): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(end - begin)
  copy.set(bytes.subarray(begin, end))
  return copy
}
