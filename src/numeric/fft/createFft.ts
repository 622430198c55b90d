import { assertKnown } from '../../core/fields.js'
import { checkApart, checkArray, checkLength, kindOf } from './checks.js'
import type { FftArray, FftCore } from './core.js'
import { createCore } from './createCore.js'
import { createKernelCore } from './kernelCore.js'
import { singleFormat } from './kernelImage.js'
import { FFT_FIELDS, type FftOptions } from './options.js'
import { createRealTransform, type RealTransform } from './realTransform.js'
import { singleCore, singleReal } from './single.js'

/**
 * A plan for 1-d transforms of one length: tables and scratch are made once, a call allocates nothing but the `out` you leave away.
 *
 * Forward is X[k] = sum over j of x[j] exp(-2 pi i j k / n), inverse has the other sign and divides by n (numpy's convention).
 * Complex values lie interleaved: re, im, re, im. `out` may be `data` itself (in place). NaN in, NaN out. A plan is not re-entrant:
 * one a worker.
 */
export interface Fft<A extends FftArray = Float64Array> {
  /** Points of the transform, n. */
  readonly length: number
  /**
   * Complex transform.
   * @param data 2 n values.
   * @param out  Receives 2 n values; made if absent; may be `data`.
   */
  forward(data: A, out?: A): A
  /**
   * Complex inverse, divided by n.
   * @param data 2 n values.
   * @param out  Receives 2 n values; made if absent; may be `data`.
   */
  inverse(data: A, out?: A): A
  /**
   * Transform of real points: the bins 0 to floor(n/2), the others being their conjugates.
   * @param data n values.
   * @param out  Receives 2 (floor(n/2) + 1) values; made if absent.
   */
  realForward(data: A, out?: A): A
  /**
   * Inverse of {@link Fft.realForward}, divided by n. Imaginary parts of bin 0 and, for an even n, of bin n/2 are ignored.
   * @param spectrum 2 (floor(n/2) + 1) values.
   * @param out      Receives n values; made if absent.
   */
  realInverse(spectrum: A, out?: A): A
}

/**
 * Plans 1-d transforms of n points, any n: SIMD kernels where given, fft.js for powers of two, mixed radix, Bluestein where a large prime
 * divides n. Agrees with the exact sum to a few 1e-16 of the largest bin.
 *
 * @param n       Points, 1 to 2^30.
 * @param options Kernels and precision.
 * @throws OperandoError `E_RANGE` when n is no such number; the plan's calls throw `E_SHAPE` on a wrong length, `E_ARGUMENT` on arrays
 *   that are not Float64Array (Float32Array in single precision) or overlap.
 * @example
 * ```ts
 * import { createFft } from 'operando/numeric'
 * const fft = createFft(6)
 * const spectrum = fft.realForward(Float64Array.of(1, 2, 3, 3, 2, 1))
 * console.log(spectrum[0]) // 12, the sum
 * console.log(fft.realInverse(spectrum))
 * ```
 */
export function createFft(n: number, options?: FftOptions & { precision?: 'double' | undefined }): Fft
export function createFft(n: number, options: FftOptions & { precision: 'single' }): Fft<Float32Array>
export function createFft(n: number, options: FftOptions = {}): Fft | Fft<Float32Array> {
  assertKnown(options, 'createFft options', FFT_FIELDS)
  checkLength(n, 'n')
  const { kernels, precision = 'double' } = options
  const core = (length: number): FftCore => createCore(length, kernels)
  const real = (): RealTransform => createRealTransform(n, core)
  if (precision === 'double') return plan(core(n), length => new Float64Array(length), real)
  return plan(
    (kernels && createKernelCore<Float32Array>(kernels, n, singleFormat)) ?? singleCore(core(n)),
    length => new Float32Array(length),
    () => singleReal(real(), n, 2 * Math.floor(n / 2) + 2),
  )
}

/** Checks and defaults around a core; the real transform is made when it is first asked for. */
function plan<A extends FftArray>(core: FftCore<A>, make: (length: number) => A, makeReal: () => RealTransform<A>): Fft<A> {
  const n = core.length
  const bins = 2 * Math.floor(n / 2) + 2
  const kind = kindOf(make(0))
  let real: RealTransform<A> | undefined
  const check = (data: A, name: string, from: number, out: A, to: number): void => {
    checkArray(data, name, from, kind)
    checkArray(out, 'out', to, kind)
    checkApart(data, out)
  }
  const complex = (data: A, out: A, inverse: boolean): A => {
    check(data, 'data', 2 * n, out, 2 * n)
    core.transform(data, out, inverse)
    return out
  }
  return {
    length: n,
    forward: (data, out = make(2 * n)) => complex(data, out, false),
    inverse: (data, out = make(2 * n)) => complex(data, out, true),
    realForward(data, out = make(bins)) {
      check(data, 'data', n, out, bins)
      real ??= makeReal()
      real.forward(data, out)
      return out
    },
    realInverse(spectrum, out = make(n)) {
      check(spectrum, 'spectrum', bins, out, n)
      real ??= makeReal()
      real.inverse(spectrum, out)
      return out
    },
  }
}
