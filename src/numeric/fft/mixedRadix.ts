import { passRadix2, passRadix3, passRadix4, passRadix5, passRadix8, passRadixOdd } from './butterflies.js'
import type { FftCore } from './core.js'
import { radicesOf } from './factors.js'
import { rootOfUnity, rootsOfUnity } from './roots.js'

/**
 * Largest prime factor that the mixed-radix core takes on: an odd radix r costs r operations a point, so that beyond about this
 * Bluestein's detour through a power of two is the shorter way.
 */
export const largestRadix = 31

/** One pass of a Stockham transform: `m` groups of `radix` points each, at stride `stride`. */
export interface Pass {
  readonly radix: number
  readonly stride: number
  readonly m: number
  /** For each group p, w^p, w^2p ... w^((radix-1)p) with w = exp(-2 pi i / (m radix)); interleaved. */
  readonly twiddles: Float64Array
  /** exp(-2 pi i k / radix); only the odd radices without a butterfly of their own use it. */
  readonly roots: Float64Array
}

/**
 * Twiddle factors of one pass in order of use: for each group p the powers p, 2p ... (radix-1)p of exp(-2 pi i / length).
 * @param length Points that are still joined before the pass.
 * @param radix  Radix of the pass; divides `length`.
 */
export function passTwiddles(length: number, radix: number): Float64Array {
  const m = length / radix
  const twiddles = new Float64Array(2 * (radix - 1) * m)
  let at = 0
  for (let p = 0; p < m; p++) {
    for (let k = 1; k < radix; k++, at += 2) rootOfUnity(p * k, length, twiddles, at)
  }
  return twiddles
}

/**
 * The passes of a transform of n points.
 * @param n       Points.
 * @param radices In order, their product n.
 */
export function planPasses(n: number, radices: readonly number[]): Pass[] {
  const passes: Pass[] = []
  let length = n
  for (const radix of radices) {
    const m = length / radix
    const roots = rootsOfUnity(radix, radix)
    passes.push({ radix, stride: n / length, m, twiddles: passTwiddles(length, radix), roots })
    length = m
  }
  return passes
}

/**
 * Runs a pass from x to y.
 * @param pass  The pass.
 * @param lines Transforms side by side: point j of transform q at q + lines j.
 * @param xr    Real parts.
 * @param xi    Imaginary parts.
 * @param yr    Receives real parts.
 * @param yi    Receives imaginary parts.
 */
export function runPass(
  { radix, stride, m, twiddles, roots }: Pass,
  lines: number,
  xr: Float64Array,
  xi: Float64Array,
  yr: Float64Array,
  yi: Float64Array,
): void {
  const s = stride * lines
  if (radix === 4) passRadix4(s, m, xr, xi, yr, yi, twiddles)
  else if (radix === 2) passRadix2(s, m, xr, xi, yr, yi, twiddles)
  else if (radix === 3) passRadix3(s, m, xr, xi, yr, yi, twiddles)
  else if (radix === 8) passRadix8(s, m, xr, xi, yr, yi, twiddles)
  else if (radix === 5) passRadix5(s, m, xr, xi, yr, yi, twiddles)
  else passRadixOdd(radix, s, m, xr, xi, yr, yi, twiddles, roots)
}

/**
 * A core for lengths whose prime factors are at most {@link largestRadix}: Stockham passes (no bit reversal) between two pairs of
 * split re and im lanes.
 * @param n Points.
 * @see Stockham, AFIPS Proc. 28 (1966) 229; Van Loan, Computational Frameworks for the FFT (1992) 1.7
 */
export function createMixedRadixCore(n: number): FftCore {
  const passes = planPasses(n, radicesOf(n))
  const lanes = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)] as const
  return {
    length: n,
    transform(data: Float64Array, out: Float64Array, inverse: boolean): void {
      // the inverse is the forward transform with re and im exchanged on the way in and out
      const realAt = inverse ? 1 : 0
      let [xr, xi, yr, yi] = lanes
      for (let i = 0; i < n; i++) {
        xr[i] = data[2 * i + realAt]!
        xi[i] = data[2 * i + 1 - realAt]!
      }
      for (const pass of passes) {
        runPass(pass, 1, xr, xi, yr, yi)
        ;[xr, xi, yr, yi] = [yr, yi, xr, xi]
      }
      const scale = inverse ? 1 / n : 1
      for (let i = 0; i < n; i++) {
        out[2 * i + realAt] = xr[i]! * scale
        out[2 * i + 1 - realAt] = xi[i]! * scale
      }
    },
  }
}
