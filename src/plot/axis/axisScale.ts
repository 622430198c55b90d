import { scaleLinear, scaleLog, scalePow, scaleSymlog, scaleUtc } from 'd3-scale'

/** How numbers run along an axis. `utc`: milliseconds since 1970 with dates as labels. */
export type AxisKind = 'linear' | 'sqrt' | 'log' | 'symlog' | 'utc'

/** A labelled position on an axis. */
export interface Tick {
  /** Where. */
  readonly value: number
  /** What stands there; minor ticks have none. */
  readonly text?: string | undefined
}

/** An axis before it has a place: what it shows, not where. */
export interface AxisSpec {
  /** How numbers run along it. */
  readonly kind: AxisKind
  /** Values at its start (left, bottom) and end (right, top); may fall. */
  readonly domain: readonly [number, number]
  /** Label without unit. */
  readonly label: string
  /** Unit as shown, `''` for none. */
  readonly unit: string
  /** Half-width of the linear part of a symlog axis. */
  readonly constant?: number | undefined
  /** Ticks given by name (categories) instead of chosen. */
  readonly ticks?: readonly Tick[] | undefined
}

/** Numbers to pixels and back. */
export interface PlotScale {
  (value: number): number
  /** Pixels to numbers. */
  invert(pixel: number): number
  /** Round values inside the domain. */
  ticks(count: number): number[]
}

/**
 * The scale of an axis over pixels.
 * @param axis  What it shows.
 * @param range Pixel of the domain's start and of its end.
 */
export function scaleOf(axis: AxisSpec, range: readonly [number, number]): PlotScale {
  const { kind, domain } = axis
  switch (kind) {
    case 'linear':
      return scaleLinear(domain, range)
    case 'sqrt':
      return scalePow(domain, range).exponent(0.5)
    case 'log':
      return scaleLog(domain, range)
    case 'symlog':
      return scaleSymlog(domain, range).constant(axis.constant ?? 1)
    case 'utc': {
      const scale = scaleUtc(domain, range)
      return Object.assign((v: number): number => scale(v), {
        invert: (p: number): number => scale.invert(p).getTime(),
        ticks: (n: number): number[] => scale.ticks(n).map(date => date.getTime()),
      })
    }
  }
}
