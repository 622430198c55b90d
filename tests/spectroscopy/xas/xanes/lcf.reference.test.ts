import { createLinearCombination, type LinearCombinationOptions, linearCombinationFit, preEdge } from 'operando/spectroscopy'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../../matchers.js'
import { hasSpectra, type SpectrumRecipe, sharedReference, spectrumOf } from '../../sharedSpectra.js'
import { lithiumNickelate } from './lithiumNickelate.js'

interface Stat {
  weights: number[]
  rfactor: number
  chi_square: number
  stderr?: number[]
}
interface Mix {
  name: string
  input: {
    target: SpectrumRecipe
    components: SpectrumRecipe[]
    norm: { e0: number; pre1: number; pre2: number; norm1: number; norm2: number; nnorm: number }
    array: 'norm' | 'flat'
  }
  results: Record<
    string,
    {
      xfirst: number
      xlast: number
      npts: number
      weights: number[]
      stderr: number[]
      redchi: number
      own_linear_algebra: Record<string, Stat>
    }
  >
}

const cases = hasSpectra ? sharedReference<{ cases: Mix[] }>('xas_lcf_pca').cases : []

describe.skipIf(!hasSpectra)('linear combination fits of oxides and sulfur compounds', () => {
  const mixes = cases.filter(c => c.name.startsWith('lcf '))
  const normalized = (spectrum: SpectrumRecipe, { input }: Mix): { energy: Float64Array; mu: Float64Array } => {
    const { energy, mu } = spectrumOf(spectrum)
    const found = preEdge(energy, mu, input.norm)
    return { energy, mu: input.array === 'norm' ? found.norm : found.flat }
  }

  test.each(mixes.map(mix => [mix.name, mix] as const))('%s', (_, mix) => {
    const [peer, result] = Object.entries(mix.results)[1]!
    const target = normalized(mix.input.target, mix)
    const references = mix.input.components.map(c => ({ name: c.file, ...normalized(c, mix) }))
    const range = [result.xfirst, result.xlast] as const
    const weightsOf = (options: LinearCombinationOptions): ReturnType<typeof linearCombinationFit> =>
      linearCombinationFit(target.energy, target.mu, references, { range, ...options })
    const compare = (options: LinearCombinationOptions, want: Stat): ReturnType<typeof linearCombinationFit> => {
      const fit = weightsOf(options)
      expect(fit.points).toBe(result.npts)
      // the peers' numbers were rounded to 8 digits
      expectClose(
        fit.components.map(c => c.weight),
        want.weights,
        { rtol: 1e-7, atol: 2e-7, peer: 'numpy 1.24.2, scipy 1.10.1' },
      )
      expectClose(fit.chiSquare, want.chi_square, { rtol: 1e-6, peer: 'numpy 1.24.2, scipy 1.10.1' })
      expectClose(fit.rFactor, want.rfactor, { rtol: 1e-6, peer: 'numpy 1.24.2, scipy 1.10.1' })
      return fit
    }
    const own = result.own_linear_algebra
    compare({}, own.free!)
    const closed = compare({ sum: 'one' }, own.sum_to_one!)
    expectClose(
      closed.components.map(c => c.sigma!),
      own.sum_to_one!.stderr!,
      { rtol: 1e-6, peer: 'numpy 1.24.2, scipy 1.10.1' },
    )
    compare({ negative: false }, own.non_negative!)
    // the peer closes the sum by a heavy row, to some 1e-7
    const both = compare({ sum: 'one', negative: false }, own.non_negative_and_sum_to_one!)
    expectClose(both.sum, 1, { atol: 1e-13 })
    // bounds of 0 and more are the same problem by another solver
    const bounded = weightsOf({ sum: 'one', bounds: [0, Infinity] })
    expectClose(
      bounded.components.map(c => c.weight),
      both.components.map(c => c.weight),
      { atol: 1e-11 },
    )
    // what Larch itself finds, by iteration
    expectClose(
      closed.components.map(c => c.weight),
      result.weights,
      { atol: 1e-4, peer },
    )
    expectClose(
      closed.components.map(c => c.sigma!),
      result.stderr,
      { rtol: 1e-2, peer },
    )
    expectClose(closed.reducedChiSquare, result.redchi, { rtol: 1e-5, peer })
  })
})

describe.skipIf(!hasSpectra)('the first charge of LiNiO2', () => {
  const series = (
    cases as unknown as {
      name: string
      input: { range: [number, number] }
      result?: never
      results: Record<string, { weight_of_first: number[]; stderr: number[]; rfactor: number[] }>
    }[]
  ).find(c => c.name.startsWith('two-end-member'))!

  test('goes from the first end member to the last: weights, errors and R factors of all 58 spectra', () => {
    const { energy, spectra } = lithiumNickelate()
    const want = Object.values(series.results)[0]!
    const [first, last] = [spectra[0]!, spectra[57]!]
    const plan = createLinearCombination(
      energy,
      [
        { name: 'LiNiO2', energy, mu: first },
        { name: 'charged', energy, mu: last },
      ],
      { sum: 'one', range: series.input.range },
    )
    const frames = Float64Array.from(spectra.flatMap(s => [...s]))
    const { weights, sigma, rFactor } = plan.fitAll(frames)
    const ofFirst = (of: Float64Array): number[] => spectra.map((_, i) => of[2 * i]!)
    expectClose(ofFirst(weights), want.weight_of_first, { atol: 1e-8, peer: 'numpy 1.24.2' })
    expectClose(ofFirst(sigma), want.stderr, { rtol: 1e-5, atol: 1e-9, peer: 'numpy 1.24.2' })
    expectClose(rFactor, want.rfactor, { rtol: 1e-5, atol: 1e-15, peer: 'numpy 1.24.2' })
    // the charge as such: 1 -> 0, all the way down
    expectClose([weights[0]!, weights[114]!], [1, 0], { atol: 1e-10 })
    // one by one gives the same
    const single = plan.fit(spectra[20]!)
    expectClose(
      single.components.map(c => c.weight),
      weights.subarray(40, 42),
      { atol: 1e-12 },
    )
    expectClose(
      single.components.map(c => c.sigma!),
      sigma.subarray(40, 42),
      { rtol: 1e-9 },
    )
  })
})
