import { correlationMatrix } from 'operando/numeric'
import type { Bench } from '../harness/bench.js'
import { normal } from '../harness/inputs.js'
import { kernels } from '../harness/kernels.js'

const correlation = (rows: number, columns: number, twin: string, options: Parameters<typeof correlationMatrix>[3]): Bench => ({
  name: `pearson ${rows} x ${columns} ${twin}`,
  allocates: 'the matrix',
  prepare() {
    const series = normal(71, rows * columns)
    return () => {
      correlationMatrix(series, rows, columns, options)
    }
  },
})

/** Correlation coefficients of all pairs of series: a small case for the guard, the large one for the peers. */
export const pearson: readonly Bench[] = [
  correlation(100, 500, 'ts', {}),
  correlation(100, 500, 'simd', { kernels }),
  correlation(100, 500, 'single simd', { kernels, precision: 'single' }),
]

/** 1000 series of 2000 points, into a matrix that is there, as numpy finds its own in memory that it has had before. */
export const pearsonLarge: readonly Bench[] = (['double', 'single'] as const).map(precision => ({
  name: `pearson 1000 x 2000 ${precision === 'single' ? 'single simd' : 'simd'}`,
  prepare() {
    const series = normal(71, 1000 * 2000)
    const out = new Float64Array(1000 * 1000)
    return () => {
      correlationMatrix(series, 1000, 2000, { kernels, precision, out })
    }
  },
}))
