import { checkApart, checkArray, checkLength } from './checks.js'
import { createCore } from './createCore.js'
import { createRealTransform, type RealTransform } from './realTransform.js'

/**
 * A plan for 1-d transforms of one length: tables and scratch are made once, a call allocates nothing but the `out` you leave away.
 *
 * Forward is X[k] = sum over j of x[j] exp(-2 pi i j k / n), inverse has the other sign and divides by n (numpy's convention).
 * Complex values lie interleaved: re, im, re, im. `out` may be `data` itself (in place). NaN in, NaN out. A plan is not re-entrant:
 * one a worker.
 */
export interface Fft {
  /** Points of the transform, n. */
  readonly length: number
  /**
   * Complex transform.
   * @param data 2 n values.
   * @param out  Receives 2 n values; made if absent; may be `data`.
   */
  forward(data: Float64Array, out?: Float64Array): Float64Array
  /**
   * Complex inverse, divided by n.
   * @param data 2 n values.
   * @param out  Receives 2 n values; made if absent; may be `data`.
   */
  inverse(data: Float64Array, out?: Float64Array): Float64Array
  /**
   * Transform of real points: the bins 0 to floor(n/2), the others being their conjugates.
   * @param data n values.
   * @param out  Receives 2 (floor(n/2) + 1) values; made if absent.
   */
  realForward(data: Float64Array, out?: Float64Array): Float64Array
  /**
   * Inverse of {@link Fft.realForward}, divided by n. Imaginary parts of bin 0 and, for an even n, of bin n/2 are ignored.
   * @param spectrum 2 (floor(n/2) + 1) values.
   * @param out      Receives n values; made if absent.
   */
  realInverse(spectrum: Float64Array, out?: Float64Array): Float64Array
}

/**
 * Plans 1-d transforms of n points, any n: fft.js for powers of two, mixed radix, Bluestein where a large prime divides n. Agrees with
 * the exact sum to a few 1e-16 of the largest bin.
 *
 * @param n Points, 1 to 2^30.
 * @throws OperandoError `E_RANGE` when n is no such number; the plan's calls throw `E_SHAPE` on a wrong length, `E_ARGUMENT` on arrays
 *   that are not Float64Array or overlap.
 * @example
 * ```ts
 * import { createFft } from 'operando/numeric'
 * const fft = createFft(6)
 * const spectrum = fft.realForward(Float64Array.of(1, 2, 3, 3, 2, 1))
 * console.log(spectrum[0]) // 12, the sum
 * console.log(fft.realInverse(spectrum))
 * ```
 */
export function createFft(n: number): Fft {
  checkLength(n, 'n')
  const core = createCore(n)
  const bins = Math.floor(n / 2) + 1
  let real: RealTransform | undefined
  const complex = (data: Float64Array, out: Float64Array, inverse: boolean): Float64Array => {
    checkArray(data, 'data', 2 * n, 'Float64Array')
    checkArray(out, 'out', 2 * n, 'Float64Array')
    checkApart(data, out)
    core.transform(data, out, inverse)
    return out
  }
  const realOf = (data: Float64Array, from: number, out: Float64Array, to: number): RealTransform => {
    checkArray(data, 'data', from, 'Float64Array')
    checkArray(out, 'out', to, 'Float64Array')
    checkApart(data, out)
    real ??= createRealTransform(n, createCore)
    return real
  }
  return {
    length: n,
    forward: (data, out = new Float64Array(2 * n)) => complex(data, out, false),
    inverse: (data, out = new Float64Array(2 * n)) => complex(data, out, true),
    realForward(data, out = new Float64Array(2 * bins)) {
      realOf(data, n, out, 2 * bins).forward(data, out)
      return out
    },
    realInverse(spectrum, out = new Float64Array(n)) {
      realOf(spectrum, 2 * bins, out, n).inverse(spectrum, out)
      return out
    },
  }
}
