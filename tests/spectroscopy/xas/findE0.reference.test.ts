import { findE0 } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSpectra, type SpectrumRecipe, sharedReference, spectrumOf } from '../sharedSpectra.js'

interface Case {
  readonly name: string
  readonly input: { readonly spectrum: SpectrumRecipe & { readonly name: string } }
  readonly results: Readonly<Record<string, { readonly find_e0?: number }>>
}

const PEER = 'xraylarch 0.9.58'
const cases = hasSpectra ? sharedReference<{ cases: Case[] }>('xas_preedge').cases.filter(c => c.name.endsWith('defaults')) : []

describe.skipIf(!hasSpectra)('edges of measured standards', () => {
  it.each(cases)('$name: the definition of Larch gives the grid point of Larch', ({ input, results }) => {
    const { energy, mu } = spectrumOf(input.spectrum)
    expectClose(findE0(energy, mu, { definition: 'larch' }).energy, results['xraylarch 0.9.58+ds1']!.find_e0!, {
      atol: 5e-5,
      peer: PEER,
    })
  })

  it.each([
    ['V2O5', { file: 'xas/xasdatalibrary/V/V2O5.xdi', mu: 'log(c2/c3)' }, 5470.256, 5481],
    ['K2CrO4', { file: 'xas/xasdatalibrary/Cr/k2cro4_rt_001.xdi', mu: 'log(c1/c2)' }, 5993.967, 6008],
  ])(
    '%s: the edge is found behind the pre-edge peak on which Larch lands, and a warning tells of the peak',
    (_, recipe, peak, edge) => {
      const { energy, mu } = spectrumOf(recipe)
      const found = findE0(energy, mu)
      expect(Math.abs(found.energy - edge)).toBeLessThan(2)
      expect(Math.abs(found.preEdgePeak! - peak)).toBeLessThan(0.6)
      expect(found.warnings[0]!.code).toBe('W_PRE_EDGE')
      const larch = findE0(energy, mu, { definition: 'larch' })
      expect(larch.energy).toBeCloseTo(peak, 6)
      expect(larch.warnings[0]!.message).toContain('as Larch does')
    },
  )

  it('no other standard is taken to have a pre-edge peak that wins: white lines of sulphur, shoulders of metals', () => {
    for (const { name, input } of cases.filter(c => !c.name.includes('strong pre-edge'))) {
      const { energy, mu } = spectrumOf(input.spectrum)
      expect(findE0(energy, mu).warnings, name).toEqual([])
    }
  })
})
