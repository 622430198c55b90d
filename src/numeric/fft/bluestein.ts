import type { FftCore } from './core.js'
import { rootOfUnity } from './roots.js'

/**
 * A core for any length: the transform as a convolution with a chirp, done by a longer transform that is easy.
 *
 * @param n          Points.
 * @param createCore Makes the core of the convolution, a power of two of at least 2 n - 1 points.
 * @see Bluestein, IEEE Trans. Audio Electroacoustics 18 (1970) 451
 */
export function createBluesteinCore(n: number, createCore: (length: number) => FftCore): FftCore {
  let length = 1
  while (length < 2 * n - 1) length *= 2
  const convolution = createCore(length)
  // exp(-pi i k^2 / n): the square is reduced modulo 2 n with whole numbers, or the phase would lose digits as k grows
  const chirp = new Float64Array(2 * n)
  for (let k = 0; k < n; k++) rootOfUnity((k * k) % (2 * n), 2 * n, chirp, 2 * k)
  const filter = new Float64Array(2 * length)
  for (let k = 0; k < n; k++) {
    for (const at of k === 0 ? [0] : [k, length - k]) {
      filter[2 * at] = chirp[2 * k]!
      filter[2 * at + 1] = -chirp[2 * k + 1]!
    }
  }
  convolution.transform(filter, filter, false)
  const work = new Float64Array(2 * length)
  const product = new Float64Array(2 * length)
  return {
    length: n,
    transform(data: Float64Array, out: Float64Array, inverse: boolean): void {
      // the inverse is the forward transform with re and im exchanged on the way in and out
      const realAt = inverse ? 1 : 0
      work.fill(0, 2 * n)
      multiply(data, chirp, work, n, realAt, 0)
      convolution.transform(work, product, false)
      multiply(product, filter, product, length, 0, 0)
      convolution.transform(product, work, true)
      multiply(work, chirp, out, n, 0, realAt)
      if (inverse) for (let i = 0; i < 2 * n; i++) out[i]! /= n
    },
  }
}

/** out[k] = a[k] b[k]; `realA`, `realOut` are 1 where re and im of a, out are exchanged. */
function multiply(a: Float64Array, b: Float64Array, out: Float64Array, n: number, realA: number, realOut: number): void {
  for (let i = 0; i < 2 * n; i += 2) {
    const ar = a[i + realA]!
    const ai = a[i + 1 - realA]!
    const br = b[i]!
    const bi = b[i + 1]!
    out[i + realOut] = ar * br - ai * bi
    out[i + 1 - realOut] = ar * bi + ai * br
  }
}
