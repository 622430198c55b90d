import type { RealArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import type { Dataset } from './dataset.js'

/** Dims and lengths that hold both operands: the first's dims, then those that only the second has. */
export interface Frame {
  /** Dims of the result. */
  readonly dims: readonly string[]
  /** Their lengths. */
  readonly shape: readonly number[]
}

/** @throws OperandoError `E_SHAPE` if a shared dim has two lengths. */
export function commonFrame(a: Dataset, b: Dataset): Frame {
  const dims = [...a.dims]
  const shape = [...a.shape]
  b.dims.forEach((dim, i) => {
    const at = dims.indexOf(dim)
    if (at < 0) {
      dims.push(dim)
      shape.push(b.shape[i]!)
    } else if (shape[at] !== b.shape[i]) {
      throw new OperandoError('E_SHAPE', `'${dim}' is ${shape[at]} long in '${a.name}' and ${b.shape[i]} in '${b.name}'.`, {
        details: { dim, expected: shape[at]!, found: b.shape[i]! },
      })
    }
  })
  return { dims, shape }
}

/** Numbers repeated along the dims they lack, in the order of the frame. */
export function broadcast(values: RealArray, from: Frame, to: Frame): Float64Array {
  if (from.dims.join() === to.dims.join()) return values instanceof Float64Array ? values : Float64Array.from(values)
  const size = to.shape.reduce((product, n) => product * n, 1)
  const own = new Array<number>(from.dims.length)
  for (let i = from.dims.length - 1, step = 1; i >= 0; step *= from.shape[i]!, i--) own[i] = step
  const steps = to.dims.map(dim => own[from.dims.indexOf(dim)] ?? 0)
  const source = Float64Array.from(values)
  const out = new Float64Array(size)
  const index = new Array<number>(to.dims.length).fill(0)
  let position = 0
  for (let i = 0; i < size; i++) {
    out[i] = source[position]!
    for (let axis = to.dims.length - 1; axis >= 0; axis--) {
      position += steps[axis]!
      if (++index[axis]! < to.shape[axis]!) break
      position -= steps[axis]! * to.shape[axis]!
      index[axis] = 0
    }
  }
  return out
}
