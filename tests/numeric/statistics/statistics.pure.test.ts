import fc from 'fast-check'
import {
  covarianceMatrix,
  createRandom,
  cumulativeStatistics,
  linearRegression,
  mean,
  median,
  medianAbsoluteDeviation,
  quantiles,
  type RollingStatistic,
  robustSigma,
  rolling,
  sigmaClip,
  standardDeviation,
  theilSen,
  variance,
  weightedMean,
  weightedMedian,
} from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import signal from '../../reference/numeric/signal.json'
import reference from '../../reference/numeric/statistics.json'

const { stats } = signal
const { peer } = reference
const nan = Number.NaN
const orNan = (x: readonly (number | null)[]): number[] => x.map(v => v ?? nan)
describe('statistics agree with numpy and scipy', () => {
  it('moments, order statistics, covariance', () => {
    expectClose(mean(stats.v), stats.plainMean, { rtol: 1e-15, peer })
    expectClose(variance(stats.v), stats.variance, { rtol: 1e-14, peer })
    expectClose(standardDeviation(stats.v) ** 2, stats.variance, { rtol: 1e-14, peer })
    expectClose(median(stats.v), stats.median, { rtol: 1e-15, peer })
    expectClose(quantiles(stats.v, stats.levels), stats.quantiles, { rtol: 1e-14, peer })
    expectClose(medianAbsoluteDeviation(stats.v), stats.mad, { rtol: 1e-15, peer })
    expectClose(robustSigma(stats.v), stats.madNormal, { rtol: 1e-14, peer })
    expectClose(covarianceMatrix([...stats.v, ...stats.u], 2, stats.v.length), stats.covariance, { rtol: 1e-13, peer })
  })
  it('weighted mean and weighted median', () => {
    expectClose(weightedMean(stats.v, stats.s).value, stats.mean, { rtol: 1e-14, peer })
    const { x, weights, expected } = reference.weightedMedian
    expectClose(weightedMedian(x, weights), expected, { rtol: 1e-15, peer })
  })
  it('straight lines, plain and weighted', () => {
    const [intercept, slope, interceptError, slopeError, correlation] = stats.line as [number, number, number, number, number]
    const plain = linearRegression(stats.v, stats.u)
    expectClose(
      [plain.intercept, plain.slope, plain.interceptError!, plain.slopeError!, plain.correlation],
      [intercept, slope, interceptError, slopeError, correlation],
      { rtol: 1e-12, peer },
    )
    const [a, b, aa, ab, , bb] = stats.weightedLine as [number, number, number, number, number, number]
    const weighted = linearRegression(stats.v, stats.u, { sigma: stats.s, scaleErrors: false })
    expectClose(
      [weighted.intercept, weighted.slope, weighted.interceptError! ** 2, weighted.covariance!, weighted.slopeError! ** 2],
      [a, b, aa, ab, bb],
      { rtol: 1e-11, peer },
    )
  })
  it('the line of Theil and Sen with its interval', () => {
    const { x, y, slope, intercept, interval95, interval68 } = reference.theilSen
    const line = theilSen(x, y)
    expectClose([line.slope, line.intercept, ...line.slopeInterval], [slope, intercept, ...interval95], { rtol: 1e-13, peer })
    expectClose(theilSen(x, y, { level: 0.68 }).slopeInterval, interval68, { rtol: 1e-13, peer })
  })
  it('sigma clipping about the mean without a limit of rounds, as scipy.stats.sigmaclip', () => {
    const { x, kept, mean: expected, std } = reference.sigmaClip
    const found = sigmaClip(x, { limit: 3, centre: 'mean', maxRounds: 0 })
    expect(found.kept).toBe(kept)
    expect(found.mask.reduce((a, b) => a + b, 0)).toBe(x.length - kept)
    expectClose([found.centre, found.spread], [expected, std], { rtol: 1e-13, peer })
  })
  it('rolling windows and what grows, holes included, as pandas', () => {
    const { x, holes, cases } = reference.rolling
    for (const { align, width, atLeast, statistic, x: whole, holes: omitted } of cases) {
      const options = { align: align as 'centre' | 'trailing', atLeast }
      const kind = statistic as RollingStatistic
      expectClose(rolling(x as number[], width, kind, options), orNan(whole), { rtol: 1e-12, atol: 1e-14, peer })
      expectClose(rolling(orNan(holes), width, kind, { ...options, nan: 'omit' }), orNan(omitted), {
        rtol: 1e-12,
        atol: 1e-14,
        peer,
      })
    }
    const grown = cumulativeStatistics(orNan(holes), { nan: 'omit' })
    const { count, mean: means, standardDeviation: deviations } = reference.cumulative
    expect([...grown.count]).toEqual(count)
    expectClose(grown.mean, orNan(means), { rtol: 1e-13, peer })
    expectClose(grown.standardDeviation, orNan(deviations), { rtol: 1e-12, peer })
  })
})

describe('weightedMean', () => {
  it('has equal internal and external errors when chi-square is n - 1, and quotes the larger', () => {
    const { internalError, externalError, chiSquare } = weightedMean([1, 3], [Math.SQRT2, Math.SQRT2])
    expectClose([internalError, externalError!, chiSquare], [1, 1, 1], { rtol: 1e-15 })
    const scattered = weightedMean([0, 10], [1, 1])
    expect(scattered.standardError).toBe(scattered.externalError)
    const calm = weightedMean([5, 5.01], [1, 1])
    expect(calm.standardError).toBe(calm.internalError)
    expect(weightedMean([5], [2])).toMatchObject({ value: 5, internalError: 2, externalError: null, standardError: 2 })
  })
  it('is right about its error: the scatter of many means', () => {
    const random = createRandom(4)
    const sigma = [0.5, 1, 2, 4]
    const means = Array.from(
      { length: 4000 },
      () =>
        weightedMean(
          sigma.map(s => random.normal(7, s)),
          sigma,
        ).value,
    )
    const { internalError } = weightedMean([7, 7, 7, 7], sigma)
    expectClose(standardDeviation(means), internalError, { rtol: 4 / Math.sqrt(8000) })
  })
})

describe('robust statistics', () => {
  it('are not moved by outliers that ruin the others', () => {
    const random = createRandom(12)
    const x = Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 1e6 : random.normal(3, 0.5)))
    expectClose(median(x), 3, { atol: 0.2 })
    expectClose(robustSigma(x), 0.5, { rtol: 0.5 })
    expect(standardDeviation(x)).toBeGreaterThan(1e5)
    const clipped = sigmaClip(x, { spread: 'robust', maxRounds: 0 })
    expect(clipped.mask.filter(Boolean).length).toBeGreaterThanOrEqual(80)
    expectClose(clipped.centre, 3, { atol: 0.1 })
  })
  it('sigmaClip marks values symmetric limits or one side only, and stops after the rounds asked for', () => {
    const x = [...new Array<number>(30).fill(0).map((_, i) => Math.sin(i)), 50, -50, 1e4]
    expect(sigmaClip(x, { maxRounds: 1 }).mask.slice(-3)).toEqual(Uint8Array.of(0, 0, 1))
    expect(sigmaClip(x).mask.slice(-3)).toEqual(Uint8Array.of(1, 1, 1))
    expect(sigmaClip(x, { limit: [1e9, 3] }).mask.slice(-3)).toEqual(Uint8Array.of(1, 0, 1))
    expect(sigmaClip([2, 2, 2]).kept).toBe(3)
  })
  it('the weighted median minimises the sum of weighted distances', () => {
    const value = fc.integer({ min: -50, max: 50 })
    const weight = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, weight), { minLength: 1, maxLength: 12 }), points => {
        fc.pre(points.some(([, w]) => w > 0))
        const x = points.map(p => p[0])
        const weights = points.map(p => p[1])
        const cost = (m: number): number => x.reduce((sum, v, i) => sum + weights[i]! * Math.abs(v - m), 0)
        const best = Math.min(...x.map(cost))
        expectClose(cost(weightedMedian(x, weights)), best, { atol: 1e-9 })
      }),
    )
  })
})

describe('weightedMedian', () => {
  it('of equal weights is the median, whatever their sums round to', () => {
    const weight = fc.constantFrom(0.1, 0.2, 0.3, 0.7, 1 / 3, 1e-3, 1e9)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 }), weight, (x, w) => {
        expect(weightedMedian(x, new Float64Array(x.length).fill(w)) + 0).toBe(median(x) + 0)
      }),
    )
  })
})

describe('quantiles', () => {
  it('lie between the extremes, rise with the share, and are blind to order', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), x => {
        const shares = [0, 0.1, 0.5, 0.7, 1]
        const q = quantiles(x, shares)
        expect(q[0]! + 0).toBe(Math.min(...x) + 0)
        expect(q[4]! + 0).toBe(Math.max(...x) + 0)
        for (let i = 1; i < q.length; i++) expect(q[i]!).toBeGreaterThanOrEqual(q[i - 1]!)
        expect(quantiles([...x].reverse(), shares)).toEqual(q)
      }),
    )
  })
})

describe('NaN', () => {
  const holed = [1, nan, 3, 8]
  const whole = [1, 3, 8]
  it('throws unless omission is asked for', () => {
    const runs = [
      () => mean(holed),
      () => variance(holed),
      () => median(holed),
      () => quantiles(holed, [0.5]),
      () => weightedMedian(holed, [1, 1, 1, 1]),
      () => weightedMean(holed, [1, 1, 1, 1]),
      () => weightedMean(whole, [1, nan, 1]),
      () => robustSigma(holed),
      () => sigmaClip(holed),
      () => linearRegression(holed, [1, 2, 3, 4]),
      () => theilSen([1, 2, 3, 4], holed),
      () => rolling(holed, 3, 'mean'),
      () => cumulativeStatistics(holed),
      () => covarianceMatrix(holed, 2, 2),
      () => mean([1, Infinity], { nan: 'omit' }),
    ]
    for (const run of runs) expect(errorCode(run)).toBe('E_NAN')
  })
  it('is left out on request, whichever list it is in', () => {
    const omit = { nan: 'omit' } as const
    expect(mean(holed, omit)).toBe(4)
    expect(variance(holed, omit)).toBe(variance(whole))
    expect(median(holed, omit)).toBe(3)
    expect(weightedMedian(holed, [1, 1, nan, 3], omit)).toBe(8)
    expect(weightedMean(holed, [1, 1, nan, 1], omit)).toEqual(weightedMean([1, 8], [1, 1]))
    expect(linearRegression(holed, [1, 2, 3, 4], omit)).toEqual(linearRegression(whole, [1, 3, 4]))
    expect(theilSen(holed, [1, 2, nan, 4], omit)).toEqual(theilSen([1, 8], [1, 4]))
    expect([...sigmaClip(holed, omit).mask]).toEqual([0, 1, 0, 0])
  })
})

describe('bad input', () => {
  it('is refused with a code', () => {
    expect(errorCode(() => mean([]))).toBe('E_SHAPE')
    expect(errorCode(() => mean([nan], { nan: 'omit' }))).toBe('E_SHAPE')
    expect(errorCode(() => variance([1]))).toBe('E_SHAPE')
    expect(variance([1], { degreesLost: 0 })).toBe(0)
    expect(errorCode(() => quantiles([1], [1.5]))).toBe('E_RANGE')
    expect(errorCode(() => weightedMean([1, 2], [1]))).toBe('E_SHAPE')
    expect(errorCode(() => weightedMean([1, 2], [1, 0]))).toBe('E_RANGE')
    expect(errorCode(() => weightedMedian([1, 2], [0, 0]))).toBe('E_RANGE')
    expect(errorCode(() => weightedMedian([1, 2], [1, -1]))).toBe('E_RANGE')
    expect(errorCode(() => linearRegression([2, 2], [1, 3]))).toBe('E_SINGULAR')
    expect(errorCode(() => theilSen([2, 2], [1, 3]))).toBe('E_SINGULAR')
    expect(errorCode(() => theilSen([1, 2], [1, 3], { level: 1 }))).toBe('E_RANGE')
    expect(errorCode(() => rolling([1, 2], 2, 'mean'))).toBe('E_RANGE')
    expect(errorCode(() => rolling([1, 2], 1, 'mode' as RollingStatistic))).toBe('E_ARGUMENT')
    expect(errorCode(() => sigmaClip([1], { limit: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => covarianceMatrix([1, 2], 2, 1))).toBe('E_SHAPE')
  })
  it('two points determine a line, not its error', () => {
    expect(linearRegression([0, 1], [1, 3])).toMatchObject({ slope: 2, intercept: 1, slopeError: null })
    expect(linearRegression([0, 1], [1, 3], { sigma: [0.1, 0.1], scaleErrors: false }).slopeError).toBeCloseTo(
      0.1 * Math.SQRT2,
      12,
    )
  })
  it('inputs stay as they are', () => {
    const x = Float64Array.of(3, 1, 2, 9)
    for (const run of [median, robustSigma, sigmaClip, mean]) run(x)
    rolling(x, 3, 'median')
    covarianceMatrix(x, 2, 2)
    theilSen(x, x)
    expect([...x]).toEqual([3, 1, 2, 9])
  })
})
