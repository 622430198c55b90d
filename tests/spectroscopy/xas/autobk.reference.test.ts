import { autobk } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSpectra, type SpectrumRecipe, sharedReference, spectrumOf } from '../sharedSpectra.js'

interface Result {
  readonly chi: number[]
  readonly bkg_index: number[]
  readonly bkg: number[]
  readonly knots_k?: number[]
  readonly chi_exact_linear_solution?: number[]
}
interface Case {
  readonly name: string
  readonly input: { readonly spectrum: SpectrumRecipe; readonly parameters: Readonly<Record<string, number>> }
  readonly results: Readonly<Record<string, Result>>
}

const VERSIONS = [
  ['xraylarch 0.9.58', 'xraylarch 0.9.58+ds1', 'larch-0.9.58'],
  ['xraylarch 2026.3.1', 'xraylarch 2026.3.1+a272abc', 'larch-2026.3'],
] as const
const cases = hasSpectra ? sharedReference<{ cases: Case[] }>('xas_autobk_ft').cases.filter(c => c.name.startsWith('autobk')) : []
const optionsOf = ({ edge_step, nclamp, clamp_lo, clamp_hi, ...rest }: Readonly<Record<string, number>>) => ({
  e0: 0,
  ...rest,
  edgeStep: edge_step!,
  ...(nclamp ? { clamps: { points: nclamp, low: clamp_lo, high: clamp_hi } } : {}),
})

describe.skipIf(!hasSpectra)('autobk on measured standards', () => {
  it.each(cases.filter(c => c.input.parameters.nclamp === 0))(
    '$name: chi(k), background and knots are those of Larch and of the exact linear solution',
    ({ input, results }) => {
      const { energy, mu } = spectrumOf(input.spectrum)
      const ours = autobk(energy, mu, optionsOf(input.parameters))
      for (const [peer, key] of VERSIONS) {
        const theirs = results[key]!
        expectClose(ours.chi, theirs.chi, { atol: 1e-7, peer })
        expectClose(
          theirs.bkg_index.map(i => ours.background[i]!),
          theirs.bkg,
          { atol: 1e-7, peer },
        )
        if (theirs.knots_k) expectClose(ours.knots, theirs.knots_k, { atol: 5e-7 })
        if (theirs.chi_exact_linear_solution)
          expectClose(ours.chi, theirs.chi_exact_linear_solution, {
            atol: 1e-7,
            peer: 'numpy.linalg.lstsq, exact linear solution',
          })
      }
    },
  )

  it.each(cases.filter(c => c.input.parameters.nclamp !== 0))(
    '$name: with the clamps of either version of Larch',
    ({ input, results }) => {
      const { energy, mu } = spectrumOf(input.spectrum)
      const options = optionsOf(input.parameters)
      for (const [peer, key, convention] of VERSIONS) {
        const { chi } = results[key]!
        const ours = autobk(energy, mu, { ...options, clamps: { ...options.clamps, convention } })
        expectClose(ours.chi, chi, { atol: 1e-3 * Math.max(...chi.map(Math.abs)), peer })
      }
      expect(cases.length).toBeGreaterThan(0)
    },
  )
})
