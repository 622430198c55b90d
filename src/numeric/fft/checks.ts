import { OperandoError } from '../../core/index.js'
import type { FftArray } from './core.js'

/** Throws `E_RANGE` unless `n` is a length a plan can have. */
export function checkLength(n: number, name: string): void {
  if (Number.isSafeInteger(n) && n >= 1 && n <= 2 ** 30) return
  throw new OperandoError('E_RANGE', `${name}: a whole number from 1 to 2^30 expected, found ${n}.`, {
    details: { name, found: n },
  })
}

/** Names of the arrays that plans take. */
export type ArrayKind = 'Float64Array' | 'Float32Array'

/** The name of an array's kind. */
export function kindOf(x: FftArray): ArrayKind {
  return x instanceof Float64Array ? 'Float64Array' : 'Float32Array'
}

/**
 * Throws unless `x` is the strict kind of array that a plan takes, of the right length.
 * @throws OperandoError `E_ARGUMENT` on another kind of array, `E_SHAPE` on a wrong length.
 */
export function checkArray(x: unknown, name: string, length: number, kind: ArrayKind): void {
  const right = kind === 'Float64Array' ? x instanceof Float64Array : x instanceof Float32Array
  if (!right) {
    const found = x === null || typeof x !== 'object' ? String(x) : x.constructor.name
    throw new OperandoError('E_ARGUMENT', `${name}: a ${kind} expected, found ${found}. Convert with ${kind}.from(x).`)
  }
  const found = (x as FftArray).length
  if (found === length) return
  throw new OperandoError('E_SHAPE', `${name}: ${length} values expected (complex ones as re, im), ${found} found.`, {
    details: { name, expected: length, found },
  })
}

/** Throws `E_ARGUMENT` if two different views share memory: the transform would read what it has just written. */
export function checkApart(data: FftArray, out: FftArray): void {
  if (data === out || data.buffer !== out.buffer) return
  const apart = data.byteOffset + data.byteLength <= out.byteOffset || out.byteOffset + out.byteLength <= data.byteOffset
  if (apart) return
  throw new OperandoError('E_ARGUMENT', 'out overlaps data. Pass the same array for a transform in place, or one that is apart.')
}
