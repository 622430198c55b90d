import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/numeric/index.js'
import { findPeaks, fitPeaks, gaussian, type PeakData } from '../../src/scattering/index.js'
import { errorText } from '../errorCode.js'

const n = 400
const x = Float64Array.from({ length: n }, (_, i) => 18 + 0.005 * i)
const TRUE = { centre: 19, fwhm: 0.1, area: 100 }
const random = createRandom(7)
const noise = Float64Array.from({ length: n }, () => random.uniform() + random.uniform() + random.uniform() - 1.5)
const pattern = gaussian(x, TRUE).map((v, i) => v + 50 + 3 * noise[i]!)

/** Centre and area within so many standard errors of the truth. */
function expectTruth(data: PeakData, scale = 1, options = {}): void {
  const [peak] = fitPeaks(data, [19.01], { profile: 'gaussian', ...options }).peaks
  expect(Math.abs(peak!.centre.value - TRUE.centre)).toBeLessThan(4 * peak!.centre.standardError!)
  expect(Math.abs(peak!.area.value - scale * TRUE.area)).toBeLessThan(4 * peak!.area.standardError!)
}

describe('odd patterns', () => {
  it.each([1e9, 1e-12, 1])('in counts of any size (%d) are fitted as well', scale => {
    expectTruth({ x, y: pattern.map(v => v * scale) }, scale)
    const [found] = findPeaks(
      x,
      pattern.map(v => v * scale),
    )
    expect(Math.abs(found!.centre - 19)).toBeLessThan(1e-3)
  })

  it('on a background of 1e9 counts keep their peak', () => {
    const y = gaussian(x, { ...TRUE, area: 1e7 }).map((v, i) => 1e9 + v + 3e4 * noise[i]!)
    expectTruth({ x, y, sigma: y.map(Math.sqrt) }, 1e5)
  })

  it('below zero, as after a background was taken off, are fitted as well', () => {
    const y = pattern.map(v => v - 400)
    expectTruth({ x, y })
    expect(findPeaks(x, y)).toHaveLength(1)
  })

  it('with NaN in the peak are fitted from the rest', () => {
    const y = pattern.slice().fill(Number.NaN, 195, 203)
    expectTruth({ x, y })
    expect(findPeaks(x, y)).toHaveLength(1)
  })

  it('of NaN alone are refused', () => {
    const y = new Float64Array(n).fill(Number.NaN)
    expect(errorText(() => fitPeaks({ x, y }, [19]))).toMatch(/E_ARGUMENT fitPeaks: 0 good points/)
    expect(errorText(() => findPeaks(x, y))).toMatch(/E_NAN y: none of its 400 points/)
  })

  it('that fall are refused with the way out', () => {
    const [left, y] = [x.slice().reverse(), pattern.slice().reverse()]
    expect(errorText(() => fitPeaks({ x: left, y }, [19]))).toMatch(
      /E_AXIS x must rise strictly.*Sort it, and the values with it/,
    )
    expect(errorText(() => findPeaks(left, y))).toMatch(/E_AXIS x must rise strictly/)
  })

  it.each([0, 7])('that are constant (%d) have no peak: the fit says it is weak, with no position', level => {
    const y = new Float64Array(n).fill(level)
    expect(findPeaks(x, y)).toEqual([])
    const [peak] = fitPeaks({ x, y }, [19]).peaks
    expect(peak).toMatchObject({ weak: true, centre: { value: 19, standardError: null } })
    expect(Math.abs(peak!.area.value)).toBeLessThan(1e-12)
  })

  it('with a dip where a peak was expected say that there is none', () => {
    const [peak] = fitPeaks({ x, y: gaussian(x, TRUE).map((v, i) => 1000 - v + noise[i]!) }, [19]).peaks
    expect(peak).toMatchObject({ weak: true, area: { value: 0 } })
    expect(peak!.significance).toBeLessThan(0)
  })
})

describe('a peak at the very edge of the range', () => {
  const edge = x[n - 1]!
  const y = gaussian(x, { ...TRUE, centre: edge }).map((v, i) => v + 50 + noise[i]!)

  it('is found near the edge, and fitted from the half that is there', () => {
    const [found] = findPeaks(x, y)
    expect(Math.abs(found!.centre - edge)).toBeLessThan(0.02)
    const [peak] = fitPeaks({ x, y }, [found!], { profile: 'gaussian' }).peaks
    expect(Math.abs(peak!.centre.value - edge)).toBeLessThan(4 * peak!.centre.standardError!)
    expect(Math.abs(peak!.area.value - TRUE.area)).toBeLessThan(4 * peak!.area.standardError!)
  })

  it('whose top lies beyond is refused as a start', () => {
    expect(errorText(() => fitPeaks({ x, y }, [edge + 0.1]))).toMatch(
      /E_RANGE peak1: its centre .* does not lie between 18 and 19.995/,
    )
  })

  it('that leads beyond rests on the edge, and says so', () => {
    const beyond = gaussian(x, { ...TRUE, centre: edge + 0.05 }).map((v, i) => v + 50 + noise[i]!)
    const [peak] = fitPeaks({ x, y: beyond }, [edge - 0.02], { profile: 'gaussian' }).peaks
    expect(peak!.centre.value).toBe(edge)
    expect(peak!.atBound).toContain('peak1.centre')
  })
})

describe('two peaks that start at one place', () => {
  it('are refused, for nothing can part them', () => {
    expect(errorText(() => fitPeaks({ x, y: pattern }, [19, 19]))).toMatch(
      /E_ARGUMENT fitPeaks: peak1 and peak2 start at the same place, 19/,
    )
  })

  it('are taken where their widths differ: a narrow line on a broad one', () => {
    const y = pattern.map((v, i) => v + gaussian([x[i]!], { centre: 19, fwhm: 0.5, area: 200 })[0]!)
    const { peaks } = fitPeaks(
      { x, y },
      [
        { centre: 19, fwhm: 0.08 },
        { centre: 19, fwhm: 0.6 },
      ],
      { profile: 'gaussian' },
    )
    for (const [k, area] of [100, 200].entries())
      expect(Math.abs(peaks[k]!.area.value - area)).toBeLessThan(4 * peaks[k]!.area.standardError!)
  })
})

describe('uncertainties of points', () => {
  const sigma = new Float64Array(n).fill(1.5)

  it('that are 0 or NaN leave their points out of a fit, and are counted', () => {
    for (const none of [0, Number.NaN]) {
      const fit = fitPeaks({ x, y: pattern, sigma: sigma.slice().fill(none, 195, 203) }, [19], { profile: 'gaussian' })
      expect(fit.points).toBe(n - 8)
      expect(Math.abs(fit.peaks[0]!.area.value - 100)).toBeLessThan(4 * fit.peaks[0]!.area.standardError!)
    }
  })

  it('that are all 0 or below 0 are refused', () => {
    expect(errorText(() => fitPeaks({ x, y: pattern, sigma: new Float64Array(n) }, [19]))).toMatch(/0 good points/)
    expect(errorText(() => fitPeaks({ x, y: pattern, sigma: sigma.map(s => -s) }, [19]))).toMatch(
      /E_RANGE fitPeaks: sigma\[0\] = -1.5/,
    )
    expect(errorText(() => findPeaks(x, pattern, { sigma: sigma.slice().fill(0, 5, 6) }))).toMatch(
      /E_RANGE findPeaks: sigma\[5\] = 0/,
    )
  })
})

describe('a fit', () => {
  it('is frozen as other results are', () => {
    const fit = fitPeaks({ x, y: pattern }, [19])
    for (const part of [
      fit,
      fit.parameters,
      fit.parameters['peak1.area']!,
      fit.parameters['peak1.area']!.correlations,
      fit.varied,
      fit.peaks,
      fit.peaks[0]!,
    ])
      expect(Object.isFrozen(part)).toBe(true)
  })
})
