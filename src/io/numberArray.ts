import type { RealArray } from '../core/arrays.js'

/** A bare n-d array as a file holds it: row-major, native byte order, no axes, no unit. */
export interface NumberArray {
  /** Lengths of the axes, slowest first; empty for a scalar. */
  readonly shape: readonly number[]
  /** The numbers; 64-bit integers only where the caller asked for `int64: 'bigint'`. Twice as many, re and im in turn, when `complex`. */
  readonly values: RealArray | BigInt64Array | BigUint64Array
  /** `values` hold re, im pairs. */
  readonly complex?: boolean | undefined
  /** The type as the file named it, e.g. `<f4`. */
  readonly dtype?: string | undefined
}
