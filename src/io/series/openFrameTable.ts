import { isOperandoError } from '../../core/errors.js'
import { assertKnown } from '../../core/fields.js'
import { differenceSeconds, type Instant } from '../../core/instant.js'
import type { Issue } from '../../core/issue.js'
import { parseInstant } from '../../core/parseInstant.js'
import type { Column } from '../../model/createElectrochemistry.js'
import { gunzip, isGzip } from '../bytes/gunzip.js'
import { createReadContext, fileError } from '../context.js'
import { OPEN_FIELDS, type OpenOptions } from '../format.js'
import { fieldsOf } from '../formats/cycler/fields.js'
import { cyclerLabel, unitOf } from '../formats/cycler/quantities.js'
import { type OpenInput, toNamedBytes } from '../open.js'
import { decodeText, textBytes } from '../text/decode.js'
import { EXPOSURE } from './frameCoords.js'

/** What a log of frames tells: ready for `coords` and `start` of `openSeries` and `seriesOf`. */
export interface FrameTable {
  /** Rows, one a frame. */
  readonly rows: number
  /** Columns of numbers; `time` in s since `start` from the first column of moments, `exposure` in s where one is called so. */
  readonly coords: Readonly<Record<string, Column>>
  /** The first moment. */
  readonly start?: Instant | undefined
  /** Columns of words, such as file names. */
  readonly texts: Readonly<Record<string, readonly string[]>>
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/**
 * Opens the log of a run: a table with one row a frame, separated by commas, semicolons or tabs, its first line the labels. Columns of numbers become coordinates with the
 * unit of their label (`E0_eV`, `dwell (s)`), the first column of moments becomes `time`, columns of words stay text.
 *
 * @param input   Bytes, File, Blob or `{ name, bytes }`, gzipped or not.
 * @param options Zone of moments that have none, order of day and month, encoding, limits.
 * @throws OperandoError `E_FORMAT` when rows have other numbers of fields than labels, `E_TRUNCATED` without rows, and as `open` for damaged files.
 * @example
 * ```ts
 * import { openFrameTable, seriesOf } from 'operando/io'
 * const csv = 'file,started,dwell_s\na.tif,2024-05-01T10:00:00,5\nb.tif,2024-05-01T10:00:30,5\n'
 * const log = await openFrameTable({ name: 'log.csv', bytes: new TextEncoder().encode(csv) })
 * const series = seriesOf([[1, 2], [3, 4]], { frame: 'index', q: { values: [1, 2], unit: '1/Å' } }, {
 *   coords: { time: { dims: ['frame'], ...log.coords.time! } }, meta: { start: log.start },
 * })
 * series.coords.time?.values // 0, 30
 * ```
 */
export async function openFrameTable(input: OpenInput, options: OpenOptions = {}): Promise<FrameTable> {
  assertKnown(options, 'openFrameTable options', OPEN_FIELDS)
  const { name, bytes } = await toNamedBytes(input)
  const context = createReadContext({ name }, options)
  const unpacked = isGzip(bytes) ? gunzip(bytes, name, context.limits) : bytes
  if (unpacked.length === 0) throw fileError('E_TRUNCATED', name, 'the file is empty.', 'byte 0')
  const lines = decodeText(textBytes(unpacked, name).bytes, options.encoding).split(/\r\n|\r|\n/)
  const kept = lines.flatMap((line, i) => (line.trim() === '' || line.startsWith('#') ? [] : [{ line, number: i + 1 }]))
  const head = kept[0]?.line ?? ''
  const separator = ['\t', ';', ','].find(s => head.includes(s)) ?? ' '
  const labels = fieldsOf(head, separator)
  const rows = kept.slice(1).flatMap(({ line, number }) => {
    const fields = fieldsOf(line, separator)
    if (fields.length === labels.length) return [fields]
    context.fault(
      'E_FORMAT',
      `${labels.length} fields expected, ${fields.length} found. Lenient mode leaves the row out.`,
      `line ${number}`,
    )
    return []
  })
  if (rows.length === 0) throw fileError('E_TRUNCATED', name, 'no rows below the labels.', 'line 1')
  const coords: Record<string, Column> = {}
  const texts: Record<string, readonly string[]> = {}
  let start: Instant | undefined
  labels.forEach((label, c) => {
    const fields = rows.map(row => row[c]!)
    const numbers = fields.map(field => (field === '' || /^nan$/i.test(field) ? Number.NaN : Number(field)))
    if (numbers.every((n, i) => !Number.isNaN(n) || fields[i] === '' || /^nan$/i.test(fields[i]!))) {
      const { name: own, unit } = labelOf(label)
      const key = EXPOSURE.test(own) && unit === 's' && !('exposure' in coords) ? 'exposure' : own
      coords[key] = { values: Float64Array.from(numbers), unit, label: own }
      return
    }
    const moments = start === undefined ? momentsOf(fields, options) : undefined
    if (!moments) {
      texts[label] = fields
      return
    }
    start = moments.start
    coords.time = { values: moments.seconds, unit: 's', label }
  })
  return { rows: rows.length, coords, start, texts, warnings: context.warnings }
}

/** `E0_eV`, `dwell (s)`, `T / K`: name and unit. */
function labelOf(raw: string): { name: string; unit: string } {
  const known = cyclerLabel(raw)
  if (known.unit) return { name: known.label, unit: known.unit.symbol }
  const [, name, suffix] = /^(.*[^_])_([A-Za-z°%]+)$/.exec(raw) ?? []
  const unit = suffix === undefined ? undefined : unitOf(suffix)
  return unit === undefined ? { name: raw, unit: '' } : { name: name!, unit: unit.symbol }
}

function momentsOf(
  fields: readonly string[],
  { zone, dateOrder }: OpenOptions,
): { start: Instant; seconds: Float64Array } | undefined {
  try {
    const moments = fields.map(field => parseInstant(field, { zone, dateOrder }))
    return { start: moments[0]!, seconds: Float64Array.from(moments, moment => differenceSeconds(moment, moments[0]!)) }
  } catch (error) {
    if (isOperandoError(error, 'E_TIME')) return undefined
    throw error
  }
}
