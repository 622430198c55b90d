import { leastSquares, loadKernels } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import six from '../../reference/numeric/nist-strd-six.json'
import { fitNist } from './nistData.js'

const twins = [
  { twin: 'TypeScript', kernels: undefined },
  { twin: 'SIMD kernels', kernels: await loadKernels() },
]

describe.each(twins)('leastSquares in $twin on six NIST StRD sets', ({ kernels }) => {
  for (const set of six.sets) {
    for (const start of [1, 2]) {
      for (const solver of ['auto', 'qr'] as const) {
        it(`${set.name}, start ${start}, ${solver}: certified values, errors and sum of squares to six digits`, () => {
          const fit = fitNist(leastSquares, set, start, { solver, kernels })
          const found = Object.values(fit.parameters)
          expect(fit.converged).toBe(true)
          expectClose(
            found.map(p => p.value),
            set.certified,
            { rtol: 1e-6, peer: 'NIST StRD, certified' },
          )
          expectClose(
            found.map(p => p.standardError!),
            set.errors,
            { rtol: 1e-6, peer: 'NIST StRD, certified' },
          )
          expectClose(fit.chiSquare, set.residualSumOfSquares, { rtol: 1e-9 })
        })
      }
    }
  }
})
