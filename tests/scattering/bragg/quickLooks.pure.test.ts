import { createRandom } from 'operando/numeric'
import { domainSize, fitPeaks, scherrerSize, sizeAndStrainSeries, voigt, williamsonHall } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const wavelength = 0.7093
const DEGREES = 180 / Math.PI
const ANGLES = [12, 17, 24, 30, 37, 45]
const lorentzian = (twoTheta: number, size: number, strain: number): number =>
  DEGREES * ((0.9 * wavelength) / (size * Math.cos(twoTheta / 2 / DEGREES)) + 4 * strain * Math.tan(twoTheta / 2 / DEGREES))

describe('domainSize', () => {
  it('is the size of Scherrer once the instrument is taken off, Lorentzian or Gaussian', () => {
    const own = 0.03
    const beta = lorentzian(20, 300, 0)
    const off = { wavelength, instrument: () => own }
    expectClose(domainSize({ centre: 20, fwhm: beta + own }, off).value, 300, { rtol: 1e-12 })
    expectClose(domainSize({ centre: 20, fwhm: Math.hypot(beta, own) }, { ...off, shape: 'gaussian' }).value, 300, {
      rtol: 1e-12,
    })
    expectClose(domainSize({ centre: 20, fwhm: beta }, { wavelength }).value, scherrerSize(20, beta, wavelength), { rtol: 1e-12 })
  })

  it('has the error of the width, by difference quotient', () => {
    const at = (fwhm: number) => domainSize({ centre: 20, fwhm }, { wavelength, shape: 'gaussian', instrument: () => 0.05 }).value
    const { standardError } = domainSize(
      { centre: 20, fwhm: { value: 0.12, standardError: 0.003 } },
      { wavelength, shape: 'gaussian', instrument: () => 0.05 },
    )
    expectClose(standardError!, (0.003 * Math.abs(at(0.1201) - at(0.1199))) / 0.0002, { rtol: 1e-5 })
  })

  it('is infinite, without error, where the instrument explains the width', () => {
    expect(
      domainSize({ centre: 20, fwhm: { value: 0.04, standardError: 0.01 } }, { wavelength, instrument: () => 0.05 }),
    ).toEqual({
      value: Infinity,
      standardError: null,
    })
  })
})

describe('williamsonHall', () => {
  it('gives back size and strain of exact widths, Lorentzian and Gaussian', () => {
    const lines = ANGLES.map(centre => ({ centre, fwhm: lorentzian(centre, 400, 0.002) + 0.02 }))
    const found = williamsonHall(lines, { wavelength, instrument: () => 0.02 })
    expectClose([found.size!.value, found.strain.value], [400, 0.002], { rtol: 1e-9 })
    const gaussian = ANGLES.map(centre => ({
      centre,
      fwhm: Math.hypot(lorentzian(centre, 400, 0), lorentzian(centre, Infinity, 0.002), 0.02),
    }))
    const squares = williamsonHall(gaussian, { wavelength, shape: 'gaussian', instrument: () => 0.02 })
    expectClose([squares.size!.value, squares.strain.value], [400, 0.002], { rtol: 1e-9 })
  })

  it('has errors that tell how results of noisy widths scatter', () => {
    const random = createRandom(11)
    const pulls: number[][] = [[], []]
    for (let k = 0; k < 300; k++) {
      const lines = ANGLES.map(centre => ({
        centre,
        fwhm: { value: lorentzian(centre, 400, 0.002) + 0.004 * random.normal(), standardError: 0.004 },
      }))
      const { size, strain } = williamsonHall(lines, { wavelength, scaleErrors: false })
      // in 1/size the error is Gaussian
      pulls[0]!.push((1 / size!.value - 1 / 400) / (size!.standardError! / size!.value ** 2))
      pulls[1]!.push((strain.value - 0.002) / strain.standardError!)
    }
    for (const list of pulls) {
      const mean = list.reduce((a, b) => a + b, 0) / list.length
      const deviation = Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / (list.length - 1))
      expect(Math.abs(mean)).toBeLessThan(0.2)
      expectClose(deviation, 1, { atol: 0.13 })
    }
  })

  it('says that domains are large, not how large, where widths are those of strain alone', () => {
    const random = createRandom(3)
    const lines = ANGLES.map(centre => ({
      centre,
      fwhm: { value: lorentzian(centre, Infinity, 0.003) + 0.002 * random.normal(), standardError: 0.002 },
    }))
    const { size, sizeAbove, strain } = williamsonHall(lines, { wavelength })
    expect(size).toBeNull()
    expect(sizeAbove).toBeGreaterThan(500)
    expectClose(strain.value, 0.003, { atol: 4 * strain.standardError! })
  })

  it('tells by chi² that lines do not follow one direction', () => {
    const lines = ANGLES.map((centre, i) => ({
      centre,
      fwhm: { value: lorentzian(centre, 400, i % 2 ? 0.001 : 0.003), standardError: 0.002 },
    }))
    expect(williamsonHall(lines, { wavelength }).reducedChiSquare).toBeGreaterThan(10)
  })

  it('takes fitted peaks as they are', () => {
    const x = Float64Array.from({ length: 3001 }, (_, i) => 10 + 0.012 * i)
    const y = new Float64Array(x.length).fill(20)
    for (const centre of ANGLES)
      voigt(x, { centre, fwhmG: 0.001, fwhmL: lorentzian(centre, 150, 0.001), area: 200 }).forEach((v, i) => {
        y[i]! += v
      })
    const { peaks } = fitPeaks({ x, y: createRandom(5).counts(y) }, ANGLES, {
      profile: 'lorentzian',
      weights: 'poisson',
      background: 1,
    })
    const { size, strain } = williamsonHall(peaks, { wavelength })
    expectClose(size!.value, 150, { atol: 4 * size!.standardError! + 2 })
    expectClose(strain.value, 0.001, { atol: 4 * strain.standardError! + 2e-5 })
  })

  it('refuses what it cannot use', () => {
    const line = { centre: 20, fwhm: 0.1 }
    expect(errorCode(() => williamsonHall([line], { wavelength }))).toBe('E_ARGUMENT')
    expect(errorCode(() => williamsonHall([line, line], { wavelength }))).toBe('E_SINGULAR')
    expect(errorCode(() => williamsonHall([line, { centre: 190, fwhm: 0.1 }], { wavelength }))).toBe('E_RANGE')
    expect(errorCode(() => williamsonHall([line, { centre: 30, fwhm: 0 }], { wavelength }))).toBe('E_RANGE')
    expect(errorCode(() => williamsonHall([line, line], { wavelength, shape: 'voigt' as 'gaussian' }))).toBe('E_ARGUMENT')
  })
})

describe('sizeAndStrainSeries', () => {
  const series = (strains: readonly number[]) =>
    ANGLES.map(centre => ({
      centre: { values: strains.map(() => centre) },
      fwhm: { values: strains.map(e => lorentzian(centre, 400, e)), sigma: strains.map(() => 0.001) },
    }))

  it('follows the strain against the state of charge', () => {
    const strains = [0.001, 0.002, 0.004]
    const { size, strain } = sizeAndStrainSeries(series(strains), { wavelength, against: { name: 'x', values: [1, 0.6, 0.2] } })
    expectClose(strain.values, strains, { rtol: 1e-9 })
    expectClose(size.values, [400, 400, 400], { rtol: 1e-9 })
    expect([...strain.coords.x!.values]).toEqual([1, 0.6, 0.2])
  })

  it('does without a line that is missing, and masks frames that have too few', () => {
    const lines = series([0.001, 0.002])
    for (const [i, line] of lines.entries()) {
      if (i < 2) line.centre.values[0] = Number.NaN
      if (i > 0) line.fwhm.values[1] = Number.NaN
    }
    const { strain, frames } = sizeAndStrainSeries(lines, { wavelength })
    expectClose(strain.values[0]!, 0.001, { rtol: 1e-9 })
    expect([...strain.mask!]).toEqual([0, 1])
    expect(frames[1]).toBeNull()
    expect(errorCode(() => sizeAndStrainSeries(lines, { wavelength, against: { name: 'x', values: [1] } }))).toBe('E_SHAPE')
  })
})
