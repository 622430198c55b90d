import type { RealArray } from 'operando'

/** Small detector images as files hold them, written from the formats' descriptions. */
const ascii = (text: string): Uint8Array => Uint8Array.from(text, c => c.charCodeAt(0))

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** The bytes of numbers, lowest or highest byte first. */
export function bytesOf(values: RealArray, little: boolean): Uint8Array {
  const size = values.BYTES_PER_ELEMENT
  const bytes = new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength))
  if (!little) for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse()
  return bytes
}

export interface EdfFrameInput {
  values: RealArray
  type: string
  little: boolean
  columns: number
  keys?: Record<string, string | number>
}

export function edfBytes(frames: readonly EdfFrameInput[]): Uint8Array {
  return join(
    frames.flatMap(({ values, type, little, columns, keys = {} }, i) => {
      const fields = {
        HeaderID: `EH:${String(i + 1).padStart(6, '0')}:000000:000000`,
        ByteOrder: little ? 'LowByteFirst' : 'HighByteFirst',
        DataType: type,
        Dim_1: columns,
        Dim_2: values.length / columns,
        Size: values.byteLength,
        ...keys,
      }
      const text = `{\n${Object.entries(fields)
        .map(([key, value]) => `${key} = ${value} ;\n`)
        .join('')}`
      return [ascii(`${text.padEnd(Math.ceil((text.length + 2) / 512) * 512 - 2)}}\n`), bytesOf(values, little)]
    }),
  )
}

export async function cbfBytes(
  values: Int32Array,
  columns: number,
  change: Record<string, string> = {},
  contents = '# Detector: PILATUS 100K',
): Promise<Uint8Array> {
  const packed: number[] = []
  let before = 0
  for (const value of values) {
    const step = value - before
    before = value
    if (Math.abs(step) < 128) packed.push(step & 255)
    else if (Math.abs(step) < 32768) packed.push(128, step & 255, (step >> 8) & 255)
    else packed.push(128, 0, 128, step & 255, (step >> 8) & 255, (step >> 16) & 255, (step >> 24) & 255)
  }
  const { md5 } = await import('@noble/hashes/legacy.js')
  const { conversions = 'x-CBF_BYTE_OFFSET', ...fields } = change
  const section = {
    'X-Binary-Size': String(packed.length),
    'X-Binary-Element-Type': '"signed 32-bit integer"',
    'X-Binary-Element-Byte-Order': 'LITTLE_ENDIAN',
    'Content-MD5': btoa(String.fromCharCode(...md5(Uint8Array.from(packed)))),
    'X-Binary-Number-of-Elements': String(values.length),
    'X-Binary-Size-Fastest-Dimension': String(columns),
    'X-Binary-Size-Second-Dimension': String(values.length / columns),
    ...fields,
  }
  const lines = [
    '###CBF: VERSION 1.5',
    'data_a',
    '_array_data.header_contents',
    ';',
    contents,
    ';',
    '_array_data.data',
    ';',
    '--CIF-BINARY-FORMAT-SECTION--',
    'Content-Type: application/octet-stream;',
    `     conversions="${conversions}"`,
    ...Object.entries(section).map(([key, value]) => `${key}: ${value}`),
    '',
    '',
  ]
  return join([ascii(lines.join('\r\n')), Uint8Array.of(0x0c, 0x1a, 0x04, 0xd5), Uint8Array.from(packed)])
}

export function marccdBytes(values: readonly number[], columns: number, little: boolean): Uint8Array {
  const header = new Uint8Array(4096)
  header.set(ascii(little ? 'II*\0' : 'MM\0*'))
  header.set(ascii('MMX'), 1028)
  const view = new DataView(header.buffer)
  const block: Record<number, number> = {
    28: 1234, // header_byte_order, in its own order
    32: 1234,
    80: columns,
    84: values.length / columns,
    88: 2,
    104: 65535,
    640: 200_000, // 200 mm
    644: 1_024_500,
    648: 1_023_250,
    656: 2500,
    772: 79_346,
    776: 79_346,
    908: 97_918,
  }
  for (const [offset, value] of Object.entries(block)) view.setUint32(1024 + Number(offset), value, little)
  return join([header, bytesOf(Uint16Array.from(values), little)])
}

export interface TiffPageInput {
  values: Uint16Array | Int32Array
  columns: number
  /** What the header announces; default: what is there. */
  rows?: number
  description?: string
  pack?: (bytes: Uint8Array) => Uint8Array
  compression?: number
}

/** A little-endian TIFF of one strip a page. */
export function tiffBytes(pages: readonly TiffPageInput[]): Uint8Array {
  const parts: Uint8Array[] = [ascii('II*\0'), new Uint8Array(4)]
  let length = 8
  let link = { part: 1, at: 0 }
  const append = (bytes: Uint8Array): number => {
    const at = length
    parts.push(bytes)
    length += bytes.length
    if (length % 2 === 1) {
      parts.push(new Uint8Array(1))
      length++
    }
    return at
  }
  for (const { values, columns, rows = values.length / columns, description, pack, compression = 1 } of pages) {
    const plain = bytesOf(values, true)
    const strip = pack ? pack(plain) : plain
    const text = description === undefined ? undefined : ascii(`${description}\0`)
    const textAt = text ? append(text) : 0
    const stripAt = append(strip)
    const entries: [tag: number, type: number, count: number, value: number][] = [
      [256, 4, 1, columns],
      [257, 4, 1, rows],
      [258, 3, 1, values.BYTES_PER_ELEMENT * 8],
      [259, 3, 1, compression],
      [262, 3, 1, 1],
      ...(text ? [[270, 2, text.length, textAt] as [number, number, number, number]] : []),
      [273, 4, 1, stripAt],
      [277, 3, 1, 1],
      [278, 4, 1, rows],
      [279, 4, 1, strip.length],
      [339, 3, 1, values instanceof Int32Array ? 2 : 1],
    ]
    const directory = new Uint8Array(2 + 12 * entries.length + 4)
    const view = new DataView(directory.buffer)
    view.setUint16(0, entries.length, true)
    entries.forEach(([tag, type, count, value], i) => {
      view.setUint16(2 + 12 * i, tag, true)
      view.setUint16(4 + 12 * i, type, true)
      view.setUint32(6 + 12 * i, count, true)
      view.setUint32(10 + 12 * i, value, true)
    })
    const before = parts[link.part]!
    new DataView(before.buffer).setUint32(link.at, append(directory), true)
    link = { part: parts.lastIndexOf(directory), at: directory.length - 4 }
  }
  return join(parts)
}
