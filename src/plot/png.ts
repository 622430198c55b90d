import { zlibSync } from 'fflate'
import type { Pixels } from './scene.js'

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + body.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, body.length)
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i)
  out.set(body, 8)
  view.setUint32(8 + body.length, crc32(out.subarray(4, 8 + body.length)))
  return out
}

function file(width: number, height: number, colorType: 3 | 6, rows: Uint8Array, extra: Uint8Array[]): Uint8Array {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 8 // bits
  header[9] = colorType
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', zlibSync(rows, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Puts the filter byte 0 (none) before every row. */
function withFilterBytes(bytes: Uint8Array, rowLength: number, height: number): Uint8Array {
  const rows = new Uint8Array((rowLength + 1) * height)
  for (let y = 0; y < height; y++) rows.set(bytes.subarray(y * rowLength, (y + 1) * rowLength), y * (rowLength + 1) + 1)
  return rows
}

/**
 * Encodes palette indices as a PNG; index 0 is transparent. The same pixels give the same bytes.
 * @param pixels The picture.
 */
export function encodeIndexedPng(pixels: Pixels): Uint8Array {
  const rows = withFilterBytes(pixels.indices, pixels.width, pixels.height)
  return file(pixels.width, pixels.height, 3, rows, [chunk('PLTE', pixels.palette), chunk('tRNS', Uint8Array.of(0))])
}

/**
 * Encodes r, g, b, a bytes (alpha not multiplied in) as a PNG. The same pixels give the same bytes.
 * @param rgba   4 x width x height bytes, rows from the top.
 * @param width  Columns.
 * @param height Rows.
 */
export function encodeRgbaPng(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.byteLength)
  return file(width, height, 6, withFilterBytes(bytes, 4 * width, height), [])
}

/**
 * Base64 of bytes, without Buffer or the DOM.
 * @param bytes Any bytes.
 */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}
