import { createFft } from 'operando/numeric'
import type { Bench } from '../harness/bench.js'
import { uniform } from '../harness/inputs.js'
import { kernels } from '../harness/kernels.js'

/** A 1-d complex transform of n points, forward, from one array to another. */
export function fft1Bench(n: number, twin: 'ts' | 'simd'): Bench {
  return {
    name: `fft 1-d ${n} ${twin}`,
    prepare() {
      const fft = createFft(n, twin === 'simd' ? { kernels } : {})
      const data = uniform(3, 2 * n)
      const out = new Float64Array(2 * n)
      return () => {
        fft.forward(data, out)
      }
    },
  }
}

/** Under guard. */
export const fft1: readonly Bench[] = [fft1Bench(1024, 'ts'), fft1Bench(1024, 'simd')]
