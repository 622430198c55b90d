import { scaleUtc } from 'd3-scale'
import { type AxisSpec, scaleOf, type Tick } from './axisScale.js'
import { dateTickText } from './dateText.js'
import { formatNumber, superscript, tickFormat } from './formatNumber.js'

/** Ticks with the power of ten that was taken out of their labels and belongs to the axis title. */
export interface TickSet {
  /** Major ticks have text, minor ones none. */
  readonly ticks: readonly Tick[]
  /** The labels are in units of 10^exponent. */
  readonly exponent: number
}

/** The power of ten to take out when numbers are clumsy: 120 000 and 0.0002 are, 12 000 and 0.02 are not. */
function exponentOf(domain: readonly [number, number]): number {
  const size = Math.max(Math.abs(domain[0]), Math.abs(domain[1]))
  if (size === 0 || (size >= 1e-2 && size < 1e5)) return 0
  return 3 * Math.floor(Math.log10(size) / 3)
}

function linearTicks(axis: AxisSpec, count: number): TickSet {
  const scale = scaleOf({ ...axis, kind: 'linear' }, [0, 1])
  let values = scale.ticks(count)
  // one label says nothing about the scale: take the next finer step
  for (let more = count + 1; values.length < 3 && more <= count + 3; more++) values = scale.ticks(more)
  const exponent = exponentOf(axis.domain)
  const factor = 10 ** -exponent
  const step = values.length > 1 ? Math.abs(values[1]! - values[0]!) : Math.abs(axis.domain[1] - axis.domain[0])
  const format = tickFormat(step * factor)
  return { ticks: values.map(value => ({ value, text: format(value * factor) })), exponent }
}

/** Powers of ten, written out only where all of them on the axis are short. */
function powerText(sign: number, exponent: number, short: boolean): string {
  return short || exponent === 0 || exponent === 1
    ? formatNumber(sign * 10 ** exponent)
    : `${sign < 0 ? '\u2212' : ''}10${superscript(exponent)}`
}

function logTicks(axis: AxisSpec, count: number): TickSet {
  const lo = Math.min(...axis.domain)
  const hi = Math.max(...axis.domain)
  const first = Math.ceil(Math.log10(lo) - 1e-9)
  const last = Math.floor(Math.log10(hi) + 1e-9)
  if (last - first < 1) {
    // less than two decades in sight: round values, spaced as the eye wants them
    const values = scaleOf(axis, [0, 1]).ticks(count)
    const every = Math.max(1, Math.ceil(values.length / count))
    return { ticks: values.map((value, i) => (i % every === 0 ? { value, text: formatNumber(value) } : { value })), exponent: 0 }
  }
  const every = Math.max(1, Math.ceil((last - first + 1) / count))
  const short = first >= -2 && last <= 3
  const ticks: Tick[] = []
  for (let e = first - 1; e <= last; e++) {
    for (let m = 1; m <= (every === 1 ? 9 : 1); m++) {
      const value = m * 10 ** e
      if (value < lo * (1 - 1e-9) || value > hi * (1 + 1e-9)) continue
      ticks.push(m === 1 && (e - first) % every === 0 ? { value, text: powerText(1, e, short) } : { value })
    }
  }
  return { ticks, exponent: 0 }
}

function symlogTicks(axis: AxisSpec, count: number): TickSet {
  const lo = Math.min(...axis.domain)
  const hi = Math.max(...axis.domain)
  const constant = axis.constant ?? 1
  const top = Math.floor(Math.log10(Math.max(Math.abs(lo), Math.abs(hi))) + 1e-9)
  const bottom = Math.min(top, Math.ceil(Math.log10(constant) - 1e-9))
  const sides = lo < 0 && hi > 0 ? 2 : 1
  const every = Math.max(1, Math.ceil((sides * (top - bottom + 1)) / Math.max(1, count - 1)))
  const short = bottom >= -2 && top <= 3
  const ticks: Tick[] = lo <= 0 && hi >= 0 ? [{ value: 0, text: '0' }] : []
  for (let e = top; e >= bottom; e -= every) {
    for (const sign of [1, -1]) {
      const value = sign * 10 ** e
      if (value >= lo && value <= hi) ticks.push({ value, text: powerText(sign, e, short) })
    }
  }
  return { ticks, exponent: 0 }
}

/**
 * Ticks for an axis of a length.
 * @param axis  What it shows.
 * @param count About how many labels fit.
 */
export function ticksOf(axis: AxisSpec, count: number): TickSet {
  const wanted = Math.max(2, count)
  if (axis.ticks) return { ticks: axis.ticks, exponent: 0 }
  switch (axis.kind) {
    case 'log':
      return logTicks(axis, wanted)
    case 'symlog':
      return symlogTicks(axis, wanted)
    case 'utc': {
      const scale = scaleUtc(axis.domain, [0, 1])
      return {
        ticks: scale.ticks(wanted).map(date => ({ value: date.getTime(), text: dateTickText(date.getTime()) })),
        exponent: 0,
      }
    }
    default:
      return linearTicks(axis, wanted)
  }
}
