import { Gunzip } from 'fflate'
import type { OperandoError } from '../../core/errors.js'
import { assertBytes } from '../../core/fields.js'
import { fileError } from '../context.js'
import { DEFAULT_LIMITS, type Limits } from '../format.js'
import { crc32 } from './crc32.js'

const CHUNK = 65536
const FREE = 2 ** 24

/** True if the bytes begin as a gzip member does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/**
 * Unpacks gzip: all members, CRC and size of each checked, growth capped. (fflate alone checks none of these: its `gunzipSync` stops after
 * the first member, its stream accepts a cut file.)
 *
 * @param bytes  The packed file.
 * @param name   Its name, for messages.
 * @param limits Caps on expansion.
 * @throws OperandoError `E_TRUNCATED` when it ends too early, `E_CHECKSUM` when CRC or size disagree, `E_FORMAT` when it is no gzip or has
 * other bytes between or after its members, `E_LIMIT` beyond the caps.
 * @see RFC 1952
 * @example
 * ```ts
 * import { gzipSync } from 'fflate'
 * import { gunzip } from 'operando/io'
 * gunzip(gzipSync(Uint8Array.of(1, 2, 3)), 'frame.xy.gz') // Uint8Array [1, 2, 3]
 * ```
 */
export function gunzip(bytes: Uint8Array, name: string, limits: Limits = DEFAULT_LIMITS): Uint8Array {
  assertBytes(bytes, 'gunzip')
  if (!isGzip(bytes)) throw fileError('E_FORMAT', name, 'no gzip signature (1f 8b 08) at the beginning.', 'byte 0')
  const cap = Math.min(limits.expandedBytes, Math.max(FREE, limits.expansion * bytes.length))
  const parts: Uint8Array[] = []
  let total = 0
  let member = { crc: 0, size: 0, index: 0 }
  const stream = new Gunzip((chunk: Uint8Array) => {
    total += chunk.length
    if (total > cap)
      throw fileError(
        'E_LIMIT',
        name,
        `unpacks to more than ${cap} bytes from ${bytes.length}. Raise limits.expandedBytes or limits.expansion.`,
      )
    member.crc = crc32(chunk, member.crc)
    member.size += chunk.length
    parts.push(chunk)
  })
  // fflate tells where a member begins once it has read the header: the eight bytes before it end the member that came before.
  stream.onmember = (begin: number) => {
    checkTrailer(bytes, begin, member, name)
    member = { crc: 0, size: 0, index: member.index + 1 }
  }
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) stream.push(bytes.subarray(at, at + CHUNK), false)
  } catch (error) {
    throw translate(error, name, total)
  }
  if (!trailerFits(bytes, bytes.length, member)) {
    // Is the deflate stream itself cut? Only then does fflate complain at the end.
    try {
      stream.push(new Uint8Array(0), true)
    } catch (error) {
      throw translate(error, name, total)
    }
    if (bytes.length < 18 || trailerIsCut(bytes, member))
      throw fileError(
        'E_TRUNCATED',
        name,
        'the file ends within the header or check sum of its last gzip member. Copy it anew.',
        `byte ${bytes.length}`,
      )
    checkTrailer(bytes, bytes.length, member, name)
  }
  return join(parts, total)
}

interface Member {
  crc: number
  size: number
  index: number
}

function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

function trailerFits(bytes: Uint8Array, end: number, member: Member): boolean {
  return end >= 18 && u32(bytes, end - 8) === member.crc && u32(bytes, end - 4) === member.size >>> 0
}

/** Whether the file ends with a beginning of the trailer that this member should have. */
function trailerIsCut(bytes: Uint8Array, member: Member): boolean {
  const trailer = [
    member.crc,
    member.crc >>> 8,
    member.crc >>> 16,
    member.crc >>> 24,
    member.size,
    member.size >>> 8,
    member.size >>> 16,
  ]
  for (let n = trailer.length; n > 0; n--)
    if (trailer.slice(0, n).every((byte, i) => bytes[bytes.length - n + i] === (byte & 255))) return true
  return false
}

function checkTrailer(bytes: Uint8Array, end: number, member: Member, name: string): void {
  if (trailerFits(bytes, end, member)) return
  throw fileError(
    'E_CHECKSUM',
    name,
    `gzip member ${member.index + 1} fails its check: CRC ${u32(bytes, end - 8).toString(16)} and size ${u32(bytes, end - 4)} written, ` +
      `${member.crc.toString(16)} and ${member.size} found. The file is damaged or has foreign bytes at its end: copy it anew.`,
    `byte ${end - 8}`,
  )
}

function translate(error: unknown, name: string, total: number): OperandoError {
  const code = (error as { code?: unknown }).code
  if (typeof code === 'string') return error as OperandoError
  if (code === 0)
    return fileError('E_TRUNCATED', name, `the gzip stream ends too early, ${total} bytes were unpacked. Copy the file anew.`)
  if (code === 6) return fileError('E_FORMAT', name, `bytes that are no gzip member follow after ${total} unpacked bytes.`)
  return fileError(
    'E_CHECKSUM',
    name,
    `the deflate stream is damaged after ${total} unpacked bytes (${(error as Error).message}).`,
  )
}

function join(parts: readonly Uint8Array[], total: number): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const out = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
