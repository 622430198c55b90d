import { OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import { assertDataset } from './assertDataset.js'
import type { Dataset } from './dataset.js'
import { derive } from './derive.js'
import { axisOf, takeOfDataset, withCentres } from './layout.js'
import { type AxisValue, coordOn, directionOf, LOOK_UP_FIELDS, type LookUpOptions, onAxis, rangeOf } from './lookUp.js'

/**
 * A range of elements along a dim, `from` to before `to`. Sigma, mask and coords go with it; bin edges keep both ends.
 *
 * @param data The Dataset.
 * @param dim  Which dim.
 * @param from First element, counted from 0; negative from the end.
 * @param to   One past the last. Default: to the end.
 * @param step Every how many-th, 1 or more. Default 1. With more than 1 bin edges become centres.
 * @throws OperandoError `E_RANGE` for a range outside the dim (it is not cut in silence), `E_AXIS` if there is no such dim.
 * @example
 * ```ts
 * import { createDataset, slice } from 'operando'
 * const run = createDataset({ name: 'V', dims: ['frame'], values: [3.1, 3.4, 3.9, 4.2], unit: 'V' })
 * slice(run, 'frame', 1, 3).values // 3.4, 3.9
 * ```
 */
export function slice<Dim extends string>(
  data: Dataset<Dim>,
  dim: NoInfer<Dim>,
  from: number,
  to?: number,
  step = 1,
): Dataset<Dim> {
  assertDataset(data)
  const n = data.shape[axisOf(data, dim)]!
  const first = from < 0 ? n + from : from
  const last = to === undefined ? n : to < 0 ? n + to : to
  if (![first, last, step].every(Number.isInteger) || first < 0 || last > n || first > last || step < 1) {
    throw new OperandoError(
      'E_RANGE',
      `'${dim}' from ${from} to ${to ?? 'its end'}${step === 1 ? '' : ` step ${step}`}: whole numbers within 0 to ${n} were expected.`,
      { details: { dim, length: n } },
    )
  }
  const taken = takeOfDataset(data, dim, first, Math.ceil((last - first) / step), step)
  return derive<Dim>(data, {
    ...taken,
    step: { op: 'slice', parameters: { dim, from: first, to: last, step: step === 1 ? undefined : step } },
  })
}

/**
 * The part of a Dataset between two values of a coord, both ends included. A bin belongs to it when its centre does.
 *
 * @param data    The Dataset.
 * @param dim     Which dim.
 * @param low     Lower end: a number in the coord's unit, or with its unit.
 * @param high    Upper end.
 * @param options Another coord on the dim, e.g. `{ coord: 'time' }` on frames.
 * @throws OperandoError `E_AXIS` if the coord is not monotonic, `E_RANGE` if nothing lies between, `E_UNIT` for a unit that does not fit.
 * @example
 * ```ts
 * import { createDataset, sliceBetween } from 'operando'
 * const pattern = createDataset({
 *   name: 'I', dims: ['q'], values: [5, 9, 7], unit: 'counts', coords: { q: { dims: ['q'], values: [1, 2, 3], unit: '1/Å' } },
 * })
 * sliceBetween(pattern, 'q', '15 1/nm', '30 1/nm').values // 9, 7
 * ```
 */
export function sliceBetween<Dim extends string>(
  data: Dataset<Dim>,
  dim: NoInfer<Dim>,
  low: AxisValue,
  high: AxisValue,
  options: LookUpOptions = {},
): Dataset<Dim> {
  assertKnown(options, 'sliceBetween options', LOOK_UP_FIELDS)
  const name = options.coord ?? dim
  const coord = coordOn(data, dim, name)
  directionOf(coord, name)
  const [a, b] = [onAxis(low, coord, name), onAxis(high, coord, name)]
  const [first, last] = indicesBetween(withCentres(coord).values, a, b)
  if (first === last) {
    throw new OperandoError('E_RANGE', `no ${name} from ${a} to ${b} ${coord.unit.symbol}: the axis spans ${rangeOf(coord)}.`, {
      details: { coord: name, low: a, high: b },
    })
  }
  const taken = takeOfDataset(data, dim, first, last - first, 1)
  return derive<Dim>(data, {
    ...taken,
    step: { op: 'sliceBetween', parameters: { dim, coord: name, low: a, high: b, unit: coord.unit.symbol } },
  })
}

/** First index, and one past the last, of a monotonic axis within [a, b]. */
export function indicesBetween(x: ArrayLike<number>, a: number, b: number): [number, number] {
  let first = 0
  while (first < x.length && !(x[first]! >= a && x[first]! <= b)) first++
  let last = first
  while (last < x.length && x[last]! >= a && x[last]! <= b) last++
  return [first, last]
}
