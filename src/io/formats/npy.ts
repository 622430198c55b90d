import type { RealArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertBytes, assertKnown } from '../../core/fields.js'
import { fileError } from '../context.js'
import type { Format, OpenedArrays, ReadContext } from '../format.js'
import type { NumberArray } from '../numberArray.js'

/** NumPy's .npy: one array, opened as `arrays.data`. */
export const npy: Format = {
  id: 'npy',
  name: 'NumPy array',
  extensions: ['npy'],
  sniff: head => (isNpy(head) ? 1 : 0),
  read(bytes: Uint8Array, context: ReadContext): OpenedArrays {
    const data = readNpy(bytes, context.name, { int64: context.options.int64 })
    return { kind: 'arrays', format: 'npy', arrays: { data }, warnings: context.warnings }
  },
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** True if the bytes begin as a .npy does. */
export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte)
}

interface Header {
  readonly descr: string
  readonly fortran: boolean
  readonly shape: readonly number[]
  readonly dataOffset: number
}

/** The header is a Python literal of a fixed pattern: matched, never evaluated. */
function readHeader(bytes: Uint8Array, name: string): Header {
  if (!isNpy(bytes)) throw fileError('E_FORMAT', name, 'no .npy signature (93 "NUMPY").', 'byte 0')
  const major = bytes[6]
  const wide = major === 2 || major === 3
  if (bytes.length < (wide ? 12 : 10)) throw fileError('E_TRUNCATED', name, `the header ends at byte ${bytes.length}.`, 'byte 6')
  if (major !== 1 && !wide) throw fileError('E_UNSUPPORTED', name, `.npy version ${major}: 1, 2 and 3 are known.`, 'byte 6')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const begin = wide ? 12 : 10
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  if (begin + length > bytes.length)
    throw fileError(
      'E_TRUNCATED',
      name,
      `a header of ${length} bytes is announced, ${bytes.length - begin} are there.`,
      `byte ${begin}`,
    )
  const text = new TextDecoder().decode(bytes.subarray(begin, begin + length))
  const descr = /['"]descr['"]\s*:\s*(['"])([^'"]*)\1/.exec(text)?.[2]
  const fortran = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1]
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1]
  if (descr === undefined && /['"]descr['"]\s*:\s*\[/.test(text))
    throw fileError(
      'E_UNSUPPORTED',
      name,
      'a structured array (table with field names). Save its columns one by one.',
      `byte ${begin}`,
    )
  if (descr === undefined || fortran === undefined || shape === undefined)
    throw fileError(
      'E_FORMAT',
      name,
      `descr, fortran_order and shape were expected in the header, found ${JSON.stringify(text.slice(0, 120))}.`,
      `byte ${begin}`,
    )
  const lengths = shape
    .split(',')
    .map(s => s.trim().replace(/L$/, ''))
    .filter(s => s !== '')
    .map(Number)
  return { descr, fortran: fortran === 'True', shape: lengths, dataOffset: begin + length }
}

type Loader = (view: DataView, at: number, little: boolean) => number | bigint
interface DType {
  readonly size: number
  readonly make: (n: number) => RealArray | BigInt64Array | BigUint64Array
  readonly load: Loader
  readonly complex?: boolean
}

const TYPES: Readonly<Record<string, DType>> = {
  b1: { size: 1, make: n => new Uint8Array(n), load: (v, at) => v.getUint8(at) },
  i1: { size: 1, make: n => new Int8Array(n), load: (v, at) => v.getInt8(at) },
  u1: { size: 1, make: n => new Uint8Array(n), load: (v, at) => v.getUint8(at) },
  i2: { size: 2, make: n => new Int16Array(n), load: (v, at, le) => v.getInt16(at, le) },
  u2: { size: 2, make: n => new Uint16Array(n), load: (v, at, le) => v.getUint16(at, le) },
  i4: { size: 4, make: n => new Int32Array(n), load: (v, at, le) => v.getInt32(at, le) },
  u4: { size: 4, make: n => new Uint32Array(n), load: (v, at, le) => v.getUint32(at, le) },
  i8: { size: 8, make: n => new BigInt64Array(n), load: (v, at, le) => v.getBigInt64(at, le) },
  u8: { size: 8, make: n => new BigUint64Array(n), load: (v, at, le) => v.getBigUint64(at, le) },
  f2: { size: 2, make: n => new Float32Array(n), load: (v, at, le) => halfToNumber(v.getUint16(at, le)) },
  f4: { size: 4, make: n => new Float32Array(n), load: (v, at, le) => v.getFloat32(at, le) },
  f8: { size: 8, make: n => new Float64Array(n), load: (v, at, le) => v.getFloat64(at, le) },
  c8: { size: 4, make: n => new Float32Array(n), load: (v, at, le) => v.getFloat32(at, le), complex: true },
  c16: { size: 8, make: n => new Float64Array(n), load: (v, at, le) => v.getFloat64(at, le), complex: true },
}

function halfToNumber(h: number): number {
  const sign = h & 0x8000 ? -1 : 1
  const exponent = (h >> 10) & 31
  const fraction = h & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const OPTIONS: Readonly<Record<'int64', true>> = { int64: true }

/**
 * Reads a .npy array, versions 1 to 3: all integer, float (f2 becomes Float32Array), bool (Uint8Array) and complex types, either byte order, Fortran order
 * (the result is always row-major). Pickled objects are refused.
 *
 * @param bytes   The file.
 * @param name    Its name, for messages.
 * @param options `int64: 'bigint'` returns 64-bit integers as they are; else they become Float64Array and must be exact.
 * @throws OperandoError `E_FORMAT`, `E_TRUNCATED` (fewer bytes than the shape needs), `E_UNSUPPORTED` (objects, text, structured), `E_RANGE` for an integer beyond 2^53.
 * @example
 * ```ts
 * import { readNpy, writeNpy } from 'operando/io'
 * const bytes = writeNpy({ shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) })
 * readNpy(bytes, 'map.npy').shape // [2, 2]
 * ```
 */
export function readNpy(bytes: Uint8Array, name: string, options: { int64?: 'number' | 'bigint' | undefined } = {}): NumberArray {
  assertKnown(options, 'readNpy options', OPTIONS)
  assertBytes(bytes, 'readNpy')
  const { descr, fortran, shape, dataOffset } = readHeader(bytes, name)
  const type = TYPES[descr.slice(1)]
  if (descr === '|O' || descr === 'O')
    throw fileError(
      'E_UNSUPPORTED',
      name,
      'holds pickled Python objects, which are programs and are never run. Save numbers: np.save(file, array.astype(float)).',
    )
  if (!type || !'<>|='.includes(descr[0]!))
    throw fileError('E_UNSUPPORTED', name, `type ${descr}: integers, floats, bool and complex c8, c16 are known.`)
  const count = shape.reduce((product, n) => product * n, 1) * (type.complex ? 2 : 1)
  const there = bytes.length - dataOffset
  if (!(count * type.size <= there))
    throw fileError(
      'E_TRUNCATED',
      name,
      `shape (${shape.join(', ')}) of ${descr} needs ${count * type.size} bytes, ${there} are there. Copy the file anew.`,
      `byte ${dataOffset}`,
    )
  if (count * type.size < there)
    throw fileError(
      'E_FORMAT',
      name,
      `${there - count * type.size} bytes too many after shape (${shape.join(', ')}) of ${descr}.`,
      `byte ${dataOffset + count * type.size}`,
    )
  const raw = load(bytes, dataOffset, count, type, descr)
  const ordered = fortran && shape.length > 1 ? toRowMajor(raw, shape, type) : raw
  const values =
    ordered instanceof BigInt64Array || ordered instanceof BigUint64Array ? exactInts(ordered, name, options.int64) : ordered
  return { shape, values, dtype: descr, ...(type.complex ? { complex: true } : {}) }
}

type AnyArray = RealArray | BigInt64Array | BigUint64Array

function load(bytes: Uint8Array, offset: number, count: number, type: DType, descr: string): AnyArray {
  const out = type.make(count)
  const little = descr[0] !== '>'
  if (little && out.BYTES_PER_ELEMENT === type.size && LITTLE_MACHINE) {
    // same bytes: one copy, which also settles alignment
    new Uint8Array(out.buffer).set(bytes.subarray(offset, offset + count * type.size))
    return out
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, count * type.size)
  for (let i = 0; i < count; i++) out[i] = type.load(view, i * type.size, little) as never
  return out
}

const LITTLE_MACHINE: boolean = /* @__PURE__ */ (() => new Uint8Array(new Uint16Array([1]).buffer)[0] === 1)()

function toRowMajor(raw: AnyArray, shape: readonly number[], type: DType): AnyArray {
  const out = type.make(raw.length)
  const parts = type.complex ? 2 : 1
  const size = raw.length / parts
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, n) => product * n, 1))
  const index = new Array<number>(shape.length).fill(0)
  let from = 0
  for (let to = 0; to < size; to++) {
    for (let part = 0; part < parts; part++) out[to * parts + part] = raw[from * parts + part] as never
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return out
}

function exactInts(values: BigInt64Array | BigUint64Array, name: string, want: 'number' | 'bigint' | undefined): AnyArray {
  if (want === 'bigint') return values
  const out = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const v = Number(values[i]!)
    if (!Number.isSafeInteger(v))
      throw fileError(
        'E_RANGE',
        name,
        `${values[i]} at index ${i} has more digits than a number holds (2^53). Pass { int64: 'bigint' }.`,
      )
    out[i] = v
  }
  return out
}

const CODES: readonly [new (n: number) => AnyArray, string][] = [
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Int8Array, '|i1'],
  [Int16Array, '<i2'],
  [Int32Array, '<i4'],
  [Uint8Array, '|u1'],
  [Uint16Array, '<u2'],
  [Uint32Array, '<u4'],
  [BigInt64Array, '<i8'],
  [BigUint64Array, '<u8'],
]

/**
 * Writes an array as .npy version 1, little-endian, row-major; complex as c8 or c16.
 * @param array Shape and values.
 * @throws OperandoError `E_SHAPE` when the values do not fill the shape, `E_ARGUMENT` for complex integers.
 * @example
 * ```ts
 * import { writeNpy } from 'operando/io'
 * writeNpy({ shape: [3], values: Float32Array.of(1, 2, 3) }).length // 140
 * ```
 */
export function writeNpy(array: NumberArray): Uint8Array {
  if (!Array.isArray(array?.shape) || !CODES.some(([type]) => array.values instanceof type))
    throw new OperandoError('E_ARGUMENT', 'writeNpy: { shape, values } with a typed array of values was expected.')
  const parts = array.complex ? 2 : 1
  const count = array.shape.reduce((product, n) => product * n, parts)
  if (count !== array.values.length)
    throw new OperandoError(
      'E_SHAPE',
      `writeNpy: shape (${array.shape.join(', ')}) needs ${count} values, ${array.values.length} found.`,
    )
  let descr = CODES.find(([type]) => array.values instanceof type)![1]
  if (array.complex) {
    if (!descr.startsWith('<f')) throw new OperandoError('E_ARGUMENT', `writeNpy: complex values must be floats, found ${descr}.`)
    descr = descr === '<f4' ? '<c8' : '<c16'
  }
  const shape = array.shape.length === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(', ')})`
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`
  const bytes = array.values.BYTES_PER_ELEMENT
  const out = new Uint8Array(10 + padded.length + count * bytes)
  out.set(MAGIC)
  out.set([1, 0, padded.length & 255, padded.length >> 8], 6)
  out.set(new TextEncoder().encode(padded), 10)
  const view = new DataView(out.buffer, 10 + padded.length)
  const from = new DataView(array.values.buffer, array.values.byteOffset, count * bytes)
  if (LITTLE_MACHINE || bytes === 1) out.set(new Uint8Array(from.buffer, from.byteOffset, count * bytes), 10 + padded.length)
  else
    for (let i = 0; i < count; i++)
      for (let b = 0; b < bytes; b++) view.setUint8(i * bytes + b, from.getUint8(i * bytes + bytes - 1 - b))
  return out
}
