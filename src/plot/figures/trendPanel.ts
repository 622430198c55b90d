import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { AxisSpec } from '../axis/axisScale.js'
import { finiteRange, padded, positiveRange } from '../axis/range.js'
import { unitText } from '../axis/unitText.js'
import { CURVE_COLORS } from '../color/colorMaps.js'
import { isDataset, readCoord } from '../input/axisInput.js'
import { type CurveInput, curveLayer, type ReadCurve, readCurve } from '../input/curveInput.js'
import { sameUnit } from '../input/sameUnit.js'
import type { AreaLayer, CurveLayer, Layer, PanelSpec } from '../spec/figureSpec.js'
import { emptyNote } from './emptyNote.js'
import type { SharedAxis } from './sharedAxis.js'

/** A trace beside a map: the name of a coordinate on its frames (`'voltage'`), or a curve with its own times. */
export type TraceInput = string | CurveInput

/** A panel of traces on the shared axis. */
export interface TrendPanel {
  /** What it shows; all share the value axis. */
  curves: readonly TraceInput[]
  /** Label of the value axis, without unit. Default that of the first curve. */
  label?: string | undefined
  /** Unit of the value axis. Default that of the first curve. */
  unit?: string | undefined
  /** Curves are parts of a whole (phase fractions) and are piled up as areas; they must share x. Default false. */
  stacked?: boolean | undefined
  /** How values run. Default `'linear'`. */
  scale?: 'linear' | 'log' | undefined
  /** Part of the values to show. Default all with their uncertainties; from 0 when stacked. */
  range?: readonly [number, number] | undefined
  /** Share of the height, the map having 2.6. Default 1. */
  weight?: number | undefined
}

const PANEL: FieldsOf<TrendPanel> = {
  curves: true,
  label: true,
  unit: true,
  stacked: true,
  scale: true,
  range: true,
  weight: true,
}

/** A panel, or for short the traces in it, or the only one. */
export type TrendPanelInput = TrendPanel | TraceInput | readonly TraceInput[]

/**
 * The long form of a panel.
 * @param input Any form.
 */
export function asTrendPanel(input: TrendPanelInput): TrendPanel {
  if (typeof input === 'string') return { curves: [input] }
  if (Array.isArray(input)) return { curves: input as readonly TraceInput[] }
  if (!('curves' in input)) return { curves: [input as CurveInput] }
  assertKnown(input, 'a panel', PANEL)
  return input
}

interface PlacedTrace {
  readonly curve: ReadCurve
  readonly x: Float64Array
  readonly breaks: readonly number[] | undefined
}

function readTrace(trace: TraceInput, data: object | undefined, shared: SharedAxis): PlacedTrace {
  if (typeof trace !== 'string') {
    const name = trace.name ?? trace.label ?? 'trace'
    const curve = readCurve(trace, name)
    const x = shared.place(curve.x, name)
    // values at the frames themselves say nothing about the pauses between them
    const perFrame = x.length === shared.middles.length && x.every((v, i) => v === shared.middles[i])
    return { curve, x, breaks: perFrame ? shared.pauses : shared.ownPauses?.(x) }
  }
  if (data === undefined || !isDataset(data)) {
    throw new OperandoError(
      'E_ARGUMENT',
      `Trace "${trace}": names stand for coordinates of a Dataset; with plain arrays give { x, y, label, unit }.`,
    )
  }
  const y = readCoord(data, data.dims[0]!, trace)
  const given = data.coords[trace]?.sigma
  const sigma = given && asFloat64(given, `${trace}.sigma`, { allowNaN: true })
  const style = { sigmaStyle: 'band' as const, lineWidth: 1.3 }
  return { curve: { x: y, y: y.values, sigma, label: y.label, unit: y.unit, style }, x: shared.middles, breaks: shared.pauses }
}

/** Numbers of a trace within the shared axis, with its uncertainty, to settle the range of values. */
function reach({ curve, x }: PlacedTrace, axis: AxisSpec): Float64Array[] {
  const [from, to] = [Math.min(...axis.domain), Math.max(...axis.domain)]
  const inside = (_: number, i: number): boolean => x[i]! >= from && x[i]! <= to
  const { y, sigma, style } = curve
  if (!sigma || style.sigmaStyle === 'none') return [y.filter(inside)]
  return [y.map((v, i) => v - (sigma[i]! || 0)).filter(inside), y.map((v, i) => v + (sigma[i]! || 0)).filter(inside)]
}

function pile(traces: readonly PlacedTrace[], firstColor: number): { layers: AreaLayer[]; top: number } {
  const n = traces[0]!.x.length
  let low = new Float64Array(n)
  const layers = traces.map(({ curve, x, breaks }, k): AreaLayer => {
    if (x.length !== n || x.some((v, i) => Math.abs(v - traces[0]!.x[i]!) > 1e-9 * Math.abs(v))) {
      throw new OperandoError('E_AXIS', 'Stacked curves must share x: give all parts at the same points.')
    }
    const base = low
    low = base.map((v, i) => v + curve.y[i]!)
    const color = curve.style.color ?? CURVE_COLORS[(k + firstColor) % CURVE_COLORS.length]!
    return {
      kind: 'area',
      x,
      low: base,
      high: low,
      color,
      opacity: 0.75,
      breaks,
      label: curve.style.name ?? (curve.label || undefined),
    }
  })
  return { layers, top: finiteRange(low)?.[1] ?? 1 }
}

/**
 * A panel with traces on the shared axis.
 * @param name    Name of the panel.
 * @param input   The traces.
 * @param data    The dataset whose coordinates names stand for, if any.
 * @param shared  The shared axis.
 * @param options Whether the shared axis is y; which colour is the first.
 * @throws OperandoError `E_ARGUMENT` for a name without a Dataset, `E_AXIS` for a pile of curves on different x, `E_UNIT` for curves of
 * different units.
 */
export function trendPanel(
  name: string,
  input: TrendPanelInput,
  data: object | undefined,
  shared: SharedAxis,
  options: { vertical?: boolean | undefined; firstColor?: number | undefined } = {},
): PanelSpec {
  const panel = asTrendPanel(input)
  if (panel.curves.length === 0) throw new OperandoError('E_ARGUMENT', `Panel "${name}": at least one curve expected.`)
  const { vertical = false, firstColor = 0 } = options
  const traces = panel.curves.map(trace => readTrace(trace, data, shared))
  const first = traces[0]!.curve
  const kind = panel.scale ?? 'linear'
  const unit = panel.unit === undefined ? first.unit : unitText(panel.unit)
  for (const { curve } of traces) sameUnit(curve.style.name ?? (curve.label || 'A curve'), curve.unit, unit)
  let layers: Layer[]
  let domain: readonly [number, number]
  if (panel.stacked) {
    const piled = pile(traces, firstColor)
    layers = vertical ? [] : piled.layers
    domain = panel.range ?? [0, piled.top]
    if (vertical) throw new OperandoError('E_UNSUPPORTED', 'Stacked areas stand on a horizontal axis only.')
  } else {
    layers = traces.map(({ curve, x, breaks }, i): CurveLayer => {
      const label = traces.length > 1 ? (curve.style.name ?? curve.label) : undefined
      const layer = curveLayer(curve, i + firstColor, { x, breaks, label })
      return vertical ? { ...layer, x: layer.y, y: layer.x, sigma: undefined } : layer
    })
    const lists = traces.flatMap(t => reach(t, shared.axis))
    const positive = (): [number, number] => positiveRange(Float64Array.from(lists.flatMap(l => [...l])))
    domain = panel.range ?? padded(kind === 'log' ? positive() : (finiteRange(...lists) ?? [0, 1]), kind, 0.08)
  }
  const value: AxisSpec = {
    kind,
    domain,
    label: panel.label ?? (first.label || first.style.name || ''),
    unit,
  }
  const empty = finiteRange(...traces.map(t => t.curve.y)) === undefined
  const axes = vertical ? { x: value, y: shared.axis } : { x: shared.axis, y: value }
  return { name, ...axes, weight: panel.weight ?? 1, layers: empty ? [emptyNote(axes.x, axes.y)] : layers }
}

/**
 * Panels one after the other; colours run on from panel to panel, so that one colour stands for one thing.
 * @param inputs     The panels.
 * @param data       The dataset whose coordinates names stand for, if any.
 * @param shared     The shared axis.
 * @param firstColor Which colour is the first.
 * @param vertical   Whether the shared axis is y. Default false.
 */
export function trendPanels(
  inputs: readonly TrendPanelInput[],
  data: object | undefined,
  shared: SharedAxis,
  firstColor: number,
  vertical = false,
): PanelSpec[] {
  let color = firstColor
  return inputs.map((input, i) => {
    const panel = trendPanel(`trend${i}`, input, data, shared, { vertical, firstColor: color })
    color += asTrendPanel(input).curves.length
    return panel
  })
}
