/** How numbers stand in a text: character codes of the separator (32: any blanks) and of the decimal mark. */
export interface Dialect {
  /** 32 for blanks and tabs, 9 for one tab, 44 for a comma, 59 for a semicolon. */
  readonly separator: 32 | 9 | 44 | 59
  /** 46 for a point, 44 for a comma. */
  readonly decimal: 46 | 44
}

/** A row that is not what it should be. */
export interface BadRow {
  /** Line, from 1. */
  readonly line: number
  /** Field within the line, from 1. */
  readonly field: number
  /** What is wrong. */
  readonly kind: 'short' | 'long' | 'text' | 'empty'
  /** How many numbers there are, or the text that is no number. */
  readonly found: string
}

/** The rows of one block of numbers. */
export interface ScannedRows {
  /** Whole rows. */
  readonly rows: number
  /** `rows` x columns, row-major; may be longer. */
  readonly table: Float64Array
  /** Line of each row, from 1; may be longer. */
  readonly lines: Int32Array
  /** Where scanning stopped: at a line of text, or at the end. */
  readonly stop: number
  /** Line at `stop`. */
  readonly stopLine: number
}

const POWERS: Float64Array = /* @__PURE__ */ Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
// m * 10 + 9 stays below 2^53 up to here
const EXACT = 900719925474098

/** True for the characters that begin a comment line: # ! % ' ; and slash. */
export function beginsComment(c: number, separator: number): boolean {
  return c === 35 || c === 33 || c === 37 || c === 39 || c === 47 || (c === 59 && separator !== 59)
}

function beginsNumber(bytes: Uint8Array, at: number): boolean {
  const c = bytes[at]!
  if ((c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46) return true
  return /^(nan|inf)/i.test(String.fromCharCode(c, bytes[at + 1] ?? 10, bytes[at + 2] ?? 10))
}

/**
 * Reads rows of `columns` numbers until the end or a line of text. Blank and comment lines are passed over, numbers are rounded exactly: up to 15 digits (and a
 * decimal exponent within 22) by one multiplication or division of exact numbers, all others by `Number`.
 *
 * @param bytes   The file; must end with a line feed.
 * @param begin   Where the rows begin.
 * @param line    Line number there, from 1.
 * @param columns Numbers a row.
 * @param dialect Separator and decimal mark.
 * @param onBad   Told of each row that does not fit; the row is left out (throw to stop).
 */
export function scanRows(
  bytes: Uint8Array,
  begin: number,
  line: number,
  columns: number,
  dialect: Dialect,
  onBad: (bad: BadRow) => void,
): ScannedRows {
  const end = bytes.length
  const { separator, decimal } = dialect
  const blanks = separator === 32
  let capacity = estimateRows(bytes, begin)
  let table = new Float64Array(capacity * columns)
  let lines = new Int32Array(capacity)
  let rows = 0
  let at = begin
  while (at < end) {
    let c = bytes[at]!
    while (c === 32 || (c === 9 && separator !== 9)) c = bytes[++at]!
    if (c === 10 || c === 13) {
      if (c === 13 && bytes[at + 1] === 10) at++
      at++
      line++
      continue
    }
    if (beginsComment(c, separator)) {
      at = endOfLine(bytes, at)
      continue
    }
    if (!((c >= 48 && c <= 57) || c === 45 || c === decimal) && !beginsNumber(bytes, at)) {
      if (c !== separator) break
    }
    if (rows === capacity) {
      capacity = Math.ceil(capacity * 1.5) + 16
      const more = new Float64Array(capacity * columns)
      more.set(table)
      table = more
      const moreLines = new Int32Array(capacity)
      moreLines.set(lines)
      lines = moreLines
    }
    const base = rows * columns
    let field = 0
    let bad: BadRow | undefined
    for (;;) {
      // one number
      const token = at
      const negative = c === 45
      if (negative || c === 43) c = bytes[++at]!
      // whole numbers of up to nine digits stay in machine integers, which is faster
      let small = 0
      let room = 9
      let exponent = 0
      let digit = c ^ 48
      while (digit <= 9 && room > 0) {
        small = (Math.imul(small, 10) + digit) | 0
        room--
        c = bytes[++at]!
        digit = c ^ 48
      }
      let mantissa = small
      let digits = 9 - room
      let exact = true
      if (digit > 9 && c === decimal) {
        const point = at
        c = bytes[++at]!
        digit = c ^ 48
        while (digit <= 9 && room > 0) {
          small = (Math.imul(small, 10) + digit) | 0
          room--
          c = bytes[++at]!
          digit = c ^ 48
        }
        mantissa = small
        while (digit <= 9) {
          if (mantissa > EXACT) exact = false
          mantissa = mantissa * 10 + digit
          c = bytes[++at]!
          digit = c ^ 48
        }
        exponent = point + 1 - at
        digits -= exponent
      } else if (digit <= 9) {
        while (digit <= 9) {
          if (mantissa > EXACT) exact = false
          mantissa = mantissa * 10 + digit
          c = bytes[++at]!
          digit = c ^ 48
        }
        if (c === decimal) {
          const point = at
          c = bytes[++at]!
          digit = c ^ 48
          while (digit <= 9) {
            if (mantissa > EXACT) exact = false
            mantissa = mantissa * 10 + digit
            c = bytes[++at]!
            digit = c ^ 48
          }
          exponent = point + 1 - at
        }
      }
      let value = 0
      if (digits > 0 && (c === 69 || c === 101 || c === 68 || c === 100)) {
        c = bytes[++at]!
        const minus = c === 45
        if (minus || c === 43) c = bytes[++at]!
        let e = 0
        let some = false
        while (c >= 48 && c <= 57) {
          if (e < 1e6) e = e * 10 + (c - 48)
          some = true
          c = bytes[++at]!
        }
        exponent += minus ? -e : e
        if (!some) digits = 0
      }
      const ends = c === 32 || c === 10 || c === 13 || c === 9 || c === separator || c === 35
      if (digits > 0 && ends) {
        if (exact && exponent <= 22 && exponent >= -22) {
          value = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!
          if (negative) value = -value
        } else value = slowNumber(bytes, token, at, decimal)
      } else {
        at = token
        c = bytes[at]!
        while (c !== 10 && c !== 13 && c !== 32 && c !== 9 && c !== separator) c = bytes[++at]!
        const text = latin1(bytes, token, Math.min(at, token + 40))
        if (/^[+-]?(nan|inf|infinity)$/i.test(text)) value = NaN
        else {
          bad = { line, field: field + 1, kind: text === '' ? 'empty' : 'text', found: text }
          break
        }
      }
      if (field < columns) table[base + field] = value
      field++
      while (c === 32 || (c === 9 && separator !== 9)) c = bytes[++at]!
      if (!blanks && c === separator) {
        c = bytes[++at]!
        while (c === 32 || (c === 9 && separator !== 9)) c = bytes[++at]!
      }
      if (c === 10 || c === 13 || c === 35) break
    }
    if (!bad && field !== columns) bad = { line, field, kind: field < columns ? 'short' : 'long', found: String(field) }
    if (bad) onBad(bad)
    else {
      lines[rows] = line
      rows++
    }
    if (c !== 10 && c !== 13) {
      at = endOfLine(bytes, at)
      c = bytes[at]!
    }
    if (c === 13 && bytes[at + 1] === 10) at++
    at++
    line++
  }
  return { rows, table, lines, stop: Math.min(at, end), stopLine: line }
}

/** Position of the next line break, or the end. */
export function endOfLine(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++
  return at
}

/** Bytes as text, one character a byte. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]!)
  return text
}

function slowNumber(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  const text = latin1(bytes, from, to).replace(/[dD]/, 'e')
  return Number(decimal === 44 ? text.replace(',', '.') : text)
}

/** Rows by the length of the first lines, so that the table rarely grows. */
function estimateRows(bytes: Uint8Array, begin: number): number {
  let at = begin
  let some = 0
  while (some < 20 && at < bytes.length) {
    at = endOfLine(bytes, at) + 1
    some++
  }
  return Math.ceil(((bytes.length - begin) / Math.max(2, (at - begin) / some)) * 1.05) + 2
}
