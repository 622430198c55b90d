import { isOperandoError } from '../../../core/errors.js'
import type { Instant } from '../../../core/instant.js'
import { parseInstant } from '../../../core/parseInstant.js'
import { fileError } from '../../context.js'
import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { textBytes } from '../../text/decode.js'
import { endOfLine, latin1, scanRows } from '../../text/scanRows.js'
import type { BiologicTable } from './table.js'
import { toElectrochemistry } from './toElectrochemistry.js'

/** BioLogic's text export .mpt of EC-Lab and BT-Lab, with or without its header, with decimal points or commas. */
export const biologicMpt: Format = {
  id: 'biologic-mpt',
  name: 'BioLogic EC-Lab text',
  extensions: ['mpt'],
  sniff(head: Uint8Array): number {
    const text = latin1(head, 0, Math.min(head.length, 400))
    if (/^(EC|BT)-Lab ASCII FILE/.test(text)) return 1
    const first = text.split(/\r\n|\r|\n/, 1)[0]!
    return /\t/.test(first) && /(^|\t)time\/s(\t|$)/.test(first) && /(Ewe|Ecell|freq\/Hz|I>?\/mA)/.test(first) ? 0.95 : 0
  },
  read(raw: Uint8Array, context: ReadContext): OpenedElectrochemistry {
    const { bytes } = textBytes(raw, context.name)
    const { header, names, begin, line } = readHeader(bytes, context)
    const table = readRows(bytes, names, begin, line, context)
    const fields = headerFieldsOf(header)
    const technique = header[3]?.trim() || undefined
    const electrochemistry = toElectrochemistry(
      table,
      { technique, start: startOf(fields, context), instrument: fields.Device, extra: extraOf(technique, fields, header) },
      context,
    )
    return { kind: 'electrochemistry', format: 'biologic-mpt', electrochemistry, warnings: electrochemistry.warnings }
  },
}

interface Header {
  readonly header: readonly string[]
  readonly names: readonly string[]
  readonly begin: number
  readonly line: number
}

/** "Nb header lines : n" counts up to and with the line of the column names; an export without header has that line only. */
function readHeader(bytes: Uint8Array, context: ReadContext): Header {
  const decoder = new TextDecoder('windows-1252')
  const lines: string[] = []
  let at = 0
  let count = 1
  for (let n = 1; n <= count; n++) {
    if (at >= bytes.length)
      throw fileError(
        'E_TRUNCATED',
        context.name,
        `${count} header lines are announced, the file ends after ${n - 1}. Copy it anew.`,
        `line ${n}`,
      )
    const end = endOfLine(bytes, at)
    const line = decoder.decode(bytes.subarray(at, end))
    lines.push(line)
    at = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1)
    if (n === 1 && /^(EC|BT)-Lab ASCII FILE/.test(line)) count = 2
    if (n === 2) {
      const said = /^Nb header lines\s*:\s*(\d+)/.exec(line)
      if (!said)
        throw fileError(
          'E_FORMAT',
          context.name,
          `"Nb header lines : n" was expected, found ${JSON.stringify(line.slice(0, 60))}.`,
          'line 2',
        )
      count = Number(said[1])
    }
  }
  const names = lines[lines.length - 1]!.replace(/\t\s*$/, '')
    .split('\t')
    .map(name => name.trim())
  if (names.length < 2)
    throw fileError(
      'E_FORMAT',
      context.name,
      `names of columns between tabs were expected, found ${JSON.stringify(names[0]!.slice(0, 60))}.`,
      `line ${lines.length}`,
    )
  return { header: lines.slice(0, -1), names, begin: at, line: lines.length + 1 }
}

function readRows(bytes: Uint8Array, names: readonly string[], begin: number, line: number, context: ReadContext): BiologicTable {
  const decimal = bytes.subarray(begin, endOfLine(bytes, begin)).includes(44) || bytes.subarray(begin).includes(44) ? 44 : 46
  const dates = absoluteTimes(bytes, names, begin, context)
  const body = dates?.bytes ?? bytes
  const scanned = scanRows(body, dates ? 0 : begin, line, names.length, { separator: 9, decimal }, bad =>
    context.fault(
      'E_FORMAT',
      `${bad.kind === 'text' || bad.kind === 'empty' ? `column ${names[bad.field - 1] ?? bad.field} is ${JSON.stringify(bad.found)}, a number was expected` : `${names.length} columns expected, ${bad.found} found`}. Lenient mode keeps the whole rows.`,
      `line ${bad.line}`,
    ),
  )
  if (scanned.stop < body.length)
    context.fault(
      'E_FORMAT',
      `text where rows of numbers were expected: ${JSON.stringify(latin1(body, scanned.stop, Math.min(endOfLine(body, scanned.stop), scanned.stop + 60)))}.`,
      `line ${scanned.stopLine}`,
    )
  const columns = new Map<string, Float64Array>()
  names.forEach((name, c) => {
    const values = new Float64Array(scanned.rows)
    for (let row = 0; row < scanned.rows; row++) values[row] = scanned.table[row * names.length + c]!
    columns.set(columns.has(name) ? `${name} (${c + 1})` : name, values)
  })
  return { rows: scanned.rows, columns }
}

/** EC-Lab can export time/s as dates of the wall clock: they are turned into seconds since the first row. */
function absoluteTimes(
  bytes: Uint8Array,
  names: readonly string[],
  begin: number,
  context: ReadContext,
): { bytes: Uint8Array } | undefined {
  const at = names.indexOf('time/s')
  const firstField = latin1(bytes, begin, endOfLine(bytes, begin)).split('\t')[at]
  if (at < 0 || firstField === undefined || !/^\d+\/\d+\/\d+ /.test(firstField)) return undefined
  const lines = latin1(bytes, begin, bytes.length).split(/\r\n|\r|\n/)
  const zero = parseInstant(firstField.replace(',', '.'), { dateOrder: 'month-first' })
  const out = lines.map((line, i) => {
    const fields = line.split('\t')
    if (fields.length <= at) return line
    const t = parseInstant(fields[at]!.replace(',', '.'), { dateOrder: 'month-first' })
    fields[at] = String(t.seconds - zero.seconds + (t.nanos - zero.nanos) / 1e9)
    if (i === 0) context.warn('W_TIME', `time/s holds dates; counted in seconds from the first row, ${firstField}.`)
    return fields.join('\t')
  })
  const text = out.join('\n')
  const encoded = Uint8Array.from(text, c => c.charCodeAt(0))
  const decimalComma = latin1(bytes, begin, Math.min(bytes.length, begin + 4000)).includes(',')
  return { bytes: decimalComma ? encoded.map(c => (c === 46 ? 44 : c)) : encoded }
}

function headerFieldsOf(header: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const line of header.slice(2)) {
    const match = /^\s*([^:\t]{1,200}?)\s*:\s(.*)$/.exec(line.trimEnd())
    if (match && !(match[1]! in fields)) fields[match[1]!] = match[2]!
  }
  return fields
}

/** t = 0 of time/s is when the acquisition was started, not the technique. The date is month first in every locale. */
function startOf(fields: Readonly<Record<string, string>>, context: ReadContext): Instant | undefined {
  const text = fields['Acquisition started on']
  if (text === undefined) return undefined
  const { zone } = context.options
  try {
    return parseInstant(text.replace(',', '.'), { dateOrder: 'month-first', ...(zone === undefined ? {} : { zone }) })
  } catch (error) {
    if (isOperandoError(error)) context.warn('W_TIME', `"Acquisition started on : ${text}" is not understood: ${error.message}`)
    return undefined
  }
}

function extraOf(
  technique: string | undefined,
  fields: Readonly<Record<string, string>>,
  header: readonly string[],
): Record<string, string | number | string[]> {
  const number = (key: string, unitName: string): number | undefined => {
    const match = new RegExp(`^([\\d.,]+)\\s*${unitName}`).exec(fields[key] ?? '')
    return match ? Number(match[1]!.replace(',', '.')) : undefined
  }
  const optional = {
    technique,
    activeMass_mg: number('Mass of active material', 'mg'),
    molecularWeight: number('Molecular weight of active material (at x = 0)', 'g/mol'),
    intercalatedIonWeight: number('Atomic weight of intercalated ion', 'g/mol'),
    x0:
      number('Acquisition started at', 'xo = ') ??
      /xo = ([\d.,]+)/.exec(fields['Acquisition started at'] ?? '')?.[1]?.replace(',', '.'),
    channel: fields['Run on channel'],
    device: fields.Device,
  }
  const extra: Record<string, string | number | string[]> = {}
  for (const [key, value] of Object.entries(optional)) if (value !== undefined) extra[key] = key === 'x0' ? Number(value) : value
  if (header.length > 0) extra.header = header.map(line => line.trimEnd())
  return extra
}
