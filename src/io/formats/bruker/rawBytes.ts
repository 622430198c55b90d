import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'

/** Little-endian fields of a .raw file; what lies beyond its end is a truncation. */
export interface RawBytes {
  /** Bytes of the file. */
  readonly length: number
  /** Unsigned 32-bit integer. */
  u32(at: number): number
  /** 32-bit float. */
  f32(at: number): number
  /** 64-bit float. */
  f64(at: number): number
  /** Text up to the first zero byte. */
  text(at: number, length: number): string
}

/**
 * Fields of a .raw file.
 * @param bytes   The file.
 * @param context Of the reading.
 */
export function rawBytes(bytes: Uint8Array, context: ReadContext): RawBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const check = (at: number, size: number): number => {
    if (at >= 0 && at + size <= bytes.length) return at
    throw fileError('E_TRUNCATED', context.name, `${size} more bytes were expected, the file has ${bytes.length}.`, `byte ${at}`)
  }
  return {
    length: bytes.length,
    u32: at => view.getUint32(check(at, 4), true),
    f32: at => view.getFloat32(check(at, 4), true),
    f64: at => view.getFloat64(check(at, 8), true),
    text: (at, length) =>
      latin1(bytes, check(at, length), at + length)
        .split('\0')[0]!
        .trim(),
  }
}

/**
 * Evenly spaced positions and the first float of each record.
 * @param raw     The file.
 * @param range   Start and step in degrees, number of points, where records begin and how long they are.
 * @param place   For messages.
 * @param context Of the reading.
 */
export function readRecords(
  raw: RawBytes,
  range: { start: number; step: number; points: number; at: number; record: number },
  place: string,
  context: ReadContext,
): { positions: Float64Array; values: Float64Array } {
  const { start, step, points, at, record } = range
  if (!(Number.isFinite(start) && Number.isFinite(step) && step !== 0) || record < 4)
    throw fileError('E_FORMAT', context.name, `start ${start}, step ${step}, records of ${record} bytes: no scan.`, place)
  const there = Math.floor(Math.max(0, raw.length - at) / record)
  if (there < points)
    context.fault('E_TRUNCATED', `${points} points are announced, ${there} are there. Copy the file anew.`, `${place} byte ${at}`)
  const count = Math.min(points, there)
  return {
    positions: Float64Array.from({ length: count }, (_, i) => start + i * step),
    values: Float64Array.from({ length: count }, (_, i) => raw.f32(at + i * record)),
  }
}
