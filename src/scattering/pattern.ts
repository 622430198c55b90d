import { asFloat64, assertRising, type NumbersLike } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import type { FieldsOf } from '../core/fields.js'

/** A pattern that has passed the door: as measured, and which of its points count. */
export interface Pattern {
  /** Abscissae, n values, strictly rising. */
  readonly x: Float64Array
  /** Values, n; NaN where nothing was measured. */
  readonly y: Float64Array
  /** Points that are neither NaN nor masked, rising. */
  readonly good: Int32Array
}

/** What leaves points of a pattern out. */
export interface PatternOptions {
  /** 0 = good, n values. Points that are NaN are left out anyhow. */
  mask?: ArrayLike<number> | undefined
}

/** Their names, for `assertKnown`. */
export const PATTERN_FIELDS: FieldsOf<PatternOptions> = { mask: true }

/**
 * The door of functions that take a pattern with gaps.
 * @param x       Abscissae.
 * @param y       Values; NaN means nothing was measured.
 * @param options Mask.
 * @throws OperandoError `E_SHAPE` on lengths, `E_AXIS` on unsorted x, `E_NAN` on infinity or where no point is left.
 */
export function asPattern(x: NumbersLike, y: NumbersLike, { mask }: PatternOptions = {}): Pattern {
  const abscissae = asFloat64(x, 'x')
  assertRising(abscissae, 'x')
  const values = asFloat64(y, 'y', { length: abscissae.length, allowNaN: true })
  return { x: abscissae, y: values, good: goodPoints(values, mask) }
}

/**
 * Indices of the points that count.
 * @param y    Values; NaN ones do not count.
 * @param mask 0 = good.
 * @throws OperandoError `E_SHAPE` on a mask of another length, `E_NAN` where no point is left.
 */
export function goodPoints(y: Float64Array, mask?: ArrayLike<number>): Int32Array {
  if (mask && mask.length !== y.length) {
    throw new OperandoError('E_SHAPE', `mask: ${y.length} values expected, one per point, ${mask.length} found.`)
  }
  const good = new Int32Array(y.length)
  let count = 0
  for (let i = 0; i < y.length; i++) if (!Number.isNaN(y[i]) && !mask?.[i]) good[count++] = i
  if (count > 0) return good.subarray(0, count)
  throw new OperandoError('E_NAN', `y: none of its ${y.length} points is a number that is not masked.`)
}

/** Values at some indices. */
export function pick(values: Float64Array, indices: Int32Array): Float64Array {
  const out = new Float64Array(indices.length)
  for (let i = 0; i < out.length; i++) out[i] = values[indices[i]!]!
  return out
}
