import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import type { Instant } from '../../core/instant.js'
import type { Dataset } from '../../model/dataset.js'
import type { AxisSpec } from '../axis/axisScale.js'
import { type Cells, cellsOf, pausesOf } from '../axis/cells.js'
import { finiteRange, padded, widened } from '../axis/range.js'
import { secondsOf, type TimeUnit, timeDisplay } from '../axis/timeAxis.js'
import { isDataset, type ReadAxis, readCoord } from '../input/axisInput.js'
import { type CurveInput, curveLayer, middles, type ReadCurve, readCurve } from '../input/curveInput.js'
import type { PanelSpec } from '../spec/figureSpec.js'

/** A trace beside a map: the name of a coordinate on its frames (`'voltage'`), or a curve with its own times. */
export type TraceInput = string | CurveInput

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
  /** Given numbers of another curve, in that curve's unit, to shown ones. */
  place(axis: ReadAxis): Float64Array
}

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
          (span[1] - span[0]) * toSeconds,
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
    place: other => shown(other.values, secondsOf(other.rawUnit) ?? toSeconds),
  }
}

/**
 * Reads a trace: a coordinate of the frames, or a curve of its own.
 * @param trace  What to show.
 * @param data   The map's dataset, if it was one.
 * @param shared The shared axis.
 */
export function readTrace(
  trace: TraceInput,
  data: object,
  shared: SharedAxis,
): { curve: ReadCurve; x: Float64Array; breaks: readonly number[] | undefined } {
  if (typeof trace !== 'string') {
    const curve = readCurve(trace, trace.name ?? trace.label ?? 'trace')
    return { curve, x: shared.place(curve.x), breaks: undefined }
  }
  if (!isDataset(data)) throw new TypeError('unreachable: named traces are checked by the caller')
  const y = readCoord(data as Dataset, (data as Dataset).dims[0]!, trace)
  const sigma = (data as Dataset).coords[trace]?.sigma
  const curve: ReadCurve = {
    x: y,
    y: y.values,
    sigma: sigma && asFloat64(sigma, `${trace}.sigma`, { allowNaN: true }),
    label: y.label,
    unit: y.unit,
    style: { sigmaStyle: 'band', lineWidth: 1.3 },
  }
  return { curve, x: shared.middles, breaks: shared.pauses }
}

/**
 * A panel with one or more traces on the shared axis.
 * @param name    Name of the panel.
 * @param traces  The traces; they share the value axis, labelled after the first.
 * @param data    The map's dataset, if it was one.
 * @param shared  The shared axis.
 * @param options Share of the height, and whether the shared axis is y.
 */
export function tracePanel(
  name: string,
  traces: readonly TraceInput[],
  data: object,
  shared: SharedAxis,
  options: { weight: number; vertical?: boolean | undefined; firstColor?: number | undefined },
): PanelSpec {
  const read = traces.map(trace => readTrace(trace, data, shared))
  const [from, to] = [Math.min(...shared.axis.domain), Math.max(...shared.axis.domain)]
  const lists = read.map(({ curve, x }) => curve.y.filter((_, i) => x[i]! >= from && x[i]! <= to))
  const reach = read.flatMap(({ curve }) =>
    curve.sigma && curve.style.sigmaStyle !== 'none'
      ? [curve.y.map((v, i) => v - curve.sigma![i]!), curve.y.map((v, i) => v + curve.sigma![i]!)]
      : [],
  )
  const first = read[0]!.curve
  const value: AxisSpec = {
    kind: 'linear',
    domain: padded(finiteRange(...lists, ...reach) ?? [0, 1], 'linear', 0.08),
    label: first.label || first.style.name || '',
    unit: first.unit,
  }
  const layers = read.map(({ curve, x, breaks }, i) => {
    const layer = curveLayer(curve, i + (options.firstColor ?? 0), {
      x,
      breaks,
      label: read.length > 1 ? (curve.style.name ?? curve.label) : undefined,
    })
    return options.vertical ? { ...layer, x: layer.y, y: layer.x, sigma: undefined } : layer
  })
  const axes = options.vertical ? { x: value, y: shared.axis } : { x: shared.axis, y: value }
  return { name, ...axes, weight: options.weight, layers }
}
