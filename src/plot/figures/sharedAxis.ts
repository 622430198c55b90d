import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import type { FieldsOf } from '../../core/fields.js'
import type { Instant } from '../../core/instant.js'
import type { AxisSpec } from '../axis/axisScale.js'
import { type Cells, cellsOf, pausesOf } from '../axis/cells.js'
import { finiteRange, padded, widened } from '../axis/range.js'
import { secondsOf, type TimeUnit, timeDisplay } from '../axis/timeAxis.js'
import type { ReadAxis } from '../input/axisInput.js'
import { middles } from '../input/curveInput.js'
import { sameUnit } from '../input/sameUnit.js'

/** Options of the axis that all panels of a series share. */
export interface SharedAxisOptions {
  /** Unit of a time axis. Default chosen by the span: s, min, h, d. */
  timeUnit?: TimeUnit | undefined
  /** `'relative'` (default): time since the start; `'absolute'`: dates, which needs a start. */
  clock?: 'relative' | 'absolute' | undefined
  /** The moment of time 0 for an absolute clock. Default the dataset's `meta.start`. */
  start?: Instant | undefined
  /** A step longer than this many usual steps is a pause, drawn blank. Default 1.75. */
  gapFactor?: number | undefined
  /** Exposure: true width of the cells in the axis' unit. Default: half-way to the neighbours. */
  exposure?: number | NumbersLike | undefined
}

/** Their names, for `assertKnown`. */
export const SHARED_AXIS_FIELDS: FieldsOf<SharedAxisOptions> = {
  timeUnit: true,
  clock: true,
  start: true,
  gapFactor: true,
  exposure: true,
}

/** The shared axis of a series, with the way from given numbers to shown ones. */
export interface SharedAxis {
  /** Cells of the frames, as shown. */
  readonly cells: Cells
  /** Middles of the frames, as shown. */
  readonly middles: Float64Array
  /** Pauses between frames. */
  readonly pauses: readonly number[]
  /** The axis. */
  readonly axis: AxisSpec
  /** Given numbers of another curve, in that curve's unit, to shown ones; `name` is what messages call it. */
  place(axis: ReadAxis, name: string): Float64Array
  /** Pauses of a curve with times of its own, where the axis has no frames to say where they are. */
  ownPauses?(x: Float64Array): readonly number[] | undefined
}

/** Seconds a unit of a curve's x on a shared axis of time, `undefined` on another one. */
function secondsPer(other: ReadAxis, name: string, axis: ReadAxis): number | undefined {
  const [found, wanted] = [secondsOf(other.rawUnit), secondsOf(axis.rawUnit)]
  if (other.unit === '' || (found !== undefined && wanted !== undefined)) return found ?? wanted
  sameUnit(`x of ${name}`, other.unit, axis.unit)
  return wanted
}

const isOrdered = (x: Float64Array): boolean =>
  x.every((v, i) => i === 0 || v > x[i - 1]!) || x.every((v, i) => i === 0 || v < x[i - 1]!)

/**
 * Settles the axis that a map and its traces share.
 * @param read    The axis of the frames.
 * @param options Unit, clock, pauses.
 * @param start   The dataset's own start.
 */
export function sharedAxis(read: ReadAxis, options: SharedAxisOptions, start: Instant | undefined): SharedAxis {
  const gapFactor = options.gapFactor ?? 1.75
  const own = secondsOf(read.rawUnit)
  const toSeconds = own ?? 1
  const { exposure } = options
  const width = exposure === undefined || typeof exposure === 'number' ? exposure : asFloat64(exposure, 'exposure')
  const raw = cellsOf(read.values, read.label || 'x', { edges: read.edges, gapFactor, width })
  const span = finiteRange(raw.lo, raw.hi) ?? [0, 1]
  const display =
    own === undefined
      ? { label: read.label, unit: read.unit, kind: 'linear' as const, factor: 1, shift: 0 }
      : timeDisplay(
          [span[0] * toSeconds, span[1] * toSeconds],
          read.label,
          options.timeUnit,
          options.clock === 'absolute' ? (options.start ?? start) : undefined,
        )
  const shown = (values: Float64Array, scale: number): Float64Array => values.map(v => v * scale * display.factor + display.shift)
  const mid = read.edges ? middles(read.values) : read.values
  const domain = widened([
    span[0] * toSeconds * display.factor + display.shift,
    span[1] * toSeconds * display.factor + display.shift,
  ])
  return {
    cells: { lo: shown(raw.lo, toSeconds), hi: shown(raw.hi, toSeconds) },
    middles: shown(mid, toSeconds),
    pauses: read.edges ? [] : pausesOf(mid, gapFactor),
    axis: { kind: display.kind, domain, label: display.label, unit: display.unit },
    place: (other, name) => shown(other.values, secondsPer(other, name, read) ?? 1),
  }
}

/**
 * A shared axis without frames: it reaches over all x of some curves, with a little room, in any order.
 * @param axes    The x of the curves; label and unit are those of the first.
 * @param options Unit, clock.
 */
export function axisOver(axes: readonly ReadAxis[], options: SharedAxisOptions): SharedAxis {
  const first = axes[0]!
  const own = secondsOf(first.rawUnit)
  const seconds = axes.map((axis, i) => {
    const factor = secondsPer(axis, `x of curve ${i}`, first) ?? 1
    return axis.values.map(v => v * factor)
  })
  const span = padded(finiteRange(...seconds) ?? [0, 1], 'linear', 0.015)
  const start = options.clock === 'absolute' ? options.start : undefined
  const display =
    own === undefined
      ? { label: first.label, unit: first.unit, kind: 'linear' as const, factor: 1, shift: 0 }
      : timeDisplay(span, first.label, options.timeUnit, start)
  const shown = (v: number): number => v * display.factor + display.shift
  return {
    cells: { lo: new Float64Array(0), hi: new Float64Array(0) },
    middles: new Float64Array(0),
    pauses: [],
    axis: { kind: display.kind, domain: [shown(span[0]), shown(span[1])], label: display.label, unit: display.unit },
    place: (other, name) => {
      const factor = secondsPer(other, name, first) ?? 1
      return other.values.map(v => shown(v * factor))
    },
    ownPauses: x => (own !== undefined && isOrdered(x) ? pausesOf(x, options.gapFactor) : undefined),
  }
}
