import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { fieldsOf, withoutEmptyEnd } from './fields.js'
import { type CyclerLabel, cyclerLabel } from './quantities.js'

/** One TABLE of a Gamry .dta. */
export interface GamryTable {
  /** Its name: `CURVE`, `CURVE2`, `OCVCURVE`, `ZCURVE`. */
  readonly name: string
  /** Line of its name, from 0. */
  readonly line: number
  /** Rows that it announces. */
  readonly said: number | undefined
  /** Its labels with the units from the line below. */
  readonly labels: readonly CyclerLabel[]
  /** Line of its first row, from 0. */
  readonly from: number
  /** One past the line of its last. */
  readonly to: number
}

/** True for the lines of a Gamry .dta. */
export const isGamry = (lines: readonly string[]): boolean => lines[0]?.trim() === 'EXPLAIN'

/**
 * The tables of a .dta. A table is a line `NAME<tab>TABLE<tab>rows`, labels, units and rows that begin with a tab; notes of as many lines as they say are passed over.
 * @param lines The file.
 */
export function gamryTables(lines: readonly string[]): GamryTable[] {
  const tables: GamryTable[] = []
  for (let i = 0; i < lines.length; i++) {
    const notes = /^\s*NOTES\tNOTES\t(\d{1,6})/.exec(lines[i]!)
    if (notes) i += Number(notes[1])
    const table = /^\s*(\w{1,40})\tTABLE(?:\t(\d{1,12}))?/.exec(lines[i] ?? '')
    if (!table) continue
    const names = withoutEmptyEnd(fieldsOf(lines[i + 1] ?? '', '\t'))
    const units = fieldsOf(lines[i + 2] ?? '', '\t')
    let to = i + 3
    while (to < lines.length && /^\t/.test(lines[to]!)) to++
    tables.push({
      name: table[1]!,
      line: i,
      said: table[2] === undefined ? undefined : Number(table[2]),
      labels: names.map((name, c) => cyclerLabel(name, units[c])),
      from: i + 3,
      to: Math.min(to, lines.length),
    })
    i = to - 1
  }
  return tables
}

/**
 * The tables that make one record: the curves with time, potential and current, joined where they are cycles of one run (`CURVE1`, `CURVE2`), or the one that
 * `options.block` names. What is left out is told.
 * @param tables  All of the file.
 * @param context Options, and where doubts go.
 * @throws OperandoError `E_FORMAT` without a table, `E_ARGUMENT` for a block that is not there.
 */
export function chosenTables(tables: readonly GamryTable[], context: ReadContext): GamryTable[] {
  const { block } = context.options
  const names = tables.map((table, i) => `${i} ${table.name} (${table.to - table.from} rows)`).join(', ')
  if (tables.length === 0) throw fileError('E_FORMAT', context.name, 'a Gamry file without a TABLE: the run was not begun.')
  if (block !== undefined && !tables[block])
    throw fileError('E_ARGUMENT', context.name, `block ${block} of the tables ${names}: they count from 0.`)
  const first =
    block === undefined
      ? (tables.find(({ labels }) => ['time', 'potential', 'current'].every(q => labels.some(l => l.quantity === q))) ??
        tables[0]!)
      : tables[block]!
  const heads = (table: GamryTable): string => table.labels.map(l => l.raw).join('\t')
  const family = (table: GamryTable): string => table.name.replace(/\d+$/, '')
  const chosen = block === undefined ? tables.filter(t => family(t) === family(first) && heads(t) === heads(first)) : [first]
  for (const table of chosen) {
    const rows = table.to - table.from
    if (table.said !== undefined && table.said !== rows)
      context.warn(
        'W_ROWS',
        `${table.said} rows are announced, ${rows} found: was the run stopped, or the file cut?`,
        `line ${table.line + 1}`,
      )
  }
  if (chosen.length < tables.length && block === undefined)
    context.warn(
      'W_BLOCK',
      `the file has the tables ${names}; read: ${chosen.map(t => t.name).join(', ')}. Pass { block } for another.`,
    )
  return chosen
}

/**
 * Doubts of the sign, and the moment of the start as text.
 * @param lines   The file.
 * @param context Where the doubt goes.
 */
export function gamryHeader(lines: readonly string[], context: ReadContext): { start: string | undefined } {
  const field = (name: string): string | undefined =>
    lines
      .find(line => line.startsWith(`${name}\t`))
      ?.split('\t')[2]
      ?.trim()
  const convention = field('CONVENTION')
  if (convention !== undefined && convention !== '1' && context.options.currentSign === undefined)
    context.warn('W_SIGN', `CONVENTION is ${convention}: anodic current may not be positive here. Pass { currentSign }.`)
  const [date, time] = [field('DATE'), field('TIME')]
  return { start: date && time ? `${date} ${time}` : undefined }
}
