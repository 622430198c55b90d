import type { RealArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import type { Dataset, Variable } from './dataset.js'
import { derive } from './derive.js'
import { axisOf, layoutOf } from './layout.js'

/** out[i] += x[i] (or its square) where the row is not masked. One array type, so that it stays fast. */
function accumulate(out: Float64Array, at: number, row: Float64Array, good: Float64Array | null, square: boolean): void {
  for (let i = 0; i < row.length; i++) {
    const weight = good === null ? 1 : good[i]!
    if (weight !== 0) out[at + i]! += square ? row[i]! * row[i]! : row[i]!
  }
}

function reduce<Dim extends string, K extends Dim>(data: Dataset<Dim>, dim: K, op: 'sum' | 'mean'): Dataset<Exclude<Dim, K>> {
  const axis = axisOf(data, dim)
  if (op === 'sum' && data.unit.offset !== 0)
    throw new OperandoError(
      'E_UNIT',
      `a sum of ${data.unit.symbol} has no meaning, since it counts from its own zero. Convert to K, or take the mean.`,
    )
  const width = data.complex ? 2 : 1
  const { outer, n, inner } = layoutOf(data.shape, axis, width)
  const values = new Float64Array(outer * inner)
  const variance = data.sigma ? new Float64Array(outer * inner) : undefined
  const taken = new Float64Array(outer * inner)
  const row = new Float64Array(inner)
  const good = data.mask ? new Float64Array(inner) : null
  const load = (x: RealArray, start: number): Float64Array => {
    row.set(x.subarray(start, start + inner))
    return row
  }
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < n; i++) {
      const start = (block * n + i) * inner
      if (good && data.mask) for (let j = 0; j < inner; j++) good[j] = data.mask[Math.floor((start + j) / width)] === 0 ? 1 : 0
      accumulate(values, block * inner, load(data.values, start), good, false)
      if (variance && data.sigma) accumulate(variance, block * inner, load(data.sigma, start), good, true)
      for (let j = 0; j < inner; j++) taken[block * inner + j]! += good === null ? 1 : good[j]!
    }
  }
  const mask = new Uint8Array(values.length / width)
  let masked = 0
  for (let i = 0; i < values.length; i++) {
    const count = taken[i]!
    if (op === 'mean') values[i]! /= count // 0/0 is NaN under a mask: there is no mean of nothing
    if (variance) variance[i] = Math.sqrt(variance[i]!) / (op === 'mean' ? count : 1)
    if (count === 0 && mask[Math.floor(i / width)] === 0) {
      mask[Math.floor(i / width)] = 1
      masked++
    }
  }
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(data.coords)) if (!coord.dims.includes(dim)) coords[name] = coord
  return derive<Exclude<Dim, K>>(data, {
    dims: data.dims.filter(d => d !== dim) as Exclude<Dim, K>[],
    shape: data.shape.filter((_, i) => i !== axis),
    values,
    sigma: variance,
    coords,
    mask: masked > 0 ? mask : undefined,
    step: { op, parameters: { dim } },
  })
}

/**
 * Sum along a dim. Masked points are left out, so where some are masked the sum is of fewer (use {@link mean} to compare); where all are, the
 * result is masked. Sigma adds in quadrature, points taken as independent. Coords on the dim go. NaN that is not masked stays NaN.
 *
 * @param data The Dataset.
 * @param dim  Which dim goes.
 * @throws OperandoError `E_AXIS` if there is no such dim; `E_UNIT` for °C.
 * @example
 * ```ts
 * import { createDataset, sum } from 'operando'
 * const counts = createDataset({ name: 'I', dims: ['frame'], values: [9, 16], sigma: [3, 4], unit: 'counts' })
 * sum(counts, 'frame').sigma // 5
 * ```
 */
export function sum<Dim extends string, K extends Dim>(data: Dataset<Dim>, dim: K): Dataset<Exclude<Dim, K>> {
  return reduce(data, dim, 'sum')
}

/**
 * Mean along a dim, each point with the same weight. Masked points are left out; where all are masked the result is NaN and masked.
 * Sigma is that of the mean, sqrt(sum of sigma²)/n, points taken as independent. Coords on the dim go. NaN that is not masked stays NaN.
 *
 * @param data The Dataset.
 * @param dim  Which dim goes.
 * @throws OperandoError `E_AXIS` if there is no such dim.
 * @example
 * ```ts
 * import { createDataset, mean } from 'operando'
 * const frames = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [2, 2], values: [1, 2, 3, 4], unit: 'counts' })
 * mean(frames, 'frame').values // 2, 3
 * ```
 */
export function mean<Dim extends string, K extends Dim>(data: Dataset<Dim>, dim: K): Dataset<Exclude<Dim, K>> {
  return reduce(data, dim, 'mean')
}
