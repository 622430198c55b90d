import {
  type CurveFit,
  type CurveParameter,
  createRandom,
  fitCurve,
  formatFit,
  levenbergMarquardt,
  studentQuantile,
} from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/fitCurve.json'

const { x, y, sigma, start, peer } = reference
type Name = keyof typeof start
type P = Readonly<Record<Name, number>>

const gauss = (t: number, p: P): number => Math.exp(-0.5 * ((t - p.centre) / p.width) ** 2)
const model = (t: number, p: P): number => p.height * gauss(t, p) + p.level * Math.exp(-p.rate * t)
const whole = {
  evaluate(t: Float64Array, p: P, out: Float64Array): void {
    for (let i = 0; i < t.length; i++) out[i] = model(t[i]!, p)
  },
}
const derivatives = (t: number, p: P): P => {
  const g = gauss(t, p)
  const u = (t - p.centre) / p.width
  const decay = Math.exp(-p.rate * t)
  return {
    height: g,
    centre: (p.height * g * u) / p.width,
    width: (p.height * g * u * u) / p.width,
    level: decay,
    rate: -p.level * t * decay,
  }
}
const values = (fit: CurveFit<Name>): number[] => Object.values(fit.parameters).map(p => p.value)
const errors = (fit: CurveFit<Name>): number[] => Object.values(fit.parameters).map(p => p.standardError ?? 0)

describe('fitCurve agrees with scipy.optimize.curve_fit', () => {
  const cases = [
    ['scaled', { sigma }],
    ['absolute', { sigma, scaleErrors: false }],
    ['plain', {}],
  ] as const
  it.each(cases)('%s errors: values and covariance, whatever the form of the model', (name, options) => {
    const want = reference[name]
    for (const fit of [
      fitCurve(x, y, model, start, options),
      fitCurve(x, y, whole, start, options),
      fitCurve(x, y, model, start, { ...options, derivatives }),
    ]) {
      expect(fit.converged, fit.message).toBe(true)
      expectClose(values(fit), want.values, { rtol: 2e-7, peer })
      expectClose(fit.covariance!, want.covariance, { rtol: 1e-4, atol: 1e-9, peer })
      expect(fit.method).toBe('leastSquares')
    }
  })

  it.each(cases)('%s errors, by ml-levenberg-marquardt: the same values, our own covariance', (name, options) => {
    const want = reference[name]
    const fit = fitCurve(x, y, model, start, { ...options, method: levenbergMarquardt })
    expect(fit.converged, fit.message).toBe(true)
    expectClose(values(fit), want.values, { rtol: 1e-4, peer })
    expectClose(fit.covariance!, want.covariance, { rtol: 1e-3, atol: 1e-6, peer })
    expect(fit.parameters.height.initial).toBe(start.height)
    const own = fitCurve(x, y, model, start, options)
    // it stops short of the optimum, by far less than a standard error
    const off = values(fit).map((v, i) => (v - values(own)[i]!) / errors(own)[i]!)
    expectClose(off, [0, 0, 0, 0, 0], { atol: 1e-3 })
    expectClose(fit.chiSquare, own.chiSquare, { rtol: 1e-6 })
  })
})

describe('fitCurve agrees with lmfit', () => {
  const tied: Record<Name, CurveParameter> = {
    height: 3,
    centre: 4,
    width: { tie: 'height / 6' },
    level: { value: 3.05, vary: false },
    rate: { value: 0.1, min: 0, max: 1 },
  }
  it('with a tie, a held parameter and bounds', () => {
    const own = fitCurve(x, y, model, tied, { sigma })
    const other = fitCurve(x, y, model, tied, { sigma, method: levenbergMarquardt })
    for (const [fit, rtol] of [
      [own, 1e-6],
      [other, 1e-4],
    ] as const) {
      expectClose(values(fit), reference.tied.values, { rtol, peer })
      expectClose(errors(fit), reference.tied.errors, { rtol: 1e-3, peer })
      expectClose(fit.chiSquare, reference.tied.chiSquare, { rtol: 1e-7, peer })
      expectClose(fit.reducedChiSquare, reference.tied.redchi, { rtol: 1e-7, peer })
    }
  })

  it('in the confidence band, also beyond the data', () => {
    const fit = fitCurve(x, y, model, start, { sigma })
    const { x: grid, value, half68, half95 } = reference.band
    for (const [level, half] of [
      [0.68, half68],
      [0.95, half95],
    ] as const) {
      const band = fit.confidenceBand(grid, level)
      expectClose(band.value, value, { rtol: 1e-6, peer })
      expectClose(
        band.upper.map((v, i) => (v - band.lower[i]!) / 2),
        half,
        { rtol: 1e-3, peer },
      )
    }
  })

  it('in the printed report: the same parameters, errors, percents, starts and correlations', () => {
    const text = formatFit(fitCurve(x, y, model, start, { sigma }))
    const rows = (report: string): Map<string, number[]> =>
      new Map(
        report
          .split('\n')
          .map(line => /^\s+(\w+): \s*(\S+) \+\/- (\S+) \((\S+)%\) \(init = (\S+?)\)/.exec(line))
          .filter(found => found !== null)
          .map(([, name, ...numbers]) => [name!, numbers.map(Number)]),
      )
    const correlations = (report: string): Map<string, number> =>
      new Map(
        [...report.matchAll(/C\((\w+),\s*(\w+)\)\s*=\s*([+-]?\d\.\d+)/g)].map(([, a, b, r]) => [[a, b].sort().join(), Number(r)]),
      )
    const [ours, theirs] = [rows(text), rows(reference.report)]
    expect([...ours.keys()]).toEqual([...theirs.keys()])
    expect(ours.size).toBe(5)
    for (const [name, [value, error, percent, init]] of theirs) {
      const [v, e, p, i] = ours.get(name)!
      expectClose(v!, value!, { rtol: 1e-6 })
      expectClose(e!, error!, { rtol: 6e-3 })
      expectClose(p!, percent!, { atol: 0.011 })
      expect(i).toBe(init)
    }
    const [c, d] = [correlations(text), correlations(reference.report)]
    expect([...c.keys()].sort()).toEqual([...d.keys()].sort())
    for (const [pair, r] of d) expectClose(c.get(pair)!, r, { atol: 2e-3 })
  })
})

describe('ml-levenberg-marquardt behind its adapter', () => {
  it('has nothing to do where nothing varies, and says how few points are too few', () => {
    const line = (x: number, p: { readonly a: number }): number => p.a * x
    const fit = fitCurve([1, 2, 3], [2, 4, 7], line, { a: { value: 2, vary: false } }, { method: levenbergMarquardt })
    expect([fit.converged, fit.values.a, fit.chiSquare, fit.iterations]).toEqual([true, 2, 1, 0])
    expect(errorCode(() => fitCurve([1], [2], line, { a: 1 }, { method: levenbergMarquardt }))).toBe('E_ARGUMENT')
  })

  it('does not care for a constant weight, however small or large', () => {
    const at = (s: number): CurveFit<Name> => fitCurve(x, y, model, start, { sigma: s, method: levenbergMarquardt })
    const unit = at(1)
    for (const s of [1e-3, 0.1, 10]) {
      const fit = at(s)
      expect(fit.converged).toBe(true)
      const off = values(fit).map((v, i) => (v - values(unit)[i]!) / errors(unit)[i]!)
      expectClose(off, [0, 0, 0, 0, 0], { atol: 1e-3 })
      expectClose(errors(fit), errors(unit), { rtol: 1e-3 })
      expectClose(fit.chiSquare * s * s, unit.chiSquare, { rtol: 1e-6 })
    }
    // the line with weights of 0.1 that the bare package fits as 0.07 + 1.02 x
    const t = [0, 1, 2, 3, 4]
    const line = fitCurve(
      t,
      t.map(v => 7 + 3 * v),
      (v, p) => p.a + p.b * v,
      { a: 1, b: 1 },
      {
        sigma: 10,
        method: levenbergMarquardt,
      },
    )
    expectClose([line.values.a, line.values.b], [7, 3], { rtol: 1e-6 })
  })

  it('moves a peak at 0.02 of width 0.002, and stops by itself', () => {
    const random = createRandom(8)
    const q = Array.from({ length: 200 }, (_, i) => 0.01 + i * 1e-4)
    const peak = (v: number, p: { a: number; c: number; w: number }): number => p.a * Math.exp(-(((v - p.c) / p.w) ** 2))
    const data = q.map(v => peak(v, { a: 5, c: 0.02, w: 0.002 }) + random.normal(0, 0.05))
    const fit = fitCurve(q, data, peak, { a: 4, c: 0.0195, w: 0.0025 }, { method: levenbergMarquardt })
    expect(fit).toMatchObject({ converged: true, reason: 'cost' })
    expect(fit.iterations).toBeLessThan(100)
    expectClose(fit.values.c, 0.02, { atol: 5e-5 })
  })

  it('keeps within bounds, says where it ends on one, and when its limit was reached', () => {
    const bounded = { ...start, width: { value: 0.5, min: 0.1, max: 0.6 } }
    const fit = fitCurve(x, y, model, bounded, { sigma, method: levenbergMarquardt })
    expect(fit.parameters.width).toMatchObject({ value: 0.6, atBound: 'max' })
    const short = fitCurve(x, y, model, start, { method: levenbergMarquardt, maxEvaluations: 1 })
    expect(short).toMatchObject({ converged: false, reason: 'iterations', iterations: 1 })
    const aborted = fitCurve(x, y, model, start, { method: levenbergMarquardt, signal: AbortSignal.abort() })
    expect(aborted).toMatchObject({ converged: false, reason: 'aborted' })
    const twice = fitCurve([0, 1, 2], [1, 2, 3.1], (v, p) => (p.a + p.b) * v, { a: 1, b: 1 }, { method: levenbergMarquardt })
    expect(twice.covariance).toBeNull()
    expect(twice.message).toContain('No standard errors')
    const broken = fitCurve(x, y, () => Number.NaN, start, { method: levenbergMarquardt })
    expect(broken).toMatchObject({ converged: false, reason: 'not-finite', covariance: null })
  })
})

describe('fitCurve', () => {
  it('gives the fitted curve, and the curve anywhere', () => {
    const fit = fitCurve(x, y, model, start, { sigma })
    expectClose(
      fit.fitted.map((f, i) => (f - y[i]!) / sigma[i]!),
      fit.residual,
      { rtol: 1e-12, atol: 1e-12 },
    )
    expect(fit.evaluate([3.3])[0]).toBe(model(3.3, fit.values))
  })

  it('has a band that is exact for a straight line', () => {
    const t = [0, 1, 2, 3, 4, 5]
    const data = [1.1, 2.9, 5.2, 6.8, 9.1, 11]
    const fit = fitCurve(t, data, (v, p) => p.a + p.b * v, { a: 0, b: 0 })
    const mean = 2.5
    const sxx = 17.5
    const s = Math.sqrt(fit.reducedChiSquare)
    const { upper, value } = fit.confidenceBand([0, 2.5, 9])
    const half = [0, 2.5, 9].map(v => studentQuantile(0.975, 4) * s * Math.sqrt(1 / 6 + (v - mean) ** 2 / sxx))
    expectClose(
      upper.map((u, i) => u - value[i]!),
      half,
      { rtol: 1e-6 },
    )
  })

  it('covers the truth as often as it says', () => {
    let inside = 0
    const runs = 600
    const t = Array.from({ length: 12 }, (_, i) => i)
    for (let run = 0; run < runs; run++) {
      const random = createRandom(99, run)
      const data = t.map(v => 5 * Math.exp(-0.3 * v) + random.normal(0, 0.1))
      const fit = fitCurve(t, data, (v, p) => p.a * Math.exp(-p.k * v), { a: 4, k: 0.2 })
      const { lower, upper } = fit.confidenceBand([2], 0.8)
      const truth = 5 * Math.exp(-0.6)
      if (truth > lower[0]! && truth < upper[0]!) inside++
    }
    expectClose(inside / runs, 0.8, { atol: 4 * Math.sqrt(0.16 / runs) })
  })

  it('survives a clone as plain data', () => {
    const fit = fitCurve(x, y, model, start)
    const copy = structuredClone(fit)
    expect(copy.fitted).toEqual(fit.fitted)
    expect(copy.parameters).toEqual(fit.parameters)
    expect('confidenceBand' in copy).toBe(false)
  })

  it('takes robust losses, and leaves its inputs alone', () => {
    const spoilt = y.map((v, i) => (i % 10 === 3 ? v + 5 : v))
    const [xs, ys, ss] = [Float64Array.from(x), Float64Array.from(spoilt), Float64Array.from(sigma)]
    const fit = fitCurve(xs, ys, model, start, { sigma: ss, loss: 'cauchy' })
    fit.confidenceBand(xs)
    expectClose(values(fit), [4, 4.4, 0.7, 3, 0.2], { rtol: 0.05 })
    expect([[...xs], [...ys], [...ss]]).toEqual([x, spoilt, sigma])
  })

  it('refuses what makes no sense', () => {
    expect(errorCode(() => fitCurve(x, y.slice(1), model, start))).toBe('E_SHAPE')
    expect(errorCode(() => fitCurve(x, y, model, start, { sigma: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => fitCurve([1, Number.NaN], [1, 2], model, start))).toBe('E_NAN')
    expect(errorCode(() => fitCurve(x, y, model, { ...start, rate: { value: 2, max: 1 } }))).toBe('E_RANGE')
    expect(errorCode(() => fitCurve(x, y, model, start, { derivatives: () => ({ height: 1 }) }))).toBe('E_MISSING')
    expect(errorCode(() => fitCurve(x, y, model, start, { method: levenbergMarquardt, loss: 'huber' }))).toBe('E_ARGUMENT')
    expect(errorCode(() => fitCurve(x, y, model, start).confidenceBand([1], 1))).toBe('E_RANGE')
    const undetermined = fitCurve([0, 1, 2], [1, 2, 3], (v, p) => (p.a + p.b) * v, { a: 1, b: 1 })
    expect(errorCode(() => undetermined.confidenceBand([1]))).toBe('E_SINGULAR')
  })
})

describe('formatFit', () => {
  it('says what is held, tied, at a bound, undetermined and not converged', () => {
    const fit = fitCurve(
      x,
      y,
      model,
      { ...start, level: { value: 3, vary: false }, width: { value: 0.5, max: 0.6 }, rate: { tie: 'height / 20' } },
      { sigma },
    )
    const text = formatFit(fit)
    expect(text).toMatch(/level: +3 \(fixed\)/)
    expect(text).toMatch(/rate: .*== 'height \/ 20'/)
    expect(text).toMatch(/width: .*at its max/)
    const short = fitCurve(x, y, model, start, { maxEvaluations: 2 })
    expect(formatFit(short)).toContain('NOT CONVERGED')
    const undetermined = fitCurve([0, 1, 2], [1, 2, 3], (v, p) => (p.a + p.b) * v, { a: 1, b: 1 })
    expect(formatFit(undetermined)).toContain('(no error)')
    expect(formatFit(fit, { smallestCorrelation: 2 })).not.toContain('Correlations')
  })
})
