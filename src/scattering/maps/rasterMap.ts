import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { type Length, toValue } from '../../core/quantity.js'
import { createDataset } from '../../model/createDataset.js'
import type { Dataset } from '../../model/dataset.js'
import { placeOf } from './findRowLength.js'

/** Options of {@link rasterMap}. */
export interface RasterMapOptions {
  /** Points of a row. */
  columns: number
  /** Whether each row begins at the same side. Default `'rows'`. */
  order?: 'rows' | 'snake' | undefined
  /** Distance from column to column and from row to row, mm. Default: not known; places are then counted in points, without unit. */
  step?: readonly [x: Length, y: Length] | undefined
  /** Place of the first point, mm (points, without `step`). Default 0, 0. */
  origin?: readonly [x: Length, y: Length] | undefined
  /** Standard uncertainties, n values. */
  sigma?: NumbersLike | undefined
  /** 0 = good, n values, in the order of measurement. NaN is masked anyhow. */
  mask?: ArrayLike<number> | undefined
  /** What the values are. Default `value`. */
  name?: string | undefined
  /** Their unit. Default none. */
  unit?: string | undefined
}

const OPTIONS: FieldsOf<RasterMapOptions> = {
  columns: true,
  order: true,
  step: true,
  origin: true,
  sigma: true,
  mask: true,
  name: true,
  unit: true,
}

/**
 * A map from values in the order of measurement: rows by columns; masked where a fit was not to be believed, or points of the last row are missing. For positions that were recorded see `gridMap` of `operando/cell`.
 * @param values  Values by point, n.
 * @param options Length of rows, order, steps, mask.
 * @throws OperandoError `E_RANGE` for a row length that is none or steps that are 0, `E_SHAPE` for a mask or sigma of another length.
 * @example
 * ```ts
 * import { rasterMap } from 'operando/scattering'
 * const map = rasterMap([1, 2, 3, 6, 5, 4], { columns: 3, order: 'snake', step: [0.5, 0.5], name: 'x in LixFePO4' })
 * console.log(map.shape, [...map.values]) // 2 x 3: 1 2 3, 4 5 6
 * ```
 */
export function rasterMap(values: NumbersLike, options: RasterMapOptions): Dataset<'y' | 'x'> {
  assertKnown(options, 'rasterMap options', OPTIONS)
  assertFields(options, 'rasterMap options', ['columns'])
  const { columns, order = 'rows', name = 'value', unit = '' } = options
  assertOneOf(order, 'order', ['rows', 'snake'])
  const v = asFloat64(values, 'values', { allowNaN: true, allowInfinite: true })
  const n = v.length
  if (!(Number.isInteger(columns) && columns > 0 && columns <= n))
    throw new OperandoError('E_RANGE', `rasterMap: columns = ${columns}: a whole number from 1 to ${n} expected.`)
  const sigma =
    options.sigma === undefined
      ? undefined
      : asFloat64(options.sigma, 'sigma', { length: n, allowNaN: true, allowInfinite: true })
  if (options.mask && options.mask.length !== n)
    throw new OperandoError('E_SHAPE', `rasterMap: mask of ${n} values expected, ${options.mask.length} found.`)
  const pair = (given: readonly [Length, Length], what: string): [number, number] =>
    given.map(value => toValue(value, 'mm', what)) as [number, number]
  const step = pair(options.step ?? [1, 1], 'step')
  const origin = pair(options.origin ?? [0, 0], 'origin')
  if (step.includes(0)) throw new OperandoError('E_RANGE', 'rasterMap: steps other than 0 expected.')
  const rows = Math.ceil(n / columns)
  const out = new Float64Array(rows * columns).fill(Number.NaN)
  const errors = new Float64Array(rows * columns).fill(Number.NaN)
  const mask = new Uint8Array(rows * columns).fill(1)
  for (let i = 0; i < n; i++) {
    if (options.mask?.[i] || !Number.isFinite(v[i]!)) continue
    const at = placeOf(i, columns, order)
    out[at] = v[i]!
    mask[at] = 0
    if (sigma) errors[at] = sigma[i]!
  }
  const length = options.step ? 'mm' : ''
  const line = (count: number, axis: 0 | 1): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => origin[axis] + i * step[axis])
  return createDataset({
    name,
    dims: ['y', 'x'],
    shape: [rows, columns],
    values: out,
    unit,
    mask,
    ...(sigma && { sigma: errors }),
    coords: {
      y: { dims: ['y'], values: line(rows, 1), unit: length },
      x: { dims: ['x'], values: line(columns, 0), unit: length },
    },
  })
}
