import { OperandoError } from './errors.js'
import { assertKnown, type FieldsOf } from './fields.js'

/** The number arrays that a Dataset may hold. 64-bit integers are not among them: beyond 2^53 they do not fit a number. */
export type RealArray = Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array

/**
 * An n-d view by structure: an `ndarray` of the package of that name, or the eval-free view of `view(ds)`.
 * The element of index (i, j) is `data[offset + i * stride[0] + j * stride[1]]`; `data` alone is not in order when this is a view.
 */
export interface StridedArray {
  /** The buffer underneath, possibly larger than the view. */
  readonly data: ArrayLike<number>
  /** Lengths by axis. */
  readonly shape: readonly number[]
  /** Steps by axis, in elements. */
  readonly stride: readonly number[]
  /** Position of the first element. */
  readonly offset: number
}

/** Anything with one number after another that public functions accept. */
export type NumbersLike =
  | ArrayLike<number>
  | StridedArray
  | {
      /** The numbers of a Variable or Dataset. */
      readonly values: RealArray
      /** Its dims. */
      readonly dims: readonly string[]
    }

/** Options of {@link asFloat64}. */
export interface AsFloat64Options {
  /** Length that the result must have. */
  length?: number | undefined
  /** Whether NaN passes (where a function documents NaN as "masked"). Default false. */
  allowNaN?: boolean | undefined
  /** Whether infinities pass. Default false. */
  allowInfinite?: boolean | undefined
}

const OPTIONS: FieldsOf<AsFloat64Options> = { length: true, allowNaN: true, allowInfinite: true }

/**
 * True if `x` is a typed array that a Dataset may hold.
 * @example
 * ```ts
 * import { isRealArray } from 'operando'
 * isRealArray(new Float32Array(3)) // true
 * isRealArray(new BigInt64Array(3)) // false
 * ```
 */
export function isRealArray(x: unknown): x is RealArray {
  return ArrayBuffer.isView(x) && !(x instanceof DataView) && !(x instanceof BigInt64Array) && !(x instanceof BigUint64Array)
}

function isStrided(x: object): x is StridedArray {
  return 'stride' in x && 'shape' in x && 'offset' in x && 'data' in x
}

/** null is what JSON makes of NaN, and Number(null) is 0: a hole must not become a measured zero. */
function numberOf(value: unknown, name: string, i: number): number {
  if (typeof value === 'number') return value
  if (value === null || value === undefined) return Number.NaN
  const found = Array.isArray(value) ? 'an array: give nested data flat, or as an ndarray' : `a ${typeof value}`
  throw new OperandoError('E_ARGUMENT', `${name}[${i}]: a number was expected, found ${found}.`, { details: { name, index: i } })
}

function gatherPlain(x: ArrayLike<unknown>, name: string): Float64Array {
  if (!(Number.isInteger(x.length) && x.length >= 0 && x.length <= MOST_NUMBERS)) {
    throw new OperandoError('E_ARGUMENT', `${name}: an array of numbers was expected, found one of length ${x.length}.`)
  }
  const out = new Float64Array(x.length)
  for (let i = 0; i < out.length; i++) out[i] = numberOf(x[i], name, i)
  return out
}

const MOST_NUMBERS = 2 ** 31

/** Copies a strided view to row-major order. */
function gather<T extends RealArray>(view: StridedArray, name: string, out: T): T {
  const size = out.length
  const rank = view.shape.length
  const index = new Array<number>(rank).fill(0)
  let position = view.offset
  for (let i = 0; i < size; i++) {
    out[i] = numberOf(view.data[position], name, i)
    for (let axis = rank - 1; axis >= 0; axis--) {
      position += view.stride[axis]!
      if (++index[axis]! < view.shape[axis]!) break
      position -= view.stride[axis]! * view.shape[axis]!
      index[axis] = 0
    }
  }
  return out
}

/** Number of elements of a view that stays within its data. */
function sizeOf({ data, shape, stride, offset }: StridedArray, name: string): number {
  const size = shape.reduce((product, n) => product * n, 1)
  const reach = (side: 1 | -1): number =>
    shape.reduce((at, n, axis) => at + (side * stride[axis]! > 0 ? (n - 1) * stride[axis]! : 0), offset)
  if (size === 0 || (reach(-1) >= 0 && reach(1) < data.length)) return size
  throw new OperandoError(
    'E_SHAPE',
    `${name}: a view of shape [${shape.join(', ')}], stride [${stride.join(', ')}] and offset ${offset} reaches beyond its ${data.length} numbers.`,
  )
}

/**
 * The numbers of an n-d view in row-major order, in an array of the type that the view stands on (Float64Array if that is no typed array). A view
 * that is in order already gives its own numbers, not a copy.
 * @param view An ndarray, the view of a Dataset, or anything with data, shape, stride and offset.
 * @throws OperandoError `E_SHAPE` for a view that reaches beyond its data.
 * @example
 * ```ts
 * import { rowMajor } from 'operando'
 * const transposed = { data: Int16Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2], stride: [1, 3], offset: 0 }
 * rowMajor(transposed) // Int16Array 1, 4, 2, 5, 3, 6
 * ```
 */
export function rowMajor(view: StridedArray): RealArray {
  const { data, shape, stride, offset } = view
  const size = sizeOf(view, 'the view')
  if (!isRealArray(data)) return gather(view, 'the view', new Float64Array(size))
  let step = 1
  let inOrder = true
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== step) inOrder = false
    step *= shape[axis]!
  }
  if (inOrder) return offset === 0 && size === data.length ? data : data.subarray(offset, offset + size)
  return gather(view, 'the view', new (data.constructor as new (n: number) => RealArray)(size))
}

/**
 * The door of every public function: any array of numbers becomes a Float64Array, copied only where it is not one already.
 * The result must be treated as read-only, since it may be the caller's own array.
 *
 * @param x       number[], typed array, ndarray (strides honoured, row-major result), Variable or Dataset (its values).
 * @param name    What the caller calls it, for messages.
 * @param options Required length; whether NaN and infinities pass.
 * @throws OperandoError `E_ARGUMENT` if `x` is no array of numbers (bigints, strings and arrays of arrays are none), `E_SHAPE` on a wrong
 *   length, `E_NAN` on NaN or infinity; null and undefined in a plain array count as NaN.
 * @example
 * ```ts
 * import { asFloat64 } from 'operando'
 * asFloat64([1, 2, 3], 'q', { length: 3 })
 * ```
 */
export function asFloat64(x: NumbersLike, name: string, options: AsFloat64Options = {}): Float64Array {
  assertKnown(options, 'asFloat64 options', OPTIONS)
  let values: Float64Array
  if (x instanceof Float64Array) values = x
  else if (isRealArray(x)) values = new Float64Array(x)
  else if (typeof x === 'object' && x !== null && isStrided(x)) values = gather(x, name, new Float64Array(sizeOf(x, name)))
  else if (typeof x === 'object' && x !== null && 'values' in x && isRealArray(x.values))
    return asFloat64(x.values, name, options)
  else if (typeof x === 'object' && x !== null && 'length' in x && typeof x.length === 'number') values = gatherPlain(x, name)
  else
    throw new OperandoError('E_ARGUMENT', `${name}: an array of numbers was expected, found ${x === null ? 'null' : typeof x}.`)
  if (options.length !== undefined && values.length !== options.length) {
    throw new OperandoError('E_SHAPE', `${name}: ${options.length} values expected, ${values.length} found.`, {
      details: { name, expected: options.length, found: values.length },
    })
  }
  if (!(options.allowNaN && options.allowInfinite)) assertFinite(values, name, options)
  return values
}

/** v - v is 0 for every finite number, NaN for the rest: four sums of them, which the processor adds side by side. */
function allFinite(values: Float64Array): boolean {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = 0
  for (; i + 3 < values.length; i += 4) {
    a += values[i]! - values[i]!
    b += values[i + 1]! - values[i + 1]!
    c += values[i + 2]! - values[i + 2]!
    d += values[i + 3]! - values[i + 3]!
  }
  for (; i < values.length; i++) a += values[i]! - values[i]!
  return a + b + c + d === 0
}

function assertFinite(values: Float64Array, name: string, options: AsFloat64Options): void {
  if (allFinite(values)) return
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!
    // v - v is 0 for every finite number, NaN for the rest
    if (v - v === 0) continue
    if (Number.isNaN(v) ? options.allowNaN : options.allowInfinite) continue
    throw new OperandoError('E_NAN', `${name}[${i}] is ${v}: finite numbers expected. Mask or drop such points first.`, {
      details: { name, index: i },
    })
  }
}

/**
 * Index of the first step that does not strictly rise (or, with `-1`, fall); -1 if the axis is strictly monotonic.
 * @param x         The axis, n values.
 * @param direction 1 for rising, -1 for falling.
 * @example
 * ```ts
 * import { firstNonMonotonic } from 'operando'
 * firstNonMonotonic(Float64Array.of(1, 2, 2, 3)) // 2
 * ```
 */
export function firstNonMonotonic(x: Float64Array, direction: 1 | -1 = 1): number {
  for (let i = 1; i < x.length; i++) if (!((x[i]! - x[i - 1]!) * direction > 0)) return i
  return -1
}

/**
 * Throws unless `x` rises strictly.
 * @param x    The axis.
 * @param name What the caller calls it.
 * @throws OperandoError `E_AXIS` with the index of the first offender.
 * @example
 * ```ts
 * import { assertRising } from 'operando'
 * assertRising(Float64Array.of(1.5, 1.6, 1.8), 'q')
 * ```
 */
export function assertRising(x: Float64Array, name: string): void {
  const at = firstNonMonotonic(x)
  if (at < 0) return
  throw new OperandoError(
    'E_AXIS',
    `${name} must rise strictly, but ${name}[${at}] = ${x[at]} follows ${x[at - 1]}. Sort it, and the values with it, first.`,
    {
      details: { name, index: at },
    },
  )
}
