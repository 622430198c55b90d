import { isOperandoError } from '../../../core/errors.js'
import { differenceSeconds, type Instant, instantFromUnix } from '../../../core/instant.js'
import { instantFromEpoch, parseInstant } from '../../../core/parseInstant.js'
import type { ReadContext } from '../../format.js'
import { numberOf } from './parseColumns.js'
import type { CyclerQuantity } from './quantities.js'
import type { CyclerTable } from './table.js'

/** The wall clock of a table's rows. */
export interface WallClock {
  /** That of the first row. */
  readonly first: Instant
  /** Seconds since then, one a row. */
  readonly seconds: Float64Array
  /** Column of the time of day, where date and time stand in two. */
  readonly timeOfDay?: number | undefined
}

/**
 * Reads the column of dates, if there is one that can be read: text in any order that is unambiguous or said (`dateOrder`), Unix seconds, or days since
 * 1899-12-30 as spreadsheets count. A date without a time takes the time of day from the column beside it.
 * @param table   The rows.
 * @param context Zone and order of day and month; doubts.
 */
export function wallClockOf(table: CyclerTable, context: ReadContext): WallClock | undefined {
  const best = columnsOf(table, 'date').sort((a, b) => table.labels[b]!.rank - table.labels[a]!.rank)[0]
  if (best === undefined) return undefined
  const { raw, label } = table.labels[best]!
  const { zone, dateOrder } = context.options
  const timeOfDay = isDateAlone(table, best)
    ? columnsOf(table, 'time').find(c => table.rows.every(row => TIME_OF_DAY.test(row[c]!)))
    : undefined
  const textOf = (row: readonly string[]): string => (timeOfDay === undefined ? row[best]! : `${row[best]} ${row[timeOfDay]}`)
  const read = (row: readonly string[]): Instant => {
    const field = textOf(row)
    const number = numberOf(field, table.comma)
    if (number === undefined || Number.isNaN(number)) return parseInstant(field.replace(',', '.'), { zone, dateOrder })
    if (/unix|epoch/i.test(label)) return instantFromUnix(number)
    return instantFromEpoch(number, number > 20000 && number < 80000 ? 'ole' : number > 1e11 ? 'unix-ms' : 'unix', { zone })
  }
  try {
    const first = read(table.rows[0]!)
    return { first, seconds: Float64Array.from(table.rows, row => differenceSeconds(read(row), first)), timeOfDay }
  } catch (error) {
    if (!isOperandoError(error)) throw error
    context.warn('W_TIME', `the column ${raw} is not understood as wall clock: ${error.message}`)
    return undefined
  }
}

const TIME_OF_DAY = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d{1,9})?)?( ?[AP]M)?$/i

const columnsOf = (table: CyclerTable, quantity: CyclerQuantity): number[] =>
  table.labels.flatMap((label, c) => (label.quantity === quantity ? [c] : []))

/** Dates of words and numbers without a time: 2024-05-01, 1/5/2024. */
const isDateAlone = (table: CyclerTable, column: number): boolean =>
  table.rows.every(row => !row[column]!.includes(':') && numberOf(row[column]!, table.comma) === undefined)
