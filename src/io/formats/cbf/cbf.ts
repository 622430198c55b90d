import { fileError } from '../../context.js'
import type { Format, OpenedDataset, ReadContext } from '../../format.js'
import { imageDataset, markedPixels, warnOfSaturation } from '../../images/imageDataset.js'
import { pilatusHeader } from '../../images/pilatusHeader.js'
import { latin1 } from '../../text/scanRows.js'
import { byteOffset } from './byteOffset.js'

const BINARY_START = [0x0c, 0x1a, 0x04, 0xd5]

/**
 * Crystallographic binary files of hybrid pixel detectors (mini-CBF): 32-bit images packed by byte offset, size and MD5 checked. Gaps and dead pixels
 * (-1, -2) are masked.
 * @see DECTRIS CBF header specification 1.4; CBFlib manual
 */
export const cbf: Format = {
  id: 'cbf',
  name: 'Crystallographic binary file',
  extensions: ['cbf'],
  sniff: head => (latin1(head, 0, Math.min(head.length, 7)) === '###CBF:' ? 1 : 0),
  async read(bytes: Uint8Array, context: ReadContext): Promise<OpenedDataset> {
    const start = findBinary(bytes, context)
    const header = latin1(bytes, 0, start - BINARY_START.length)
    const section = readSection(header, context)
    const { rows, columns, size, md5 } = section
    const there = bytes.length - start
    const place = `byte ${start}`
    if (size > there)
      context.fault('E_TRUNCATED', `the packed image has ${size} bytes, ${there} are there. Copy the file anew.`, place)
    else if (md5 !== undefined) await checkMd5(bytes.subarray(start, start + size), md5, place, context)
    const values = new Int32Array(rows * columns)
    const end = Math.min(start + size, bytes.length)
    const unpacked = byteOffset(bytes, start, end, values)
    if (unpacked.tooWide)
      throw fileError('E_UNSUPPORTED', context.name, `pixel ${unpacked.count} needs 64 bits, 32 are announced.`, place)
    let mask = markedPixels(values)
    if (unpacked.count < values.length) {
      context.fault(
        'E_TRUNCATED',
        `${values.length} pixels (${columns} x ${rows}) are announced, ${unpacked.count} are there.`,
        `byte ${start + unpacked.bytes}`,
      )
      mask ??= new Uint8Array(values.length)
      mask.fill(1, unpacked.count)
    } else if (start + unpacked.bytes < end)
      context.fault(
        'E_FORMAT',
        `${end - start - unpacked.bytes} bytes are left over after ${values.length} pixels.`,
        `byte ${start + unpacked.bytes}`,
      )
    const { meta, cutoff } = pilatusHeader(section.contents, context)
    warnOfSaturation(values, cutoff, mask, context)
    const dataset = imageDataset({ shape: [rows, columns], values, counts: true, mask, meta }, context)
    return { kind: 'dataset', format: 'cbf', dataset, others: [], warnings: context.warnings }
  },
}

/** First byte after the mark that begins the binary part. */
function findBinary(bytes: Uint8Array, context: ReadContext): number {
  const limit = Math.min(bytes.length, context.limits.headerBytes)
  for (let at = bytes.indexOf(0x0c); at >= 0 && at < limit; at = bytes.indexOf(0x0c, at + 1))
    if (BINARY_START.every((byte, i) => bytes[at + i] === byte)) return at + BINARY_START.length
  throw fileError(
    limit < bytes.length ? 'E_FORMAT' : 'E_TRUNCATED',
    context.name,
    `no binary image (bytes 0C 1A 04 D5) within ${limit} bytes.`,
    `byte ${limit}`,
  )
}

interface Section {
  readonly rows: number
  readonly columns: number
  readonly size: number
  readonly md5: string | undefined
  readonly contents: string
}

function readSection(header: string, context: ReadContext): Section {
  const begin = header.indexOf('--CIF-BINARY-FORMAT-SECTION--')
  const place = 'binary section'
  if (begin < 0) throw fileError('E_FORMAT', context.name, 'no line --CIF-BINARY-FORMAT-SECTION-- before the image.', place)
  const field = (key: string): string | undefined =>
    new RegExp(`^${key}:[ \\t]*"?([^"\\r\\n]*)"?`, 'im').exec(header.slice(begin))?.[1]?.trim()
  const number = (key: string): number => {
    const value = Number(field(key) ?? Number.NaN)
    if (Number.isInteger(value) && value > 0) return value
    throw fileError('E_FORMAT', context.name, `${key}: ${field(key) ?? '(missing)'}; a whole number was expected.`, place)
  }
  const refuse = (what: string): never => {
    throw fileError('E_UNSUPPORTED', context.name, `${what}: 32-bit signed integers packed as x-CBF_BYTE_OFFSET are read.`, place)
  }
  if (!/conversions="?x-CBF_BYTE_OFFSET"?/i.test(header.slice(begin))) refuse('another packing')
  const type = field('X-Binary-Element-Type') ?? 'signed 32-bit integer'
  if (!/^signed 32-bit integer$/i.test(type)) refuse(`pixels are "${type}"`)
  const order = field('X-Binary-Element-Byte-Order') ?? 'LITTLE_ENDIAN'
  if (!/^little_endian$/i.test(order)) refuse(`byte order ${order}`)
  const columns = number('X-Binary-Size-Fastest-Dimension')
  const rows = number('X-Binary-Size-Second-Dimension')
  const size = number('X-Binary-Size')
  // a pixel takes one byte at the least
  if (rows * columns > size)
    throw fileError('E_FORMAT', context.name, `${columns} x ${rows} pixels cannot lie in ${size} packed bytes.`, place)
  const elements = field('X-Binary-Number-of-Elements')
  if (elements !== undefined && Number(elements) !== rows * columns)
    context.fault('E_FORMAT', `${elements} elements are announced, ${columns} x ${rows} are ${rows * columns}.`, place)
  const contents = /_array_data\.header_contents\s*\r?\n;\r?\n([\s\S]*?)\r?\n;/.exec(header.slice(0, begin))?.[1]
  return { rows, columns, size, md5: field('Content-MD5'), contents: contents ?? header.slice(0, begin) }
}

async function checkMd5(packed: Uint8Array, announced: string, place: string, context: ReadContext): Promise<void> {
  const { md5 } = await import('@noble/hashes/legacy.js')
  const found = btoa(String.fromCharCode(...md5(packed)))
  if (found !== announced)
    context.fault('E_CHECKSUM', `MD5 ${announced} is announced, the packed image has ${found}. Copy the file anew.`, place)
}
