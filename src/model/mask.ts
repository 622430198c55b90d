import { OperandoError } from '../core/errors.js'
import { assertKnown } from '../core/fields.js'
import { assertDataset } from './assertDataset.js'
import { createDataset } from './createDataset.js'
import type { Dataset } from './dataset.js'
import { derive, makeStep } from './derive.js'
import { axisOf, layoutOf, withCentres } from './layout.js'
import { type AxisValue, coordOn, LOOK_UP_FIELDS, type LookUpOptions, onAxis } from './lookUp.js'

/**
 * The Dataset with this mask instead of the one it had; `undefined` takes it away.
 * @param data The Dataset.
 * @param mask 0 or false = good, one per value (per pair, if complex).
 * @throws OperandoError `E_SHAPE` on a wrong length.
 * @example
 * ```ts
 * import { createDataset, withMask } from 'operando'
 * const frame = createDataset({ name: 'I', dims: ['x'], values: [1, 65535], unit: 'counts' })
 * withMask(frame, [false, true]).mask // Uint8Array [0, 1]
 * ```
 */
export function withMask<Dim extends string>(
  data: Dataset<Dim>,
  mask: Uint8Array | readonly boolean[] | undefined,
): Dataset<Dim> {
  assertDataset(data)
  let masked = 0
  for (const bad of mask ?? []) if (bad) masked++
  return createDataset<Dim>({ ...data, mask, history: [...data.history, makeStep('withMask', { masked })] })
}

/**
 * Masks points, besides those that are masked already.
 * @param data The Dataset.
 * @param bad  Called with each value, its sigma (NaN if none) and its position; true masks it. Or `'non-finite'` for NaN and infinities.
 * @throws OperandoError `E_UNSUPPORTED` for complex data with a function.
 * @example
 * ```ts
 * import { createDataset, maskWhere } from 'operando'
 * const frame = createDataset({ name: 'I', dims: ['x'], values: [5, 65535, 7], unit: 'counts' })
 * maskWhere(frame, value => value >= 65535).mask // 0, 1, 0
 * ```
 */
export function maskWhere<Dim extends string>(
  data: Dataset<Dim>,
  bad: 'non-finite' | ((value: number, sigma: number, index: number) => boolean),
): Dataset<Dim> {
  assertDataset(data)
  const width = data.complex ? 2 : 1
  if (data.complex && bad !== 'non-finite')
    throw new OperandoError('E_UNSUPPORTED', `'${data.name}' is complex: build the mask yourself and give it to withMask.`)
  const mask = new Uint8Array(data.values.length / width)
  if (data.mask) mask.set(data.mask)
  let masked = 0
  for (let i = 0; i < data.values.length; i++) {
    const at = Math.floor(i / width)
    const value = data.values[i]!
    const isBad = bad === 'non-finite' ? !Number.isFinite(value) : bad(value, data.sigma?.[i] ?? Number.NaN, i)
    if (!isBad || mask[at] !== 0) continue
    mask[at] = 1
    masked++
  }
  const where = bad === 'non-finite' ? bad : 'a condition'
  return derive<Dim>(data, { mask, step: { op: 'maskWhere', parameters: { where, masked } } })
}

/**
 * Masks what lies between two values of a coord, ends included: the peaks of a current collector, frames during an interruption.
 * @param data    The Dataset.
 * @param dim     Which dim.
 * @param low     Lower end: a number in the coord's unit, or with its unit.
 * @param high    Upper end.
 * @param options Another coord on the dim.
 * @throws OperandoError `E_MISSING` without such a coord, `E_UNIT` for a unit that does not fit.
 * @example
 * ```ts
 * import { createDataset, maskBetween } from 'operando'
 * const pattern = createDataset({
 *   name: 'I', dims: ['q'], values: [5, 900, 7], unit: 'counts', coords: { q: { dims: ['q'], values: [2.6, 2.69, 2.8], unit: '1/Å' } },
 * })
 * maskBetween(pattern, 'q', 2.67, 2.71).mask // 0, 1, 0
 * ```
 */
export function maskBetween<Dim extends string>(
  data: Dataset<Dim>,
  dim: NoInfer<Dim>,
  low: AxisValue,
  high: AxisValue,
  options: LookUpOptions = {},
): Dataset<Dim> {
  assertKnown(options, 'maskBetween options', LOOK_UP_FIELDS)
  const name = options.coord ?? dim
  const coord = coordOn(data, dim, name)
  const [a, b] = [onAxis(low, coord, name), onAxis(high, coord, name)]
  const x = withCentres(coord).values
  const { outer, n, inner } = layoutOf(data.shape, axisOf(data, dim))
  const mask = new Uint8Array(outer * n * inner)
  if (data.mask) mask.set(data.mask)
  for (let i = 0; i < n; i++) {
    if (!(x[i]! >= a && x[i]! <= b)) continue
    for (let block = 0; block < outer; block++) mask.fill(1, (block * n + i) * inner, (block * n + i + 1) * inner)
  }
  return derive<Dim>(data, {
    mask,
    step: { op: 'maskBetween', parameters: { dim, coord: name, low: a, high: b, unit: coord.unit.symbol } },
  })
}
