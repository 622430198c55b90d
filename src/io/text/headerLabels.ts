import { columnMeaning } from './columnMeaning.js'

/** Lines above the numbers that may hold the labels of the columns. */
const NEAR = 6

/**
 * Finds the labels of the columns: the line nearest above the numbers that splits into as many, at tabs, at the separator, at wide gaps, or at single blanks if
 * one of the pieces is a known quantity.
 * @param lines   Lines of the header.
 * @param columns How many labels.
 * @returns The labels, or `undefined`.
 */
export function headerLabels(lines: readonly string[], columns: number): string[] | undefined {
  const near = lines
    .filter(line => line.trim() !== '')
    .slice(-NEAR)
    .reverse()
    .map(raw => raw.replace(/^\s*(#[A-Z]\b|[#!%;'\s]+|\/[*/]+)\s*/, '').trim())
    .filter(line => !/\s=\s|^\w[\w ]*=/.test(line))
  const known = near.flatMap(line => splitsOf(line, columns, [/\t+/, /\s*;\s*/, /\s*,\s*/, /\s{2,}/, /\s+/]))
  return (
    known.find(labels => labels.some((label, i) => columnMeaning(label, i === 0).known)) ??
    // unknown words are labels only where tabs or separators make a table of them
    near.flatMap(line => splitsOf(line, columns, [/\t+/, /\s*;\s*/, /\s*,\s*/]))[0]
  )
}

function splitsOf(line: string, columns: number, separators: readonly RegExp[]): string[][] {
  return separators
    .map(at => {
      const labels = line.split(at).map(label => label.trim())
      while (labels.length > columns && labels[labels.length - 1] === '') labels.pop()
      return labels
    })
    .filter(labels => labels.length === columns && labels.every(label => /\p{L}/u.test(label)))
}

/**
 * The `key = value` and `key: value` lines of a header, as they stand.
 * @param lines Lines of the header.
 */
export function headerFields(lines: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const raw of lines) {
    const match = /^\s*(?:[#!%;']+\s*)?([\p{L}\d][^=:]{0,80}?)\s*(?:=|:\s)\s*(.*)$/u.exec(raw.trimEnd())
    if (match && !(match[1]! in fields)) fields[match[1]!] = match[2]!
  }
  return fields
}
