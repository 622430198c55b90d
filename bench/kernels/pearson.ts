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

/** 1000 series of 2000 points. */
export const pearsonLarge: readonly Bench[] = [
  correlation(1000, 2000, 'simd', { kernels }),
  correlation(1000, 2000, 'single simd', { kernels, precision: 'single' }),
]
