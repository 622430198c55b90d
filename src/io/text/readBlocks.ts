import { fileError } from '../context.js'
import type { ReadContext } from '../format.js'
import type { TextBytes } from './decode.js'
import { findTable } from './findTable.js'
import { type BadRow, endOfLine, latin1, scanRows } from './scanRows.js'

/** Rows of numbers that stand together in a text. */
export interface NumberBlock {
  /** Whole rows. */
  readonly rows: number
  /** The columns, `rows` values each. */
  readonly columns: readonly Float64Array[]
  /** Line of each row, from 1. */
  readonly lines: Int32Array
}

/** Warnings of one kind that are told one by one; the rest is counted. */
const TOLD = 20

/**
 * Reads the numbers of a text file: one block, or the one that `options.block` names, or the first of several equal ones (some instruments write their
 * result twice). Different blocks without `options.block` are a fault.
 * @param text    The file, ready for scanning.
 * @param context Where faults go.
 * @returns The block and the bytes of the lines above it.
 * @throws OperandoError `E_FORMAT` when there are no numbers, and the faults of rows.
 */
export function readBlocks(text: TextBytes, context: ReadContext): { block: NumberBlock; header: Uint8Array } {
  const { bytes } = text
  const blocks: { block: NumberBlock; header: Uint8Array; line: number }[] = []
  let bad = 0
  let at = 0
  let line = 1
  for (;;) {
    const found = findTable(bytes, at, line, blocks.length === 0 ? context.limits.headerBytes : bytes.length)
    if (!found) break
    if (found.odd)
      context.fault(
        'E_FORMAT',
        `${found.odd[1]} numbers, but ${found.columns} in the rows from line ${found.line} on. Lenient mode takes it for a header.`,
        `line ${found.odd[0]}`,
      )
    const rows = scanRows(bytes, found.begin, found.line, found.columns, found.dialect, row => {
      if (++bad <= TOLD || !context.options.lenient) faultOfRow(row, found.columns, text, context)
    })
    if (rows.rows > 0)
      blocks.push({
        block: toBlock(rows.table, rows.lines, rows.rows, found.columns),
        header: bytes.subarray(...found.header),
        line: found.line,
      })
    at = rows.stop
    line = rows.stopLine
    if (at <= found.begin) {
      // what looked like numbers to findTable does not to scanRows (a blank of another kind before them): go on behind that line
      at = endOfLine(bytes, found.begin) + 1
      line = found.line + 1
    }
    if (at >= bytes.length) break
  }
  if (bad > TOLD) context.warn('W_ROWS', `${bad - TOLD} further rows are not whole and were left out.`)
  if (blocks.length === 0) throw noNumbers(bytes, context)
  const chosen = chooseBlock(blocks, context)
  // text after the last block that is neither comment nor header
  if (at < bytes.length && blocks.length === 1) {
    const rest = latin1(bytes, at, Math.min(endOfLine(bytes, at), at + 60)).trim()
    if (rest !== '' && rest !== '\x1a')
      context.fault('E_FORMAT', `text after the numbers: ${JSON.stringify(rest)}. Lenient mode leaves it out.`, `line ${line}`)
  }
  return chosen
}

function toBlock(table: Float64Array, lines: Int32Array, rows: number, count: number): NumberBlock {
  const columns = Array.from({ length: count }, () => new Float64Array(rows))
  for (let c = 0; c < count; c++) {
    const column = columns[c]!
    for (let row = 0, i = c; row < rows; row++, i += count) column[row] = table[i]!
  }
  return { rows, columns, lines: lines.subarray(0, rows) }
}

function faultOfRow(row: BadRow, columns: number, text: TextBytes, context: ReadContext): void {
  const way = 'Lenient mode keeps the whole rows.'
  const place = `line ${row.line}`
  if (row.kind === 'short' || row.kind === 'long') {
    const cut = row.kind === 'short' && text.unfinished && isLastLine(row.line, text.bytes)
    context.fault(
      cut ? 'E_TRUNCATED' : 'E_FORMAT',
      `${columns} numbers expected as in the rows before, ${row.found} found${cut ? ' at the very end: the file is cut' : ''}. ${way}`,
      place,
    )
  } else if (row.kind === 'empty')
    context.fault('E_FORMAT', `field ${row.field} is empty, ${columns} numbers were expected. ${way}`, place)
  else context.fault('E_FORMAT', `field ${row.field} is ${JSON.stringify(row.found)}, a number was expected. ${way}`, place)
}

function isLastLine(line: number, bytes: Uint8Array): boolean {
  let count = 0
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10 || (bytes[i] === 13 && bytes[i + 1] !== 10)) count++
  return line >= count
}

function chooseBlock<T extends { block: NumberBlock; line: number }>(blocks: readonly T[], context: ReadContext): T {
  const wanted = context.options.block
  if (wanted !== undefined) {
    const found = blocks[wanted]
    if (found) return found
    throw fileError('E_ARGUMENT', context.name, `block ${wanted} was asked for, the file has ${blocks.length} (counted from 0).`)
  }
  const [first, ...rest] = blocks as [T, ...T[]]
  if (rest.length === 0) return first
  if (rest.every(other => sameNumbers(first.block, other.block))) {
    context.warn(
      'W_REPEATED',
      `the same numbers stand ${blocks.length} times in the file; they were read once.`,
      `line ${rest[0]!.line}`,
    )
    return first
  }
  const list = blocks.map((b, i) => `${i}: ${b.block.rows} rows of ${b.block.columns.length} from line ${b.line}`).join('; ')
  context.fault(
    'E_FORMAT',
    `text stands between rows of numbers; they fall into ${blocks.length} blocks (${list}). Pass { block: 0 } or another.`,
    `line ${rest[0]!.line}`,
  )
  return first
}

function sameNumbers(a: NumberBlock, b: NumberBlock): boolean {
  return (
    a.rows === b.rows &&
    a.columns.length === b.columns.length &&
    a.columns.every((column, c) => column.every((v, i) => Object.is(v, b.columns[c]![i])))
  )
}

function noNumbers(bytes: Uint8Array, context: ReadContext): Error {
  const head = latin1(bytes, 0, Math.min(endOfLine(bytes, 0), 80)).trim()
  // times of day are no numbers of a curve: what begins with one is mostly the record of a cycler
  const way = /^\d+:\d\d/.test(head)
    ? " If it is a cycler's record without labels: pass { format: 'cycler-text', columns: ['time', 'potential', 'current'] }."
    : ''
  return fileError(
    'E_FORMAT',
    context.name,
    `no rows of two or more numbers found; the first line is ${JSON.stringify(head)}.${way}`,
    'line 1',
  )
}
