import { beginsComment, type Dialect, endOfLine, latin1 } from './scanRows.js'

/** Where numbers begin and how they are written. */
export interface FoundTable {
  /** Byte where the first row begins. */
  readonly begin: number
  /** Its line, from 1. */
  readonly line: number
  /** Numbers a row. */
  readonly columns: number
  /** Separator and decimal mark. */
  readonly dialect: Dialect
  /** Bytes of the lines above, [from, to). */
  readonly header: readonly [number, number]
  /** A lone line of numbers above with another count: a header, or a damaged row; [line, count]. */
  readonly odd?: readonly [number, number]
}

/** Lines looked at to settle the decimal mark: a column of whole numbers says nothing about it. */
const LOOK = 200

/**
 * Finds the first rows of at least two numbers, by separator and decimal mark that their lines agree on.
 * @param bytes The text.
 * @param from  Where to begin.
 * @param line  Line number there.
 * @param limit Bytes to search.
 * @returns `undefined` when there are none.
 */
export function findTable(bytes: Uint8Array, from: number, line: number, limit: number): FoundTable | undefined {
  let odd: readonly [number, number] | undefined
  for (let at = from; at < bytes.length && at - from <= limit; line++) {
    const end = endOfLine(bytes, at)
    const here = numbersOf(latin1(bytes, at, Math.min(end, at + 4096)))
    if (here && here.count >= 2) {
      const below = linesBelow(bytes, at)
      const next = below.find((n, i) => i > 0 && n !== undefined)
      const chosen = settle(below.filter(n => n?.count === here.count) as Numbers[])
      if (chosen && (next === undefined || next.count === here.count || odd !== undefined))
        return { begin: at, line, columns: here.count, dialect: chosen, header: [from, at], ...(odd ? { odd } : {}) }
      odd ??= [line, here.count]
    }
    at = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1)
  }
  return undefined
}

interface Numbers {
  readonly count: number
  readonly separator: 32 | 44 | 59
  readonly comma: boolean
  readonly point: boolean
}

const NUMBER = /^[+-]?(?:(?:\d+[.,]?\d*|[.,]\d+)(?:[eEdD][+-]?\d+)?|nan|inf|infinity)$/i

/** How a line reads as numbers alone, or `undefined`. */
function numbersOf(raw: string): Numbers | undefined {
  const line = raw.replace(/#.*$/, '').trim()
  if (line === '' || beginsComment(line.charCodeAt(0), 0)) return undefined
  const semicolons = line.includes(';')
  const words = line.split(semicolons ? /\s*;\s*/ : /\s+/)
  // "1.0, 2.0" and "1.0,2.0" are separated by commas; "1,0 2,0" has decimal commas
  const separator = semicolons
    ? 59
    : line.includes(',') && (words.length === 1 || words.some(w => w.startsWith(',') || w.endsWith(',')))
      ? 44
      : 32
  const fields = separator === 44 ? line.split(/\s*,\s*/) : words
  if (fields.length > 1 && fields[fields.length - 1] === '') fields.pop()
  if (!fields.every(field => NUMBER.test(field))) return undefined
  return {
    count: fields.length,
    separator,
    comma: separator !== 44 && line.includes(','),
    point: line.includes('.'),
  }
}

function linesBelow(bytes: Uint8Array, at: number): (Numbers | undefined)[] {
  const found: (Numbers | undefined)[] = []
  for (let i = 0; i < LOOK && at < bytes.length; i++) {
    const end = endOfLine(bytes, at)
    found.push(numbersOf(latin1(bytes, at, Math.min(end, at + 4096))))
    at = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1)
  }
  return found
}

/** One dialect for all lines, or `undefined` when they contradict each other. */
function settle(lines: readonly Numbers[]): Dialect | undefined {
  const separator = lines[0]!.separator
  const comma = lines.some(l => l.comma)
  if (comma && lines[0]!.point) return undefined
  return { separator, decimal: comma ? 44 : 46 }
}
