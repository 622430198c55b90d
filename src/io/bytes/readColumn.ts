/** Little-endian types of a number in a binary row. */
export type BinaryType = 'u1' | 'i1' | 'u2' | 'i2' | 'u4' | 'i4' | 'u8' | 'i8' | 'f4' | 'f8'

/** Bytes of each type. */
export const BINARY_BYTES: Readonly<Record<BinaryType, number>> = {
  u1: 1,
  i1: 1,
  u2: 2,
  i2: 2,
  u4: 4,
  i4: 4,
  u8: 8,
  i8: 8,
  f4: 4,
  f8: 8,
}

/**
 * One column of packed little-endian rows as numbers; 64-bit integers beyond 2^53 are rounded.
 * A loop for each type, not a choice in the loop: these pass over every number of a file.
 * @param view  The bytes.
 * @param begin Where the column stands in the first row.
 * @param step  Bytes from row to row.
 * @param rows  How many.
 * @param type  Type of the number.
 * @param out   Receives the numbers; made if absent.
 */
export function readColumn(
  view: DataView,
  begin: number,
  step: number,
  rows: number,
  type: BinaryType,
  out: Float64Array = new Float64Array(rows),
): Float64Array {
  let at = begin
  switch (type) {
    case 'f8':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getFloat64(at, true)
      break
    case 'f4':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getFloat32(at, true)
      break
    case 'u8':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true)
      break
    case 'i8':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint32(at, true) + 2 ** 32 * view.getInt32(at + 4, true)
      break
    case 'u4':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint32(at, true)
      break
    case 'i4':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getInt32(at, true)
      break
    case 'u2':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint16(at, true)
      break
    case 'i2':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getInt16(at, true)
      break
    case 'u1':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint8(at)
      break
    case 'i1':
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getInt8(at)
      break
  }
  return out
}
