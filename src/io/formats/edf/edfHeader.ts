import type { NumberKind } from '../../bytes/numbersOf.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'

/** One header of an EDF file. */
export interface EdfHeader {
  /** Its keys and values as they stand, in their order. */
  readonly fields: Readonly<Record<string, string>>
  /** First byte of the pixels. */
  readonly begin: number
}

/** How the pixels of a frame lie in the file. */
export interface EdfLayout {
  /** Frames within the block (`Dim_3`), rows, columns. */
  readonly shape: readonly [frames: number, rows: number, columns: number]
  /** Type of the pixels. */
  readonly kind: NumberKind
  /** Whether the lowest byte comes first. */
  readonly little: boolean
  /** Bytes of the block as the header says, at least those of the pixels. */
  readonly size: number
}

/** Types by their names without case; `long` is of 32 bits, as in the programs of old. */
const KINDS: Readonly<Record<string, NumberKind>> = {
  signedbyte: 'int8',
  unsignedbyte: 'uint8',
  signedshort: 'int16',
  unsignedshort: 'uint16',
  signedinteger: 'int32',
  unsignedinteger: 'uint32',
  signedlong: 'int32',
  unsignedlong: 'uint32',
  floatvalue: 'float32',
  float: 'float32',
  real: 'float32',
  floatieee32: 'float32',
  doublevalue: 'float64',
  double: 'float64',
  floatieee64: 'float64',
}

/**
 * Reads the header that begins at a byte: `{`, then `key = value ;` until `}` and the end of its line.
 * @param bytes   The file.
 * @param at      Where the header begins.
 * @param context Of the reading.
 */
export function edfHeader(bytes: Uint8Array, at: number, context: ReadContext): EdfHeader {
  const { headerBytes } = context.limits
  const limit = Math.min(bytes.length, at + headerBytes)
  let end = at
  // a brace within a value is no end: that one is followed by the end of the line
  while (end < limit && !(bytes[end] === 0x7d && (bytes[end + 1] === 10 || (bytes[end + 1] === 13 && bytes[end + 2] === 10))))
    end++
  if (end >= limit)
    throw fileError(
      limit < bytes.length ? 'E_FORMAT' : 'E_TRUNCATED',
      context.name,
      `the header has no end: "}" and the end of the line were expected within ${limit - at} bytes.`,
      `byte ${at}`,
    )
  const fields: Record<string, string> = {}
  for (const entry of latin1(bytes, at + 1, end).split(';')) {
    const equals = entry.indexOf('=')
    if (equals > 0) fields[entry.slice(0, equals).trim()] = entry.slice(equals + 1).trim()
  }
  return { fields, begin: end + (bytes[end + 1] === 13 ? 3 : 2) }
}

/**
 * What the header says of the pixels. `Dim_1` is the fast axis, the columns.
 * @param header  The header.
 * @param context Of the reading.
 */
export function edfLayout(header: EdfHeader, context: ReadContext): EdfLayout {
  const fields = new Map(Object.entries(header.fields).map(([key, value]) => [key.toLowerCase(), value]))
  const place = `header before byte ${header.begin}`
  const dim = (key: string, missing?: number): number => {
    const text = fields.get(key.toLowerCase())
    const value = text === undefined ? missing : Number(text)
    if (value !== undefined && Number.isInteger(value) && value > 0) return value
    throw fileError('E_FORMAT', context.name, `${key} = ${text ?? '(missing)'}: a number of pixels was expected.`, place)
  }
  const compression = fields.get('compression')
  if (compression !== undefined && !/^none/i.test(compression))
    throw fileError('E_UNSUPPORTED', context.name, `pixels compressed as ${compression}: only plain ones are read.`, place)
  const type = fields.get('datatype')
  const kind = type === undefined ? undefined : KINDS[type.toLowerCase()]
  if (kind === undefined)
    throw fileError(
      type === undefined ? 'E_MISSING' : 'E_UNSUPPORTED',
      context.name,
      `DataType = ${type ?? '(missing)'}: one of UnsignedShort, SignedInteger, FloatValue ... was expected.`,
      place,
    )
  const order = fields.get('byteorder') ?? 'LowByteFirst'
  if (!/^(low|high)byte ?first$/i.test(order))
    throw fileError('E_FORMAT', context.name, `ByteOrder = ${order}: LowByteFirst or HighByteFirst was expected.`, place)
  const size = Number(fields.get('edf_binarysize') ?? fields.get('size') ?? 0)
  if (!(size >= 0))
    throw fileError('E_FORMAT', context.name, `Size = ${fields.get('size')}: a number of bytes was expected.`, place)
  return {
    shape: [dim('Dim_3', 1), dim('Dim_2', 1), dim('Dim_1')],
    kind,
    little: /^low/i.test(order),
    size,
  }
}
