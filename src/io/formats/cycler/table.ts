import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { decodeText, textBytes } from '../../text/decode.js'
import { headerFields } from '../../text/headerLabels.js'
import { type CyclerLabel, cyclerLabel, unitOf } from './quantities.js'

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
}

/** Where the labels stand. */
export interface CyclerHeader {
  /** Index of the line. */
  readonly line: number
  /** Character between fields; a blank stands for any blanks. */
  readonly separator: string
  /** The labels. */
  readonly labels: readonly CyclerLabel[]
  /** Whether a line with units follows. */
  readonly unitsBelow: boolean
}

const SEPARATORS = ['\t', ';', ',', ' ']
const LOOK = 300

/**
 * Finds the line with the labels of a cycler's table: the one with the most known quantities, at least a potential or current and a time or a date.
 * @param lines The first lines of the file.
 */
export function findCyclerHeader(lines: readonly string[]): CyclerHeader | undefined {
  let best: CyclerHeader | undefined
  let most = 1
  for (let i = 0; i < Math.min(lines.length, LOOK); i++) {
    const text = lines[i]!.replace(/^\s*#\s?/, '')
    // a cheap look first: rows of numbers and words are no labels
    if (!/time|date|(^|[^a-z])t([^a-z]|$)/i.test(text)) continue
    for (const separator of SEPARATORS) {
      if (!text.includes(separator)) continue
      const names = withoutEmptyEnd(fieldsOf(text, separator))
      const under = withoutEmptyEnd(fieldsOf(lines[i + 1] ?? '', separator))
      const unitsBelow =
        under.length === names.length && under.filter(u => unitOf(u)?.symbol).length >= 2 && !under.some(u => /^[+-]?\d/.test(u))
      const labels = names.map((name, c) => cyclerLabel(name, unitsBelow ? under[c] : undefined))
      const known = new Set(labels.flatMap(label => label.quantity ?? []))
      const enough = (known.has('time') || known.has('date')) && (known.has('potential') || known.has('current'))
      if (enough && known.size > most) {
        most = known.size
        best = { line: i, separator, labels, unitsBelow }
      }
    }
  }
  return best
}

/**
 * Splits a cycler's text into its rows.
 * @param raw     The file.
 * @param context Where faults go; `options.columns` names the columns of a file without labels.
 * @throws OperandoError `E_FORMAT` without labels or rows.
 */
export function readCyclerTable(raw: Uint8Array, context: ReadContext): CyclerTable {
  const { bytes, unfinished } = textBytes(raw, context.name)
  const text = decodeText(bytes, context.options.encoding).trimEnd()
  const lines = text.split(/\r\n|\r|\n/)
  const given = context.options.columns
  const header = given ? headerOf(given, lines) : findCyclerHeader(lines)
  if (!header) throw noHeader(lines, context)
  const { labels, separator } = header
  const rows: (readonly string[])[] = []
  const numbers: number[] = []
  const first = header.line + (header.unitsBelow ? 2 : 1)
  for (let i = first; i < lines.length; i++) {
    const line = lines[i]!
    if (line.trim() === '' || /^\s*#/.test(line)) continue
    const fields = fieldsOf(line, separator)
    while (fields.length > labels.length && fields[fields.length - 1] === '') fields.pop()
    if (fields.length === labels.length) {
      rows.push(fields)
      numbers.push(i + 1)
      continue
    }
    const cut = unfinished && i === lines.length - 1 && fields.length < labels.length
    context.fault(
      cut ? 'E_TRUNCATED' : 'E_FORMAT',
      `${labels.length} fields expected, ${fields.length} found${cut ? ' at the very end: the file is cut' : ''}. Lenient mode keeps the whole rows.`,
      `line ${i + 1}`,
    )
  }
  checkGamry(lines.slice(0, Math.max(0, header.line)), rows.length, context)
  if (rows.length === 0)
    throw fileError(
      'E_TRUNCATED',
      context.name,
      `the labels are there (${labels
        .map(l => l.raw)
        .join(', ')
        .slice(0, 120)}), but no rows.`,
      `line ${first}`,
    )
  // whole fields only: a date such as 24.11.2026 has points as well
  const isWritten = (number: RegExp): boolean => rows.slice(0, 200).some(row => row.some(field => number.test(field)))
  const points = isWritten(/^[+-]?\d*\.\d+(e[+-]?\d+)?$/i)
  const commas = isWritten(/^[+-]?\d*,\d+(e[+-]?\d+)?$/i)
  return {
    labels,
    rows,
    lines: numbers,
    fields: headerFields(lines.slice(0, Math.max(0, header.line))),
    comma: commas && !points,
  }
}

/** Gamry announces its rows (too many, if the run was stopped) and says which current it counts positive. */
function checkGamry(above: readonly string[], rows: number, context: ReadContext): void {
  const said = /^\w*CURVE\d*\tTABLE\t(\d+)/.exec(above[above.length - 1] ?? '')?.[1]
  if (said !== undefined && Number(said) !== rows)
    context.warn(
      'W_ROWS',
      `${said} rows are announced, ${rows} found: was the run stopped, or the file cut?`,
      `line ${above.length}`,
    )
  const convention = above.find(line => line.startsWith('CONVENTION\t'))?.split('\t')[2]
  if (convention !== undefined && convention.trim() !== '1' && context.options.currentSign === undefined)
    context.warn('W_SIGN', `CONVENTION is ${convention}: anodic current may not be positive here. Pass { currentSign }.`)
}

/** Columns named by the caller: rows begin at the first line with as many fields that begin with a number. */
function headerOf(names: readonly string[], lines: readonly string[]): CyclerHeader | undefined {
  for (let i = 0; i < Math.min(lines.length, LOOK); i++)
    for (const separator of SEPARATORS) {
      const fields = withoutEmptyEnd(fieldsOf(lines[i]!, separator))
      if (fields.length === names.length && /^[+-]?[\d.]/.test(fields[0]!))
        return { line: i - 1, separator, labels: names.map(name => cyclerLabel(name)), unitsBelow: false }
    }
  return undefined
}

function withoutEmptyEnd(fields: string[]): string[] {
  while (fields.length > 0 && fields[fields.length - 1] === '') fields.pop()
  return fields
}

/** Fields of a line, trimmed; quotes hold separators. */
export function fieldsOf(line: string, separator: string): string[] {
  if (separator === ' ') return line.trim().split(/\s+/)
  if (!line.includes('"')) return line.split(separator).map(field => field.trim())
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!
    if (c === '"') {
      if (quoted && line[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = !quoted
    } else if (c === separator && !quoted) {
      fields.push(field.trim())
      field = ''
    } else field += c
  }
  fields.push(field.trim())
  return fields
}

function noHeader(lines: readonly string[], context: ReadContext): Error {
  const head = JSON.stringify((lines[0] ?? '').slice(0, 80))
  return fileError(
    'E_FORMAT',
    context.name,
    `no line with labels such as time, voltage and current found in the first ${Math.min(lines.length, LOOK)} lines; the first is ${head}. Name them with { columns: ['time', 'potential', 'current'] }.`,
    'line 1',
  )
}
