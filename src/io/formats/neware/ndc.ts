import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { NDC_LAYOUTS, type NdcLayout } from './ndcLayouts.js'
import { type NewareColumns, pickRows, type RecordRun, readRecords } from './rows.js'

/** One .ndc of an .ndax: records in pages. */
export interface Ndc {
  /** What its records are: 1 rows, 5 a sensor, 7 steps, 18 marks with time and capacity. */
  readonly type: number
  /** Version of the layout. */
  readonly version: number
  /** Its records. Rows and sensors without an index of their own are counted from 1. */
  readonly columns: NewareColumns
}

/**
 * Reads one .ndc. The first page is a header; each further one has a bit for each record that is filled, from byte 4 on, and its records.
 * @param bytes   The .ndc.
 * @param entry   Its name within the .ndax.
 * @param wanted  The type that an entry of this name has.
 * @param context Where faults go.
 * @throws OperandoError `E_FORMAT` for another type, `E_UNSUPPORTED` for a version or type that is not known, `E_TRUNCATED` for a broken page.
 */
export function readNdc(bytes: Uint8Array, entry: string, wanted: number, context: ReadContext): Ndc {
  if (bytes.length < 4)
    throw fileError('E_TRUNCATED', context.name, `${entry} has ${bytes.length} bytes: not even its type.`, entry)
  const [type, version] = [bytes[0]!, bytes[2]!]
  if (type !== wanted)
    throw fileError(
      'E_FORMAT',
      context.name,
      `${entry} is of type ${type}, type ${wanted} was expected by its name.`,
      `${entry} byte 0`,
    )
  const layout = layoutOf(bytes, type, version)
  if (!layout)
    throw fileError(
      'E_UNSUPPORTED',
      context.name,
      `${entry} is of version ${version}, type ${type}: ${Object.keys(NDC_LAYOUTS).join(', ')} are known. Export the file as csv from Neware's BTSDA.`,
      entry,
    )
  const { page } = layout
  if (bytes.length % page !== 0)
    context.fault(
      'E_TRUNCATED',
      `${entry} has ${bytes.length} bytes, whole pages of ${page} were expected. Lenient mode reads the whole pages.`,
      `${entry} byte ${bytes.length - (bytes.length % page)}`,
    )
  const perPage = Math.floor((page - layout.begin - 1) / layout.record.length)
  const runs: RecordRun[] = []
  for (let p = 1; p < Math.floor(bytes.length / page); p++) runs.push([p * page + layout.begin, perPage])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const slots = readRecords(view, runs, layout.record)
  const total = runs.length * perPage
  slots.index ??= Float64Array.from({ length: total }, (_, i) => i + 1)
  const filled = layout.bits
    ? (i: number): boolean => {
        const bit = i % perPage
        return ((bytes[page * (1 + Math.floor(i / perPage)) + 4 + (bit >> 3)]! >> (bit & 7)) & 1) === 1
      }
    : (i: number): boolean => slots.index![i] !== 0
  const rows = new Uint32Array(total)
  let n = 0
  for (let i = 0; i < total; i++) if (filled(i)) rows[n++] = i
  return { type, version, columns: pickRows(slots, rows.subarray(0, n)) }
}

/** The layout of a version and type; sensors of version 11 are of two kinds, told apart by the first byte of a record. */
function layoutOf(bytes: Uint8Array, type: number, version: number): NdcLayout | undefined {
  const found = NDC_LAYOUTS[`${version}/${type}`]
  const kind = found && bytes[found.page + found.begin]
  return (kind === 0x74 ? NDC_LAYOUTS[`${version}/${type} of kind 116`] : undefined) ?? found
}
