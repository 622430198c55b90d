import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Unit } from '../../core/unit.js'
import type { Dataset } from '../../model/dataset.js'
import { unitText } from '../axis/unitText.js'
import { type AxisLike, isDataset, labelFor, type ReadAxis, readAxis, readCoord } from './axisInput.js'

/** A map from plain arrays: the value at (x_i, y_j) is `values[i * ny + j]`, so a series is frame after frame with x the frames. */
export interface GridInput {
  /** Slow axis: nx mid-points or nx + 1 edges. */
  x: AxisLike
  /** Fast axis: ny mid-points or ny + 1 edges. */
  y: AxisLike
  /** nx x ny values, NaN for none. */
  values: NumbersLike
  /** What the values are, without unit. Default `''`. */
  label?: string | undefined
  /** Their unit. */
  unit?: Unit | string | undefined
  /** 0 = good, one a value. */
  mask?: ArrayLike<number> | undefined
}

const GRID: FieldsOf<GridInput> = { x: true, y: true, values: true, label: true, unit: true, mask: true }

/** A map that was read. */
export interface ReadGrid {
  readonly x: ReadAxis
  readonly y: ReadAxis
  readonly nx: number
  readonly ny: number
  /** i * ny + j; NaN where masked. */
  readonly values: Float64Array
  readonly label: string
  readonly unit: string
}

function masked(values: Float64Array, mask: ArrayLike<number> | undefined): Float64Array {
  if (!mask) return values
  if (mask.length !== values.length) {
    throw new OperandoError('E_SHAPE', `mask: ${values.length} values expected, ${mask.length} found.`)
  }
  const out = values.slice()
  for (let i = 0; i < out.length; i++) if (mask[i]) out[i] = Number.NaN
  return out
}

/**
 * The values of a dataset, NaN where masked.
 * @param data The dataset.
 * @throws OperandoError `E_UNSUPPORTED` for complex values.
 */
export function datasetValues(data: Dataset): Float64Array {
  if (data.complex) {
    throw new OperandoError('E_UNSUPPORTED', `${data.name} is complex: plot its magnitude, phase, or one of its parts.`)
  }
  return masked(asFloat64(data.values, data.name, { allowNaN: true, allowInfinite: true }), data.mask)
}

/**
 * Reads a map from a two-dimensional Dataset or from plain arrays.
 * @param data   The map.
 * @param coords Names of the coordinates to show along the first and the second dim; default `time` where the first dim has one, else the dims' own.
 * @throws OperandoError `E_SHAPE` unless it has two dims and lengths that fit.
 */
export function readGrid(data: Dataset | GridInput, coords: { x?: string | undefined; y?: string | undefined } = {}): ReadGrid {
  if (isDataset(data)) {
    if (data.dims.length !== 2) {
      throw new OperandoError(
        'E_SHAPE',
        `${data.name} has ${data.dims.length} dims [${data.dims.join(', ')}]; a map needs two. Select or sum first.`,
      )
    }
    const [slow, fast] = data.dims as readonly [string, string]
    const time = data.coords.time
    const x = readCoord(data, slow, coords.x ?? (time?.dims.length === 1 && time.dims[0] === slow ? 'time' : slow))
    const y = readCoord(data, fast, coords.y ?? fast)
    const [nx, ny] = data.shape as readonly [number, number]
    return { x, y, nx, ny, values: datasetValues(data), label: labelFor(data.name, data.label), unit: unitText(data.unit) }
  }
  assertKnown(data, 'a map', GRID)
  const x = readAxis(data.x, 'x')
  const y = readAxis(data.y, 'y')
  const nx = x.values.length - (x.edges ? 1 : 0)
  const ny = y.values.length - (y.edges ? 1 : 0)
  const values = asFloat64(data.values, 'values', { allowNaN: true, allowInfinite: true })
  if (values.length !== nx * ny) {
    throw new OperandoError('E_SHAPE', `values: ${nx} x ${ny} = ${nx * ny} expected by the axes, ${values.length} found.`, {
      details: { nx, ny, found: values.length },
    })
  }
  return { x, y, nx, ny, values: masked(values, data.mask), label: data.label ?? '', unit: unitText(data.unit) }
}
