import { createDataset, isOperandoError } from 'operando'
import { createRandom, loadKernels } from 'operando/numeric'
import {
  createPeakFit,
  findPeaks,
  fitPeaks,
  gaussian,
  K_ALPHA,
  type PeakFitResult,
  type ProfileName,
  peakFitter,
  pseudoVoigt,
} from 'operando/scattering'
import { sequence } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'

const x = Float64Array.from({ length: 601 }, (_, i) => 30 + 0.01 * i)
const two = [
  { centre: 32.2, fwhm: 0.2, eta: 0.4, area: 90 },
  { centre: 33.9, fwhm: 0.3, eta: 0.6, area: 40 },
]
const sum = (peaks: readonly (typeof two)[number][], level = 50): Float64Array =>
  x.map(t => peaks.reduce((s, p) => s + pseudoVoigt([t], p)[0]!, level + 3 * (t - 33)))
const noisy = (truth: Float64Array, seed: number): { y: Float64Array; sigma: Float64Array } => {
  const { normal } = createRandom(seed)
  const sigma = truth.map(Math.sqrt)
  return { y: truth.map((v, i) => v + sigma[i]! * normal()), sigma }
}
const refuses = (run: () => unknown, code: Parameters<typeof isOperandoError>[1]): void => {
  expect(run).toThrow(expect.toSatisfy((error: unknown) => isOperandoError(error, code)))
}
const truth = sum(two)

describe('fitPeaks', () => {
  it('recovers a pattern without noise from positions alone, to rounding', () => {
    const { peaks, curves, rFactor } = fitPeaks({ x, y: truth }, [32.15, 34])
    peaks.forEach((peak, k) => {
      const { centre, fwhm, eta, area } = two[k]!
      expectClose([peak.centre.value, peak.fwhm.value, peak.shape.eta!.value, peak.area.value], [centre, fwhm, eta, area], {
        rtol: 1e-7,
      })
      expectClose(peak.breadth.value, peak.area.value / peak.height.value, { rtol: 1e-12 })
    })
    expectClose(curves!.fitted, truth, { rtol: 1e-8 })
    expectClose(curves!.data, truth, { rtol: 0 })
    expect(rFactor).toBeLessThan(1e-8)
  })

  it('has components and background that add up to the fit, and an area parameter that is the area under its curve', () => {
    const wide = Float64Array.from({ length: 4001 }, (_, i) => -20 + 0.01 * i)
    const y = gaussian(wide, { centre: 1, fwhm: 0.5, area: 7 }).map((v, i) => v + 2 + 0.01 * (i % 3))
    const { peaks, curves } = fitPeaks({ x: wide, y }, [1], { profile: 'gaussian' })
    const area = curves!.peaks[0]!.reduce((s, v) => s + v * 0.01, 0)
    expectClose(area, peaks[0]!.area.value, { rtol: 1e-9 })
    expectClose(
      curves!.background.map((b, i) => b + curves!.peaks[0]![i]!),
      curves!.fitted,
      { rtol: 1e-12 },
    )
  })

  it.each([
    ['gaussian', 0],
    ['pseudoVoigt', 0.4],
    ['tch', 0.4],
    ['voigt', 0.4],
    ['splitPseudoVoigt', 0.4],
  ] as [ProfileName, number][])(
    'has errors that say how far %s results scatter: pulls of mean 0 and deviation 1',
    (profile, eta) => {
      const line = { centre: 33.013, fwhm: 0.25, eta, area: 150 }
      const pattern = sum([line], 80)
      const first = fitPeaks({ x, y: pattern }, [33], { profile })
      const plan = createPeakFit(x, { peaks: [33], profile }, { scaleErrors: false })
      const start = Object.fromEntries(plan.names.map(name => [name, first.parameters[name]!.value]))
      const pulls: Record<'centre' | 'area' | 'height' | 'fwhm', number[]> = { centre: [], area: [], height: [], fwhm: [] }
      const runs = 200
      for (let seed = 1; seed <= runs; seed++) {
        const { y, sigma } = noisy(pattern, 1000 * eta + seed)
        const fit = plan.fit(y, { sigma, start })
        expect(fit.converged).toBe(true)
        for (const [name, list] of Object.entries(pulls) as [keyof typeof pulls, number[]][]) {
          const { value, standardError } = fit.peaks[0]![name]
          // against the fit without noise: a Voigt cannot be a pseudo-Voigt exactly, but it can scatter about the one that fits best
          list.push((value - first.peaks[0]![name].value) / standardError!)
        }
      }
      for (const list of Object.values(pulls)) {
        const mean = list.reduce((s, v) => s + v, 0) / runs
        const deviation = Math.sqrt(list.reduce((s, v) => s + (v - mean) ** 2, 0) / (runs - 1))
        // four standard errors of a mean and of a deviation of 200
        expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(runs))
        expect(Math.abs(deviation - 1)).toBeLessThan(4 / Math.sqrt(2 * runs))
      }
    },
  )

  it('holds a peak that is not there, says so, and gives its area with an error', () => {
    const tells: number[] = []
    for (let seed = 1; seed <= 40; seed++) {
      const { y, sigma } = noisy(truth, seed)
      const { peaks, converged } = fitPeaks({ x, y, sigma }, [32.2, 33.9, { centre: 31, fwhm: 0.2 }], { scaleErrors: false })
      expect(converged).toBe(true)
      const [first, , absent] = peaks
      expect(first!.weak).toBe(false)
      expect(absent!.weak).toBe(true)
      expect(absent!.centre).toEqual({ value: 31, standardError: null })
      expect(absent!.fwhm).toEqual({ value: 0.2, standardError: null })
      expect(absent!.area.value).toBeGreaterThanOrEqual(0)
      expect(absent!.area.standardError).toBeGreaterThan(0)
      tells.push(absent!.significance)
    }
    // a significance without bound scatters about 0 with deviation 1 (a little more, since background and neighbours are fitted too)
    const mean = tells.reduce((s, v) => s + v, 0) / 40
    expect(Math.abs(mean)).toBeLessThan(0.8)
    expect(tells.some(v => v < 0)).toBe(true)
  })

  it('lets areas go below 0 where that is allowed', () => {
    const dip = sum([{ ...two[0]!, area: -8 }], 200)
    const found = fitPeaks({ x, y: dip }, [{ centre: 32.2, fwhm: 0.2 }], { negativeAreas: true })
    expectClose(found.peaks[0]!.area.value, -8, { rtol: 1e-6 })
    expect(fitPeaks({ x, y: dip }, [{ centre: 32.2, fwhm: 0.2 }]).peaks[0]!.area.value).toBe(0)
  })

  it('keeps a centre within its window and says when it rests on the edge', () => {
    const { y, sigma } = noisy(truth, 4)
    const { peaks } = fitPeaks({ x, y, sigma }, [{ centre: 32.1, fwhm: 0.2, window: 0.05 }, 33.9])
    expectClose(peaks[0]!.centre.value, 32.15, { atol: 1e-9 })
    expect(peaks[0]!.atBound).toContain('peak1.centre')
  })

  it('takes fixed, bounded and tied parameters, shared shapes, and a background that is given', () => {
    const level = x.map(t => 50 + 3 * (t - 33))
    const fit = fitPeaks(
      { x, y: truth },
      [
        { name: 'a', centre: 32.2, eta: { value: 0.4, vary: false } },
        { name: 'b', centre: 33.9, eta: { tie: 'a.eta + 0.2' } },
      ],
      {
        background: level,
      },
    )
    expect(fit.varied).toEqual(['a.area', 'a.centre', 'a.fwhm', 'b.area', 'b.centre', 'b.fwhm'])
    expectClose(fit.peaks[1]!.area.value, 40, { rtol: 1e-7 })
    expectClose(fit.curves!.background, level, { rtol: 0 })
    const shared = fitPeaks({ x, y: truth }, [32.2, 33.9], { shared: ['eta'] })
    expect(shared.peaks[0]!.shape.eta).toEqual(shared.peaks[1]!.shape.eta)
    expect(Object.keys(shared.parameters)).toContain('eta')
  })

  it('leaves NaN and masked points out, and counts only the others', () => {
    const { y, sigma } = noisy(truth, 9)
    const keep = x.map((_, i) => (i % 5 === 2 ? 0 : 1))
    const some = <T extends ArrayLike<number>>(v: T): number[] => Array.from(v).filter((_, i) => keep[i])
    const fewer = fitPeaks({ x: some(x), y: some(y), sigma: some(sigma) }, [32.2, 33.9])
    const holes = y.map((v, i) => (i % 10 === 2 ? Number.NaN : i % 10 === 7 ? 1e9 : v))
    const mask = x.map((_, i) => (i % 10 === 7 ? 1 : 0))
    const holed = fitPeaks({ x, y: holes, sigma, mask }, [32.2, 33.9])
    expect(holed.points).toBe(fewer.points)
    expectClose(holed.reducedChiSquare, fewer.reducedChiSquare, { rtol: 1e-9 })
    expectClose(holed.peaks[1]!.area.standardError!, fewer.peaks[1]!.area.standardError!, { rtol: 1e-6 })
    expectClose(holed.peaks[1]!.area.value, fewer.peaks[1]!.area.value, { rtol: 1e-6 })
  })

  it('starts from what findPeaks finds', () => {
    const { y, sigma } = noisy(truth, 2)
    const fit = fitPeaks({ x, y, sigma }, findPeaks(x, y, { sigma }))
    expect(fit.peaks.map(p => two.findIndex(t => Math.abs(t.centre - p.centre.value) < 0.02))).toEqual([0, 1])
    expect(fit.reducedChiSquare).toBeLessThan(1.3)
  })

  it('gives d with its error on twoTheta and q axes', () => {
    const dataset = createDataset({
      name: 'I',
      dims: ['twoTheta'],
      values: truth,
      unit: 'counts',
      coords: { twoTheta: { dims: ['twoTheta'], values: x, unit: 'deg' } },
      meta: { wavelength: 1.5 },
    })
    const before = structuredClone(dataset)
    const { peaks, parameters } = fitPeaks(dataset, [32.2, 33.9])
    expectClose(peaks[0]!.dSpacing!.value, 0.75 / Math.sin((16.1 * Math.PI) / 180), { rtol: 1e-9 })
    expect(parameters['peak1.dSpacing']!.value).toBe(peaks[0]!.dSpacing!.value)
    expect(dataset).toEqual(before)
    const onQ = fitPeaks({ x, y: truth }, [32.2, 33.9], { axis: 'q' })
    expectClose(onQ.peaks[1]!.dSpacing!.value, (2 * Math.PI) / 33.9, { rtol: 1e-9 })
    expect(fitPeaks({ x, y: truth }, [32.2, 33.9]).peaks[0]!.dSpacing).toBeUndefined()
  })

  it('finds the first line of a doublet on q as on twoTheta', () => {
    const [first, second] = K_ALPHA.Mo.wavelengths
    const q = Float64Array.from({ length: 800 }, (_, i) => 3 + 0.001 * i)
    const y = gaussian(q, { centre: 3.4, fwhm: 0.01, area: 3 })
    gaussian(q, { centre: (3.4 * second) / first, fwhm: 0.01, area: 1.5 }).forEach((v, i) => {
      y[i]! += v + 1
    })
    const { peaks } = fitPeaks({ x: q, y }, [3.401], { profile: 'gaussian', doublet: K_ALPHA.Mo, axis: 'q', background: 0 })
    expectClose([peaks[0]!.centre.value, peaks[0]!.area.value], [3.4, 3], { rtol: 1e-8 })
  })

  it('gives the same on SIMD kernels, to rounding', async () => {
    const { y, sigma } = noisy(truth, 12)
    const plain = fitPeaks({ x, y, sigma }, [32.2, 33.9])
    const fast = fitPeaks({ x, y, sigma }, [32.2, 33.9], { kernels: await loadKernels() })
    for (const [name, { value, standardError }] of Object.entries(plain.parameters)) {
      expectClose(fast.parameters[name]!.value, value, { atol: 1e-5 * standardError! })
      expectClose(fast.parameters[name]!.standardError!, standardError!, { rtol: 1e-5 })
    }
  })

  it('survives structuredClone', () => {
    const fit = fitPeaks({ x, y: truth }, [32.2, 33.9])
    expect(structuredClone(fit)).toEqual(fit)
  })

  it('says what is wrong', () => {
    refuses(() => fitPeaks({ x, y: truth }, []), 'E_ARGUMENT')
    refuses(() => fitPeaks({ x, y: truth }, [50]), 'E_RANGE')
    refuses(() => fitPeaks({ x, y: truth }, [32], { range: [10, 20] }), 'E_RANGE')
    refuses(() => fitPeaks({ x, y: truth }, [32], { shared: ['width'] }), 'E_ARGUMENT')
    refuses(() => fitPeaks({ x, y: truth }, [32], { profile: 'triangle' as 'gaussian' }), 'E_ARGUMENT')
    refuses(() => fitPeaks({ x, y: truth }, [32], { weights: 'sigma' }), 'E_ARGUMENT')
    refuses(() => fitPeaks({ x, y: truth }, [32], { scaleErrors: false }), 'E_ARGUMENT')
    refuses(() => fitPeaks({ x, y: truth }, [32], { range: [32, 32.03] }), 'E_ARGUMENT')
    refuses(() => fitPeaks({ x, y: truth.slice(1) }, [32]), 'E_SHAPE')
    refuses(() => fitPeaks({ x: x.slice().reverse(), y: truth }, [32]), 'E_AXIS')
  })
})

describe('peakFitter', () => {
  const frames = 30
  const drift = (k: number): number => 32 + 0.04 * k
  const weakens = (k: number): number => Math.max(0, 60 - 4 * k)
  const values = new Float64Array(frames * x.length)
  for (let k = 0; k < frames; k++) {
    const peaks = [
      { centre: drift(k), fwhm: 0.2, eta: 0.4, area: 90 },
      { centre: 31, fwhm: 0.2, eta: 0.4, area: weakens(k) },
    ]
    values.set(noisy(sum(peaks), 300 + k).y, k * x.length)
  }
  const series = createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [frames, x.length],
    values,
    unit: 'counts',
    coords: { twoTheta: { dims: ['twoTheta'], values: x, unit: 'deg' } },
    meta: { wavelength: 0.7 },
  })
  const options = { weights: 'poisson', scaleErrors: false } as const

  it('follows a peak far beyond its first window, and one that vanishes to nothing', async () => {
    const kept: PeakFitResult[] = []
    const fit = peakFitter(
      [
        { name: 'moves', centre: 32 },
        { name: 'fades', centre: 31 },
      ],
      options,
    )
    const run = await sequence(series, fit, { onFit: (k, f) => (kept[k] = f as PeakFitResult) })
    expect(run.status.every(s => s === 'good')).toBe(true)
    for (let k = 0; k < frames; k++) {
      const { value, standardError } = kept[k]!.peaks[0]!.centre
      expect(Math.abs(value - drift(k))).toBeLessThan(4.5 * standardError!)
      const fades = kept[k]!.peaks[1]!
      expect(Math.abs(fades.area.value - weakens(k))).toBeLessThan(4.5 * fades.area.standardError!)
      expect(Math.abs(fades.centre.value - 31)).toBeLessThan(0.1)
      if (weakens(k) === 0) expect(fades.weak).toBe(true)
    }
    expect(run.parameters['moves.dSpacing']!.values).toHaveLength(frames)
    expect(run.parameters['fades.area']!.values[frames - 1]).toBeLessThan(3)
  })

  it('gives what fitPeaks gives, and sets up anew for another axis', () => {
    const fitter = peakFitter([32], options)
    const y = values.slice(0, x.length)
    expect(fitter({ x, y }).peaks).toEqual(fitPeaks({ x, y }, [32], options).peaks)
    const moved = x.map(v => v + 0.001)
    expectClose(fitter({ x: moved, y }).peaks[0]!.centre.value, fitter({ x, y }).peaks[0]!.centre.value + 0.001, { atol: 1e-6 })
  })
})
