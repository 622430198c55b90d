import { createRandom } from 'operando/numeric'
import { averageScans, createQuickBinning, detectorLag, splitHalfScans } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

describe('splitHalfScans', () => {
  it('cuts at the turns of a noisy encoder and knows which way the energy goes', () => {
    const { normal } = createRandom(2)
    const angle = Float64Array.from({ length: 6000 }, (_, i) => 13.7 + 0.5 * Math.sin((2 * Math.PI * i) / 2000) + 1e-4 * normal())
    const scans = splitHalfScans(angle)
    expect(scans.map(s => s.direction)).toEqual(['down', 'up', 'down', 'up', 'down', 'up', 'down'])
    ;[500, 1500, 2500, 3500, 4500, 5500].forEach((turn, k) => {
      expect(Math.abs(scans[k]!.stop - turn)).toBeLessThan(40)
      expect(scans[k + 1]!.start).toBe(scans[k]!.stop)
    })
    expect(splitHalfScans(angle, { axis: 'energy' })[0]!.direction).toBe('up')
  })

  it('takes a triangle and a single way, and refuses what stands still', () => {
    const ramp = Array.from({ length: 300 }, (_, i) => 8000 + i)
    expect(splitHalfScans(ramp, { axis: 'energy' })).toEqual([{ start: 0, stop: 300, direction: 'up' }])
    const triangle = Array.from({ length: 400 }, (_, i) => Math.abs(100 - (i % 200)))
    expect(splitHalfScans(triangle).map(s => s.stop)).toEqual([100, 200, 300, 400])
    expect(errorText(() => splitHalfScans([5, 5, 5]))).toMatch(/E_RANGE splitHalfScans/)
  })
})

describe('createQuickBinning', () => {
  const grid = Float64Array.of(10, 11, 12, 14, 16)

  it('is the mean of the samples nearest to each energy, with its standard error, piece by piece', () => {
    const { uniform, normal } = createRandom(4)
    const energy = Float64Array.from({ length: 5000 }, () => 9 + 8 * uniform())
    const mu = energy.map(e => 0.1 * e + 0.01 * normal())
    const bins = createQuickBinning(grid)
    bins.add(energy, mu, 0, 2000)
    bins.add(energy, mu, 2000)
    const { mu: mean, sigma, counts } = bins.result()
    const edges = [9.5, 10.5, 11.5, 13, 15, 17]
    grid.forEach((_, b) => {
      const inside = mu.filter((_, i) => energy[i]! >= edges[b]! && energy[i]! < edges[b + 1]!)
      const own = inside.reduce((sum, v) => sum + v, 0) / inside.length
      expect(counts[b]).toBe(inside.length)
      expectClose(mean[b]!, own, { rtol: 1e-12 })
      const variance = inside.reduce((sum, v) => sum + (v - own) ** 2, 0) / (inside.length - 1)
      expectClose(sigma[b]!, Math.sqrt(variance / inside.length), { rtol: 1e-9 })
    })
    bins.clear()
    expect(bins.result().counts.every(n => n === 0)).toBe(true)
  })

  it('takes two counters, passes over what has no logarithm, and leaves empty bins NaN', () => {
    const bins = createQuickBinning(grid)
    bins.addCounters(Float64Array.of(10, 10, 14, 99), Float64Array.of(2, 3, 1, 1), Float64Array.of(1, 0, 1, 1))
    const { mu, counts } = bins.result()
    expect(bins.skipped).toBe(1)
    expect([...counts]).toEqual([1, 0, 0, 1, 0])
    expect(mu[0]).toBe(Math.log(2))
    expect(mu[1]).toBeNaN()
    expect(errorText(() => bins.add(Float64Array.of(1, 2), Float64Array.of(1)))).toMatch(/E_SHAPE/)
    expect(errorText(() => createQuickBinning([3, 2, 1]))).toMatch(/E_AXIS/)
  })
})

describe('detectorLag', () => {
  const energy = Float64Array.from({ length: 8000 }, (_, i) => 8340 + 200 * Math.sin(i / 160))
  const grid = Float64Array.from({ length: 121 }, (_, i) => 8273 + i)
  const muOf = (lag: number): Float64Array =>
    energy.map((_, i) => 1 / (1 + Math.exp((8333 - (8340 + 200 * Math.sin((i - lag) / 160))) / 3)))
  const scans = splitHalfScans(energy, { axis: 'energy' })

  it.each([-2.5, 0, 0.4, 3, 7.25])('finds a lag of %f samples', lag => {
    const found = detectorLag(energy, muOf(lag), scans, { grid })
    expectClose(found.lag, lag, { atol: 0.02 })
    expect(Math.abs(found.splitAfter)).toBeLessThan(0.02)
  })

  it('refuses scans of one direction, and a grid that no scan passes', () => {
    const up = scans.filter(s => s.direction === 'up')
    expect(errorText(() => detectorLag(energy, muOf(1), up, { grid }))).toMatch(
      /E_RANGE detectorLag: scans down fill 0 of the 121 bins/,
    )
    expect(errorText(() => detectorLag(energy, muOf(1), scans, { grid: grid.map(e => e + 500) }))).toMatch(
      /E_RANGE detectorLag: no scan passes/,
    )
  })
})

describe('averageScans', () => {
  const { normal } = createRandom(8)
  const noise = (): Float64Array => Float64Array.from({ length: 400 }, () => 0.01 * normal())

  it('tells independent noise from noise that was smoothed, and how many points are left', () => {
    const scans = Array.from({ length: 30 }, noise)
    const white = averageScans(scans)
    expect(Math.abs(white.correlation)).toBeLessThan(0.05)
    expect(white.effectivePoints).toBeGreaterThan(350)
    expect(white.warnings).toEqual([])
    // a first-order process: correlation r, of which the effective number is the closed form
    const r = 0.7
    const slow = scans.map(scan => {
      let last = 0
      return scan.map(v => {
        last = r * last + v
        return last
      })
    })
    const found = averageScans(slow)
    expect(Math.abs(found.correlation - r)).toBeLessThan(0.04)
    expectClose(found.effectivePoints, (400 * (1 - r)) / (1 + r), { rtol: 0.15 })
    expect(found.warnings[0]!.code).toBe('W_CORRELATED_NOISE')
  })

  it('gives standard errors that shrink with the root of the number of scans', () => {
    const { spectra } = averageScans(Array.from({ length: 100 }, noise))
    const mean = spectra[0]!.sigma.reduce((sum, v) => sum + v, 0) / 400
    expectClose(mean, 0.001, { rtol: 0.03 })
  })

  it('groups by blocks, and by state within each branch', () => {
    const scans = [1, 2, 3, 4, 5].map(v => [v, Number.NaN])
    const blocks = averageScans(scans, { block: 2 }).spectra
    expect(blocks.map(s => s.scans)).toEqual([[0, 1], [2, 3], [4]])
    expect(blocks[0]!.mu[0]).toBe(1.5)
    expect(blocks[0]!.mu[1]).toBeNaN()
    const states = averageScans(scans, { state: [3.61, 3.64, 3.71, 3.72, 3.63], width: 0.05, branch: [0, 0, 0, 1, 1] }).spectra
    expect(states.map(s => s.scans)).toEqual([[0, 1], [2], [3], [4]])
    expectClose(states[0]!.state!, 3.625, { atol: 1e-12 })
  })

  it('refuses contradictions', () => {
    expect(errorText(() => averageScans([[1], [2]], { block: 1, state: [1, 2], width: 1 }))).toMatch(/E_ARGUMENT/)
    expect(errorText(() => averageScans([[1], [2]], { state: [1, 2] }))).toMatch(/E_RANGE width is undefined/)
    expect(errorText(() => averageScans([[1], [2, 3]]))).toMatch(/E_SHAPE scans\[1\]/)
    expect(errorText(() => averageScans([]))).toMatch(/E_RANGE/)
  })
})
