import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import type { Unit } from '../../core/unit.js'
import type { Dataset, Variable } from '../../model/dataset.js'
import { unitText } from '../axis/unitText.js'

/** Plain numbers with what a figure must say of them. */
export interface AxisInput {
  /** The numbers. */
  values: NumbersLike
  /** What they are, without unit. Default none. */
  label?: string | undefined
  /** Their unit, a {@link Unit} or its symbol. Default none. */
  unit?: Unit | string | undefined
  /** They are n + 1 cell edges rather than n mid-points. Default false. */
  edges?: boolean | undefined
}

/** An axis: numbers alone, or with label and unit. A Variable of a Dataset is one as well. */
export type AxisLike = AxisInput | NumbersLike

/** An axis that was read. */
export interface ReadAxis {
  readonly values: Float64Array
  readonly label: string
  /** As shown. */
  readonly unit: string
  /** As given, to recognise times. */
  readonly rawUnit: Unit | string | undefined
  readonly edges: boolean
}

const LABELS: Record<string, string> = {
  q: 'q',
  twoTheta: '2θ',
  d: 'd',
  r: 'r',
  energy: 'Energy',
  wavelength: 'Wavelength',
  wavenumber: 'Wavenumber',
  time: 'Time',
  voltage: 'Voltage',
  potential: 'Potential',
  current: 'Current',
  charge: 'Charge',
  capacity: 'Capacity',
  temperature: 'Temperature',
  frame: 'Frame',
}

/**
 * What to write for a coordinate: its own label, else the usual word for its name, else the name.
 * @param name  Name of the coordinate.
 * @param label Its label, if it has one.
 */
export function labelFor(name: string, label?: string | undefined): string {
  return label ?? LABELS[name] ?? name
}

const isAxisInput = (x: AxisLike): x is AxisInput =>
  typeof x === 'object' && x !== null && !ArrayBuffer.isView(x) && !Array.isArray(x) && 'values' in x

/**
 * Reads an axis or a list of values.
 * @param input    Numbers alone or with label and unit.
 * @param name     What the caller calls it, for messages.
 * @param allowNaN Whether NaN (no value) and infinities pass.
 */
export function readAxis(input: AxisLike, name: string, allowNaN = false): ReadAxis {
  const pass = { allowNaN, allowInfinite: allowNaN }
  if (!isAxisInput(input)) {
    return { values: asFloat64(input, name, pass), label: '', unit: '', rawUnit: undefined, edges: false }
  }
  const { label = '', unit, edges = false } = input
  return { values: asFloat64(input.values, name, pass), label, unit: unitText(unit), rawUnit: unit, edges }
}

/**
 * True for a Dataset.
 * @param x Any input of a figure.
 */
export function isDataset(x: object): x is Dataset {
  assertFields(x, 'a figure: a Dataset or plain arrays', [])
  return 'dims' in x && 'coords' in x && 'values' in x
}

/**
 * A coordinate of a dataset on one of its dims; frame numbers where the dim has none.
 * @param data The dataset.
 * @param dim  The dim.
 * @param name Name of the coordinate. Default the dim's own.
 * @throws OperandoError `E_MISSING` if a coordinate was named that is not there, `E_SHAPE` if it lies on another dim.
 */
export function readCoord(data: Dataset, dim: string, name: string = dim): ReadAxis {
  const coord: Variable | undefined = data.coords[name]
  const length = data.shape[data.dims.indexOf(dim)]!
  if (coord === undefined) {
    if (name !== dim) {
      const there = Object.keys(data.coords).join(', ') || 'none'
      throw new OperandoError('E_MISSING', `${data.name} has no coordinate "${name}"; it has ${there}.`, { details: { name } })
    }
    const label = labelFor(dim)
    return { values: Float64Array.from({ length }, (_, i) => i), label, unit: '', rawUnit: undefined, edges: false }
  }
  if (coord.dims.length !== 1 || coord.dims[0] !== dim) {
    throw new OperandoError('E_SHAPE', `Coordinate "${name}" lies on [${coord.dims.join(', ')}]; one on "${dim}" is needed here.`)
  }
  const read = readAxis(coord, `coords.${name}`, true)
  if (read.values.length !== length + (coord.edges ? 1 : 0)) {
    throw new OperandoError('E_SHAPE', `Coordinate "${name}" has ${read.values.length} values for ${length} along "${dim}".`)
  }
  return { ...read, label: labelFor(name, coord.label) }
}
