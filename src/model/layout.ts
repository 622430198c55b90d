import type { RealArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertDataset } from './assertDataset.js'
import type { Dataset, Variable } from './dataset.js'
import { deriveVariable } from './derive.js'

/** How an n-d array looks from one of its axes: `outer` blocks, each of `n` rows, each of `inner` numbers. */
export interface Layout {
  /** Blocks before the axis: product of the lengths of the slower axes. */
  readonly outer: number
  /** Length of the axis. */
  readonly n: number
  /** Numbers in a row: product of the lengths of the faster axes. */
  readonly inner: number
}

/** Position of a dim. @throws OperandoError `E_AXIS` that lists the dims there are. */
export function axisOf(variable: { readonly dims: readonly string[]; readonly name?: string }, dim: string): number {
  assertDataset(variable)
  const axis = variable.dims.indexOf(dim)
  if (axis >= 0) return axis
  const name = variable.name === undefined ? 'the data' : `'${variable.name}'`
  throw new OperandoError('E_AXIS', `${name} have no dim '${dim}'; there are [${variable.dims.join(', ')}].`, {
    details: { expected: dim, found: variable.dims },
  })
}

/** Layout of a row-major array at one axis; `width` 2 for complex pairs. */
export function layoutOf(shape: readonly number[], axis: number, width = 1): Layout {
  let outer = 1
  let inner = width
  for (let i = 0; i < axis; i++) outer *= shape[i]!
  for (let i = axis + 1; i < shape.length; i++) inner *= shape[i]!
  return { outer, n: shape[axis]!, inner }
}

/** An array of the same type. */
export function emptyLike<T extends RealArray>(values: T, length: number): T {
  return new (values.constructor as new (n: number) => T)(length)
}

/** Rows `start, start + step, ...` (`count` of them) of an axis. */
export function takeRows<T extends RealArray>(
  values: T,
  { outer, n, inner }: Layout,
  start: number,
  count: number,
  step: number,
): T {
  const out = emptyLike(values, outer * count * inner)
  for (let block = 0; block < outer; block++) {
    const from = block * n * inner
    const to = block * count * inner
    if (step === 1) out.set(values.subarray(from + start * inner, from + (start + count) * inner), to)
    else if (inner === 1) for (let i = 0; i < count; i++) out[to + i] = values[from + start + i * step]!
    else
      for (let i = 0; i < count; i++) {
        const row = from + (start + i * step) * inner
        out.set(values.subarray(row, row + inner), to + i * inner)
      }
  }
  return out
}

/** Centres of bins given by n + 1 edges. */
export function centresOfEdges(edges: ArrayLike<number>): Float64Array {
  const centres = new Float64Array(Math.max(0, edges.length - 1))
  for (let i = 0; i < centres.length; i++) centres[i] = 0.5 * (edges[i]! + edges[i + 1]!)
  return centres
}

/** The same coordinate told by bin centres instead of edges. Uncertainties of edges are dropped: neighbours share them. */
export function withCentres(coord: Variable): Variable {
  return coord.edges ? deriveVariable(coord, { values: centresOfEdges(coord.values), edges: undefined, sigma: undefined }) : coord
}

/** Rows of a variable along one of its dims. Edges stay edges where the step is 1 or -1, and become centres elsewhere. */
export function takeOfVariable(variable: Variable, dim: string, start: number, count: number, step: number): Variable {
  const axis = axisOf(variable, dim)
  const shape = variable.shape.map((n, i) => (i === axis ? count : n))
  if (variable.edges && Math.abs(step) === 1) {
    const layout = { outer: 1, n: variable.values.length, inner: 1 }
    const first = step === 1 ? start : start + 1
    const take = <T extends RealArray>(x: T): T => takeRows(x, layout, first, count + 1, step)
    return deriveVariable(variable, { shape, values: take(variable.values), sigma: variable.sigma && take(variable.sigma) })
  }
  const plain = withCentres(variable)
  const layout = layoutOf(plain.shape, axis, plain.complex ? 2 : 1)
  const take = <T extends RealArray>(x: T): T => takeRows(x, layout, start, count, step)
  return deriveVariable(plain, { shape, values: take(plain.values), sigma: plain.sigma && take(plain.sigma) })
}

/** What {@link takeOfDataset} gives: the parts of a Dataset that change. */
export type Taken = Pick<Dataset, 'shape' | 'values' | 'sigma' | 'coords' | 'mask'>

/** Rows of a whole Dataset along a dim: values, sigma, mask and every coord that stands on it. */
export function takeOfDataset(data: Dataset, dim: string, start: number, count: number, step: number): Taken {
  const axis = axisOf(data, dim)
  const taken = takeOfVariable(data, dim, start, count, step)
  const coords: Record<string, Variable> = {}
  for (const [name, coord] of Object.entries(data.coords))
    coords[name] = coord.dims.includes(dim) ? takeOfVariable(coord, dim, start, count, step) : coord
  const mask = data.mask && takeRows(data.mask, layoutOf(data.shape, axis), start, count, step)
  return { shape: taken.shape, values: taken.values, sigma: taken.sigma, coords, mask }
}
