import { type Loss, leastSquares, type ResidualProblem } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/leastSquaresBounds.json'

const { x, peer } = reference
const NAMES = ['height', 'centre', 'width', 'background']

describe('leastSquares with bounds that bind, starts on bounds and outliers ends where scipy does', () => {
  for (const want of reference.rows) {
    it(`when ${want.name}`, () => {
      const y = want.data === 'outliers' ? reference.outliers : reference.clean
      const problem: ResidualProblem = {
        points: x.length,
        residuals(p, out) {
          for (let i = 0; i < out.length; i++) out[i] = p[0]! * Math.exp(-0.5 * ((x[i]! - p[1]!) / p[2]!) ** 2) + p[3]! - y[i]!
        },
      }
      const parameters = NAMES.map((name, i) => ({
        name,
        value: want.start[i]!,
        min: want.low[i] ?? -Infinity,
        max: want.high[i] ?? Infinity,
      }))
      const fit = leastSquares(problem, parameters, { loss: want.loss as Loss, lossScale: want.lossScale })
      expect(fit.converged).toBe(true)
      expectClose(fit.cost!, want.cost, { rtol: 1e-10, peer })
      // a minimum is flat: 1e-10 of the cost leaves 1e-5 of a parameter open
      expectClose(
        Object.values(fit.parameters).map(p => p.value),
        want.parameters,
        { rtol: 1e-5, peer },
      )
      const near = (a: number, b: number | null | undefined): boolean => b != null && Math.abs(a - b) < 1e-6
      const onBound = NAMES.filter((_, i) => near(want.parameters[i]!, want.low[i]) || near(want.parameters[i]!, want.high[i]))
      expect(NAMES.filter(name => fit.parameters[name]!.atBound)).toEqual(onBound)
    })
  }
})
