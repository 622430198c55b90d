import type { RealArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertDataset } from './assertDataset.js'
import type { Dataset } from './dataset.js'
import { derive } from './derive.js'
import { emptyLike } from './layout.js'

/** Copies a row-major array so that axis `order[i]` of the old becomes axis i of the new. */
function permute<T extends RealArray>(values: T, shape: readonly number[], order: readonly number[], width: number): T {
  const out = emptyLike(values, values.length)
  const rank = shape.length
  const stride = new Array<number>(rank)
  for (let i = rank - 1, step = width; i >= 0; step *= shape[i]!, i--) stride[i] = step
  const lengths = order.map(axis => shape[axis]!)
  const steps = order.map(axis => stride[axis]!)
  const index = new Array<number>(rank).fill(0)
  let position = 0
  for (let to = 0; to < out.length; to += width) {
    out[to] = values[position]!
    if (width === 2) out[to + 1] = values[position + 1]!
    for (let axis = rank - 1; axis >= 0; axis--) {
      position += steps[axis]!
      if (++index[axis]! < lengths[axis]!) break
      position -= steps[axis]! * lengths[axis]!
      index[axis] = 0
    }
  }
  return out
}

/**
 * The same data with its dims in another order. Coords stay as they are, since they name their dims.
 *
 * @param data The Dataset.
 * @param dims All its dims in the order wished. Default: reversed.
 * @throws OperandoError `E_AXIS` if these are not its dims, each once.
 * @example
 * ```ts
 * import { createDataset, transpose } from 'operando'
 * const run = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [2, 3], values: [1, 2, 3, 4, 5, 6], unit: 'counts' })
 * transpose(run, ['q', 'frame']).values // 1, 4, 2, 5, 3, 6
 * ```
 */
export function transpose<Dim extends string>(
  data: Dataset<Dim>,
  dims: readonly NoInfer<Dim>[] = [...(data?.dims ?? [])].reverse(),
): Dataset<Dim> {
  assertDataset(data)
  const order = dims.map(dim => data.dims.indexOf(dim))
  if (order.length !== data.dims.length || order.includes(-1) || new Set(order).size !== order.length) {
    throw new OperandoError('E_AXIS', `[${dims.join(', ')}]: each of the dims [${data.dims.join(', ')}] was expected once.`, {
      details: { expected: data.dims, found: dims },
    })
  }
  const move = <T extends RealArray>(x: T, width = 1): T => permute(x, data.shape, order, width)
  const width = data.complex ? 2 : 1
  return derive<Dim>(data, {
    dims: [...dims],
    shape: order.map(axis => data.shape[axis]!),
    values: move(data.values, width),
    sigma: data.sigma && move(data.sigma, width),
    mask: data.mask && move(data.mask),
    step: { op: 'transpose', parameters: { dims: [...dims] } },
  })
}
