import { isOperandoError } from 'operando'
import { createRandom } from 'operando/numeric'
import { estimateNoise, findPeaks, gaussian, peakProminences, peakWidths, pseudoVoigt } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/scattering/peaks.json'

const PEER = `scipy ${reference.peers.scipy}`
const x = Float64Array.from({ length: 1501 }, (_, i) => 20 + 0.02 * i)
const lines = [
  { centre: 24.013, fwhm: 0.3, eta: 0.3, area: 400 },
  { centre: 31.207, fwhm: 0.35, eta: 0.6, area: 90 },
  { centre: 31.731, fwhm: 0.3, eta: 0.5, area: 60 },
  { centre: 41.57, fwhm: 0.4, eta: 0.5, area: 120 },
]
const background = x.map(t => 150 + 300 * Math.exp(-(t - 20) / 8))
const truth = background.map((b, i) => lines.reduce((sum, line) => sum + pseudoVoigt([x[i]!], line)[0]!, b))
const measured = (seed: number): Float64Array => {
  const { normal } = createRandom(seed)
  return truth.map(v => v + Math.sqrt(v) * normal())
}
const refuses = (run: () => unknown, code: Parameters<typeof isOperandoError>[1]): void => {
  expect(run).toThrow(expect.toSatisfy((error: unknown) => isOperandoError(error, code)))
}

describe('peakProminences and peakWidths', () => {
  const { y, peaks, prominence, leftBase, rightBase, width, width80, level } = reference.signal
  const index = Array.from(y, (_, i) => i)

  it('give what scipy.signal gives', () => {
    const ours = peakProminences(y, peaks)
    expectClose(ours.prominence, prominence, { rtol: 1e-12, peer: PEER })
    expect([...ours.leftBase]).toEqual(leftBase)
    expect([...ours.rightBase]).toEqual(rightBase)
    expectClose(peakWidths(index, y, peaks).width, width, { rtol: 1e-9, peer: PEER })
    expectClose(peakWidths(index, y, peaks).level, level, { rtol: 1e-12, atol: 1e-15, peer: PEER })
    expectClose(peakWidths(index, y, peaks, 0.8).width, width80, { rtol: 1e-9, peer: PEER })
  })

  it('read widths in x on an uneven grid: the full width of a Gaussian is its fwhm', () => {
    const uneven = Float64Array.from({ length: 400 }, (_, i) => 10 * (i / 400) ** 1.5)
    const y = gaussian(uneven, { centre: 5, fwhm: 1.2 })
    const top = y.indexOf(Math.max(...y))
    expectClose(peakWidths(uneven, y, [top]).width, 1.2, { rtol: 3e-3 })
  })

  it('refuse indices outside the data', () => {
    refuses(() => peakProminences([1, 2, 1], [3]), 'E_RANGE')
    refuses(() => peakWidths([1, 2, 3], [1, 2, 1], [1], 2), 'E_RANGE')
  })
})

describe('estimateNoise', () => {
  it('finds the standard deviation of noise within the scatter of 65 points, whatever the peaks', () => {
    const { normal } = createRandom(5)
    const y = truth.map(v => v + 3 * normal())
    const noise = estimateNoise(x, y).slice().sort()
    expect(noise[noise.length >> 1]).toBeGreaterThan(2.7)
    expect(noise[noise.length >> 1]).toBeLessThan(3.9)
  })

  it('is not moved by a slope or an uneven grid', () => {
    const { normal } = createRandom(6)
    const uneven = Float64Array.from({ length: 800 }, (_, i) => i + 0.4 * Math.sin(i))
    const noise = uneven.map(() => normal())
    const flat = estimateNoise(uneven, noise)
    const steep = estimateNoise(
      uneven,
      noise.map((v, i) => v + 50 * uneven[i]!),
    )
    expectClose(steep, flat, { rtol: 1e-9 })
  })

  it('leaves out what is masked or NaN', () => {
    const y = [1, 2, 1, 2, Number.NaN, 900, 1, 2, 1, 2]
    const noise = estimateNoise(
      y.map((_, i) => i),
      y,
      { mask: y.map(v => +(v > 100)) },
    )
    expect(noise.every(v => v > 0 && v < 5)).toBe(true)
  })
})

describe('findPeaks', () => {
  it('finds the lines of a noisy pattern on a curved background, and no others', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const found = findPeaks(x, measured(seed), { fwhm: 0.3 })
      expect(found).toHaveLength(lines.length)
      found.forEach((peak, k) => {
        const { centre, fwhm } = lines[k]!
        expect(Math.abs(peak.centre - centre)).toBeLessThan(0.25 * fwhm)
        expect(peak.fwhm / fwhm).toBeGreaterThan(0.5)
        expect(peak.fwhm / fwhm).toBeLessThan(1.6)
        expect(peak.kind).toBe('maximum')
      })
    }
  })

  it('tells centre, height, prominence and width of a lone peak without noise', () => {
    const y = gaussian(x, { centre: 35.003, fwhm: 0.5, area: 100 }).map(v => v + 40)
    const [peak, ...others] = findPeaks(x, y, { sigma: 0.1 })
    expect(others).toEqual([])
    expectClose(peak!.centre, 35.003, { atol: 2e-3 })
    expectClose(peak!.height - 40, 187.9, { rtol: 0.05 })
    expectClose(peak!.prominence, 187.9, { rtol: 0.05 })
    expectClose(peak!.fwhm, 0.5, { rtol: 0.06 })
    expect(x[peak!.index]).toBeCloseTo(35, 1)
  })

  it('finds a shoulder that makes no maximum of its own', () => {
    const { normal } = createRandom(3)
    const y = gaussian(x, { centre: 30, fwhm: 0.5, area: 600 })
    gaussian(x, { centre: 30.55, fwhm: 0.5, area: 210 }).forEach((v, i) => {
      y[i]! += v + 100 + 10 * normal()
    })
    const found = findPeaks(x, y, { fwhm: 0.3, sigma: 10 })
    expect(found.map(p => p.kind)).toEqual(['maximum', 'shoulder'])
    expectClose(found[1]!.centre, 30.55, { atol: 0.1 })
    expect(findPeaks(x, y, { fwhm: 0.3, sigma: 10, shoulders: false })).toHaveLength(1)
  })

  it('finds the same on an uneven grid and around gaps', () => {
    const uneven = Float64Array.from({ length: 1200 }, (_, i) => 20 + 30 * (i / 1200) ** 1.3)
    const { normal } = createRandom(8)
    const y = uneven.map(t => 200 + lines.reduce((s, line) => s + pseudoVoigt([t], line)[0]!, 0))
    const noisy = y.map(v => v + Math.sqrt(v) * normal())
    const holes = noisy.map((v, i) => (uneven[i]! > 35 && uneven[i]! < 36 ? Number.NaN : v))
    for (const data of [noisy, holes]) {
      const found = findPeaks(uneven, data, { fwhm: 0.3 })
      expect(found.map(p => lines.findIndex(l => Math.abs(l.centre - p.centre) < 0.15))).toEqual([0, 1, 2, 3])
      for (const peak of found) expect(Math.abs(uneven[peak.index]! - peak.centre)).toBeLessThan(0.1)
    }
  })

  it('makes a false peak in about one of a hundred patterns of pure noise of 2000 points', () => {
    const { normal } = createRandom(17)
    const points = Float64Array.from({ length: 2000 }, (_, i) => i)
    let [given, estimated] = [0, 0]
    for (let k = 0; k < 200; k++) {
      const noise = points.map(() => 50 + normal())
      given += findPeaks(points, noise, { sigma: 1 }).length
      estimated += findPeaks(points, noise).length
    }
    // 2 each on the average; more than 6 would happen once in two hundred times
    expect(given).toBeLessThanOrEqual(6)
    expect(estimated).toBeLessThanOrEqual(6)
  })

  it('finds nothing in a constant or a straight line', () => {
    expect(findPeaks(x, new Float64Array(x.length).fill(7))).toEqual([])
    expect(
      findPeaks(
        x,
        x.map(v => 3 * v),
      ),
    ).toEqual([])
    expect(findPeaks([1, 2, 3], [0, 9, 0])).toEqual([])
  })

  it('keeps to thresholds, distance and range', () => {
    const y = measured(1)
    const options = { fwhm: 0.3 }
    const centres = (more: object): number[] =>
      findPeaks(x, y, { ...options, ...more }).map(p => lines.findIndex(l => Math.abs(l.centre - p.centre) < 0.15))
    expect(centres({ minDistance: 1 })).toEqual([0, 1, 3])
    expect(centres({ range: [30, 35] })).toEqual([1, 2])
    expect(centres({ minProminence: 400 })).toEqual([0])
    expect(centres({ minHeight: 1000 })).toEqual([0])
    expect(centres({ minSnr: 50 })).toEqual([0])
  })

  it('says what is wrong', () => {
    refuses(() => findPeaks([1, 2, 2, 3, 4], [1, 2, 3, 4, 5]), 'E_AXIS')
    refuses(() => findPeaks(x, truth, { range: [0, 1] }), 'E_RANGE')
    refuses(() => findPeaks(x, truth, { sigma: 0 }), 'E_RANGE')
    refuses(() => findPeaks(x, truth, { fwhm: -1 }), 'E_RANGE')
    refuses(() => findPeaks(x, truth.slice(1)), 'E_SHAPE')
  })
})
