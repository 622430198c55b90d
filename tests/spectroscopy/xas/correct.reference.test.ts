import {
  broaden,
  correctLeak,
  correctOverAbsorption,
  correctYieldSaturation,
  deglitch,
  leakedAbsorption,
  mback,
  mbackNorm,
  overAbsorptionOf,
  type PreEdgeOptions,
  preEdge,
  yieldSignal,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { hasSpectra, type SpectrumRecipe, sharedReference, spectrumOf } from '../sharedSpectra.js'

const PEER = 'xraylarch 0.9.58'
const stride = (values: Float64Array, step: number): Float64Array => values.filter((_, i) => i % step === 0)
const symbols: Record<number, string> = { 26: 'Fe', 28: 'Ni', 29: 'Cu' }

interface Ranges {
  readonly pre1: number
  readonly pre2: number
  readonly norm1: number
  readonly norm2: number
}
interface MbackCase {
  readonly name: string
  readonly input: { spectrum: SpectrumRecipe; z: number; e0: number; order: number; pre: Ranges }
  readonly results: Record<
    string,
    { edge_step: number; edge_step_poly: number; edge_step_mback: number; norm: number[]; f2: number[]; fpp: number[] }
  >
}
interface FluoCase {
  readonly name: string
  readonly input: { spectrum: SpectrumRecipe; formula: string; anginp: number; angout: number; pre: PreEdgeOptions }
  readonly results: Record<string, { alpha: number; mu_corr: number[]; norm_corr: number[]; white_line_before: number }>
}

const cases = hasSpectra ? sharedReference<{ cases: { name: string }[] }>('xas_mback_fluo_wavelet').cases : []
const startingWith = <T>(word: string): T[] => cases.filter(c => c.name.startsWith(word)) as unknown as T[]
const LARCH = 'xraylarch 0.9.58+ds1'
const NEWER = 'xraylarch 2026.3.1+a272abc'

describe.skipIf(!hasSpectra)('normalisation by the table', () => {
  it.each(startingWith<MbackCase>('mback '))('$name is that of Larch', async ({ input, results }) => {
    const { energy, mu } = spectrumOf(input.spectrum)
    const ours = await mback(energy, mu, { element: symbols[input.z]!, e0: input.e0, order: input.order, ...input.pre })
    const theirs = results[LARCH]!
    expectClose(stride(ours.f2, 8), theirs.f2, { atol: 2e-3, peer: PEER })
    expectClose(ours.edgeStep, theirs.edge_step, { rtol: 1e-4, peer: PEER })
    expectClose(stride(ours.norm, 8), theirs.norm, { atol: 2e-4, peer: PEER })
  })

  it.each(startingWith<MbackCase>('mback_norm'))('$name is that of Larch', async ({ input, results }) => {
    const { energy, mu } = spectrumOf(input.spectrum)
    const ours = await mbackNorm(energy, mu, { element: symbols[input.z]!, e0: input.e0, nnorm: 2, nvict: 0, ...input.pre })
    const theirs = results[LARCH]!
    expectClose(ours.edgeStepPolynomial, theirs.edge_step_poly, { rtol: 1e-6, peer: PEER })
    expectClose(ours.edgeStep, theirs.edge_step_mback, { rtol: 1e-4, peer: PEER })
    expectClose(stride(ours.norm, 8), theirs.norm, { atol: 2e-4, peer: PEER })
  })
})

describe.skipIf(!hasSpectra)('over-absorption at the S K edge', () => {
  it.each(startingWith<FluoCase>('fluo_corr'))(
    '$name: strength and correction are those of Larch',
    async ({ input, results }) => {
      const { energy, mu } = spectrumOf(input.spectrum)
      const theirs = results[NEWER]!
      const material = { formula: input.formula, density: 1 }
      const angles = { angleIn: input.anginp, angleOut: input.angout }
      const strength = await overAbsorptionOf({ material, element: 'S', ...angles })
      expectClose(strength.alpha, theirs.alpha, { rtol: 1e-3, peer: 'xraylarch 2026.3.1' })
      const { norm } = preEdge(energy, mu, input.pre)
      const { factor } = correctOverAbsorption(norm, { alpha: theirs.alpha, thickness: Infinity }, { maxGain: Infinity })
      const corrected = mu.map((v, i) => v * factor[i]!)
      expectClose(stride(corrected, 4), theirs.mu_corr, { rtol: 1e-6, peer: 'xraylarch 2026.3.1' })
      expectClose(stride(preEdge(energy, corrected, input.pre).norm, 4), theirs.norm_corr, {
        atol: 1e-6,
        rtol: 1e-6,
        peer: 'xraylarch 2026.3.1',
      })
    },
  )

  it('is refused for the sulfite, whose white line would grow ninefold', async () => {
    const { input } = startingWith<FluoCase>('fluo_corr')[0]!
    const { energy, mu } = spectrumOf(input.spectrum)
    const { norm } = preEdge(energy, mu, input.pre)
    const strength = await overAbsorptionOf({ material: { formula: 'Na2SO3', density: 2.6 }, element: 'S' })
    expect(errorText(() => correctOverAbsorption(norm, strength))).toMatch(
      /E_RANGE norm\[\d+\] = .*can not show more than 3\.5.*Thin or dilute/,
    )
  })
})

describe.skipIf(!hasSpectra)('small tools', () => {
  interface Tools {
    broadening: {
      energy: number[]
      mu: number[]
      lorentzian_fwhm: number
      broadened_by_lorentzian: number[]
      gaussian_fwhm: number
      peak_part_broadened_by_gaussian: number[]
    }
    glitches: { spectrum: SpectrumRecipe; planted_indices: number[]; planted_fraction_of_range: number[] }
    yields: {
      grazing_angle_deg: number
      mu_below_per_um: number
      edge_jump_per_um: number
      depth_nm: number
      signal_below: number
      signal_above: number
    }[]
  }
  const tools = hasSpectra ? sharedReference<Tools>('xas_tools') : ({} as Tools)

  it('a broadened edge with a line is the closed form: widths of Lorentzians add, a Gaussian makes a Voigt, nothing moves', () => {
    const { energy, mu, ...rest } = tools.broadening
    const top = Math.max(...mu)
    expectClose(broaden(energy, mu, { lorentzian: rest.lorentzian_fwhm }), rest.broadened_by_lorentzian, {
      atol: 1e-3 * top,
      peer: 'closed form',
    })
    const peak = energy.map(x => (1.8 * 0.6) / Math.PI / ((x - 3) ** 2 + 0.36))
    expectClose(broaden(energy, peak, { gaussian: rest.gaussian_fwhm }), rest.peak_part_broadened_by_gaussian, {
      atol: 1e-3 * top,
      peer: 'scipy.special.wofz',
    })
  })

  it('planted glitches of one and of three points are found, and nothing near the edge', () => {
    const { energy, mu } = spectrumOf(tools.glitches.spectrum)
    const range = Math.max(...mu) - Math.min(...mu)
    const spoiled = mu.slice()
    tools.glitches.planted_indices.forEach((i, k) => {
      spoiled[i]! += tools.glitches.planted_fraction_of_range[k]! * range
    })
    const e0 = 8979
    const far = tools.glitches.planted_indices.filter(i => Math.abs(energy[i]! - e0) > 15)
    const found = deglitch(energy, spoiled, { e0 })
    expect(far.every(i => found.glitches.includes(i))).toBe(true)
    expect(found.glitches.every(i => Math.abs(energy[i]! - e0) > 15)).toBe(true)
    expect(found.glitches.length).toBeLessThan(far.length + 4)
    // what is put in their place is nearer to the truth than half of what was planted
    for (const i of far) expect(Math.abs(found.mu[i]! - mu[i]!)).toBeLessThan(0.5 * Math.abs(spoiled[i]! - mu[i]!))
    expect(deglitch(energy, mu, { e0 }).glitches.length).toBeLessThan(3)
  })

  it('yields saturate as the closed form says, and are set right again', () => {
    for (const {
      grazing_angle_deg: angle,
      mu_below_per_um: below,
      edge_jump_per_um: jump,
      depth_nm: depth,
      signal_below,
      signal_above,
    } of tools.yields) {
      const signal = yieldSignal([below, below + jump], { depth, angle })
      expectClose(signal, [signal_below, signal_above], { rtol: 1e-8, peer: 'closed form' })
      expectClose(correctYieldSaturation([0, 1], { depth, angle, below, jump }), [0, 1], { atol: 1e-12 })
    }
  })

  it('leaks press white lines down as the closed form says, and are taken out again', () => {
    const { thickness } = sharedReference<{
      thickness: {
        edge_step_true: number
        total_above: number
        leak_fraction: number
        apparent_step: number
        white_line_ratio_apparent: number
      }[]
    }>('qexafs_xes_rixs')
    for (const { edge_step_true, total_above, leak_fraction, apparent_step, white_line_ratio_apparent } of thickness) {
      const truth = [total_above - edge_step_true, total_above, 1.6 * total_above]
      const [below, above, line] = leakedAbsorption(truth, leak_fraction) as unknown as [number, number, number]
      expectClose(above - below, apparent_step, { rtol: 5e-9, peer: 'closed form' })
      expectClose((line - below) / (above - below), white_line_ratio_apparent, { rtol: 5e-9, peer: 'closed form' })
      expectClose(correctLeak([below, above, line], leak_fraction), truth, { rtol: 1e-10 })
    }
  })
})
