import { type PreEdgeOptions, preEdge } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSpectra, type SpectrumRecipe, sharedReference, spectrumOf } from '../sharedSpectra.js'

interface Result {
  readonly e0: number
  readonly edge_step: number
  readonly pre1: number
  readonly pre2: number
  readonly norm1: number
  readonly norm2: number
  readonly nnorm: number
  readonly index: number[]
  readonly norm: number[]
  readonly flat: number[]
  readonly pre_edge: number[]
  readonly post_edge: number[]
}
interface Case {
  readonly name: string
  readonly input: { readonly spectrum: SpectrumRecipe; readonly parameters: PreEdgeOptions | string }
  readonly results: Readonly<Record<string, Result>>
}

const VERSIONS = [
  ['xraylarch 0.9.58', 'xraylarch 0.9.58+ds1', 'larch-0.9.58'],
  ['xraylarch 2026.3.1', 'xraylarch 2026.3.1+a272abc', 'larch-2026.3'],
] as const
const cases = hasSpectra ? sharedReference<{ cases: Case[] }>('xas_preedge').cases : []
const at = (curve: Float64Array, index: readonly number[]): number[] => index.map(i => curve[i]!)

describe.skipIf(!hasSpectra)('preEdge on measured standards', () => {
  it.each(cases.filter(c => typeof c.input.parameters !== 'string'))(
    '$name parameters: step, curves, normalised and flattened spectrum are those of Larch',
    ({ input, results }) => {
      const { energy, mu } = spectrumOf(input.spectrum)
      const ours = preEdge(energy, mu, input.parameters as PreEdgeOptions)
      const [peer, key] = VERSIONS[1]
      const theirs = results[key]!
      expectClose(ours.edgeStep, theirs.edge_step, { rtol: 1e-6, peer })
      expectClose(at(ours.norm, theirs.index), theirs.norm, { atol: 1e-6, peer })
      expectClose(at(ours.flat, theirs.index), theirs.flat, { atol: 1e-6, peer })
      expectClose(at(ours.preEdge, theirs.index), theirs.pre_edge, { atol: 1e-6, peer })
      expectClose(at(ours.postEdge, theirs.index), theirs.post_edge, { atol: 1e-6, peer })
    },
  )

  it.each(cases.filter(c => typeof c.input.parameters === 'string'))(
    '$name: ranges and steps are those of either version of Larch for its E0',
    ({ input, results }) => {
      const { energy, mu } = spectrumOf(input.spectrum)
      for (const [peer, key, defaults] of VERSIONS) {
        const theirs = results[key]!
        const ours = preEdge(energy, mu, { e0: theirs.e0, defaults })
        const { pre1, pre2, norm1, norm2, nnorm } = ours.ranges
        expectClose([pre1, pre2, norm1, norm2], [theirs.pre1, theirs.pre2, theirs.norm1, theirs.norm2], { rtol: 1e-6, peer })
        expect(nnorm).toBe(theirs.nnorm)
        expectClose(ours.edgeStep, theirs.edge_step, { rtol: 1e-6, peer })
        expectClose(at(ours.norm, theirs.index), theirs.norm, { atol: 1e-6, peer })
      }
    },
  )
})
