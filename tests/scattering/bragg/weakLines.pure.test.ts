import { createDataset } from 'operando'
import { latticeTemperature, thermalExpansion } from 'operando/cell'
import { createRandom } from 'operando/numeric'
import { gaussian, measureWeakLines, stackFrames, temperatureSeries } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const q = Float64Array.from({ length: 500 }, (_, i) => 1 + 0.004 * i)
const wavelength = 0.5
const twoTheta = q.map(v => (360 / Math.PI) * Math.asin((v * wavelength) / (4 * Math.PI)))

/** Frames with a strong line and a weak one that move with the lattice. */
function seriesOf(axis: 'q' | 'twoTheta', strain: readonly number[], weak: number, noise: boolean) {
  const random = createRandom(21)
  const x = axis === 'q' ? q : twoTheta
  const frames = strain.map(e => {
    const y = new Float64Array(q.length).fill(50)
    for (const [centre, area] of [
      [2, 2],
      [1.4, weak],
    ] as const)
      gaussian(q, { centre: centre / (1 + e), fwhm: 0.03, area }).forEach((v, i) => {
        y[i]! += v
      })
    return noise ? random.counts(y) : y
  })
  const values = Float64Array.from(frames.flatMap(f => [...f]))
  return createDataset({
    name: 'I',
    dims: ['frame', axis],
    shape: [strain.length, q.length],
    values,
    unit: 'counts',
    ...(noise && { sigma: values.map(v => Math.sqrt(Math.max(1, v))) }),
    coords: { [axis]: { dims: [axis], values: x, unit: axis === 'q' ? '1/Å' : 'deg' } },
  })
}
const STRAIN = Array.from({ length: 60 }, (_, k) => 0.02 * Math.sin(k / 9))

describe('stackFrames', () => {
  it.each(['q', 'twoTheta'] as const)('lays lines of a breathing lattice on each other: %s', axis => {
    const still = seriesOf(axis, [0], 0.1, false)
    const stack = stackFrames(seriesOf(axis, STRAIN, 0.1, false), { strain: STRAIN })
    const peak = (values: ArrayLike<number>): number => Math.max(...Array.from(values)) - 50
    // interpolation lowers a line of 7.5 points by a hundredth
    expectClose(peak(stack.values), peak(still.values), { rtol: 0.02 })
    expect(peak(stackFrames(seriesOf(axis, STRAIN, 0.1, false)).values)).toBeLessThan(0.7 * peak(still.values))
  })

  it('has sigma that falls with the root of the frames, less where neighbours are averaged', () => {
    const { sigma, values } = stackFrames(seriesOf('q', STRAIN, 0, true), { strain: STRAIN })
    const i = 50
    expectClose(values[i]!, 50, { atol: 4 * sigma![i]! })
    expect(sigma![i]! / Math.sqrt(50 / 60)).toBeGreaterThan(0.7)
    expect(sigma![i]! / Math.sqrt(50 / 60)).toBeLessThan(1.02)
    const plain = stackFrames(seriesOf('q', STRAIN, 0, true))
    expectClose(plain.sigma![i]!, Math.sqrt(50 / 60), { rtol: 0.05 })
  })

  it('leaves out frames whose lattice is not known, masked points, and frames not asked for', () => {
    const series = seriesOf('q', [0, 0, 0.01], 0, false)
    const mask = new Uint8Array(series.values.length)
    mask[7] = mask[500 + 7] = 1
    const values = series.values.slice()
    values[500 + 30] = Number.NaN
    const damaged = createDataset({ ...series, values, mask, coords: series.coords })
    const stack = stackFrames(damaged, { strain: [0, 0, Number.NaN] })
    expect(stack.mask![7]).toBe(1)
    expectClose(stack.values[30]!, 50, { atol: 1e-9 })
    expect(stackFrames(series, { frames: [2] }).history.at(-1)!.parameters).toMatchObject({ frames: 1 })
  })

  it('refuses what it cannot stack', () => {
    const series = seriesOf('q', [0, 0], 0, false)
    expect(errorCode(() => stackFrames(series, { frames: [2] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => stackFrames(series, { strain: [0] }))).toBe('E_SHAPE')
    expect(errorCode(() => stackFrames(series, { strain: [0, 1] }))).toBe('E_RANGE')
    expect(errorCode(() => stackFrames(series, { weights: 'variance' }))).toBe('E_ARGUMENT')
  })
})

describe('measureWeakLines', () => {
  it('finds a superstructure line in a stack that no single frame shows', () => {
    const series = seriesOf('q', STRAIN, 0.12, true)
    const options = { fwhm: 0.03, eta: 0 }
    const places = [1.2, 1.4, 1.6]
    const stack = stackFrames(series, { strain: STRAIN })
    const [none, line, other] = measureWeakLines(q, stack.values, places, { ...options, sigma: stack.sigma })
    expect([none!.isSeen, line!.isSeen, other!.isSeen]).toEqual([false, true, false])
    expectClose(line!.area!, 0.12, { atol: 4 * line!.standardError! })
    const first = stackFrames(series, { frames: [0] })
    expect(measureWeakLines(q, first.values, places, { ...options, sigma: first.sigma })[1]!.isSeen).toBe(false)
  })

  it('has errors that tell the scatter of areas, and false lines as rarely as it says', () => {
    const random = createRandom(4)
    const y = gaussian(q, { centre: 1.7, fwhm: 0.03, area: 0.8 }).map(v => v + 80)
    const pulls: number[] = []
    let falseLines = 0
    for (let k = 0; k < 150; k++) {
      const [none, line] = measureWeakLines(q, random.counts(y), [1.3, 1.7], { fwhm: 0.03, eta: 0, sigma: y.map(Math.sqrt) })
      pulls.push((line!.area! - 0.8) / line!.standardError!)
      falseLines += Number(none!.isSeen)
    }
    expectClose(Math.sqrt(pulls.reduce((s, p) => s + p * p, 0) / 150), 1, { atol: 0.2 })
    expect(falseLines).toBeLessThan(6)
  })

  it('says nothing of places outside the pattern', () => {
    expect(
      measureWeakLines(q, new Float64Array(500).fill(3), [9], { fwhm: 0.03, sigma: new Float64Array(500).fill(1) })[0],
    ).toMatchObject({ area: null, isSeen: false })
    expect(errorCode(() => measureWeakLines(q, q, [1], { fwhm: 0 }))).toBe('E_RANGE')
  })
})

describe('temperatureSeries', () => {
  const copper = thermalExpansion('Cu')
  const heated = (t: number): number => {
    // the table's own coefficients, summed kelvin by kelvin
    let ln = 0
    for (let k = 293.15; k < t; k += 0.1) {
      const at = copper.temperatures.findIndex(v => v > k)
      const [t0, t1] = [copper.temperatures[at - 1]!, copper.temperatures[at]!]
      const c = copper.coefficients[at - 1]! + ((k - t0) / (t1 - t0)) * (copper.coefficients[at]! - copper.coefficients[at - 1]!)
      ln += c * 1e-6 * Math.min(0.1, t - k)
    }
    return 3.615 * Math.exp(ln)
  }
  const HKL = [
    [1, 1, 1],
    [2, 0, 0],
    [2, 2, 0],
    [3, 1, 1],
  ] as const
  const truth = [293.15, 303.15, 318.15, 343.15]
  const linesAt = (shift: number, noise: number) => {
    const random = createRandom(9)
    return HKL.map(hkl => ({
      hkl,
      centre: {
        values: truth.map(t => {
          const theta = Math.asin((wavelength * Math.hypot(...hkl)) / (2 * heated(t)))
          return (360 / Math.PI) * theta + shift * Math.cos(theta) + noise * random.normal()
        }),
        sigma: truth.map(() => Math.max(noise, 1e-6)),
      },
    }))
  }
  const thermometer = (a: number, { sigma }: { sigma: number }) =>
    latticeTemperature('Cu', a, { sigma, reference: { latticeParameter: 3.615, temperature: 293.15 } })

  it('reads the temperature from lines of copper by the thermometer passed in', () => {
    const { temperature, problems } = temperatureSeries(linesAt(0, 2e-4), { wavelength, thermometer })
    expect(problems).toEqual([null, null, null, null])
    for (const [k, t] of truth.entries()) expectClose(temperature.values[k]!, t, { atol: 4 * temperature.sigma![k]! + 0.05 })
    expect(Math.max(...temperature.sigma!)).toBeLessThan(3)
  })

  it('is not fooled by a displacement that is refined, and is by one that is not', () => {
    const off = (displacement: boolean): number =>
      temperatureSeries(linesAt(2e-3, 1e-6), { wavelength, thermometer, displacement }).temperature.values[2]! - truth[2]!
    expect(Math.abs(off(true))).toBeLessThan(0.2)
    expect(Math.abs(off(false))).toBeGreaterThan(3)
  })

  it('masks frames without lines, and those that no temperature has', () => {
    const lines = linesAt(0, 1e-5)
    for (const line of lines) {
      line.centre.values[1] = Number.NaN
      line.centre.values[2]! *= 1.1
    }
    const { temperature, problems } = temperatureSeries(lines, { wavelength, thermometer })
    expect([...temperature.mask!]).toEqual([0, 1, 1, 0])
    expect(problems[1]).toContain('lines')
    expect(problems[2]).toContain('K')
    expect(errorCode(() => temperatureSeries([], { thermometer }))).toBe('E_ARGUMENT')
  })
})
