import { createRandom } from 'operando/numeric'
import {
  broaden,
  compareYields,
  correctLeak,
  correctOverAbsorption,
  correctYieldSaturation,
  deconvolve,
  deglitch,
  extractSpectrum,
  layerAbsorption,
  lockIn,
  mback,
  overAbsorptionOf,
  subtractComponents,
  truncateSpectrum,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText, rejection } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const energy = Float64Array.from({ length: 161 }, (_, i) => 7096 + 0.25 * i)
const arctan = (e: number, at: number, width: number): number => 0.5 + Math.atan((e - at) / (width / 2)) / Math.PI

describe('broaden and deconvolve', () => {
  it('keeps constants and the place of an edge, and adds the widths of Gaussians in squares', () => {
    expectClose(
      broaden(
        energy,
        energy.map((_, i) => 2 + 1e-12 * i),
        { gaussian: 3, lorentzian: 2 },
      ),
      energy.map(() => 2),
      { atol: 1e-9 },
    )
    const line = (fwhm: number): Float64Array =>
      energy.map(e => (0.9394372787 / fwhm) * Math.exp(-4 * Math.LN2 * ((e - 7116) / fwhm) ** 2))
    expectClose(broaden(energy, line(2), { gaussian: 1.5 }), line(2.5), { atol: 2e-4 })
  })

  it('gets back what a core hole took, as far as the noise allows', () => {
    const { normal } = createRandom(9)
    const sharp = energy.map(e => arctan(e, 7112, 1.2) + 0.9 / (1 + ((e - 7114) / 0.6) ** 2))
    const wide = energy.map(e => arctan(e, 7112, 2.4) + (0.9 * 0.6) / 1.2 / (1 + ((e - 7114) / 1.2) ** 2))
    const noise = 1e-3
    const found = deconvolve(
      energy,
      wide.map(v => v + noise * normal()),
      { lorentzian: 1.2, noise },
    )
    expect(found.residual).toBeLessThan(1.1 * noise)
    const off = (values: Float64Array): number =>
      Math.sqrt(values.reduce((sum, v, i) => sum + (v - sharp[i]!) ** 2, 0) / values.length)
    expect(off(found.mu)).toBeLessThan(0.3 * off(wide))
    // the line stands up again without growing ears
    expect(Math.max(...found.mu)).toBeGreaterThan(0.85 * Math.max(...sharp))
    expect(Math.min(...found.mu)).toBeGreaterThan(-0.05)
  })

  it('refuses widths that are none', () => {
    expect(errorText(() => broaden(energy, energy, {}))).toMatch(/E_RANGE broaden: gaussian = 0, lorentzian = 0/)
    expect(errorText(() => deconvolve(energy, energy, { gaussian: 1, noise: 0 }))).toMatch(/E_RANGE deconvolve: noise = 0/)
  })
})

describe('deglitch and truncateSpectrum', () => {
  const long = Float64Array.from({ length: 300 }, (_, i) => 7000 + 3 * i)
  const clean = long.map(e => arctan(e, 7112, 2) + 0.05 * Math.sin(Math.sqrt(Math.max(0, e - 7112))))

  it('finds planted glitches at either end and in between, drops or repairs them, and takes ranges', () => {
    const spoiled = clean.slice()
    for (const i of [2, 150, 151, 297]) spoiled[i]! += 0.05
    const found = deglitch(long, spoiled)
    expect(found.glitches).toEqual([2, 150, 151, 297])
    for (const i of found.glitches) expect(Math.abs(found.mu[i]! - clean[i]!)).toBeLessThan(0.01)
    expect(deglitch(long, spoiled, { repair: 'drop' }).energy.length).toBe(296)
    expect(deglitch(long, clean, { search: false, ranges: [[7500, 7507]] }).glitches).toEqual([167, 168, 169])
    expect(errorText(() => deglitch(long, clean, { ranges: [[9000, 9001]] }))).toMatch(
      /E_RANGE deglitch: no point lies between 9000/,
    )
  })

  it('cuts a spectrum at both ends, and says what there is if nothing is left', () => {
    expect(truncateSpectrum(long, clean, { from: 7300, to: 7600 }).energy[0]).toBe(7300)
    expect(errorText(() => truncateSpectrum(long, clean, { from: 8000 }))).toMatch(
      /E_RANGE truncateSpectrum: 0 points lie between 8000 and Infinity eV.*from 7000 to 7897/,
    )
  })
})

describe('over-absorption', () => {
  const shown = (x: number, alpha: number, t: number): number => (x / (alpha + x)) * (1 - Math.exp(-(alpha + x) * t))

  it.each([Infinity, 3, 0.5, 0.01])('undoes the yield of a sample of thickness %f at once', thickness => {
    const alpha = 1.7
    const truth = [0, 0.2, 0.7, 1, 1.5, 1.9]
    const measured = truth.map(x => shown(x, alpha, thickness) / shown(1, alpha, thickness))
    const found = correctOverAbsorption(measured, { alpha, thickness }, { maxGain: 1e3 })
    expectClose(found.norm, truth, { atol: 1e-10 })
    expectClose(
      found.factor.slice(1),
      truth.slice(1).map((x, i) => x / measured[i + 1]!),
      { rtol: 1e-9 },
    )
  })

  it('does nothing to a thin sample, and more to a thicker one', async () => {
    const at = async (thickness?: number): Promise<number> => {
      const strength = await overAbsorptionOf({
        material: { formula: 'LiNiO2', density: 4.78 },
        element: 'Ni',
        ...(thickness ? { thickness } : {}),
      })
      return correctOverAbsorption([1.3], strength, { maxGain: 1e6 }).norm[0]!
    }
    const [thin, middle, thick] = [await at(0.01), await at(5), await at()]
    expect(Math.abs(thin - 1.3)).toBeLessThan(1e-3)
    expect(middle).toBeGreaterThan(thin)
    expect(thick).toBeGreaterThan(middle)
  })

  it('refuses a material without the absorber, and angles that are none', async () => {
    const copper = { formula: 'Cu', density: 8.9 }
    expect(await rejection(overAbsorptionOf({ material: copper, element: 'Ni' }))).toMatch(
      /E_RANGE.*has no K edge of Ni.*is Ni in it/,
    )
    expect(await rejection(overAbsorptionOf({ material: copper, element: 'Cu', angleIn: 0 }))).toMatch(/E_RANGE/)
    expect(
      await rejection(
        mback(
          energy,
          energy.map(e => arctan(e, 7112, 2)),
          { element: 'Ni' },
        ),
      ),
    ).toMatch(/E_RANGE The edge lies at 7112\.0 eV, but the K edge of Ni at 8333 eV/)
  })

  it('refuses what leaks and saturation do not allow', () => {
    expect(errorText(() => correctLeak([0.1, 4], 0.05))).toMatch(
      /E_RANGE mu\[1\] = 4: with a leak of 0.05 no sample shows more than 3\.045/,
    )
    expect(errorText(() => correctYieldSaturation([99], { depth: 3, below: 6, jump: 40 }))).toMatch(
      /E_RANGE norm\[0\] = 99: a yield from 3 nm cannot rise above/,
    )
  })
})

describe('soft X-ray backgrounds', () => {
  const soft = Float64Array.from({ length: 200 }, (_, i) => 510 + 0.3 * i)
  const line = (at: number, width: number): Float64Array => soft.map(e => Math.exp(-(((e - at) / width) ** 2)))

  it('takes membrane and electrolyte off by their measured or tabulated spectra, with errors', async () => {
    const { normal } = createRandom(5)
    const membrane = await layerAbsorption(soft, { formula: 'Si3N4', density: 3.1 }, 0.1)
    const electrolyte = soft.map(e => arctan(e, 534, 3) + 0.4 * Math.exp(-(((e - 533) / 1) ** 2)))
    const sample = line(545, 2)
    const mu = soft.map((_, i) => 1.4 * membrane[i]! + 0.3 * electrolyte[i]! - 0.2 + sample[i]! + 1e-3 * normal())
    const found = subtractComponents(soft, mu, {
      components: { membrane, electrolyte },
      ranges: [
        [510, 538],
        [555, 570],
      ],
    })
    expectClose([found.amounts.membrane!, found.amounts.electrolyte!], [1.4, 0.3], { rtol: 0.02 })
    expect(Math.abs(found.amounts.membrane! - 1.4)).toBeLessThan(4 * found.sigmas.membrane!)
    expectClose(found.mu, sample, { atol: 0.01 })
  })

  it('holds amounts at 0 rather than below, unless asked', () => {
    const [one, two] = [soft.map(e => e / 500), line(540, 8)]
    const mu = soft.map((_, i) => one[i]! - 0.2 * two[i]!)
    const options = { components: { one, two }, degree: -1 }
    expect(subtractComponents(soft, mu, options).amounts.two).toBe(0)
    expectClose(subtractComponents(soft, mu, { ...options, negative: true }).amounts.two!, -0.2, { rtol: 1e-9 })
    expect(errorText(() => subtractComponents(soft, mu, { ...options, ranges: [[400, 410]] }))).toMatch(
      /E_RANGE subtractComponents: 0 points in the ranges for 2 unknowns/,
    )
    expect(errorText(() => subtractComponents(soft, mu, { components: { one, two: one }, degree: -1 }))).toMatch(/E_SINGULAR/)
  })

  it('extracts the spectrum of an interphase from that of the electrolyte in which it grew', () => {
    const { normal } = createRandom(6)
    const step = soft.map(e => arctan(e, 536, 4))
    const electrolyte = soft.map((_, i) => step[i]! + 1.5 * line(532.5, 0.8)[i]! + 0.5 * line(540, 3)[i]!)
    const interphase = soft.map((_, i) => step[i]! + 0.9 * line(534.5, 0.7)[i]! + 0.4 * line(541, 4)[i]!)
    const mixed = electrolyte.map((v, i) => 0.65 * v + 0.35 * interphase[i]! + 5e-4 * normal())
    const found = extractSpectrum(soft, mixed, electrolyte, { range: [529, 533.2] })
    expectClose(found.fraction, 0.65, { atol: 0.01 })
    expect(Math.abs(found.fraction - 0.65)).toBeLessThan(5 * found.sigma + 0.005)
    expectClose(found.mu, interphase, { atol: 0.03 })
    expect(found.warnings).toEqual([])
    const most = extractSpectrum(soft, mixed, electrolyte, { method: 'nonnegative', noise: 5e-4, range: [529, 533.2] })
    expect(most.fraction).toBeGreaterThan(0.64)
    expect(
      errorText(() =>
        extractSpectrum(
          soft,
          mixed,
          soft.map(() => 1),
        ),
      ),
    ).toMatch(/E_RANGE extractSpectrum: the known spectrum is flat/)
    expect(errorText(() => extractSpectrum(soft, electrolyte, electrolyte))).toMatch(/E_RANGE.*makes up 1\.000 of the mixture/)
  })

  it('compares surface with bulk: edge, white line, and where they differ by more than noise', () => {
    const { normal } = createRandom(3)
    const grid = Float64Array.from({ length: 240 }, (_, i) => 830 + 0.25 * i)
    const spectrum = (at: number, white: number): Float64Array =>
      grid.map(e => 0.2 + 0.6 * (arctan(e, at, 1) + white * Math.exp(-(((e - at - 1.5) / 1.2) ** 2))) + 1e-3 * normal())
    const ranges = { pre1: -20, pre2: -8, norm1: 12, norm2: 35, nnorm: 0 }
    const noise = [1.7e-3, 1.7e-3] as const
    const found = compareYields(
      { energy: grid, mu: spectrum(852.4, 1) },
      { energy: grid, mu: spectrum(853, 1.4) },
      { preEdge: ranges, noise },
    )
    expect(found.edgeShift).toBeLessThan(-0.3)
    expect(found.whiteLineRatio).toBeLessThan(0.9)
    expect(found.significant).toBeGreaterThan(0.05)
    const same = compareYields(
      { energy: grid, mu: spectrum(853, 1) },
      { energy: grid, mu: spectrum(853, 1) },
      { preEdge: ranges, noise },
    )
    expect(same.significant).toBeLessThan(0.02)
    expect(same.disagreement).toBeLessThan(0.05 * found.disagreement)
  })
})

describe('lockIn', () => {
  it('finds amplitude and lag beneath an offset, a drift and noise, block by block, with errors that cover', () => {
    const { normal } = createRandom(12)
    const [rate, frequency, block] = [5000, 137.3, 1000]
    const amplitudes = [0.3, 0.1, 0.5, 0.02]
    const signal = Float64Array.from({ length: 4000 }, (_, i) => {
      const t = i / rate
      return 80 + 3 * t + amplitudes[Math.floor(i / block)]! * Math.cos(2 * Math.PI * frequency * t - 0.4) + 0.05 * normal()
    })
    const found = lockIn(signal, { rate, frequency, block })
    expect(found.sigma.every(s => Math.abs(s / (0.05 * Math.sqrt(2 / block)) - 1) < 0.15)).toBe(true)
    found.amplitude.forEach((a, b) => {
      expect(Math.abs(a - amplitudes[b]!)).toBeLessThan(4 * found.sigma[b]!)
    })
    expectClose(found.lag.slice(0, 3), [0.4, 0.4, 0.4], { atol: 0.1 })
    expectClose(lockIn(signal, { rate, frequency, block, phase: -0.4 }).quadrature, [0, 0, 0, 0], { atol: 0.01 })
  })

  it('is not moved by another frequency, and refuses blocks of less than a period', () => {
    const other = Float64Array.from({ length: 2000 }, (_, i) => Math.cos((2 * Math.PI * 50 * i) / 1000))
    expect(lockIn(other, { rate: 1000, frequency: 37 }).amplitude[0]).toBeLessThan(0.01)
    expect(errorText(() => lockIn(other, { rate: 1000, frequency: 600 }))).toMatch(/E_RANGE lockIn: frequency 600 Hz/)
    expect(errorText(() => lockIn(other, { rate: 1000, frequency: 1, block: 100 }))).toMatch(
      /E_RANGE lockIn: a block of 100.*a period of 1000 samples/,
    )
  })
})
