import type { FftCore } from './core.js'
import { rootsOfUnity } from './roots.js'

/** Transforms of real numbers on a complex core: see {@link createRealTransform}. */
export interface RealTransform {
  /** n real values to n/2 + 1 bins. */
  forward(data: Float64Array, out: Float64Array): void
  /** n/2 + 1 bins to n real values, divided by n. */
  inverse(spectrum: Float64Array, out: Float64Array): void
}

/**
 * Real transforms of n points: an even n rides as n/2 complex points on a core of half the length, an odd n on one of the full length.
 * @param n          Points.
 * @param createCore Makes the core.
 * @see Press et al., Numerical Recipes (2007) 12.3
 */
export function createRealTransform(n: number, createCore: (length: number) => FftCore): RealTransform {
  return n % 2 === 0 ? evenTransform(n, createCore(n / 2)) : oddTransform(n, createCore(n))
}

function evenTransform(n: number, core: FftCore): RealTransform {
  const half = n / 2
  const roots = rootsOfUnity(n, half + 1)
  const packed = new Float64Array(n)
  return {
    forward(data: Float64Array, out: Float64Array): void {
      core.transform(data, packed, false)
      for (let k = 0; k <= half; k++) {
        const a = k === half ? 0 : 2 * k
        const b = k === 0 ? 0 : 2 * (half - k)
        // even-numbered points (z_k + z*_-k) / 2 and odd-numbered ones (z_k - z*_-k) / 2i
        const evenR = 0.5 * (packed[a]! + packed[b]!)
        const evenI = 0.5 * (packed[a + 1]! - packed[b + 1]!)
        const oddR = 0.5 * (packed[a + 1]! + packed[b + 1]!)
        const oddI = 0.5 * (packed[b]! - packed[a]!)
        const wr = roots[2 * k]!
        const wi = roots[2 * k + 1]!
        out[2 * k] = evenR + oddR * wr - oddI * wi
        out[2 * k + 1] = evenI + oddR * wi + oddI * wr
      }
      out[1] = 0
      out[2 * half + 1] = 0
    },
    inverse(spectrum: Float64Array, out: Float64Array): void {
      for (let k = 0; k < half; k++) {
        const a = 2 * k
        const b = 2 * (half - k)
        // what the imaginary parts at zero and at the highest frequency say cannot come from real points
        const ai = k === 0 ? 0 : spectrum[a + 1]!
        const bi = k === 0 ? 0 : spectrum[b + 1]!
        const evenR = 0.5 * (spectrum[a]! + spectrum[b]!)
        const evenI = 0.5 * (ai - bi)
        const turnedR = 0.5 * (spectrum[a]! - spectrum[b]!)
        const turnedI = 0.5 * (ai + bi)
        const wr = roots[a]!
        const wi = -roots[a + 1]!
        const oddR = turnedR * wr - turnedI * wi
        const oddI = turnedR * wi + turnedI * wr
        packed[a] = evenR - oddI
        packed[a + 1] = evenI + oddR
      }
      core.transform(packed, out, true)
    },
  }
}

function oddTransform(n: number, core: FftCore): RealTransform {
  const full = new Float64Array(2 * n)
  const bins = (n + 1) / 2
  return {
    forward(data: Float64Array, out: Float64Array): void {
      full.fill(0)
      for (let i = 0; i < n; i++) full[2 * i] = data[i]!
      core.transform(full, full, false)
      for (let i = 0; i < 2 * bins; i++) out[i] = full[i]!
      out[1] = 0
    },
    inverse(spectrum: Float64Array, out: Float64Array): void {
      full[0] = spectrum[0]!
      full[1] = 0
      for (let k = 1; k < bins; k++) {
        full[2 * k] = full[2 * (n - k)] = spectrum[2 * k]!
        full[2 * k + 1] = spectrum[2 * k + 1]!
        full[2 * (n - k) + 1] = -spectrum[2 * k + 1]!
      }
      core.transform(full, full, true)
      for (let i = 0; i < n; i++) out[i] = full[2 * i]!
    },
  }
}
