import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { correctDeadTime, type DeadTime } from './correctDeadTime.js'
import type { Counters, MuFromCountersOptions } from './muFromCounters.js'

/** A counter without its dark current. */
export interface CountRow {
  /** n values. */
  readonly values: Float64Array
  /** Standard uncertainty of counting, for fluorescence. */
  readonly sigma?: Float64Array
}

/**
 * Counters as arrays: dark currents and dead times taken off, channels added.
 * @param n        Rows of the scan.
 * @param counters As given.
 * @param options  As given.
 * @throws OperandoError `E_MISSING` where a counter is missing that another needs, `E_SHAPE`, `E_NAN`, `E_RANGE`.
 */
export function countRows(
  n: number,
  counters: Counters,
  options: MuFromCountersOptions,
): Partial<Record<keyof Counters, CountRow>> {
  const { dark = {} } = options
  const plain = (name: 'i0' | 'i1' | 'i2' | 'electronYield'): CountRow | undefined => {
    const given = counters[name]
    if (given === undefined) return undefined
    const offset = dark[name] ?? 0
    return { values: asFloat64(given, name, { length: n }).map(v => v - offset) }
  }
  const rows = { i0: plain('i0'), i1: plain('i1'), i2: plain('i2'), electronYield: plain('electronYield') }
  const needs = (name: keyof Counters, other: 'i0' | 'i1'): void => {
    if (counters[name] === undefined || rows[other]) return
    throw new OperandoError('E_MISSING', `counters: ${name} is given without ${other}, by which it is divided.`, {
      details: { missing: other },
    })
  }
  needs('fluorescence', 'i0')
  needs('electronYield', 'i0')
  needs('i2', 'i1')
  const { i0, i1, i2, electronYield } = rows
  const fluorescence = counters.fluorescence === undefined ? undefined : sumChannels(n, counters.fluorescence, options)
  if (!(i0 && (i1 || fluorescence || electronYield)) && !(i1 && i2)) {
    throw new OperandoError('E_MISSING', 'counters: i0 with i1, fluorescence or electronYield expected, or i1 with i2.')
  }
  return {
    ...(i0 && { i0 }),
    ...(i1 && { i1 }),
    ...(i2 && { i2 }),
    ...(electronYield && { electronYield }),
    ...(fluorescence && { fluorescence }),
  }
}

/** The sum of the channels with its counting statistics; what was lost is counted as if it had been seen, with the scatter of what was. */
function sumChannels(
  n: number,
  given: NumbersLike | readonly NumbersLike[],
  { dark, deadTime, skipChannels = [] }: MuFromCountersOptions,
): CountRow {
  const isList = Array.isArray(given) && typeof given[0] !== 'number'
  const channels = (isList ? (given as readonly NumbersLike[]) : [given as NumbersLike]).map((channel, c) =>
    asFloat64(channel, isList ? `fluorescence[${c}]` : 'fluorescence', { length: n }),
  )
  const values = new Float64Array(n)
  const variance = new Float64Array(n)
  channels.forEach((counts, c) => {
    if (skipChannels.includes(c)) return
    const losses = isManyDeadTimes(deadTime) ? deadTime[c] : deadTime
    const whole = losses ? correctDeadTime(counts, losses) : counts
    for (let i = 0; i < n; i++) {
      values[i]! += whole[i]! - (dark?.fluorescence ?? 0)
      variance[i]! += counts[i]! > 0 ? whole[i]! ** 2 / counts[i]! : 0
    }
  })
  if (channels.every((_, c) => skipChannels.includes(c)))
    throw new OperandoError('E_ARGUMENT', `skipChannels leaves none of the ${channels.length} channels.`)
  return { values, sigma: variance.map(Math.sqrt) }
}

function isManyDeadTimes(given: DeadTime | readonly DeadTime[] | undefined): given is readonly DeadTime[] {
  return Array.isArray(given)
}
