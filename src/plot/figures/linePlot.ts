import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import type { AxisKind, AxisSpec } from '../axis/axisScale.js'
import { finiteRange, padded, positiveRange, widened } from '../axis/range.js'
import { CURVE_COLORS } from '../color/colorMaps.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import { type CurveInput, curveLayer, type ReadCurve, readCurve } from '../input/curveInput.js'
import { sameUnit } from '../input/sameUnit.js'
import type { Layer, PanelSpec } from '../spec/figureSpec.js'
import { emptyNote } from './emptyNote.js'

/** Positions of reflections of one phase, shown as a row of strokes. */
export interface ReflectionRow {
  /** Positions in the unit of x. */
  positions: NumbersLike
  /** Name of the phase. */
  label: string
  /** `#rrggbb`. Default by a colour-blind-safe list. */
  color?: string | undefined
}

/** Options of {@link linePlot}. */
export interface LinePlotOptions extends FigureOptions {
  /** How numbers run along x. Default `'linear'`. */
  xScale?: Exclude<AxisKind, 'utc'> | undefined
  /** How numbers run along y. Default `'linear'`. */
  yScale?: Exclude<AxisKind, 'utc'> | undefined
  /** Part of x to show, in its unit; a falling pair turns the axis (binding energies). Default all. */
  xRange?: readonly [number, number] | undefined
  /** Part of y to show. Default all that is finite, with uncertainties. */
  yRange?: readonly [number, number] | undefined
  /** Label of x, without unit. Default that of the first curve. */
  xLabel?: string | undefined
  /** Label of y, without unit. Default that of the first curve. */
  yLabel?: string | undefined
  /** Half-width of the linear part of symlog axes. Default a thousandth of the largest magnitude. */
  linearWidth?: number | undefined
  /** Rows of reflection marks below the curves. */
  reflections?: readonly ReflectionRow[] | undefined
  /** A panel of residuals below: `'difference'` is the first curve minus the second, which must share x; or a curve of its own. */
  residual?: 'difference' | CurveInput | Dataset | undefined
}

const NAMES = ['Observed', 'Calculated', 'Background']

function axisOf(
  kind: Exclude<AxisKind, 'utc'>,
  lists: readonly ArrayLike<number>[],
  given: readonly [number, number] | undefined,
  words: { label: string; unit: string; linearWidth?: number | undefined },
  room: number,
): AxisSpec {
  if (given && kind === 'log' && !(Math.min(...given) > 0)) {
    throw new OperandoError('E_RANGE', `Range [${given}] of a log axis: positive ends expected. Take 'symlog' to show zero.`)
  }
  const all = finiteRange(...lists) ?? [0, 1]
  const positive = (): [number, number] => {
    const ranges = lists.map(positiveRange)
    return [Math.min(...ranges.map(r => r[0])), Math.max(...ranges.map(r => r[1]))]
  }
  const domain =
    given ?? (room > 0 ? padded(kind === 'log' ? positive() : all, kind, room) : widened(kind === 'log' ? positive() : all))
  const constant = words.linearWidth ?? Math.max(Math.abs(domain[0]), Math.abs(domain[1])) * 1e-3
  return { kind, domain, label: words.label, unit: words.unit, constant }
}

/** Values of y whose x is shown, with their uncertainties. */
function shownValues(curve: ReadCurve, xRange: readonly [number, number] | undefined): Float64Array[] {
  const [a, b] = xRange ? [Math.min(...xRange), Math.max(...xRange)] : [-Infinity, Infinity]
  const inside = (_: number, i: number): boolean => curve.x.values[i]! >= a && curve.x.values[i]! <= b
  const { sigma, y } = curve
  if (!sigma || curve.style.sigmaStyle === 'none') return [y.filter(inside)]
  return [y.filter(inside), y.map((v, i) => v + sigma[i]!).filter(inside), y.map((v, i) => v - sigma[i]!).filter(inside)]
}

function differenceOf(curves: readonly ReadCurve[]): ReadCurve {
  const [a, b] = curves
  if (!a || !b || a.y.length !== b.y.length || a.x.values.some((v, i) => Math.abs(v - b.x.values[i]!) > 1e-9 * Math.abs(v))) {
    throw new OperandoError(
      'E_AXIS',
      "residual 'difference' needs two curves on the same x. Interpolate one, or give the residual as a curve.",
    )
  }
  return {
    ...a,
    y: a.y.map((v, i) => v - b.y[i]!),
    sigma: undefined,
    label: 'Difference',
    style: { color: '#555555', lineWidth: 1 },
  }
}

function reflectionPanel(rows: readonly ReflectionRow[], x: AxisSpec, weight: number): PanelSpec {
  const layers = rows.map((row, i): Layer => {
    const color = row.color ?? CURVE_COLORS[(i + 2) % CURVE_COLORS.length]!
    return { kind: 'strokes', x: asFloat64(row.positions, `reflections[${i}]`), at: 0 - i, height: 9, color }
  })
  const ticks = rows.map((row, i) => ({ value: 0 - i, text: row.label }))
  return {
    name: 'reflections',
    x,
    y: { kind: 'linear', domain: [0.6 - rows.length, 0.6], label: '', unit: '', ticks },
    weight,
    layers,
  }
}

const OPTIONS: FieldsOf<LinePlotOptions> = {
  ...FIGURE_FIELDS,
  xScale: true,
  yScale: true,
  xRange: true,
  yRange: true,
  xLabel: true,
  yLabel: true,
  linearWidth: true,
  reflections: true,
  residual: true,
}

/**
 * Curves in one frame: patterns, spectra, fits; with uncertainties as bars or bands, linear or logarithmic axes, and on request rows of
 * reflection marks and a panel of residuals, as Rietveld plots have them. On log axes what is not positive is left out.
 *
 * @param curves  One-dimensional Datasets or plain arrays; axes are labelled after the first.
 * @param options Axes, marks, residual.
 * @throws OperandoError `E_SHAPE` for wrong lengths, `E_AXIS` if a difference is asked of curves on different x, `E_RANGE` for a log range that is not positive,
 * `E_UNIT` for curves of different units.
 * @example
 * ```ts
 * import { linePlot } from 'operando/plot'
 * const x = { values: [10, 11, 12, 13], label: '2θ', unit: '°' }
 * linePlot(
 *   [
 *     { x, y: [5, 80, 20, 6], sigma: [2, 9, 4, 2], label: 'Intensity', unit: 'counts', name: 'Observed' },
 *     { x, y: [5, 78, 22, 6], name: 'Calculated' },
 *   ],
 *   { reflections: [{ positions: [11.1], label: 'LiFePO₄' }], residual: 'difference' },
 * ).svg.length > 0 // true
 * ```
 */
export function linePlot(
  curves: Dataset | CurveInput | readonly (Dataset | CurveInput)[],
  options: LinePlotOptions = {},
): Figure {
  assertKnown(options, 'linePlot options', OPTIONS)
  const list = (Array.isArray(curves) ? curves : [curves]) as readonly (Dataset | CurveInput)[]
  if (list.length === 0) throw new OperandoError('E_ARGUMENT', 'linePlot: at least one curve expected.')
  const read = list.map((curve, i) => readCurve(curve, `curves[${i}]`))
  const first = read[0]!
  for (const [i, curve] of read.entries()) {
    const name = curve.style.name ?? `curves[${i}]`
    sameUnit(`x of ${name}`, curve.x.unit, first.x.unit)
    sameUnit(name, curve.unit, first.unit)
  }
  const { xScale = 'linear', yScale = 'linear', linearWidth, reflections = [] } = options
  const xWords = { label: options.xLabel ?? first.x.label, unit: first.x.unit, linearWidth }
  // room for points that would sit on the frame
  const xRoom = read.some(c => c.x.values.length <= 400 && (c.sigma || c.style.marker)) ? 0.02 : 0
  const x = axisOf(
    xScale,
    read.map(c => c.x.values),
    options.xRange,
    xWords,
    xRoom,
  )
  const yWords = { label: options.yLabel ?? first.label, unit: first.unit, linearWidth }
  const y = axisOf(
    yScale,
    read.flatMap(c => shownValues(c, options.xRange)),
    options.yRange,
    yWords,
    0.05,
  )
  const named = options.residual !== undefined
  const layers: Layer[] = read.map((curve, i) => {
    // a fit is read best as points under a line
    const style = named && i === 0 ? { lineWidth: 0, marker: 'circle' as const, markerSize: 3, ...curve.style } : curve.style
    const name = style.name ?? (named ? NAMES[i] : read.length > 1 && curve.label ? curve.label : undefined)
    return curveLayer({ ...curve, style }, i, { label: name })
  })
  if (finiteRange(...read.map(c => c.y)) === undefined) layers.push(emptyNote(x, y))
  const panels: PanelSpec[] = [{ name: 'curves', x, y, weight: 260, layers }]
  if (reflections.length > 0) panels.push(reflectionPanel(reflections, x, 8 + 15 * reflections.length))
  if (options.residual !== undefined) {
    const curve = options.residual === 'difference' ? differenceOf(read) : readCurve(options.residual, 'residual')
    const reach = axisOf('linear', shownValues(curve, options.xRange), undefined, { label: curve.label, unit: curve.unit }, 0.1)
    const zero: Layer = { kind: 'rule', axis: 'y', at: 0, color: '#999999' }
    panels.push({
      name: 'residual',
      x,
      y: reach,
      weight: 80,
      layers: [zero, curveLayer({ ...curve, style: { lineWidth: 1, ...curve.style } }, 0)],
    })
  }
  return figureOf({
    id: options.id,
    title: options.title ?? ([y.label, x.label].filter(Boolean).join(' against ') || 'Curves'),
    showTitle: options.title !== undefined,
    width: options.width ?? 760,
    height: options.height ?? 380 + (reflections.length > 0 ? 22 + 15 * reflections.length : 0) + (named ? 95 : 0),
    share: 'x',
    panels,
  })
}
