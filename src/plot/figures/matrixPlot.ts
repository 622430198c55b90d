import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { tickFormat } from '../axis/formatNumber.js'
import { colorOf } from '../color/colorMaps.js'
import { COLOR_FIELDS, type ColorOptions, colorScaleOf, fractionOf } from '../color/colorScale.js'
import { FIGURE_FIELDS, type Figure, type FigureOptions, figureOf } from '../figure.js'
import type { FigureSpec, Layer } from '../spec/figureSpec.js'
import { withFittedHeight } from '../spec/layout.js'

/** Options of {@link matrixPlot}. */
export interface MatrixPlotOptions extends FigureOptions, ColorOptions {
  /** Names of rows and columns. Default 0, 1, 2 ... */
  labels?: readonly string[] | undefined
  /** What the numbers are, at the colour bar. Default `'Pearson r'`. */
  label?: string | undefined
  /** Whether numbers are written into the cells. Default up to 12 rows. */
  numbers?: boolean | undefined
}

/** Dark text on light colours, light on dark, by luminance. */
function inkOn(color: string): string {
  const n = Number.parseInt(color.slice(1), 16)
  const [r, g, b] = [16, 8, 0].map(shift => (((n >> shift) & 255) / 255) ** 2.2) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.22 ? '#1a1a1a' : '#ffffff'
}

const OPTIONS: FieldsOf<MatrixPlotOptions> = {
  ...FIGURE_FIELDS,
  ...COLOR_FIELDS,
  labels: true,
  label: true,
  numbers: true,
}

/**
 * A square matrix in diverging colours, the first row on top: correlations of frames or of parameters.
 *
 * @param matrix  n x n numbers, row after row; NaN is transparent.
 * @param options Names, colours (default `rdbu` over -1 to 1).
 * @throws OperandoError `E_SHAPE` if it is not square or the names do not fit.
 * @example
 * ```ts
 * import { matrixPlot } from 'operando/plot'
 * matrixPlot([1, -0.5, -0.5, 1], { labels: ['a', 'c'] }).svg.includes('−0.50') // true
 * ```
 */
export function matrixPlot(matrix: NumbersLike, options: MatrixPlotOptions = {}): Figure {
  assertKnown(options, 'matrixPlot options', OPTIONS)
  const values = asFloat64(matrix, 'matrix', { allowNaN: true })
  const n = Math.round(Math.sqrt(values.length))
  if (n === 0 || n * n !== values.length)
    throw new OperandoError('E_SHAPE', `matrix: n x n values expected, ${values.length} found.`)
  const { labels } = options
  if (labels && labels.length !== n) throw new OperandoError('E_SHAPE', `labels: ${n} expected, ${labels.length} found.`)
  const color = colorScaleOf(values, {
    center: options.range ? undefined : 0,
    colorMap: 'rdbu',
    ...options,
    range: options.range ?? [-1, 1],
  })
  const lo = Float64Array.from({ length: n }, (_, i) => i - 0.5)
  const cells = { lo, hi: lo.map(v => v + 1) }
  const layers: Layer[] = [
    {
      kind: 'heat',
      grid: { x: cells, y: cells, values, strideX: 1, strideY: n },
      color,
      reduction: 'mean',
      label: options.label ?? 'Pearson r',
      unit: '',
    },
  ]
  const fraction = fractionOf(color)
  const format = tickFormat(0.01)
  if (options.numbers ?? n <= 12) {
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const v = values[row * n + column]!
        if (!Number.isFinite(v)) continue
        layers.push({
          kind: 'note',
          x: column,
          y: row,
          text: format(v),
          color: inkOn(colorOf(color.map, fraction(v))),
          anchor: 'middle',
          size: n > 8 ? 9 : 11,
        })
      }
    }
  }
  const every = Math.max(1, Math.ceil(n / 30))
  const ticks = labels?.map((text, value) => ({ value, text })).filter((_, i) => i % every === 0)
  const axis = { kind: 'linear' as const, label: labels ? '' : 'Frame', unit: '', ticks }
  const spec: FigureSpec = {
    id: options.id,
    title: options.title ?? `Matrix of ${options.label ?? 'Pearson r'}`,
    showTitle: options.title !== undefined,
    width: options.width ?? 560,
    height: options.height ?? 500,
    share: 'x',
    panels: [
      {
        name: 'matrix',
        x: { ...axis, domain: [-0.5, n - 0.5] },
        y: { ...axis, domain: [n - 0.5, -0.5] },
        weight: 1,
        layers,
        equalAspect: true,
      },
    ],
  }
  return figureOf(options.height === undefined ? withFittedHeight(spec, 900) : spec)
}
