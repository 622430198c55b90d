import { asFloat64, isRealArray, type NumbersLike, type RealArray, type StridedArray } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Unit } from '../../core/unit.js'
import { createDataset } from '../../model/createDataset.js'
import type { VariableInput } from '../../model/createVariable.js'
import type { Dataset, Meta } from '../../model/dataset.js'
import { makeStep } from '../../model/derive.js'
import type { NumberArray } from '../numberArray.js'

/** Values of a series as they come from a file or a program: an array of .npy, n-d view, or a list of rows. */
export type SeriesValues = NumberArray | StridedArray | readonly NumbersLike[]

/** The axes of a series by the names of its dims, slowest first: `{ frame: 'index', twoTheta: { values, unit: 'deg' } }`. */
export type SeriesAxes<Dim extends string> = Readonly<Record<Dim, SeriesAxis>>

/** One axis: its numbers with unit, or `'index'` for 0, 1, 2 ... without any. */
export type SeriesAxis =
  | 'index'
  | {
      /** The numbers, rising or falling. */
      readonly values: NumbersLike | NumberArray
      /** Their unit, `''` for none. */
      readonly unit: Unit | string
      /** For people. */
      readonly label?: string | undefined
    }

/** Options of {@link seriesOf}. */
export interface SeriesOfOptions {
  /** Name of the data. Default `I`. */
  name?: string | undefined
  /** Unit of the data. Default none. */
  unit?: Unit | string | undefined
  /** Uncertainty, of the same shape. */
  sigma?: SeriesValues | undefined
  /** Further coordinates, each on one of the dims: `{ time: { dims: ['frame'], values, unit: 's' } }`. */
  coords?: Readonly<Record<string, VariableInput>> | undefined
  /** Sample, wavelength, start. */
  meta?: Meta | undefined
}

const OPTIONS: FieldsOf<SeriesOfOptions> = { name: true, unit: true, sigma: true, coords: true, meta: true }

/**
 * Makes a series of a matrix of patterns (or a stack of images) and the arrays of its axes, as scripts save them: one .npy with the values, one with the axis.
 *
 * @param values  The numbers, slowest axis first. Nothing is transposed: a matrix whose lengths do not fit the axes in their order is refused.
 * @param axes    Axes by dim name, in the order of the values' dims.
 * @param options Name, unit, sigma, further coordinates, meta.
 * @throws OperandoError `E_SHAPE` when lengths do not fit (the message says so if they would fit transposed), `E_UNSUPPORTED` for 64-bit integers, and as `createDataset`.
 * @example
 * ```ts
 * import { readNpy, seriesOf, writeNpy } from 'operando/io'
 * const file = writeNpy({ shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6]) })
 * const series = seriesOf(readNpy(file, 'counts.npy'), { frame: 'index', q: { values: [0.1, 0.2, 0.3], unit: '1/Å' } })
 * series.shape // 2, 3
 * ```
 */
export function seriesOf<const Dim extends string>(
  values: SeriesValues,
  axes: SeriesAxes<Dim>,
  options: SeriesOfOptions = {},
): Dataset<Dim> {
  assertKnown(options, 'seriesOf options', OPTIONS)
  assertFields(axes, 'axes', [])
  const dims = Object.keys(axes) as Dim[]
  const data = arrayOf(values, 'values')
  if (data.shape.length !== dims.length)
    throw new OperandoError(
      'E_SHAPE',
      `seriesOf: ${dims.length} axes (${dims.join(', ')}) for values of shape (${data.shape.join(', ')}).`,
    )
  const coords: Record<string, VariableInput> = {}
  const lengths = dims.map((dim, i) => {
    const axis = axes[dim]
    if (axis === 'index') return data.shape[i]!
    const own = axis.values
    const numbers = isNumberArray(own) ? arrayOf(own, `axis '${dim}'`).values : asFloat64(own, `axis '${dim}'`)
    coords[dim] = { dims: [dim], values: numbers, unit: axis.unit, label: axis.label }
    return numbers.length
  })
  if (lengths.some((n, i) => n !== data.shape[i])) {
    const turned = [...data.shape].reverse()
    const way = lengths.every((n, i) => n === turned[i])
      ? ` They would fit in the order (${[...dims].reverse().join(', ')}).`
      : ''
    throw new OperandoError(
      'E_SHAPE',
      `seriesOf: values of shape (${data.shape.join(', ')}) for axes of ${dims.map((dim, i) => `${lengths[i]} ${dim}`).join(', ')}.${way}`,
    )
  }
  const sigma = options.sigma && arrayOf(options.sigma, 'sigma')
  if (sigma && sigma.shape.join() !== data.shape.join())
    throw new OperandoError(
      'E_SHAPE',
      `seriesOf: sigma of shape (${sigma.shape.join(', ')}) for values of (${data.shape.join(', ')}).`,
    )
  return createDataset({
    name: options.name ?? 'I',
    dims,
    shape: data.shape,
    values: data.values,
    unit: options.unit ?? '',
    ...(sigma ? { sigma: sigma.values } : {}),
    complex: data.complex,
    coords: { ...coords, ...options.coords },
    meta: options.meta,
    history: [makeStep('seriesOf', { dims })],
  })
}

interface PlainArray {
  readonly shape: readonly number[]
  readonly values: RealArray
  readonly complex?: boolean | undefined
}

function isNumberArray(x: object): x is NumberArray {
  return 'shape' in x && 'values' in x && !('dims' in x)
}

function arrayOf(x: SeriesValues, name: string): PlainArray {
  if (isNumberArray(x)) {
    if (isRealArray(x.values)) return { ...x, values: x.values }
    throw new OperandoError('E_UNSUPPORTED', `seriesOf: ${name} are 64-bit integers; read them without { int64: 'bigint' }.`)
  }
  if ('stride' in x) return { shape: x.shape, values: asFloat64(x, name, { allowNaN: true, allowInfinite: true }) }
  const rows = x.map((row, i) => asFloat64(row, `${name}[${i}]`, { allowNaN: true, allowInfinite: true }))
  const n = rows[0]?.length ?? 0
  const odd = rows.findIndex(row => row.length !== n)
  if (odd >= 0)
    throw new OperandoError('E_SHAPE', `seriesOf: ${name}[${odd}] has ${rows[odd]!.length} values, ${name}[0] has ${n}.`)
  const values = new Float64Array(rows.length * n)
  rows.forEach((row, i) => {
    values.set(row, i * n)
  })
  return { shape: [rows.length, n], values }
}
