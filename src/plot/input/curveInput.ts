import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Unit } from '../../core/unit.js'
import type { Dataset } from '../../model/dataset.js'
import { unitText } from '../axis/unitText.js'
import { CURVE_COLORS } from '../color/colorMaps.js'
import type { CurveLayer, MarkerShape } from '../spec/figureSpec.js'
import { type AxisLike, isDataset, labelFor, type ReadAxis, readAxis, readCoord } from './axisInput.js'
import { datasetValues } from './gridInput.js'

/** How a curve looks. */
export interface CurveStyle {
  /** `#rrggbb`. Default the next colour of a colour-blind-safe list. */
  color?: string | undefined
  /** Width in px; 0 for points alone. Default 1.3, or 0 for points with sigma. */
  lineWidth?: number | undefined
  /** Dash lengths in px. Default solid. */
  dash?: readonly number[] | undefined
  /** `steps`: each value holds until the next x. Default `'straight'`. */
  shape?: 'straight' | 'steps' | undefined
  /** Points. Default none, or circles where there is sigma shown as bars. */
  marker?: MarkerShape | undefined
  /** Diameter of points in px. Default 4.5, 3 for more than 150 points. */
  markerSize?: number | undefined
  /** How sigma is shown. Default bars up to 400 points, a band beyond. */
  sigmaStyle?: 'bars' | 'band' | 'none' | undefined
  /** Name in the legend. Default none. */
  name?: string | undefined
}

/** A curve from plain arrays. */
export interface CurveInput extends CurveStyle {
  /** n values. */
  x: AxisLike
  /** n values; NaN breaks the line. */
  y: NumbersLike
  /** Standard uncertainty of y, n values. */
  sigma?: NumbersLike | undefined
  /** What y is, without unit. */
  label?: string | undefined
  /** Unit of y. */
  unit?: Unit | string | undefined
}

const CURVE: FieldsOf<CurveInput> = {
  x: true,
  y: true,
  sigma: true,
  label: true,
  unit: true,
  color: true,
  lineWidth: true,
  dash: true,
  shape: true,
  marker: true,
  markerSize: true,
  sigmaStyle: true,
  name: true,
}

/** A curve that was read: numbers, words and style apart. */
export interface ReadCurve {
  readonly x: ReadAxis
  readonly y: Float64Array
  readonly sigma: Float64Array | undefined
  readonly label: string
  readonly unit: string
  readonly style: CurveStyle
}

/** The middles of edges. */
export function middles(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, edges.length - 1) }, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
}

/**
 * Reads a curve from a one-dimensional Dataset or from plain arrays.
 * @param input The curve.
 * @param name  What the caller calls it, for messages.
 * @param coord For datasets, the coordinate along x. Default the dim's own.
 * @throws OperandoError `E_SHAPE` if it is not one-dimensional or lengths differ.
 */
export function readCurve(input: Dataset | CurveInput, name: string, coord?: string): ReadCurve {
  const pass = { allowNaN: true, allowInfinite: true }
  if (isDataset(input)) {
    if (input.dims.length !== 1) {
      throw new OperandoError(
        'E_SHAPE',
        `${name} (${input.name}) has ${input.dims.length} dims; a curve has one. Select or sum first.`,
      )
    }
    const x = readCoord(input, input.dims[0]!, coord)
    const sigma = input.sigma && asFloat64(input.sigma, `${name}.sigma`, pass)
    const label = labelFor(input.name, input.label)
    const at = x.edges ? { ...x, values: middles(x.values), edges: false } : x
    return { x: at, y: datasetValues(input), sigma, label, unit: unitText(input.unit), style: {} }
  }
  assertKnown(input, name, CURVE)
  let x = readAxis(input.x, `${name}.x`, true)
  if (x.edges) x = { ...x, values: middles(x.values), edges: false }
  const length = x.values.length
  const y = asFloat64(input.y, `${name}.y`, { ...pass, length })
  const sigma = input.sigma && asFloat64(input.sigma, `${name}.sigma`, { ...pass, length })
  return { x, y, sigma, label: input.label ?? '', unit: unitText(input.unit), style: input }
}

/** When the colours are used up they come again, dashed. */
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 2]]

/**
 * The layer of a curve.
 * @param curve   What was read.
 * @param index   Its place among the curves of the panel: chooses the colour.
 * @param options x as shown on the axis, points before which the line breaks, the legend's name.
 */
export function curveLayer(
  curve: ReadCurve,
  index: number,
  options: { x?: Float64Array | undefined; breaks?: readonly number[] | undefined; label?: string | undefined } = {},
): CurveLayer {
  const { style, sigma } = curve
  const sigmaStyle = style.sigmaStyle ?? (curve.y.length <= 400 ? 'bars' : 'band')
  const bars = sigma !== undefined && sigmaStyle === 'bars'
  const marker = style.marker ?? (bars || style.lineWidth === 0 ? 'circle' : undefined)
  return {
    kind: 'curve',
    x: options.x ?? curve.x.values,
    y: curve.y,
    sigma: sigmaStyle === 'none' ? undefined : sigma,
    sigmaStyle: sigmaStyle === 'band' ? 'band' : 'bars',
    color: style.color ?? CURVE_COLORS[index % CURVE_COLORS.length]!,
    lineWidth: style.lineWidth ?? (bars ? 0 : 1.3),
    dash: style.dash ?? DASHES[Math.floor(index / CURVE_COLORS.length) % DASHES.length],
    shape: style.shape ?? 'straight',
    marker,
    markerSize: style.markerSize ?? (curve.y.length > 150 ? 3 : 4.5),
    breaks: options.breaks,
    label: options.label ?? style.name,
  }
}
