import { fileError } from '../../context.js'

/** A piece of a CIF file with its place. */
export interface CifToken {
  /** `data_`, `save_`, `loop_`, the reserved `global_` and `stop_`, a name with a leading underscore, anything else. */
  readonly kind: 'data' | 'save' | 'loop' | 'reserved' | 'tag' | 'value'
  /** The value, the tag in lower case, or the name after data_ or save_. */
  readonly text: string
  /** Whether it stood in quotes or a text field: then `?` and `.` are only characters. */
  readonly quoted: boolean
  /** Line, from 1. */
  readonly line: number
  /** Column, from 1. */
  readonly column: number
}

const BLANK = /\s+/y
const WORD = /\S+/y
const QUOTED: Readonly<Record<string, RegExp>> = {
  // a quote ends the string only before a blank or the end of the line: 'a dog's life' is one value
  "'": /'((?:[^']|'(?=\S))*)'(?=\s|$)/y,
  '"': /"((?:[^"]|"(?=\S))*)"(?=\s|$)/y,
}

/**
 * Cuts a CIF 1.1 text into tokens: quotes, text fields, comments, any line end.
 * @param text The file, without byte order mark.
 * @param file Its name, for messages.
 * @throws OperandoError `E_FORMAT` for a quote that does not end, `E_TRUNCATED` for a text field that does not end, `E_UNSUPPORTED` for CIF 2 lists.
 * @see S. R. Hall, J. D. Westbrook, International Tables G, section 2.2.7
 */
export function tokenizeCif(text: string, file: string): CifToken[] {
  const lines = text.split(/\r\n|\n|\r/)
  const cif2 = lines[0]!.startsWith('#\\#CIF_2')
  const tokens: CifToken[] = []
  for (let n = 0; n < lines.length; n++) {
    let line = lines[n]!
    let at = 0
    if (line.startsWith(';')) {
      const begin = n
      const content = [line.slice(1)]
      for (n++; n < lines.length && !lines[n]!.startsWith(';'); n++) content.push(lines[n]!)
      if (n === lines.length) {
        throw fileError(
          'E_TRUNCATED',
          file,
          `a text field begins here and never ends: a line that begins with ";" expected, the end of the file found.`,
          `line ${begin + 1}`,
        )
      }
      tokens.push({ kind: 'value', text: unfold(content), quoted: true, line: begin + 1, column: 1 })
      line = lines[n]!
      at = 1
    }
    while (at < line.length) {
      BLANK.lastIndex = at
      if (BLANK.test(line)) at = BLANK.lastIndex
      const first = line[at]
      if (first === undefined || first === '#') break
      const place = { line: n + 1, column: at + 1 }
      const pattern = QUOTED[first]
      if (cif2 && (first === '[' || first === '{' || line.startsWith(first.repeat(3), at)) && /["'[{]/.test(first)) {
        throw fileError(
          'E_UNSUPPORTED',
          file,
          `lists, tables and triple quotes of CIF 2 are not read, found ${first}. Save the file as CIF 1.1.`,
          placeOf(place),
        )
      }
      if (pattern) {
        pattern.lastIndex = at
        const match = pattern.exec(line)
        if (!match)
          throw fileError(
            'E_FORMAT',
            file,
            `a quoted value ${line.slice(at, at + 40)} has no closing ${first} on its line.`,
            placeOf(place),
          )
        tokens.push({ kind: 'value', text: match[1]!, quoted: true, ...place })
        at = pattern.lastIndex
      } else {
        WORD.lastIndex = at
        const word = WORD.exec(line)![0]
        tokens.push({ ...classify(word), quoted: false, ...place })
        at = WORD.lastIndex
      }
    }
  }
  return tokens
}

/** `line 7 column 3`. */
export function placeOf({ line, column }: { line: number; column: number }): string {
  return `line ${line} column ${column}`
}

function classify(word: string): Pick<CifToken, 'kind' | 'text'> {
  const lower = word.toLowerCase()
  if (word.startsWith('_')) return { kind: 'tag', text: lower.replace('.', '_') }
  if (lower.startsWith('data_')) return { kind: 'data', text: word.slice(5) }
  if (lower.startsWith('save_')) return { kind: 'save', text: word.slice(5) }
  if (lower === 'loop_') return { kind: 'loop', text: lower }
  if (lower === 'global_' || lower === 'stop_') return { kind: 'reserved', text: lower }
  return { kind: 'value', text: word }
}

/** Joins the lines of a text field; a first line of `\` says that lines ending with a backslash go on in the next. */
function unfold(lines: readonly string[]): string {
  const text = lines.join('\n')
  return /^\\[ \t]*\n/.test(text) ? text.replace(/\\[ \t]*\n/g, '') : text
}
