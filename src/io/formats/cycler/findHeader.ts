import { fieldsOf, withoutEmptyEnd } from './fields.js'
import { type CyclerLabel, type CyclerQuantity, cyclerLabel, labelOfUnit, unitOf } from './quantities.js'

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

/** Lines in which labels are looked for. */
export const LOOK = 300

/**
 * Finds the line with the labels of a cycler's table: the one with the most known quantities, at least a potential or current and a time or a date.
 * A line of nothing but units (PalmSens) stands for labels where there is none with words.
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
      const known = quantitiesOf(labels)
      if (isTable(known) && known.size > most) {
        most = known.size
        best = { line: i, separator, labels, unitsBelow }
      }
    }
  }
  return best ?? findUnits(lines)
}

const quantitiesOf = (labels: readonly CyclerLabel[]): Set<CyclerQuantity> => new Set(labels.flatMap(l => l.quantity ?? []))

const isTable = (known: ReadonlySet<CyclerQuantity>): boolean =>
  (known.has('time') || known.has('date') || known.has('stepTime')) && (known.has('potential') || known.has('current'))

/** A line of units alone: `s,V,s,µA` in a file that tells the moment of its measurement, as PSTrace writes it. */
function findUnits(lines: readonly string[]): CyclerHeader | undefined {
  const stamp = lines.slice(0, LOOK).findIndex(line => /^"?Date and time( measurement)?:/i.test(line))
  if (stamp < 0) return undefined
  for (let i = stamp; i < Math.min(lines.length, LOOK); i++)
    for (const separator of [',', ';', '\t']) {
      const units = withoutEmptyEnd(fieldsOf(lines[i]!, separator))
      if (units.length < 2 || !units.every(u => unitOf(u)?.symbol)) continue
      const labels = units.map(labelOfUnit)
      if (isTable(quantitiesOf(labels))) return { line: i, separator, labels, unitsBelow: false }
    }
  return undefined
}

/**
 * Columns named by the caller in their order: rows begin at the first line with as many fields that begins with a number.
 * @param names The names.
 * @param lines The first lines of the file.
 */
export function headerOf(names: readonly string[], lines: readonly string[]): CyclerHeader | undefined {
  for (let i = 0; i < Math.min(lines.length, LOOK); i++)
    for (const separator of SEPARATORS) {
      const fields = withoutEmptyEnd(fieldsOf(lines[i]!, separator))
      if (fields.length === names.length && /^[+-]?[\d.]/.test(fields[0]!))
        return { line: i - 1, separator, labels: names.map(name => cyclerLabel(name)), unitsBelow: false }
    }
  return undefined
}

/**
 * The line with the labels that the caller says: `{ time: 't/min', potential: 'Ucell' }`. What is said counts, the other labels are understood as far as they are known.
 * @param dictionary Label by quantity.
 * @param lines      The first lines of the file.
 * @returns The header, or those labels that no line has together with the others.
 */
export function headerBy(
  dictionary: Readonly<Partial<Record<CyclerQuantity, string>>>,
  lines: readonly string[],
): CyclerHeader | { readonly missing: readonly string[] } {
  const wanted = Object.entries(dictionary) as [CyclerQuantity, string][]
  let missing = wanted.map(([, label]) => label)
  for (let i = 0; i < Math.min(lines.length, LOOK); i++)
    for (const separator of SEPARATORS) {
      const names = withoutEmptyEnd(fieldsOf(lines[i]!.replace(/^\s*#\s?/, ''), separator))
      const lacking = wanted.map(([, label]) => label).filter(label => !names.includes(label))
      if (lacking.length < missing.length) missing = lacking
      if (lacking.length > 0) continue
      const labels = names.map((name): CyclerLabel => {
        const own = cyclerLabel(name)
        const said = wanted.find(([, label]) => label === name)?.[0]
        if (said !== undefined) return { ...own, quantity: said, rank: Number.POSITIVE_INFINITY, unknownUnit: undefined }
        return own.quantity !== undefined && own.quantity in dictionary ? { ...own, quantity: undefined } : own
      })
      return { line: i, separator, labels, unitsBelow: false }
    }
  return { missing }
}
