import type { Instant } from '../../core/instant.js'
import type { Unit } from '../../core/unit.js'
import { dateSpanText } from './dateText.js'

/** Units that a time axis may show. */
export type TimeUnit = 's' | 'min' | 'h' | 'd'

const SECONDS: Record<TimeUnit, number> = { s: 1, min: 60, h: 3600, d: 86400 }
const NAMES: Record<string, number> = { ms: 1e-3, s: 1, sec: 1, min: 60, h: 3600, hr: 3600, d: 86400, day: 86400 }

/**
 * Seconds a unit, if it is one of time; else `undefined`.
 * @param unit Unit or symbol.
 */
export function secondsOf(unit: Unit | string | undefined): number | undefined {
  if (unit === undefined) return undefined
  if (typeof unit === 'string') return NAMES[unit.trim()]
  const isTime = unit.powers.every((p, i) => p === (i === 2 ? 1 : 0)) && unit.offset === 0
  return isTime ? unit.factor : undefined
}

/**
 * The unit in which a span is read with ease: seconds up to 3 min, minutes up to 3 h, hours up to 10 d, days beyond.
 * @param span In s.
 */
export function timeUnitFor(span: number): TimeUnit {
  if (!(span > 180)) return 's'
  if (span <= 3 * 3600) return 'min'
  return span <= 10 * 86400 ? 'h' : 'd'
}

/** How a time axis shows seconds. */
export interface TimeDisplay {
  /** Label of the axis. */
  readonly label: string
  /** Unit as shown. */
  readonly unit: string
  /** Kind of the axis. */
  readonly kind: 'linear' | 'utc'
  /** Shown number = seconds x factor + shift. */
  readonly factor: number
  /** See `factor`. */
  readonly shift: number
}

/**
 * Chooses how a time axis shows seconds.
 * @param span  First and last, s.
 * @param label Label of the coordinate.
 * @param unit  Asked-for unit; chosen by the span if absent.
 * @param start The moment of time 0: the axis then shows dates, in UTC, or in local time of unknown zone when the moment is naive.
 */
export function timeDisplay(span: readonly [number, number], label: string, unit?: TimeUnit, start?: Instant): TimeDisplay {
  if (start) {
    const zone = start.source === 'naive' ? 'local, zone unknown' : 'UTC'
    const shift = start.seconds * 1000 + start.nanos / 1e6
    const days = dateSpanText(span[0] * 1000 + shift, span[1] * 1000 + shift)
    return { label: label === '' ? days : `${label}, ${days}`, unit: zone, kind: 'utc', factor: 1000, shift }
  }
  const chosen = unit ?? timeUnitFor(span[1] - span[0])
  return { label, unit: chosen, kind: 'linear', factor: 1 / SECONDS[chosen], shift: 0 }
}
