import type { Dataset, Variable } from './dataset.js'
import { freeze } from './derive.js'
import { takeOfVariable } from './layout.js'

/** One frame of a series whose first dim is `frame`, its arrays shared with the series (copied where a coord has `frame` on a later dim); coords on `frame` become single numbers, bins of frames go. */
export function frameAt(data: Dataset, index: number): Dataset {
  const cut = <Array extends { subarray(from: number, to: number): Array }>(array: Array, width: number): Array =>
    array.subarray(index * width, (index + 1) * width)
  const part = (variable: Variable): Variable => {
    const axis = variable.dims.indexOf('frame')
    if (axis < 0) return variable
    if (axis > 0) {
      const one = takeOfVariable(variable, 'frame', index, 1, 1)
      const without = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== axis)
      return { ...one, dims: without(one.dims), shape: without(one.shape) }
    }
    const width = variable.values.length / variable.shape[0]!
    return {
      ...variable,
      dims: variable.dims.slice(1),
      shape: variable.shape.slice(1),
      values: cut(variable.values as Float64Array, width),
      sigma: variable.sigma && cut(variable.sigma as Float64Array, width),
    }
  }
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(data.coords))
    if (!(coord.edges && coord.dims[0] === 'frame')) coords[name] = part(coord)
  const points = data.shape.slice(1).reduce((product, n) => product * n, 1)
  return freeze({ ...data, ...part(data), coords, mask: data.mask && cut(data.mask, points) })
}

/** Coords that stand on `frame` alone. */
export function coordsOnFrame(data: Dataset): Record<string, Variable> {
  return Object.fromEntries(Object.entries(data.coords).filter(([, c]) => c.dims.length === 1 && c.dims[0] === 'frame'))
}
