import { inflateSync } from 'fflate'
import { assertBytes } from '../../core/fields.js'
import { fileError } from '../context.js'
import { DEFAULT_LIMITS, type Limits } from '../format.js'
import { crc32 } from './crc32.js'

/** True if the bytes begin as a zip does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6))
}

const FREE = 2 ** 24

/**
 * Unpacks a zip into memory: names and sizes come from the central directory, growth is capped before anything is unpacked, CRC and size of every entry are checked.
 * Names are only keys here; a caller who writes them to disk must refuse `..` itself.
 *
 * @param bytes  The zip.
 * @param name   Its name, for messages.
 * @param limits Caps on expansion, for all entries together.
 * @throws OperandoError `E_TRUNCATED` without a whole directory, `E_CHECKSUM`, `E_LIMIT`, `E_UNSUPPORTED` for encrypted entries, zip64 beyond 4 GiB and methods other than stored and deflate.
 * @example
 * ```ts
 * import { unzip, writeNpz } from 'operando/io'
 * const bytes = writeNpz({ I: { shape: [2], values: Float64Array.of(1, 2) } })
 * ;[...unzip(bytes, 'series.npz').keys()] // ['I.npy']
 * ```
 */
export function unzip(bytes: Uint8Array, name: string, limits: Limits = DEFAULT_LIMITS): Map<string, Uint8Array> {
  assertBytes(bytes, 'unzip')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0)
    throw fileError(
      'E_TRUNCATED',
      name,
      'the zip has no directory at its end: the file is cut. Copy it anew.',
      `byte ${bytes.length}`,
    )
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const cap = Math.min(limits.expandedBytes, Math.max(FREE, limits.expansion * bytes.length))
  const entries = new Map<string, Uint8Array>()
  let total = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
      throw fileError('E_TRUNCATED', name, `entry ${i} of ${count} is missing from the zip's directory.`, `byte ${at}`)
    const method = view.getUint16(at + 10, true)
    const nameLength = view.getUint16(at + 28, true)
    const entry = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const { size, packed, local } = sizesOf(view, at, end)
    if (view.getUint16(at + 8, true) & 1) throw fileError('E_UNSUPPORTED', name, `entry ${entry} is encrypted.`)
    if (Math.max(size, packed, local) >= WIDE)
      throw fileError('E_UNSUPPORTED', name, `entry ${entry} is larger than 4 GiB (zip64).`)
    total += size
    if (total > cap)
      throw fileError(
        'E_LIMIT',
        name,
        `unpacks to more than ${cap} bytes from ${bytes.length}. Raise limits.expandedBytes or limits.expansion.`,
      )
    if (local + 30 > bytes.length)
      throw fileError('E_TRUNCATED', name, `entry ${entry} lies beyond the end of the file.`, `byte ${local}`)
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (begin + packed > bytes.length) throw fileError('E_TRUNCATED', name, `entry ${entry} is cut.`, `byte ${begin}`)
    const content = unpack(bytes.subarray(begin, begin + packed), method, size, name, entry)
    if (content.length !== size || crc32(content) !== view.getUint32(at + 16, true))
      throw fileError('E_CHECKSUM', name, `entry ${entry} fails its check (CRC-32 or size). Copy the file anew.`, `byte ${begin}`)
    entries.set(entry, content)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

const WIDE = 0xffffffff

/**
 * Sizes and place of an entry. Some programs write the wide form of zip64 for small entries as well: the numbers of 32 bits are all ones then, and those of 64 stand in the
 * extra field 1, in this order and only where they are needed. A number that is not there stays all ones.
 */
function sizesOf(view: DataView, at: number, end: number): { size: number; packed: number; local: number } {
  const found = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    local: view.getUint32(at + 42, true),
  }
  let field = at + 46 + view.getUint16(at + 28, true)
  const last = Math.min(end, field + view.getUint16(at + 30, true))
  for (; field + 4 <= last; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    let value = field + 4
    const stop = Math.min(last, value + view.getUint16(field + 2, true))
    for (const key of ['size', 'packed', 'local'] as const) {
      if (found[key] !== WIDE || value + 8 > stop) continue
      found[key] = view.getUint32(value, true) + 2 ** 32 * view.getUint32(value + 4, true)
      value += 8
    }
    break
  }
  return found
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at >= view.byteLength - 22 - 65535; at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return -1
}

function unpack(packed: Uint8Array, method: number, size: number, name: string, entry: string): Uint8Array {
  if (method === 0) return packed
  if (method !== 8)
    throw fileError('E_UNSUPPORTED', name, `entry ${entry} is packed by method ${method}: stored (0) and deflate (8) are known.`)
  try {
    return inflateSync(packed, { out: new Uint8Array(size) })
  } catch (error) {
    throw fileError('E_CHECKSUM', name, `entry ${entry}: the deflate stream is damaged (${(error as Error).message}).`)
  }
}
