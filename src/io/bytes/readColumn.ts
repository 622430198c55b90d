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

/** A column in the type that the file has; 64-bit integers as doubles. */
export type BinaryColumn =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/**
 * One column of packed little-endian rows, in the file's own type: nothing is rounded, and it takes no more memory than in the file. 64-bit integers become doubles, rounded
 * beyond 2^53. A loop for each type, not a choice in the loop: these pass over every number of a file. Floats, most of a file, are read four a turn, the last of the four first: the
 * engine's checks of bounds cost more than the numbers.
 * @param view  The bytes.
 * @param begin Where the column stands in the first row.
 * @param step  Bytes from row to row.
 * @param rows  How many.
 * @param type  Type of the number.
 */
export function readColumn(view: DataView, begin: number, step: number, rows: number, type: BinaryType): BinaryColumn {
  let at = begin
  switch (type) {
    case 'f8': {
      const out = new Float64Array(rows)
      let i = 0
      for (; i + 3 < rows; i += 4, at += 4 * step) {
        out[i + 3] = view.getFloat64(at + 3 * step, true)
        out[i + 2] = view.getFloat64(at + 2 * step, true)
        out[i + 1] = view.getFloat64(at + step, true)
        out[i] = view.getFloat64(at, true)
      }
      for (; i < rows; i++, at += step) out[i] = view.getFloat64(at, true)
      return out
    }
    case 'f4': {
      const out = new Float32Array(rows)
      let i = 0
      for (; i + 3 < rows; i += 4, at += 4 * step) {
        out[i + 3] = view.getFloat32(at + 3 * step, true)
        out[i + 2] = view.getFloat32(at + 2 * step, true)
        out[i + 1] = view.getFloat32(at + step, true)
        out[i] = view.getFloat32(at, true)
      }
      for (; i < rows; i++, at += step) out[i] = view.getFloat32(at, true)
      return out
    }
    case 'u8': {
      const out = new Float64Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true)
      return out
    }
    case 'i8': {
      const out = new Float64Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint32(at, true) + 2 ** 32 * view.getInt32(at + 4, true)
      return out
    }
    case 'u4': {
      const out = new Uint32Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint32(at, true)
      return out
    }
    case 'i4': {
      const out = new Int32Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getInt32(at, true)
      return out
    }
    case 'u2': {
      const out = new Uint16Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint16(at, true)
      return out
    }
    case 'i2': {
      const out = new Int16Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getInt16(at, true)
      return out
    }
    case 'u1': {
      const out = new Uint8Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getUint8(at)
      return out
    }
    case 'i1': {
      const out = new Int8Array(rows)
      for (let i = 0; i < rows; i++, at += step) out[i] = view.getInt8(at)
      return out
    }
  }
}
