import { fileError } from '../../context.js'
import type { CifBlock, CifLoop, CifValue } from './parseCif.js'

/** The first of several names that has a value in the block, alone or as the only row of a table. */
export function itemOf(block: CifBlock, ...names: readonly string[]): CifValue | undefined {
  for (const name of names) {
    const value = block.items.get(name) ?? columnOf(block, name)?.[0]
    if (value && value.missing === undefined && value.text.trim() !== '') return value
  }
  return undefined
}

function columnOf(block: CifBlock, name: string): CifValue[] | undefined {
  const loop = block.loops.find(l => l.tags.includes(name))
  return loop?.rows.length === 1 ? [loop.rows[0]![loop.tags.indexOf(name)]!] : undefined
}

/** The table with one of the columns; single values count as a table of one row. */
export function tableWith(block: CifBlock, ...names: readonly string[]): CifLoop | undefined {
  for (const name of names) {
    const loop = block.loops.find(l => l.tags.includes(name))
    if (loop) return loop
    const single = block.items.get(name)
    if (!single) continue
    const entries = [...block.items]
    return { tags: entries.map(([tag]) => tag), rows: [entries.map(([, value]) => value)], line: single.line }
  }
  return undefined
}

/** A number with the uncertainty in its brackets. */
export interface CifNumber {
  /** The number. */
  readonly value: number
  /** Its standard uncertainty; absent where the file gives none. */
  readonly sigma?: number | undefined
}

const NUMBER = /^([+-]?(?:\d+(?:\.(\d*))?|\.(\d+)))(?:[eE]([+-]?\d+))?(?:\((\d+(?:\.\d+)?|-)?\))?$/

/**
 * Reads `10.334(12)`: 10.334 with a standard uncertainty of 0.012.
 * @param value The value; missing ones give undefined.
 * @param file  For messages.
 * @param name  What it is.
 * @throws OperandoError `E_FORMAT` when it is no number.
 */
export function numberOf(value: CifValue | undefined, file: string, name: string): CifNumber | undefined {
  if (value === undefined || value.missing !== undefined) return undefined
  const match = NUMBER.exec(value.text.trim())
  if (!match) {
    throw fileError(
      'E_FORMAT',
      file,
      `${name}: a number such as 10.334(12) expected, found ${JSON.stringify(value.text)}.`,
      `line ${value.line}`,
    )
  }
  const [, mantissa, decimals = match[3] ?? '', , exponent = '0', digits] = match
  const number = Number(`${mantissa}e${exponent}`)
  if (digits === undefined || digits === '-') return { value: number }
  // 10.334(12): the digits count in units of the last place; 10.3(1.2) is written by some programs and means itself
  const sigma = digits.includes('.') ? Number(`${digits}e${exponent}`) : Number(`${digits}e${Number(exponent) - decimals.length}`)
  return { value: number, sigma }
}
