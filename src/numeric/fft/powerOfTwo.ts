import FFT from 'fft.js'
import type { FftCore } from './core.js'

/** The part of fft.js that is used, typed; its own declarations are all `any`. It must see nothing but Float64Array, or it slows down threefold. */
interface RadixFour {
  transform(out: Float64Array, data: Float64Array): void
  inverseTransform(out: Float64Array, data: Float64Array): void
}

/** Largest length given to fft.js: beyond, its tables (plain arrays) leave V8's fast kinds. */
export const largestPowerOfTwo: number = 2 ** 22

/**
 * A core on fft.js.
 * @param n A power of two, 2 to {@link largestPowerOfTwo}.
 */
export function createPowerOfTwoCore(n: number): FftCore {
  const radixFour = new FFT(n) as RadixFour
  const copy = new Float64Array(2 * n)
  return {
    length: n,
    transform(data: Float64Array, out: Float64Array, inverse: boolean): void {
      let source = data
      if (data === out) {
        copy.set(data)
        source = copy
      }
      if (inverse) radixFour.inverseTransform(out, source)
      else radixFour.transform(out, source)
    },
  }
}
