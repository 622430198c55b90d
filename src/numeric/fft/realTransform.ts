import type { FftArray, FftCore } from './core.js'
import { rootsOfUnity } from './roots.js'

/** Transforms of real numbers, one or two dimensions. */
export interface RealTransform<A extends FftArray = Float64Array> {
  /** Real values to the bins that are not conjugates of others. */
  forward(data: A, out: A): void
  /** The bins back to real values, divided by their number; does not write into `spectrum`. */
  inverse(spectrum: A, out: A): void
}

/**
 * Real transforms of n points to n/2 + 1 bins: an even n rides as n/2 complex points on a core of half the length, an odd n on one of the
 * full length.
 * @param n          Points.
 * @param createCore Makes the core.
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
      untangle(packed, 0, out, 0, half, roots)
    },
    inverse(spectrum: Float64Array, out: Float64Array): void {
      tangle(spectrum, 0, packed, 0, half, roots)
      core.transform(packed, out, true)
    },
  }
}

/**
 * From the transform z of `half` complex points, made of neighbours among 2 half real points, to the half + 1 bins of these.
 * @param z     The transform, interleaved, from z[at] on.
 * @param at    Where it begins.
 * @param out   Receives the bins.
 * @param to    Where they begin.
 * @param half  Complex points.
 * @param roots Powers 0 to half of exp(-pi i / half).
 * @see Press et al., Numerical Recipes (2007) 12.3
 */
export function untangle(z: Float64Array, at: number, out: Float64Array, to: number, half: number, roots: Float64Array): void {
  for (let k = 0; k <= half; k++) {
    const a = at + (k === half ? 0 : 2 * k)
    const b = at + (k === 0 ? 0 : 2 * (half - k))
    // even-numbered points (z_k + z*_-k) / 2 and odd-numbered ones (z_k - z*_-k) / 2i
    const evenR = 0.5 * (z[a]! + z[b]!)
    const evenI = 0.5 * (z[a + 1]! - z[b + 1]!)
    const oddR = 0.5 * (z[a + 1]! + z[b + 1]!)
    const oddI = 0.5 * (z[b]! - z[a]!)
    const wr = roots[2 * k]!
    const wi = roots[2 * k + 1]!
    out[to + 2 * k] = evenR + oddR * wr - oddI * wi
    out[to + 2 * k + 1] = evenI + oddR * wi + oddI * wr
  }
}

/**
 * Undoes {@link untangle}. The imaginary parts of the first and the last bin cannot come from real points and are ignored.
 * @param spectrum half + 1 bins, from spectrum[at] on.
 * @param at       Where they begin.
 * @param z        Receives `half` complex values.
 * @param to       Where they begin.
 * @param half     Complex points.
 * @param roots    Powers 0 to half of exp(-pi i / half).
 */
export function tangle(spectrum: Float64Array, at: number, z: Float64Array, to: number, half: number, roots: Float64Array): void {
  z[to] = 0.5 * (spectrum[at]! + spectrum[at + 2 * half]!)
  z[to + 1] = 0.5 * (spectrum[at]! - spectrum[at + 2 * half]!)
  for (let k = 1; k < half; k++) {
    const a = at + 2 * k
    const b = at + 2 * (half - k)
    const evenR = 0.5 * (spectrum[a]! + spectrum[b]!)
    const evenI = 0.5 * (spectrum[a + 1]! - spectrum[b + 1]!)
    const turnedR = 0.5 * (spectrum[a]! - spectrum[b]!)
    const turnedI = 0.5 * (spectrum[a + 1]! + spectrum[b + 1]!)
    const wr = roots[2 * k]!
    const wi = -roots[2 * k + 1]!
    const oddR = turnedR * wr - turnedI * wi
    const oddI = turnedR * wi + turnedI * wr
    z[to + 2 * k] = evenR - oddI
    z[to + 2 * k + 1] = evenI + oddR
  }
}

function oddTransform(n: number, core: FftCore): RealTransform {
  const full = new Float64Array(2 * n)
  const bins = (n + 1) / 2
  return {
    forward(data: Float64Array, out: Float64Array): void {
      for (let i = 0; i < n; i++) {
        full[2 * i] = data[i]!
        full[2 * i + 1] = 0
      }
      core.transform(full, full, false)
      for (let i = 0; i < 2 * bins; i++) out[i] = full[i]!
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
