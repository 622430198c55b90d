import fc from 'fast-check'
import { isOperandoError } from 'operando'
import {
  createLeastSquares,
  type FitResult,
  type Loss,
  leastSquares,
  loadKernels,
  type ParameterInput,
  type ResidualProblem,
} from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { peakParameters, reference, twoPeaks } from './twoPeaks.js'

const values = (fit: FitResult): number[] => Object.values(fit.parameters).map(p => p.value)
const errors = (fit: FitResult): number[] => Object.values(fit.parameters).map(p => p.standardError ?? Number.NaN)
const weighted = twoPeaks(reference.y, reference.sigma)
/** The same problem without derivatives. */
const blind: ResidualProblem = { points: weighted.points, residuals: (p, out) => weighted.evaluate(p, out, null) }
const line = (x: readonly number[], y: readonly number[]): ResidualProblem => ({
  points: x.length,
  residuals(p, out) {
    for (let i = 0; i < out.length; i++) out[i] = p[0]! + p[1]! * x[i]! - y[i]!
  },
})
const kernels = await loadKernels()
const thrown = (f: () => unknown): unknown => {
  try {
    f()
  } catch (error) {
    return error
  }
  return undefined
}

describe('leastSquares against scipy and lmfit', () => {
  it('ends with the step after which less is left than was asked for, without one more to see it', () => {
    const best = leastSquares(weighted, peakParameters())
    let evaluations = Infinity
    for (const tolerance of [1e-12, 1e-10, 1e-8, 1e-6]) {
      const fit = leastSquares(weighted, peakParameters(), { tolerances: { cost: tolerance } })
      expect(fit.reason).toBe('cost')
      expect(fit.chiSquare / best.chiSquare - 1).toBeLessThan(tolerance)
      expect(fit.evaluations).toBeLessThanOrEqual(evaluations)
      evaluations = fit.evaluations
    }
    expect(evaluations).toBeLessThan(best.evaluations)
  })

  it.each([
    ['scaled', true],
    ['absolute', false],
  ] as const)('gives the values and the covariance of curve_fit, %s', (name, scaleErrors) => {
    const expected = reference[`curve_fit_${name}`]
    for (const solver of ['auto', 'normal-equations', 'qr'] as const) {
      for (const twin of [undefined, kernels]) {
        const fit = leastSquares(weighted, peakParameters(), { scaleErrors, solver, checkJacobian: true, kernels: twin })
        expect(fit.converged).toBe(true)
        expect(fit.derivatives).toBe('analytic')
        expectClose(values(fit), expected.values, { rtol: 1e-7, peer: reference.source.replace(/;.*/, '') })
        expectClose(fit.covariance!, expected.covariance, { rtol: 2e-5, atol: 1e-8, peer: reference.source.replace(/;.*/, '') })
      }
    }
    const fit = leastSquares(blind, peakParameters(), { scaleErrors })
    expect(fit.derivatives).toBe('central')
    expectClose(values(fit), expected.values, { rtol: 1e-7, peer: reference.source.replace(/;.*/, '') })
  })

  for (const { name, min, max, start, values: expected, cost } of reference.bounded) {
    it(`finds the bounded optimum of least_squares: ${name}`, () => {
      for (const problem of [weighted, blind]) {
        const fit = leastSquares(problem, peakParameters(start, min, max))
        expect(fit.converged, fit.message).toBe(true)
        expect(fit.cost! / cost).toBeLessThan(1 + 1e-10)
        expectClose(values(fit), expected, { rtol: 2e-6, peer: reference.source.replace(/;.*/, '') })
        for (const p of Object.values(fit.parameters)) {
          expect(p.value).toBeGreaterThanOrEqual(p.min)
          expect(p.value).toBeLessThanOrEqual(p.max)
        }
      }
    })
  }

  it('names the bounds on which parameters end', () => {
    const { min, max, start } = reference.bounded.find(b => b.name === 'background_held')!
    const { parameters } = leastSquares(weighted, peakParameters(start, min, max))
    const atBound = Object.fromEntries(Object.values(parameters).map(p => [p.name, p.atBound]))
    expect(atBound).toMatchObject({ height1: 'max', level: 'min', slope: 'max', fwhm1: undefined })
  })

  for (const { loss, lossScale, values: expected, cost, errors: expectedErrors } of reference.robust) {
    it(`agrees with least_squares for the loss ${loss} of scale ${lossScale}`, () => {
      const fit = leastSquares(twoPeaks(reference.outliers, reference.sigma), peakParameters(), { loss: loss as Loss, lossScale })
      expect(fit.converged, fit.message).toBe(true)
      expectClose(fit.cost!, cost, { rtol: 1e-9 })
      expectClose(values(fit), expected, { rtol: 1e-4, peer: reference.source.replace(/;.*/, '') })
      expectClose(errors(fit), expectedErrors, { rtol: 1e-3, peer: reference.source.replace(/;.*/, '') })
    })
  }

  it('maximises the Poisson likelihood, zero counts among the data', () => {
    expect(reference.counts).toContain(0)
    const fit = leastSquares(twoPeaks(reference.counts), peakParameters(), { loss: { poisson: reference.counts } })
    expect(fit.converged, fit.message).toBe(true)
    expectClose(values(fit), reference.poisson.values, { rtol: 1e-6, peer: reference.source.replace(/;.*/, '') })
    expectClose(fit.chiSquare, reference.poisson.deviance, { rtol: 1e-10, peer: reference.source.replace(/;.*/, '') })
    expectClose(errors(fit), reference.poisson.errors, { rtol: 1e-6, peer: reference.source.replace(/;.*/, '') })
    expect(fit.scaledErrors).toBe(false)
  })

  it('propagates errors to tied parameters as lmfit does, expressions of expressions too', () => {
    const tied: ParameterInput[] = [
      ...peakParameters().map(p => {
        if (p.name === 'fwhm2') return { name: p.name, tie: 'fwhm1 * 1.4' }
        if (p.name === 'centre2') return { name: p.name, tie: 'centre1 + split' }
        return p.name === 'level' ? { ...p, value: 3, vary: false } : p
      }),
      { name: 'ratio', tie: 'area1 / (height2 * fwhm2)' },
      { name: 'area1', tie: 'height1 * fwhm1 * sqrt(pi / (4 * log(2)))' },
      { name: 'split', value: 1.2 },
    ]
    // ratio is height1 / height2 times a constant, fwhm1 cancels; lmfit 1.1 misses that in an expression of expressions
    const { height1, height2, ratio } = reference.tied
    const [r1, r2] = [height1.error / height1.value, height2.error / height2.value]
    const errorOfRatio = ratio.value * Math.sqrt(r1 ** 2 + r2 ** 2 - 2 * height1.correlations.height2 * r1 * r2)
    const functions = tied.map(p =>
      p.name === 'ratio'
        ? { name: 'ratio', tie: (v: Readonly<Record<string, number>>) => v.area1! / (v.height2! * v.fwhm2!) }
        : p,
    )
    for (const parameters of [tied, functions]) {
      for (const problem of [weighted, blind]) {
        const fit = leastSquares(problem, parameters)
        expect(fit.converged, fit.message).toBe(true)
        expectClose(fit.chiSquare, reference.tied_chiSquare, { rtol: 1e-9, peer: reference.source.replace(/;.*/, '') })
        expectClose(fit.reducedChiSquare, reference.tied_redchi, { rtol: 1e-9, peer: reference.source.replace(/;.*/, '') })
        for (const [name, expected] of Object.entries(reference.tied)) {
          const found = fit.parameters[name]!
          expectClose(found.value, expected.value, { rtol: 1e-6, peer: reference.source.replace(/;.*/, '') })
          if (name === 'level') expect(found.standardError).toBeNull()
          else if (name === 'ratio') expectClose(found.standardError!, errorOfRatio, { rtol: 1e-4 })
          else expectClose(found.standardError!, expected.error, { rtol: 1e-4, peer: reference.source.replace(/;.*/, '') })
          for (const [other, correlation] of Object.entries(expected.correlations)) {
            expectClose(found.correlations[other]!, correlation!, { atol: 1e-4 })
          }
        }
      }
    }
  })
})

describe('leastSquares', () => {
  it('solves a straight line in closed form, whatever the points', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 }).map(i => i / 100)
    const point = fc.tuple(number, number)
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 30 }), points => {
        const x = points.map(p => p[0])
        const y = points.map(p => p[1])
        const n = x.length
        const mx = x.reduce((a, b) => a + b) / n
        const my = y.reduce((a, b) => a + b) / n
        const sxx = x.reduce((a, v) => a + (v - mx) ** 2, 0)
        fc.pre(sxx > 1)
        const slope = x.reduce((a, v, i) => a + (v - mx) * (y[i]! - my), 0) / sxx
        const fit = leastSquares(line(x, y), [
          { name: 'a', value: 0 },
          { name: 'b', value: 0 },
        ])
        expectClose(values(fit), [my - slope * mx, slope], { rtol: 1e-7, atol: 1e-7 * Math.max(...errors(fit)) })
      }),
      { numRuns: 60 },
    )
  })

  it('never leaves the bounds, nor ends above what it began with', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }), u => {
        const min = reference.start.map((v, i) => v * (0.5 + 0.4 * u[i]!))
        const max = reference.start.map((v, i) => v * (1.05 + u[i + 8]!))
        let outside = 0
        const watched: ResidualProblem = {
          points: blind.points,
          residuals(p, out) {
            p.forEach((v, i) => {
              if (v < min[i]! || v > max[i]!) outside++
            })
            blind.residuals(p, out)
          },
        }
        const fit = leastSquares(watched, peakParameters(reference.start, min, max))
        expect(outside).toBe(0)
        expect(fit.converged, fit.message).toBe(true)
        // the gradient at the end points out of the box, or vanishes: the conditions of Karush, Kuhn and Tucker
        const n = fit.points
        const jacobian = new Float64Array(8 * n)
        weighted.evaluate(Float64Array.from(values(fit)), new Float64Array(n), jacobian)
        Object.values(fit.parameters).forEach((p, j) => {
          let g = 0
          let norm = 0
          for (let i = 0; i < n; i++) {
            g += jacobian[j * n + i]! * fit.residual[i]!
            norm += jacobian[j * n + i]! ** 2
          }
          const cosine = g / Math.sqrt(norm * fit.cost!)
          if (p.atBound === 'min') expect(cosine).toBeGreaterThan(-1e-5)
          else if (p.atBound === 'max') expect(cosine).toBeLessThan(1e-5)
          else expect(Math.abs(cosine)).toBeLessThan(1e-5)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('keeps its buffers apart: a plan gives the same answer twice, and starts where it is told', () => {
    const plan = createLeastSquares(weighted, peakParameters())
    const first = plan.fit()
    const again = plan.fit()
    expect(again).toEqual(first)
    const fromEnd = plan.fit(values(first))
    expect(fromEnd.iterations).toBeLessThanOrEqual(2)
    expectClose(values(fromEnd), values(first), { rtol: 1e-7 })
    expect(plan.fit({ height1: 20 }).parameters.height1!.initial).toBe(20)
    expect(structuredClone(first)).toEqual(first)
  })

  it('gives the same with kernels, to rounding: fixed and tied parameters, differences, robust losses', () => {
    const varied = peakParameters()
    const [first, ...others] = varied
    const lists: ParameterInput[][] = [
      varied,
      [{ ...first!, vary: false }, ...others],
      [{ name: first!.name, tie: `1.2 * ${others[2]!.name}` }, ...others],
    ]
    for (const parameters of lists) {
      for (const problem of [weighted, blind]) {
        for (const loss of ['linear', 'softL1'] as const) {
          const plain = leastSquares(problem, parameters, { loss })
          const simd = leastSquares(problem, parameters, { loss, kernels })
          expect(simd.converged).toBe(plain.converged)
          expectClose(values(simd), values(plain), { rtol: 1e-6 })
        }
      }
    }
  })

  it('says when the model is not finite, at the start and on the way', () => {
    const atStart = leastSquares({ points: 2, residuals: (_, out) => out.fill(Number.NaN) }, [{ name: 'a', value: 1 }])
    expect(atStart).toMatchObject({ converged: false, reason: 'not-finite', covariance: null })
    const wall: ResidualProblem = {
      points: 3,
      residuals(p, out) {
        for (let i = 0; i < 3; i++) out[i] = Math.log(p[0]!) - Math.log(1e-3) + 0.01 * (i - 1)
      },
    }
    const fit = leastSquares(wall, [{ name: 'a', value: 5 }])
    expect(fit.converged).toBe(true)
    expectClose(fit.parameters.a!.value, 1e-3, { rtol: 1e-6 })
  })

  it('does not take residuals that were returned or left out for zeros', () => {
    const parameters = [{ name: 'a', value: 5 }]
    const returned = {
      points: 3,
      residuals: (p: Float64Array) => [p[0]! - 1, p[0]! - 2, p[0]! - 3],
    } as unknown as ResidualProblem
    expect(leastSquares(returned, parameters)).toMatchObject({ converged: false, reason: 'not-finite' })
    const partly: ResidualProblem = {
      points: 3,
      residuals(p, out) {
        out[0] = p[0]! - 1
      },
    }
    expect(leastSquares(partly, parameters).message).toMatch(/not all residuals were filled in/)
  })

  it('answers callers without a compiler with OperandoErrors', () => {
    const problem = line([0, 1, 2], [1, 2, 3])
    for (const run of [
      () => leastSquares(undefined as never, []),
      () => leastSquares(problem, undefined as never),
      () => leastSquares(problem, { a: 1 } as never),
      () => leastSquares(problem, [null] as never),
      () => leastSquares(problem, [{ value: 1 }] as never),
    ])
      expect(isOperandoError(thrown(run))).toBe(true)
  })

  it('gives no errors, and says of whom, where the data do not determine a parameter', () => {
    const problem: ResidualProblem = {
      points: 5,
      residuals(p, out) {
        for (let i = 0; i < 5; i++) out[i] = (p[0]! + p[1]!) * i - 3 * i + 0.1 * (i % 2)
      },
    }
    const fit = leastSquares(problem, [
      { name: 'a', value: 1 },
      { name: 'b', value: 0.5 },
    ])
    expect(fit.converged).toBe(true)
    expect(fit.covariance).toBeNull()
    expect(fit.parameters.a!.standardError).toBeNull()
    expect(fit.message).toContain('"b"')
  })

  it('takes a fit with nothing to vary, and one with as many parameters as points', () => {
    const none = leastSquares(line([0, 1], [1, 2]), [
      { name: 'a', value: 0, vary: false },
      { name: 'b', value: 1, vary: false },
    ])
    expect(none).toMatchObject({ converged: true, chiSquare: 2, degreesOfFreedom: 2, varied: [] })
    const exact = leastSquares(line([0, 1], [1, 3]), [
      { name: 'a', value: 0 },
      { name: 'b', value: 1 },
    ])
    expectClose(values(exact), [1, 2], { rtol: 1e-9 })
    expect(exact.parameters.a!.standardError).toBeNull()
    expect(exact.message).toContain('as many parameters as points')
  })

  it('stops at its limit, and on a signal', () => {
    expect(leastSquares(weighted, peakParameters(), { maxEvaluations: 3 })).toMatchObject({
      converged: false,
      reason: 'iterations',
    })
    expect(leastSquares(weighted, peakParameters(), { signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' })
  })

  it('finds out a wrong Jacobian when asked, and does not call it converged when not', () => {
    const wrong: ResidualProblem = {
      ...blind,
      jacobian(p, out) {
        weighted.evaluate(p, new Float64Array(blind.points), out)
        for (let i = 0; i < blind.points; i++) out[2 * blind.points + i]! *= -1
      },
    }
    const error = thrown(() => leastSquares(wrong, peakParameters(), { checkJacobian: true }))
    expect(isOperandoError(error, 'E_ARGUMENT')).toBe(true)
    expect(String(error)).toContain('fwhm1')
    expect(leastSquares(wrong, peakParameters()).converged).toBe(false)
  })

  it('does not write into what it is given', () => {
    const parameters = Object.freeze(peakParameters().map(p => Object.freeze(p)))
    const start = Object.freeze([...reference.start])
    createLeastSquares(weighted, parameters).fit(start)
    expect(parameters[0]!.value).toBe(reference.start[0])
  })

  it.each<[string, () => unknown, string]>([
    ['a start outside its bounds', () => leastSquares(blind, [{ name: 'a', value: 1, max: 0 }]), 'E_RANGE'],
    [
      'a repeated name',
      () =>
        leastSquares(blind, [
          { name: 'a', value: 1 },
          { name: 'a', value: 1 },
        ]),
      'E_ARGUMENT',
    ],
    ['a missing value', () => leastSquares(blind, [{ name: 'a' }]), 'E_ARGUMENT'],
    ['NaN as a start', () => leastSquares(blind, [{ name: 'a', value: Number.NaN }]), 'E_ARGUMENT'],
    [
      'a circle of ties',
      () =>
        leastSquares(blind, [
          { name: 'a', tie: 'b' },
          { name: 'b', tie: '2 * a' },
        ]),
      'E_ARGUMENT',
    ],
    ['an unknown name in a tie', () => leastSquares(blind, [{ name: 'a', tie: 'c' }]), 'E_MISSING'],
    ['an unknown name in a function', () => leastSquares(blind, [{ name: 'a', tie: v => v.c! }]), 'E_MISSING'],
    [
      'a bound on a tie',
      () =>
        leastSquares(blind, [
          { name: 'b', value: 1 },
          { name: 'a', tie: 'b', min: 0 },
        ]),
      'E_ARGUMENT',
    ],
    [
      'fewer points than parameters',
      () =>
        leastSquares(line([1], [1]), [
          { name: 'a', value: 1 },
          { name: 'b', value: 1 },
        ]),
      'E_ARGUMENT',
    ],
    ['negative counts', () => leastSquares(line([1], [1]), [{ name: 'a', value: 1 }], { loss: { poisson: [-1] } }), 'E_RANGE'],
    ['a start value of no parameter', () => createLeastSquares(weighted, peakParameters()).fit({ z: 1 }), 'E_MISSING'],
    ['a wrong number of start values', () => createLeastSquares(weighted, peakParameters()).fit([1]), 'E_SHAPE'],
    [
      'a start moved out of bounds',
      () => createLeastSquares(line([1, 2], [1, 2]), [{ name: 'a', value: 1, max: 2 }]).fit([3]),
      'E_RANGE',
    ],
  ])('refuses %s', (_, act, code) => {
    const error = thrown(act)
    expect(isOperandoError(error) && error.code).toBe(code)
  })
})
