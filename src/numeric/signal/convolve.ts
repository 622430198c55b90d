import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { createFft } from '../fft/index.js'

/** Options of {@link convolve}. */
export interface ConvolveOptions {
  /** `'full'` (default) n + m - 1 values; `'same'` n values, the middle of the full ones; `'valid'` only those without an edge, |n - m| + 1. */
  mode?: 'full' | 'same' | 'valid' | undefined
  /** `'direct'` sums products, `'fft'` multiplies spectra, `'auto'` (default) takes the cheaper. */
  method?: 'auto' | 'direct' | 'fft' | undefined
}

const OPTIONS: FieldsOf<ConvolveOptions> = { mode: true, method: true }

/**
 * Linear convolution, sum over j of a[j] b[k - j], with zeros beyond the ends.
 *
 * @param a       n values.
 * @param b       m values, the kernel.
 * @param options Which part, which method. The FFT's error is relative to the largest result.
 * @returns n + m - 1, n, or |n - m| + 1 values by mode, cut as scipy.signal.convolve cuts them.
 * @throws OperandoError `E_SHAPE` on an empty input, `E_NAN`.
 * @example
 * ```ts
 * import { convolve } from 'operando/numeric'
 * convolve([1, 2, 3], [1, 1]) // [1, 3, 5, 3]
 * ```
 */
export function convolve(a: NumbersLike, b: NumbersLike, options: ConvolveOptions = {}): Float64Array {
  assertKnown(options, 'convolve options', OPTIONS)
  const { mode = 'full', method = 'auto' } = options
  const left = asFloat64(a, 'a')
  const right = asFloat64(b, 'b')
  const n = left.length
  const m = right.length
  if (n === 0 || m === 0) throw new OperandoError('E_SHAPE', `a has ${n} values and b ${m}: neither may be empty.`)
  const direct = method === 'direct' || (method === 'auto' && Math.min(n, m) < 64)
  const full = direct ? direct1d(left, right) : byFft(left, right)
  if (mode === 'full') return full
  const length = mode === 'same' ? n : Math.abs(n - m) + 1
  const start = (full.length - length) >> 1
  return full.slice(start, start + length)
}

function direct1d(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1)
  for (let i = 0; i < a.length; i++) {
    const v = a[i]!
    for (let j = 0; j < b.length; j++) out[i + j]! += v * b[j]!
  }
  return out
}

function byFft(a: Float64Array, b: Float64Array): Float64Array {
  const length = a.length + b.length - 1
  let size = 1
  while (size < length) size *= 2
  const fft = createFft(size)
  const padded = new Float64Array(size)
  padded.set(a)
  const p = fft.realForward(padded)
  padded.fill(0)
  padded.set(b)
  const q = fft.realForward(padded)
  for (let k = 0; k < p.length; k += 2) {
    const re = p[k]! * q[k]! - p[k + 1]! * q[k + 1]!
    p[k + 1] = p[k]! * q[k + 1]! + p[k + 1]! * q[k]!
    p[k] = re
  }
  return fft.realInverse(p, padded).slice(0, length)
}
