import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Dataset } from '../../model/dataset.js'
import { finiteRange, padded, widened } from '../axis/range.js'
import { secondsOf, timeDisplay } from '../axis/timeAxis.js'
import { colorOf } from '../color/colorMaps.js'
import { type ColorOptions, colorScaleOf, fractionOf } from '../color/colorScale.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import { type AxisLike, isDataset, readAxis, readCoord } from '../input/axisInput.js'
import { middles } from '../input/curveInput.js'
import { type GridInput, readGrid } from '../input/gridInput.js'
import type { CurveLayer } from '../spec/figureSpec.js'

/** Options of {@link stackPlot}. */
export interface StackPlotOptions extends FigureOptions, Pick<ColorOptions, 'colorMap'> {
  /** How far each curve stands above the one before, in the unit of the values. Default a share of the usual height of a curve. */
  offset?: number | undefined
  /** Which frames, by index, from the bottom. Default all up to 40, else 40 spread evenly. */
  frames?: readonly number[] | undefined
  /** What colours stand for: the name of a coordinate on the frames (`'voltage'`), or one value a frame. Default time or frame number. */
  colorBy?: string | AxisLike | undefined
  /** Part of the pattern's axis to show. Default all. */
  xRange?: readonly [number, number] | undefined
  /** Coordinate along the pattern. Default the dim's own. */
  coordinate?: string | undefined
  /** Line width in px. Default 1. */
  lineWidth?: number | undefined
}

const MOST = 40

function evenly(n: number): number[] {
  const count = Math.min(n, MOST)
  return Array.from({ length: count }, (_, k) => Math.round((k * (n - 1)) / Math.max(1, count - 1)))
}

const OPTIONS: FieldsOf<StackPlotOptions> = {
  ...FIGURE_FIELDS,
  colorMap: true,
  offset: true,
  frames: true,
  colorBy: true,
  xRange: true,
  coordinate: true,
  lineWidth: true,
}

/**
 * Patterns of a series one above the other (waterfall), coloured by time, voltage or any value a frame, with a colour bar.
 *
 * @param data    Frames first: a Dataset of two dims or plain arrays.
 * @param options Offset, frames, colours.
 * @throws OperandoError `E_SHAPE` unless there are two dims, `E_RANGE` for a frame that is not there.
 * @example
 * ```ts
 * import { stackPlot } from 'operando/plot'
 * stackPlot(
 *   { x: [0, 1, 2], y: { values: [1, 2, 3], label: 'q', unit: '1/Å' }, values: [1, 5, 1, 1, 4, 2, 1, 3, 3], label: 'Intensity' },
 *   { colorBy: { values: [3.2, 3.5, 4.1], label: 'Voltage', unit: 'V' } },
 * ).svg.includes('Voltage (V)') // true
 * ```
 */
export function stackPlot(data: Dataset | GridInput, options: StackPlotOptions = {}): Figure {
  assertKnown(options, 'stackPlot options', OPTIONS)
  const grid = readGrid(data, { y: options.coordinate })
  const { colorBy } = options
  const color =
    colorBy === undefined
      ? grid.x
      : typeof colorBy !== 'string'
        ? readAxis(colorBy, 'colorBy', true)
        : isDataset(data)
          ? readCoord(data, data.dims[0]!, colorBy)
          : undefined
  if (!color)
    throw new OperandoError(
      'E_ARGUMENT',
      `colorBy "${colorBy}": names stand for coordinates of a Dataset; give one value a frame.`,
    )
  const given = color.edges ? middles(color.values) : color.values
  if (given.length !== grid.nx) {
    throw new OperandoError('E_SHAPE', `colorBy: one value a frame expected, ${grid.nx}; ${given.length} found.`)
  }
  // times are read with more ease in hours than in seconds
  const seconds = secondsOf(color.rawUnit)
  const inSeconds = given.map(v => v * (seconds ?? 1))
  const display = seconds === undefined ? undefined : timeDisplay(finiteRange(inSeconds) ?? [0, 1], color.label)
  const shades = display ? inSeconds.map(v => v * display.factor) : given
  const frames = options.frames ?? evenly(grid.nx)
  for (const f of frames) {
    if (!(Number.isInteger(f) && f >= 0 && f < grid.nx))
      throw new OperandoError('E_RANGE', `Frame ${f} is not among 0 to ${grid.nx - 1}.`)
  }
  const x = grid.y.edges ? middles(grid.y.values) : grid.y.values
  const domain = options.xRange ?? widened(finiteRange(x) ?? [0, 1])
  const [from, to] = [Math.min(...domain), Math.max(...domain)]
  const curves = frames.map(f => grid.values.slice(f * grid.ny, (f + 1) * grid.ny))
  const shown = (curve: Float64Array): Float64Array => curve.filter((_, i) => x[i]! >= from && x[i]! <= to)
  const heights = curves.map(c => finiteRange(shown(c)) ?? [0, 0])
  const usual = heights.map(([lo, hi]) => hi - lo).sort((a, b) => a - b)[Math.floor(heights.length / 2)] ?? 1
  const offset = options.offset ?? (usual || 1) * Math.max(0.08, Math.min(0.5, 8 / frames.length))
  const scale = colorScaleOf(shades, { colorMap: options.colorMap })
  const fraction = fractionOf(scale)
  const layers = curves.map((curve, k): CurveLayer => {
    const shade = shades[frames[k]!]!
    return {
      kind: 'curve',
      x,
      y: curve.map(v => v + k * offset),
      sigmaStyle: 'bars',
      // the palest end of the map is left out: it does not show on white
      color: Number.isFinite(shade) ? colorOf(scale.map, 0.92 * fraction(shade)) : '#999999',
      lineWidth: options.lineWidth ?? 1,
      shape: 'straight',
      markerSize: 0,
    }
  })
  const reach = heights.flatMap(([lo, hi], k) => [lo + k * offset, hi + k * offset])
  const label = grid.label ? `${grid.label}, shifted` : 'Shifted'
  return figureOf({
    id: options.id,
    title: options.title ?? `${grid.label || 'Patterns'}, one above the other`,
    showTitle: options.title !== undefined,
    width: options.width ?? 620,
    height: options.height ?? 560,
    share: 'x',
    panels: [
      {
        name: 'stack',
        x: { kind: 'linear', domain, label: grid.y.label, unit: grid.y.unit },
        y: { kind: 'linear', domain: padded(finiteRange(reach) ?? [0, 1], 'linear', 0.02), label, unit: grid.unit },
        weight: 1,
        // the lowest curve is nearest to the eye
        layers: layers.reverse(),
        colorBar: { color: scale, label: color.label, unit: display?.unit ?? color.unit },
      },
    ],
  })
}
