import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { decodeText, textBytes, utf8Bytes } from '../../text/decode.js'
import { headerFields } from '../../text/headerLabels.js'
import { fieldsOf } from './fields.js'
import { type CyclerHeader, findCyclerHeader, headerBy, headerOf, LOOK } from './findHeader.js'
import { chosenTables, gamryHeader, gamryTables, isGamry } from './gamry.js'
import { nestedRows } from './nestedRows.js'
import { type CyclerLabel, cyclerLabel } from './quantities.js'

/** Rows of a cycler's text, still as text. */
export interface CyclerTable {
  /** The columns' labels. */
  readonly labels: readonly CyclerLabel[]
  /** Fields of each whole row. */
  readonly rows: readonly (readonly string[])[]
  /** Line of each row, from 1. */
  readonly lines: readonly number[]
  /** `key: value` lines above. */
  readonly fields: Readonly<Record<string, string>>
  /** Whether a comma is the decimal mark. */
  readonly comma: boolean
  /** The moment of time 0, if the header says it in a place of its own. */
  readonly start?: string | undefined
}

/** Rows before their numbers are looked at. */
interface Split {
  readonly labels: readonly CyclerLabel[]
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
  /** Lines before the labels. */
  readonly above: readonly string[]
  readonly start?: string | undefined
}

/**
 * Splits a cycler's text into its rows.
 * @param raw     The file.
 * @param context Where faults go; `options.columns` names the columns of a file without labels, `options.dictionary` those of labels that nobody knows.
 * @throws OperandoError `E_FORMAT` without labels, `E_TRUNCATED` without rows.
 */
export function readCyclerTable(raw: Uint8Array, context: ReadContext): CyclerTable {
  const { bytes, unfinished } = textBytes(utf8Bytes(raw), context.name)
  const lines = decodeText(bytes, context.options.encoding)
    .trimEnd()
    .split(/\r\n|\r|\n/)
  const split = splitLines(lines, unfinished, context)
  const { labels, rows } = split
  if (rows.length === 0)
    throw fileError(
      'E_TRUNCATED',
      context.name,
      `the labels are there (${labels
        .map(l => l.raw)
        .join(', ')
        .slice(0, 120)}), but no rows.`,
      `line ${split.above.length + 1}`,
    )
  // whole fields only: a date such as 24.11.2026 has points as well
  const isWritten = (number: RegExp): boolean => rows.slice(0, 200).some(row => row.some(field => number.test(field)))
  const points = isWritten(/^[+-]?\d*\.\d+(e[+-]?\d+)?$/i)
  const commas = isWritten(/^[+-]?\d*,\d+(e[+-]?\d+)?$/i)
  return {
    labels,
    rows,
    lines: split.lines,
    fields: headerFields(split.above),
    comma: commas && !points,
    start: split.start,
  }
}

function splitLines(lines: readonly string[], unfinished: boolean, context: ReadContext): Split {
  const { columns, dictionary } = context.options
  const rowsOf = (header: CyclerHeader, from: number, to: number): Pick<Split, 'rows' | 'lines'> =>
    readRows(lines, from, to, header, unfinished, context)
  if (columns === undefined && dictionary === undefined) {
    if (isGamry(lines)) return splitGamry(lines, unfinished, context)
    const nested = nestedRows(lines)
    if (nested) {
      for (const { line, expected, found } of nested.bad)
        faultOfRow(expected, found, unfinished && line === lines.length, line, context)
      return { ...nested, above: lines.slice(0, nested.line) }
    }
  }
  const header = columns ? headerOf(columns, lines) : dictionary ? headerBy(dictionary, lines) : findCyclerHeader(lines)
  if (!header) throw noHeader(lines, context)
  if ('missing' in header)
    throw fileError(
      'E_MISSING',
      context.name,
      `no line has all labels of options.dictionary: ${header.missing.join(', ')} not found in the first ${Math.min(lines.length, LOOK)} lines.`,
      'line 1',
    )
  const first = header.line + (header.unitsBelow ? 2 : 1)
  return {
    labels: header.labels,
    ...rowsOf(header, first, lines.length),
    above: lines.slice(0, Math.max(0, header.line)),
  }
}

/** The curves of a Gamry file as one table. An open circuit has no column of the current: it is 0. */
function splitGamry(lines: readonly string[], unfinished: boolean, context: ReadContext): Split {
  const tables = chosenTables(gamryTables(lines), context)
  const { labels, name, line } = tables[0]!
  const header: CyclerHeader = { line, separator: '\t', labels, unitsBelow: true }
  const parts = tables.map(table => readRows(lines, table.from, table.to, header, unfinished, context))
  const rows = parts.flatMap(part => part.rows)
  const open = /^OCV/i.test(name) && !labels.some(label => label.quantity === 'current')
  return {
    labels: open ? [...labels, cyclerLabel('Im', 'A')] : labels,
    rows: open ? rows.map(row => [...row, '0']) : rows,
    lines: parts.flatMap(part => part.lines),
    above: lines.slice(0, line),
    ...gamryHeader(lines.slice(0, line), context),
  }
}

function readRows(
  lines: readonly string[],
  from: number,
  to: number,
  { labels, separator }: CyclerHeader,
  unfinished: boolean,
  context: ReadContext,
): Pick<Split, 'rows' | 'lines'> {
  const rows: (readonly string[])[] = []
  const numbers: number[] = []
  const date = separator === ' ' ? labels.findIndex(label => label.quantity === 'date') : -1
  for (let i = from; i < to; i++) {
    const line = lines[i]!
    if (line.trim() === '' || /^\s*[#~]/.test(line)) continue
    const fields = fieldsOf(line, separator)
    while (fields.length > labels.length && fields[fields.length - 1] === '') fields.pop()
    // a date and its time are one column where blanks stand between columns (Basytec)
    if (date >= 0 && fields.length === labels.length + 1 && /^\d{1,2}:\d\d/.test(fields[date + 1]!))
      fields.splice(date, 2, `${fields[date]} ${fields[date + 1]}`)
    if (fields.length === labels.length) {
      rows.push(fields)
      numbers.push(i + 1)
    } else faultOfRow(labels.length, fields.length, unfinished && i === lines.length - 1, i + 1, context)
  }
  return { rows, lines: numbers }
}

function faultOfRow(expected: number, found: number, last: boolean, line: number, context: ReadContext): void {
  const cut = last && found < expected
  context.fault(
    cut ? 'E_TRUNCATED' : 'E_FORMAT',
    `${expected} fields expected, ${found} found${cut ? ' at the very end: the file is cut' : ''}. Lenient mode keeps the whole rows.`,
    `line ${line}`,
  )
}

function noHeader(lines: readonly string[], context: ReadContext): Error {
  const head = JSON.stringify((lines[0] ?? '').slice(0, 80))
  return fileError(
    'E_FORMAT',
    context.name,
    `no line with labels such as time, voltage and current found in the first ${Math.min(lines.length, LOOK)} lines; the first is ${head}. Name all columns with { columns: ['time', 'potential', 'current'] }, or say which labels mean what with { dictionary: { time: '...', potential: '...', current: '...' } }.`,
    'line 1',
  )
}
