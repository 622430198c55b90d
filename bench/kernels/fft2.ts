import { createFft2 } from 'operando/numeric'
import type { Bench } from '../harness/bench.js'
import { uniform } from '../harness/inputs.js'
import { kernels } from '../harness/kernels.js'

/** A 2-d complex transform of n x n points, forward, from one array to another. */
export function fft2Bench(n: number, twin: 'ts' | 'simd'): Bench {
  return {
    name: `fft 2-d ${n} ${twin}`,
    prepare() {
      const fft = createFft2(n, n, twin === 'simd' ? { kernels } : {})
      const data = uniform(3, 2 * n * n)
      const out = new Float64Array(2 * n * n)
      return () => {
        fft.forward(data, out)
      }
    },
  }
}

/** The same in single precision on the kernels. */
export function fft2SingleBench(n: number): Bench {
  return {
    name: `fft 2-d ${n} single simd`,
    prepare() {
      const fft = createFft2(n, n, { kernels, precision: 'single' })
      const data = Float32Array.from(uniform(3, 2 * n * n))
      const out = new Float32Array(2 * n * n)
      return () => {
        fft.forward(data, out)
      }
    },
  }
}

/** Under guard. */
export const fft2: readonly Bench[] = [fft2Bench(256, 'ts'), fft2Bench(256, 'simd'), fft2SingleBench(256)]
