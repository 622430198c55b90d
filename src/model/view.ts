import type { NdArray } from 'ndarray'
import type { RealArray } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertKnown, type FieldsOf } from '../core/fields.js'
import { assertDataset } from './assertDataset.js'
import type { Variable } from './dataset.js'

/** Names of the array types as ndarray gives them. */
const DTYPES = ['Float32', 'Float64', 'Int8', 'Int16', 'Int32', 'Uint8', 'Uint16', 'Uint32'] as const

/**
 * An n-d view with the members of an `ndarray`, and accepted where its type is, but compiled nowhere: it works under a security policy that forbids
 * `new Function`. What lies outside is refused with `E_RANGE`, where ndarray reads a neighbour's number. Element (i, j) is
 * `data[offset + i * stride[0] + j * stride[1]]`; `get` is for single numbers, loops are faster over `data`.
 */
export class View<D extends RealArray = RealArray> {
  /** The buffer underneath, in order only when this is a whole and not a part. */
  readonly data: D
  /** Lengths by axis. */
  readonly shape: number[]
  /** Steps by axis, in elements. */
  readonly stride: number[]
  /** Position of the first element. */
  readonly offset: number
  /** `float64`, `uint16` ... */
  readonly dtype: NdArray<D>['dtype']

  /**
   * A view of a buffer.
   * @param data   The buffer.
   * @param shape  Lengths by axis.
   * @param stride Steps by axis. Default: row-major.
   * @param offset Position of the first element. Default 0.
   */
  constructor(data: D, shape: readonly number[], stride?: readonly number[], offset = 0) {
    this.data = data
    this.shape = [...shape]
    this.stride = stride ? [...stride] : rowMajorStride(shape)
    this.offset = offset
    const type = DTYPES.find(name => Object.prototype.toString.call(data) === `[object ${name}Array]`)
    this.dtype = (type?.toLowerCase() ?? 'generic') as NdArray<D>['dtype']
  }

  /** Number of axes. */
  get dimension(): number {
    return this.shape.length
  }

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1)
  }

  /** Axes from the smallest step to the largest. */
  get order(): number[] {
    return [...this.stride.keys()].sort((a, b) => Math.abs(this.stride[a]!) - Math.abs(this.stride[b]!))
  }

  /** The view with its axes reversed. */
  get T(): View<D> {
    return this.transpose(...[...this.shape.keys()].reverse())
  }

  /**
   * Position of an element in `data`.
   * @param indices One index an axis.
   * @throws OperandoError `E_RANGE` outside the view.
   */
  index(...indices: number[]): number {
    let position = this.offset
    for (let axis = 0; axis < this.shape.length; axis++) {
      const i = indices[axis]!
      if (!(Number.isInteger(i) && i >= 0 && i < this.shape[axis]!)) throw this.#outside('index', indices)
      position += i * this.stride[axis]!
    }
    return position
  }

  /**
   * One element.
   * @param indices One index an axis.
   * @throws OperandoError `E_RANGE` outside the view.
   */
  get(...indices: number[]): number {
    return this.data[this.index(...indices)]!
  }

  /**
   * Writes one element, into the buffer that the view stands on: for views of your own arrays. Those of a Dataset must not be written.
   * @param indices One index an axis, then the number.
   * @throws OperandoError `E_RANGE` outside the view.
   */
  set(...indices: number[]): number {
    const value = indices.pop()!
    this.data[this.index(...indices)] = value
    return value
  }

  /**
   * The view from these indices on.
   * @param from First index of each axis; left out or null: from 0.
   */
  lo(...from: (number | null | undefined)[]): View<D> {
    let { offset } = this
    const shape = this.shape.map((n, axis) => {
      const i = from[axis]
      if (typeof i !== 'number' || i < 0) return n
      if (!Number.isInteger(i) || i > n) throw this.#outside('lo', from)
      offset += i * this.stride[axis]!
      return n - i
    })
    return new View(this.data, shape, this.stride, offset)
  }

  /**
   * The view up to before these indices.
   * @param to One past the last index of each axis; left out or null: to the end.
   */
  hi(...to: (number | null | undefined)[]): View<D> {
    const shape = this.shape.map((n, axis) => {
      const i = to[axis]
      if (typeof i !== 'number' || i < 0) return n
      if (!Number.isInteger(i) || i > n) throw this.#outside('hi', to)
      return i
    })
    return new View(this.data, shape, this.stride, this.offset)
  }

  /**
   * Every how many-th element; negative from the end backwards.
   * @param steps Steps by axis; left out or null: 1.
   */
  step(...steps: (number | null | undefined)[]): View<D> {
    let { offset } = this
    const shape = [...this.shape]
    const stride = this.stride.map((s, axis) => {
      const step = steps[axis]
      if (typeof step !== 'number') return s
      if (!Number.isInteger(step) || step === 0) throw this.#outside('step', steps)
      if (step < 0) offset += s * (shape[axis]! - 1)
      shape[axis] = Math.ceil(shape[axis]! / Math.abs(step))
      return s * step
    })
    return new View(this.data, shape, stride, offset)
  }

  /**
   * The view with its axes in another order.
   * @param axes Which old axis stands at each place; left out: its own.
   * @throws OperandoError `E_AXIS` unless each axis is named once.
   */
  transpose(...axes: (number | undefined)[]): View<D> {
    const order = this.shape.map((_, axis) => axes[axis] ?? axis)
    if (new Set(order).size !== order.length || order.some(axis => this.shape[axis] === undefined))
      throw new OperandoError('E_AXIS', `transpose(${axes.join(', ')}): each of ${this.shape.length} axes was expected once.`)
    return new View(
      this.data,
      order.map(axis => this.shape[axis]!),
      order.map(axis => this.stride[axis]!),
      this.offset,
    )
  }

  /**
   * The view at fixed indices of some axes, which then are gone.
   * @param indices An index, or null (or a negative number, as ndarray has it) to keep the axis.
   * @throws OperandoError `E_RANGE` outside the view.
   */
  pick(...indices: (number | null | undefined)[]): View<D> {
    let { offset } = this
    const kept: number[] = []
    for (let axis = 0; axis < this.shape.length; axis++) {
      const i = indices[axis]
      if (typeof i !== 'number' || i < 0) {
        kept.push(axis)
        continue
      }
      if (!Number.isInteger(i) || i >= this.shape[axis]!) throw this.#outside('pick', indices)
      offset += i * this.stride[axis]!
    }
    return new View(
      this.data,
      kept.map(axis => this.shape[axis]!),
      kept.map(axis => this.stride[axis]!),
      offset,
    )
  }

  #outside(call: string, indices: readonly unknown[]): OperandoError {
    return new OperandoError(
      'E_RANGE',
      `${call}(${indices.join(', ')}) of a view of shape [${this.shape.join(', ')}]: outside.`,
      {
        details: { shape: this.shape },
      },
    )
  }
}

function rowMajorStride(shape: readonly number[]): number[] {
  const stride = new Array<number>(shape.length)
  for (let axis = shape.length - 1, step = 1; axis >= 0; step *= shape[axis]!, axis--) stride[axis] = step
  return stride
}

/** Options of {@link view}. */
export interface ViewOptions<V> {
  /** The function `ndarray` of the package of that name, for a real one. It compiles code, which strict security policies forbid. */
  readonly ndarray: (data: RealArray, shape: number[]) => V
}

const OPTIONS: FieldsOf<ViewOptions<unknown>> = { ndarray: true }

/**
 * The n-d view of a Dataset or Variable: shape, stride, `get(i, j)`, `pick`, `transpose` ... as an ndarray has them, over the Dataset's own numbers (no copy;
 * they must not be written). Complex data have a last axis of 2, re and im. The other way goes `createDataset`, whose `values` may be any view.
 *
 * @param data Dataset or Variable.
 * @example
 * ```ts
 * import { createDataset, view } from 'operando'
 * const run = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [2, 3], values: [1, 2, 3, 4, 5, 6], unit: 'counts' })
 * const at = view(run)
 * at.get(1, 2) // 6
 * const column = createDataset({ name: 'I', dims: ['frame'], values: at.pick(null, 0), unit: 'counts' })
 * console.log(column.values) // 1, 4
 * ```
 */
export function view(data: Variable): View
/**
 * The same as an ndarray of the package of that name, instead of the library's own {@link View}.
 * @param data    Dataset or Variable.
 * @param options The function `ndarray`.
 */
export function view<V>(data: Variable, options: ViewOptions<V>): V
export function view<V>(data: Variable, options?: ViewOptions<V>): V | View {
  assertKnown(options, 'view options', OPTIONS)
  assertDataset(data)
  const extra = data.edges ? 1 : 0
  const shape = data.shape.map(n => n + extra)
  if (data.complex) shape.push(2)
  return options ? options.ndarray(data.values, shape) : new View(data.values, shape)
}
