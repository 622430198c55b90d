import { OperandoError } from '../../../core/errors.js'
import { assertKnown, assertText, type FieldsOf } from '../../../core/fields.js'
import type { Issue } from '../../../core/issue.js'
import { createReadContext, fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { type CifToken, placeOf, tokenizeCif } from './tokens.js'

/** A value of a CIF file. */
export interface CifValue {
  /** As it stands in the file, without quotes. */
  readonly text: string
  /** `?` unknown, `.` not applicable; absent for a value. */
  readonly missing?: '?' | '.' | undefined
  /** Line, from 1. */
  readonly line: number
}

/** A table of a CIF file. */
export interface CifLoop {
  /** Column names, lower case. */
  readonly tags: readonly string[]
  /** Values, row by row. */
  readonly rows: readonly (readonly CifValue[])[]
  /** Line of its `loop_`. */
  readonly line: number
}

/** A data block (or a save frame in it). Names are lower case, the dot of DDLm names (`_cell.length_a`) an underscore. */
export interface CifBlock {
  /** What follows `data_`. */
  readonly name: string
  /** The file. */
  readonly file: string
  /** Line of its heading. */
  readonly line: number
  /** Single values by name. */
  readonly items: ReadonlyMap<string, CifValue>
  /** Tables, in order. */
  readonly loops: readonly CifLoop[]
  /** Save frames. */
  readonly frames: readonly CifBlock[]
}

/** A whole CIF file. */
export interface CifFile {
  /** Data blocks, in order. */
  readonly blocks: readonly CifBlock[]
  /** What was doubtful. */
  readonly warnings: readonly Issue[]
}

/** Options of {@link parseCif}. */
export interface ParseCifOptions {
  /** Name of the file, for messages. Default `CIF`. */
  file?: string | undefined
  /** Whether to leave out tables that do not come out even, with a warning, instead of throwing. Default false. */
  lenient?: boolean | undefined
}

const OPTIONS: FieldsOf<ParseCifOptions> = { file: true, lenient: true }

interface OpenBlock extends CifBlock {
  readonly items: Map<string, CifValue>
  readonly loops: CifLoop[]
  readonly frames: OpenBlock[]
}

/**
 * Reads the syntax of a CIF file (CIF 1.1): blocks, names with values, tables. What they mean is for `readStructure`.
 * @param text    The file's text; a byte order mark and any line ends are fine.
 * @param options File name, strict or lenient.
 * @throws OperandoError with file and line: `E_FORMAT` for what is no CIF, a quote without end, a value without name, a table whose values do not fill
 *   its rows, two different values for one name; `E_TRUNCATED` for a text field or a name at the end with nothing after it.
 * @see https://www.iucr.org/resources/cif/spec/version1.1/cifsyntax
 * @example
 * ```ts
 * import { parseCif } from 'operando/io'
 * const { blocks } = parseCif("data_Al\n_cell_length_a 4.0495(2)\n_chemical_name_common 'aluminium foil'\n")
 * blocks[0]?.items.get('_cell_length_a')?.text // '4.0495(2)'
 * ```
 */
export function parseCif(text: string, options: ParseCifOptions = {}): CifFile {
  assertKnown(options, 'parseCif options', OPTIONS)
  assertText(text, 'parseCif')
  const context = createReadContext({ name: options.file ?? 'CIF' }, { lenient: options.lenient })
  return { blocks: parseBlocks(text, context), warnings: context.warnings }
}

/** As {@link parseCif}, with doubts going to the caller's context. */
export function parseBlocks(text: string, context: ReadContext): CifBlock[] {
  const file = context.name
  // byte order mark; end-of-file mark of DOS
  const trimmed = text.replace(/^\ufeff/, '').trimEnd()
  const body = trimmed.endsWith('\u001a') ? trimmed.slice(0, -1) : trimmed
  const control = firstControl(body)
  if (control >= 0) {
    const line = body.slice(0, control).split(/\r\n|\n|\r/).length
    throw fileError('E_FORMAT', file, 'text expected, found binary data: a CIF file has no control characters.', `line ${line}`)
  }
  const tokens = tokenizeCif(body, file)
  const blocks: OpenBlock[] = []
  let block: OpenBlock | undefined
  let frame: OpenBlock | undefined
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i]!
    if (token.kind === 'data') {
      block = openBlock(token, file)
      frame = undefined
      blocks.push(block)
      i++
      continue
    }
    if (!block) {
      throw fileError(
        'E_FORMAT',
        file,
        `a CIF file begins with data_ and a name, found ${JSON.stringify(token.text.slice(0, 40))}.`,
        placeOf(token),
      )
    }
    const target = frame ?? block
    if (token.kind === 'save') {
      frame = token.text === '' ? undefined : openBlock(token, file)
      if (frame) block.frames.push(frame)
      i++
    } else if (token.kind === 'tag') {
      i = addItem(tokens, i, target, context)
    } else if (token.kind === 'loop') {
      i = addLoop(tokens, i, target, context)
    } else {
      const text = JSON.stringify(token.text.slice(0, 40))
      throw fileError(
        'E_FORMAT',
        file,
        `a name with a leading underscore, loop_ or data_ expected, found ${text}. Is a quote missing, or a value too many?`,
        placeOf(token),
      )
    }
  }
  if (blocks.length === 0) throw fileError('E_FORMAT', file, 'a CIF file begins with data_ and a name; there is none.', 'line 1')
  return blocks
}

/** Position of the first control character but tabs, line ends and form feeds; -1 if there is none. */
function firstControl(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 && (code < 9 || code > 13)) return i
  }
  return -1
}

const openBlock = ({ text, line }: CifToken, file: string): OpenBlock => ({
  name: text,
  file,
  line,
  items: new Map(),
  loops: [],
  frames: [],
})

const cifValue = ({ text, quoted, line }: CifToken): CifValue =>
  !quoted && (text === '?' || text === '.') ? { text, missing: text, line } : { text, line }

function addItem(tokens: readonly CifToken[], i: number, block: OpenBlock, context: ReadContext): number {
  const tag = tokens[i]!
  const next = tokens[i + 1]
  if (next?.kind !== 'value') {
    const found = next ? JSON.stringify(next.text.slice(0, 40)) : 'the end of the file'
    throw new OperandoError(
      next ? 'E_FORMAT' : 'E_TRUNCATED',
      `${context.name} ${placeOf(tag)}: a value of ${tag.text} expected, found ${found}.`,
      {
        details: { file: context.name, line: tag.line, place: placeOf(tag) },
      },
    )
  }
  const before = block.items.get(tag.text)
  if (before && before.text !== next.text) {
    context.fault(
      'E_FORMAT',
      `${tag.text} is given twice, ${JSON.stringify(before.text)} in line ${before.line} and now ${JSON.stringify(next.text)}.`,
      placeOf(tag),
    )
  } else block.items.set(tag.text, cifValue(next))
  return i + 2
}

function addLoop(tokens: readonly CifToken[], start: number, block: OpenBlock, context: ReadContext): number {
  const { line } = tokens[start]!
  let i = start + 1
  const tags: string[] = []
  while (tokens[i]?.kind === 'tag') tags.push(tokens[i++]!.text)
  const values: CifValue[] = []
  while (tokens[i]?.kind === 'value') values.push(cifValue(tokens[i++]!))
  if (tokens[i]?.kind === 'reserved' && tokens[i]!.text === 'stop_') i++
  if (tags.length === 0) {
    context.fault('E_FORMAT', 'a loop_ without names.', `line ${line}`)
    return i
  }
  if (values.length % tags.length !== 0) {
    context.fault('E_FORMAT', unevenLoop(tags, values, tokens[i]), `line ${line}`)
    return i
  }
  const rows: CifValue[][] = []
  for (let k = 0; k < values.length; k += tags.length) rows.push(values.slice(k, k + tags.length))
  block.loops.push({ tags, rows, line })
  return i
}

/** Says where a table goes wrong: the first line with another number of values, if the others have a row each. */
function unevenLoop(tags: readonly string[], values: readonly CifValue[], next: CifToken | undefined): string {
  const byLine = new Map<number, number>()
  for (const { line } of values) byLine.set(line, (byLine.get(line) ?? 0) + 1)
  const odd = [...byLine].find(([, n]) => n !== tags.length)
  const hint = odd ? ` Line ${odd[0]} holds ${odd[1]}.` : ''
  const end = next ? '' : ' The file may be cut off.'
  return `the loop_ with ${tags[0]} has ${tags.length} names, so that a multiple of ${tags.length} values is expected; found ${values.length}.${hint}${end}`
}
