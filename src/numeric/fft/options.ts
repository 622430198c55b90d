import type { FieldsOf } from '../../core/fields.js'
import type { Kernels } from '../wasm/index.js'

/** Options of {@link createFft} and {@link createFft2}. */
export interface FftOptions {
  /**
   * SIMD kernels of `loadKernels()`; plain TypeScript if absent. They take lengths with no prime factor but 2, 3 and 5 (and even ones; in single
   * precision multiples of 16); for others the plan does without. Results differ from TypeScript's by rounding: a few 1e-16 of the
   * largest bin, in single precision a few 1e-7.
   */
  kernels?: Kernels | undefined
  /**
   * Precision of the complex values. `'single'` takes and gives Float32Array: half the memory, twice the speed with kernels. Without
   * kernels, and for real input, single precision is computed in double and rounded at the end. Default `'double'`.
   */
  precision?: 'double' | 'single' | undefined
}

/** Their names, for `assertKnown`. */
export const FFT_FIELDS: FieldsOf<FftOptions> = { kernels: true, precision: true }
