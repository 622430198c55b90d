import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { OperandoError } from '../../core/index.js'

/** Options of {@link fftShift} and {@link ifftShift}. */
export interface ShiftOptions {
  /** Numbers that an element consists of: 2 for complex values as re, im. Default 1. */
  components?: number | undefined
}

const OPTIONS: FieldsOf<ShiftOptions> = { components: true }

function roll<A extends Float32Array | Float64Array>(
  data: A,
  shape: readonly number[],
  by: (n: number) => number,
  components: number,
): A {
  const size = shape.reduce((product, n) => product * n, components)
  if (size !== data.length || shape.some(n => !Number.isInteger(n) || n < 1)) {
    throw new OperandoError(
      'E_SHAPE',
      `shape [${shape.join(', ')}] with ${components} number(s) an element needs ${size} values, ${data.length} found.`,
      { details: { expected: size, found: data.length } },
    )
  }
  let from = data.slice() as A
  let to = data.slice() as A
  let inner = components
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis]!
    const block = n * inner
    const cut = ((n - by(n)) % n) * inner
    for (let start = 0; start < data.length; start += block) {
      to.set(from.subarray(start + cut, start + block), start)
      to.set(from.subarray(start, start + cut), start + block - cut)
    }
    ;[from, to] = [to, from]
    inner = block
  }
  return from
}

/**
 * Moves frequency zero from the front to the middle, index floor(n/2), along every axis.
 *
 * @param data    Row-major values.
 * @param shape   Lengths of the axes.
 * @param options Numbers an element has.
 * @returns A new array of the same kind.
 * @throws OperandoError `E_SHAPE` when shape and length differ.
 * @example
 * ```ts
 * import { fftFrequencies, fftShift } from 'operando/numeric'
 * console.log(fftShift(fftFrequencies(4, 0.25), [4])) // -2, -1, 0, 1
 * ```
 */
export function fftShift<A extends Float32Array | Float64Array>(
  data: A,
  shape: readonly number[],
  options: ShiftOptions = {},
): A {
  assertKnown(options, 'fftShift options', OPTIONS)
  const { components = 1 } = options
  return roll(data, shape, n => Math.floor(n / 2), components)
}

/**
 * Undoes {@link fftShift}; for odd lengths that is not the same move.
 *
 * @param data    Row-major values.
 * @param shape   Lengths of the axes.
 * @param options Numbers an element has.
 * @returns A new array of the same kind.
 * @throws OperandoError `E_SHAPE` when shape and length differ.
 * @example
 * ```ts
 * import { ifftShift } from 'operando/numeric'
 * console.log(ifftShift(Float64Array.of(-2, -1, 0, 1, 2), [5])) // 0, 1, 2, -2, -1
 * ```
 */
export function ifftShift<A extends Float32Array | Float64Array>(
  data: A,
  shape: readonly number[],
  options: ShiftOptions = {},
): A {
  assertKnown(options, 'ifftShift options', OPTIONS)
  const { components = 1 } = options
  return roll(data, shape, n => Math.ceil(n / 2), components)
}
