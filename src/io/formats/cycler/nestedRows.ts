import { fieldsOf, withoutEmptyEnd } from './fields.js'
import { type CyclerLabel, cyclerLabel } from './quantities.js'

/** Rows of a file whose cycles hold steps and whose steps hold records, laid flat. */
export interface NestedRows {
  /** Labels: those that number cycles and steps, then those of the records. */
  readonly labels: readonly CyclerLabel[]
  /** Fields of each record, with the numbers of its cycle and step before them. */
  readonly rows: readonly (readonly string[])[]
  /** Line of each record, from 1. */
  readonly lines: readonly number[]
  /** Lines that are no row of any of the three levels, with how many fields were expected and found. */
  readonly bad: readonly { readonly line: number; readonly expected: number; readonly found: number }[]
  /** Line of the first label, from 0. */
  readonly line: number
}

const LEVELS = 3
const NUMBERS = /^(cycle|step)[ _]?(id|index|name|type|no\.?|number)$/i

/**
 * Neware's nested csv: three lines of labels, each one field deeper, then rows of cycles, steps and records told apart by how many fields are empty before the first.
 * The sums that Neware writes for cycles and steps are left out: they follow from the records.
 * @param lines The file.
 * @returns `undefined` if it is laid out otherwise.
 */
export function nestedRows(lines: readonly string[]): NestedRows | undefined {
  for (let i = 0; i + LEVELS <= Math.min(lines.length, 30); i++)
    for (const separator of [',', '\t', ';']) {
      const heads = lines.slice(i, i + LEVELS).map(line => withoutEmptyEnd(fieldsOf(line, separator)))
      if (!heads.every((head, level) => depthOf(head) === level)) continue
      if (!/^cycle/i.test(heads[0]![0]!) || !/^step/i.test(heads[1]![1]!)) continue
      return flatten(lines, i, separator, heads)
    }
  return undefined
}

const depthOf = (fields: readonly string[]): number => fields.findIndex(field => field !== '')

function flatten(lines: readonly string[], line: number, separator: string, heads: readonly string[][]): NestedRows {
  const numbered = heads.slice(0, LEVELS - 1).map(head => head.flatMap((name, c) => (NUMBERS.test(name) ? [c] : [])))
  const records = heads[LEVELS - 1]!.slice(LEVELS - 1)
  const names = numbered.flatMap((columns, level) => columns.map(c => heads[level]![c]!))
  // the time of a record counts from its step
  const labels = [...names, ...records.map(name => name.replace(/^time/i, 'Step Time'))].map(name => cyclerLabel(name))
  const above: string[][] = numbered.map(columns => columns.map(() => ''))
  const rows: string[][] = []
  const numbers: number[] = []
  const bad: { line: number; expected: number; found: number }[] = []
  for (let i = line + LEVELS; i < lines.length; i++) {
    const fields = fieldsOf(lines[i]!, separator)
    const depth = depthOf(fields)
    if (depth < 0) continue
    if (depth < LEVELS - 1) above[depth] = numbered[depth]!.map(c => fields[c] ?? '')
    else {
      const own = fields.slice(LEVELS - 1)
      while (own.length > records.length && own[own.length - 1] === '') own.pop()
      if (depth === LEVELS - 1 && own.length === records.length) {
        rows.push([...above.flat(), ...own])
        numbers.push(i + 1)
      } else bad.push({ line: i + 1, expected: records.length + LEVELS - 1, found: own.length + LEVELS - 1 })
    }
  }
  return { labels, rows, lines: numbers, bad, line }
}
