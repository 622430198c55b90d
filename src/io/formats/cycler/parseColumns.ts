import { parseDuration } from '../../../core/parseInstant.js'
import { type Unit, unit } from '../../../core/unit.js'
import type { ReadContext } from '../../format.js'
import type { CyclerLabel, CyclerQuantity } from './quantities.js'
import type { CyclerTable } from './table.js'

/** Quantities that are told in words. */
const IN_WORDS: readonly CyclerQuantity[] = ['state', 'controlMode', 'reference']

/** Quantities that no word can stand for. */
const MEASURED: readonly CyclerQuantity[] = ['time', 'potential', 'current', 'netCharge', 'charge', 'discharge']

/** A column as numbers. */
export interface CyclerColumn {
  /** What the header says of it. */
  readonly label: CyclerLabel
  /** One a row; NaN where the field is empty. */
  readonly values: Float64Array
  /** Unit: that of the caller, of the header, or s for durations. */
  readonly unit: Unit | undefined
  /** For columns of words: what the numbers stand for. */
  readonly words?: readonly string[] | undefined
}

/** Different words of a column up to which they are kept. */
const WORDS = 256

/**
 * The columns of a table as numbers: plain numbers, durations (`1d 03:04:05`) in s, words as indices into the list of different ones.
 * @param table   The rows.
 * @param context For units that the caller gives; columns of many different words are left out with a warning.
 */
export function parseColumns(table: CyclerTable, context: ReadContext): CyclerColumn[] {
  const left: string[] = []
  const columns = table.labels.flatMap((label, c): CyclerColumn[] => {
    const fields = table.rows.map(row => row[c]!)
    const own =
      context.options.units?.[label.raw] ??
      context.options.units?.[label.label] ??
      (label.quantity && context.options.units?.[label.quantity])
    const told = own === undefined ? label.unit : unit(own)
    const filled = fields.find(field => field !== '')
    if (filled === undefined)
      return label.raw === '' ? [] : [{ label, values: new Float64Array(fields.length).fill(Number.NaN), unit: told }]
    if (label.quantity === 'date' && !isNumber(filled, table.comma)) return []
    const plain = allOf(fields, field => numberOf(field, table.comma))
    if (plain) return [{ label, values: plain, unit: told }]
    const durations = allOf(fields, durationOf)
    if (durations) return [{ label, values: durations, unit: unit('s') }]
    // a column of numbers with a stray word is a damaged one
    const numbers = fields.map(field => numberOf(field, table.comma))
    const bad = numbers.indexOf(undefined)
    const mostly = numbers.filter(n => n === undefined).length * 2 < numbers.length
    if (label.quantity !== undefined && !IN_WORDS.includes(label.quantity) && (mostly || MEASURED.includes(label.quantity))) {
      context.fault(
        'E_FORMAT',
        `${label.raw} is ${JSON.stringify(fields[bad])}, a number was expected. Lenient mode leaves the row out.`,
        `line ${table.lines[bad]}`,
      )
      return [{ label, values: Float64Array.from(numbers, n => n ?? Number.NaN), unit: told }]
    }
    const words = [...new Set(fields)]
    if (words.length <= WORDS)
      return [{ label, values: Float64Array.from(fields, field => words.indexOf(field)), unit: unit(''), words }]
    left.push(label.raw)
    return []
  })
  if (left.length > 0) context.warn('W_COLUMN_TEXT', `columns of text were left out: ${left.join(', ')}.`)
  return columns
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * A field as a number: NaN where it is empty or says that it is none, `undefined` for a word.
 * @param field The field.
 * @param comma Whether a comma is the decimal mark.
 */
export function numberOf(field: string, comma: boolean): number | undefined {
  if (field === '') return Number.NaN
  const text = comma ? field.replace(',', '.') : field
  if (NUMBER.test(text)) return Number(text)
  if (/^[+-]?(nan|inf|infinity|n\/a)$/i.test(text)) return Number.NaN
  return undefined
}

const isNumber = (field: string, comma: boolean): boolean => numberOf(field, comma) !== undefined

/** All fields as numbers, or `undefined` at the first that is none. */
function allOf(fields: readonly string[], read: (field: string) => number | undefined): Float64Array | undefined {
  const out = new Float64Array(fields.length)
  for (let i = 0; i < out.length; i++) {
    const value = read(fields[i]!)
    if (value === undefined) return undefined
    out[i] = value
  }
  return out
}

function durationOf(field: string): number | undefined {
  if (field === '') return Number.NaN
  // a number alone is none, whatever its decimal mark
  if (!/^\s*[+-]?\d[\d:.,\sd]*$/i.test(field) || !/[:d]/i.test(field)) return undefined
  try {
    return parseDuration(field)
  } catch {
    return undefined
  }
}
