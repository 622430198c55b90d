import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  derivativeFeatures,
  differenceSpectra,
  edgeMetrics,
  edgeTrends,
  fitPrePeaks,
  oxidationState,
  subtractPreEdgeBaseline,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'

const energy = Float64Array.from({ length: 401 }, (_, i) => 8300 + 0.25 * i)
const logistic = (at: number): Float64Array => energy.map(e => 1 / (1 + Math.exp(-(e - at) / 1.3)))
const seriesOf = (rows: readonly Float64Array[], extra: object = {}) =>
  createDataset({
    name: 'mu',
    dims: ['frame', 'energy'],
    shape: [rows.length, energy.length],
    values: Float64Array.from(rows.flatMap(r => [...r])),
    unit: '',
    coords: {
      energy: { dims: ['energy'], values: energy, unit: 'eV' },
      x: { dims: ['frame'], values: rows.map((_, i) => 1 - i / 10), unit: '' },
    },
    ...extra,
  })

describe('the measures of an edge', () => {
  it('of a logistic step are its centre: half height, steepest point, and the mean of symmetric levels', () => {
    for (const at of [8344.76, 8346.19, 8350.005]) {
      const found = edgeMetrics(energy, logistic(at), { integralLevels: [0.2, 0.8] })
      expectClose([found.halfHeight, found.steepest, found.integral], [at, at, at], { atol: 0.002 })
      expectClose(found.slope, 1 / (4 * 1.3), { rtol: 5e-3 })
    }
  })

  it('move with the edge, all by the same', () => {
    const [a, b] = [8344.5, 8346].map(at => edgeMetrics(energy, logistic(at), { integralLevels: [0.2, 0.8] }))
    expectClose([b!.halfHeight - a!.halfHeight, b!.steepest - a!.steepest, b!.integral - a!.integral], [1.5, 1.5, 1.5], {
      atol: 1e-9,
    })
  })

  it('are refused where a spectrum does not reach the heights, and masked in a series', () => {
    const low = logistic(8345).map(v => 0.4 * v)
    expect(errorText(() => edgeMetrics(energy, low))).toMatch(/E_RANGE.*between .* and 0\.4000 .*does not cross the level/)
    const { halfHeight } = edgeTrends(seriesOf([logistic(8345), low]), { integralLevels: [0.2, 0.8] })
    expect([halfHeight.mask?.[0], halfHeight.mask?.[1], halfHeight.warnings.at(-1)!.code]).toEqual([0, 1, 'W_NOT_REACHED'])
    expect(errorCode(() => edgeMetrics(energy, low, { window: [9000, 9100] }))).toBe('E_RANGE')
  })

  it('of a series stand beside x, with an error as large as the scatter of noisy spectra', () => {
    const random = createRandom(4)
    const rows = Array.from({ length: 400 }, () => logistic(8345).map(v => v + 0.004 * random.normal()))
    const sigma = new Float64Array(rows.length * energy.length).fill(0.004)
    const { halfHeight } = edgeTrends(seriesOf(rows, { sigma }), { integralLevels: [0.2, 0.8] })
    const scatter = Math.sqrt(Array.from(halfHeight.values).reduce((s, v) => s + (v - 8345) ** 2, 0) / rows.length)
    // between two points the error is smaller than at one of them: by up to 1/sqrt 2
    const told = Array.from(halfHeight.sigma!).reduce((a, b) => a + b, 0) / rows.length
    expect(told / scatter).toBeGreaterThan(0.85)
    expect(told / scatter).toBeLessThan(1.6)
    expect(halfHeight.coords.x!.values).toHaveLength(400)
  })
})

describe('features of derivatives', () => {
  it('find two steps by inflections and a hidden shoulder by the second derivative', () => {
    const mu = energy.map((_, i) => 0.6 * logistic(8340)[i]! + 0.4 * logistic(8352)[i]!)
    expectClose(
      derivativeFeatures(energy, mu).map(f => f.energy),
      [8340, 8352],
      { atol: 0.02 },
    )
    const shoulder = energy.map(e => Math.exp(-(((e - 8345) / 3) ** 2)) + 0.4 * Math.exp(-(((e - 8349.5) / 2) ** 2)))
    const peaks = derivativeFeatures(energy, shoulder, { kind: 'peak', least: 0.3 })
    expectClose(
      peaks.map(f => f.energy),
      [8345, 8349.5],
      { atol: 0.5 },
    )
  })
})

describe('an oxidation state', () => {
  const standards = [
    { state: 2, edge: 8342 },
    { state: 3, edge: 8343.75 },
    { state: 4, edge: 8345.5 },
  ]
  it('on the line of its standards is exact, and beyond them told', () => {
    const found = oxidationState(8344.625, standards, 0.035)
    expectClose([found.state, found.slope, found.sigma!], [3.5, 1.75, 0.02], { atol: 1e-9 })
    expect(oxidationState(8347, standards).warnings[0]!.code).toBe('W_EXTRAPOLATED')
  })
  it('has the error of inverse prediction', () => {
    const crooked = [...standards, { state: 3, edge: 8344.15 }]
    const found = oxidationState(8343.75, crooked)
    // by hand: line through the means, s² = (0.1² + 0.3² + 0.1² + 0.1²) / 2 about 8342.1, 8343.85, 8345.6
    const s2 = (0.01 + 0.09 + 0.01 + 0.01) / 2
    expectClose(found.scatter!, Math.sqrt(s2), { rtol: 1e-9 })
    const state = 3 + (8343.75 - 8343.85) / 1.75
    expectClose(found.sigma!, Math.sqrt(s2 * (1 + 1 / 4 + (state - 3) ** 2 / 2)) / 1.75, { rtol: 1e-9 })
  })
  it('is refused without two different standards', () => {
    expect(errorCode(() => oxidationState(8344, standards.slice(0, 1)))).toBe('E_ARGUMENT')
    expect(errorCode(() => oxidationState(8344, [standards[0]!, standards[0]!]))).toBe('E_SINGULAR')
    expect(errorCode(() => oxidationState(Number.NaN, standards))).toBe('E_NAN')
  })
})

it('difference spectra of a mixture are zero at its isosbestic points, with errors in quadrature', () => {
  const mixed = (t: number): Float64Array =>
    energy.map(
      (_, i) => (1 - t) * logistic(8343)[i]! + t * (logistic(8345)[i]! + 0.3 * Math.exp(-(((energy[i]! - 8355) / 4) ** 2))),
    )
  const series = seriesOf([0, 0.3, 1].map(mixed), { sigma: new Float64Array(3 * energy.length).fill(0.01) })
  const difference = differenceSpectra(series)
  const n = energy.length
  const ratio = Array.from({ length: n }, (_, i) => [difference.values[n + i]!, difference.values[2 * n + i]!] as const)
  for (const [a, b] of ratio) expectClose(a, 0.3 * b, { atol: 1e-12 })
  expectClose(difference.sigma!.subarray(n, n + 2), [Math.SQRT2 * 0.01, Math.SQRT2 * 0.01], { rtol: 1e-12 })
  expect(difference.sigma![0]).toBe(0)
  expectClose(
    differenceSpectra(series, 'previous').values.subarray(2 * n),
    difference.values.subarray(2 * n).map((v, i) => v - difference.values[n + i]!),
    { atol: 1e-12 },
  )
  expect(errorCode(() => differenceSpectra(series, 3))).toBe('E_RANGE')
})

describe('pre-edge peaks', () => {
  const x = Float64Array.from({ length: 141 }, (_, i) => 7102 + 0.15 * i)
  const gaussian = (at: number, area: number): Float64Array =>
    x.map(e => (area / (0.5 * Math.sqrt(2 * Math.PI))) * Math.exp(-(((e - at) / 0.5) ** 2) / 2))
  const foot = x.map(e => 0.01 + 0.8 * (0.5 + Math.atan((e - 7125) / 2.5) / Math.PI))
  const truth = { area: 0.14, centroid: (0.09 * 7112.8 + 0.05 * 7114.3) / 0.14 }
  const clean = foot.map((v, i) => v + gaussian(7112.8, 0.09)[i]! + gaussian(7114.3, 0.05)[i]!)
  const options = { range: [7103, 7120] as const, peaks: [{ centre: 7112.6 }, { centre: 7114.5 }], edge: 7125, lorentzian: 0 }

  it('have the area and centroid that they were made with', () => {
    const found = fitPrePeaks(x, clean, options)
    expectClose(found.area.value, truth.area, { rtol: 2e-3 })
    expectClose(found.centroid.value, truth.centroid, { atol: 2e-3 })
    expectClose(found.baseline, foot.slice(7, 121), { atol: 2e-4 })
  })

  it('scatter as their errors say, correlations included', () => {
    const random = createRandom(12)
    const fits = Array.from({ length: 40 }, () =>
      fitPrePeaks(
        x,
        clean.map(v => v + 0.0005 * random.normal()),
        options,
      ),
    )
    for (const what of ['area', 'centroid'] as const) {
      const chi2 = fits.reduce((s, f) => s + ((f[what].value - truth[what]) / f[what].sigma!) ** 2, 0) / fits.length
      // 25 values: 1 with a standard deviation of 0.28
      expect(chi2).toBeGreaterThan(0.3)
      expect(chi2).toBeLessThan(2.2)
    }
  })

  it('come out of a baseline without a model of them too', () => {
    const found = subtractPreEdgeBaseline(x, clean, { range: [7103, 7121], peaks: [7110.5, 7116.5], baseline: 'arctan' })
    expectClose([found.area, found.centroid], [truth.area, truth.centroid], { rtol: 5e-3 })
    expect(errorCode(() => subtractPreEdgeBaseline(x, clean, { range: [7103, 7121], peaks: [7100, 7116] }))).toBe('E_RANGE')
  })

  it('outside their range, or with too few points, are refused', () => {
    expect(errorCode(() => fitPrePeaks(x, clean, { ...options, peaks: [{ centre: 7200 }] }))).toBe('E_RANGE')
    expect(errorCode(() => fitPrePeaks(x, clean, { ...options, range: [7112, 7114] as const, peaks: [{ centre: 7113 }] }))).toBe(
      'E_RANGE',
    )
    expect(errorCode(() => fitPrePeaks(x, clean, { ...options, peaks: [] }))).toBe('E_ARGUMENT')
  })
})
