import { OperandoError } from '../core/errors.js'
import type { Dataset, Variable } from './dataset.js'
import { derive, deriveVariable } from './derive.js'
import { axisOf, takeOfDataset } from './layout.js'

/**
 * One element along a dim, which then is no dim any more: one frame of a series, one pixel of a map. Its coords stay as single numbers
 * (of bin edges the centre), so the frame keeps its time and voltage.
 *
 * @param data  The Dataset.
 * @param dim   Which dim.
 * @param index Counted from 0; negative from the end.
 * @throws OperandoError `E_RANGE` outside the dim, `E_AXIS` if there is no such dim.
 * @example
 * ```ts
 * import { createDataset, select } from 'operando'
 * const run = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [2, 3], values: [1, 2, 3, 4, 5, 6], unit: 'counts' })
 * select(run, 'frame', -1).values // 4, 5, 6
 * ```
 */
export function select<Dim extends string, K extends Dim>(data: Dataset<Dim>, dim: K, index: number): Dataset<Exclude<Dim, K>> {
  const axis = axisOf(data, dim)
  const n = data.shape[axis]!
  const at = index < 0 ? n + index : index
  if (!Number.isInteger(index) || at < 0 || at >= n) {
    throw new OperandoError('E_RANGE', `index ${index} of '${dim}': a whole number from ${-n} to ${n - 1} was expected.`, {
      details: { dim, found: index, length: n },
    })
  }
  const taken = takeOfDataset(data, dim, at, 1, 1)
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(taken.coords)) coords[name] = coord.dims.includes(dim) ? dropDim(coord, dim) : coord
  const { dims, shape } = dropDim({ ...data, ...taken }, dim)
  return derive<Exclude<Dim, K>>(data, {
    ...taken,
    dims: dims as Exclude<Dim, K>[],
    shape,
    coords,
    step: { op: 'select', parameters: { dim, index: at } },
  })
}

function dropDim(variable: Variable, dim: string): Variable {
  const axis = variable.dims.indexOf(dim)
  const centre = variable.edges
    ? { values: Float64Array.of(0.5 * (variable.values[0]! + variable.values[1]!)), sigma: undefined }
    : {}
  return deriveVariable(variable, {
    dims: variable.dims.filter((_, i) => i !== axis),
    shape: variable.shape.filter((_, i) => i !== axis),
    edges: undefined,
    ...centre,
  })
}
