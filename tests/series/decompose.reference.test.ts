import { readFileSync } from 'node:fs'
import { createDataset, sliceBetween } from 'operando'
import { evolvingFactors, mcr, pca, purestFrames } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'
import { lithiumNickelate } from '../spectroscopy/xas/xanes/lithiumNickelate.js'
import { threeSpecies } from './threeSpecies.js'

interface Case {
  name: string
  input: { system: { seed: number; noise: number; overlap?: boolean }; D_sum: number; D_frobenius: number }
  result: {
    singular_values: number[]
    malinowski_ind: number[]
    argmin_ind: number
    purest_rows: number[]
    mcr_als: {
      iterations: number
      lack_of_fit_percent: number
      order_matching_truth: number[]
      C: number[][]
      max_abs_error_C: number
    }
    efa_forward: number[][]
    efa_backward: number[][]
  }
}
const read = <T>(name: string): T => JSON.parse(readFileSync(sharedPath(`reference/spectroscopy/${name}.json`), 'utf8')) as T

describe.skipIf(!hasSharedData)('three species with known truth', () => {
  const cases = hasSharedData ? read<{ cases: Case[] }>('chemometrics').cases : []
  const peer = 'numpy 1.24.2, scipy 1.10.1'

  it.each(cases.map(c => [c.name, c] as const))(
    '%s: singular values, indicator, purest frames, MCR-ALS and evolving factors are those of numpy',
    async (_, c) => {
      const { series, concentrations } = threeSpecies(c.input.system)
      const sum = Array.from(series.values).reduce((a, b) => a + b, 0)
      expectClose(sum, c.input.D_sum, { rtol: 1e-7, peer })
      const { singularValues, rank } = pca(series, { centre: false, components: 3 })
      const meant = c.input.system.noise > 0 ? 8 : 3 // without noise the rest is rounding
      expectClose(singularValues.slice(0, meant), c.result.singular_values.slice(0, meant), { rtol: 1e-7, peer })
      if (c.input.system.noise > 0) {
        expectClose(rank.indicator.slice(0, 8), c.result.malinowski_ind, { rtol: 1e-6, peer })
        expect([rank.byIndicator, rank.bySignificance]).toEqual([c.result.argmin_ind, 3])
      }
      expect(purestFrames(series, 3)).toEqual(c.result.purest_rows)
      const found = await mcr(series, { components: 3, closed: true })
      expectClose(found.lackOfFit, c.result.mcr_als.lack_of_fit_percent, { rtol: 1e-3, peer })
      expect(found.iterations).toBe(c.result.mcr_als.iterations)
      const order = c.result.mcr_als.order_matching_truth
      const row = (f: number): number[] => order.map(j => found.concentrations.values[3 * f + j]!)
      expectClose(
        c.result.mcr_als.C.flatMap((_, i) => row(6 * i)),
        c.result.mcr_als.C.flat(),
        { atol: 1e-4, peer },
      )
      // and wrong by more than 0.1 at a lack of fit of 0.01 %: rotational ambiguity
      const worst = Math.max(
        ...Array.from({ length: 60 }, (_, f) => Math.max(...row(f).map((v, j) => Math.abs(v - concentrations[3 * f + j]!)))),
      )
      expectClose(worst, c.result.mcr_als.max_abs_error_C, { atol: 1e-4, peer })
      if (c.input.system.seed !== 2) return // 120 decompositions of parts are enough once
      const { forward, backward } = evolvingFactors(series)
      const noise = 1e-9 // below it the values of rounding
      const part = (values: ArrayLike<number>): number[] =>
        c.result.efa_forward.flatMap((_, i) => Array.from({ length: 5 }, (_, j) => values[6 * i * 5 + j]!))
      expectClose(part(forward.values), c.result.efa_forward.flat(), { rtol: 1e-6, atol: noise, peer })
      expectClose(part(backward.values), c.result.efa_backward.flat(), { rtol: 1e-6, atol: noise, peer })
    },
  )
})

describe.skipIf(!hasSharedData)('principal components of the charge of LiNiO2', () => {
  interface PcaCase {
    name: string
    input: { range: [number, number] }
    results: Record<
      string,
      {
        singular_values_raw: number[]
        singular_values_centred: number[]
        explained_variance_ratio_centred: number[]
        malinowski: { RE: number[]; IE: number[]; IND: number[]; argmin_IND: number }
        peer: { variances: number[] }
        reconstruction: { components: number; rms_residual: number }[]
      }
    >
  }
  it('have the singular values, errors and indicator of numpy; standardised the variances of Larch', () => {
    const { input, results } = read<{ cases: PcaCase[] }>('xas_lcf_pca').cases.find(c => c.name.startsWith('PCA of the series'))!
    const want = Object.values(results)[0]!
    const { energy, spectra } = lithiumNickelate()
    const whole = createDataset({
      name: 'mu',
      dims: ['frame', 'energy'],
      shape: [spectra.length, energy.length],
      values: Float64Array.from(spectra.flatMap(s => [...s])),
      unit: '',
      coords: { energy: { dims: ['energy'], values: energy, unit: 'eV' } },
    })
    const series = sliceBetween(whole, 'energy', input.range[0], input.range[1] + 1e-6)
    expect(series.shape).toEqual([58, 396])
    const peer = 'numpy 1.24.2'
    const raw = pca(series, { centre: false, components: 4 })
    expectClose(raw.singularValues.slice(0, 12), want.singular_values_raw, { rtol: 1e-7, peer }) // 8 digits of the peer
    expectClose(raw.rank.realError.slice(0, 12), want.malinowski.RE, { rtol: 1e-7, peer })
    expectClose(raw.rank.imbeddedError.slice(0, 12), want.malinowski.IE, { rtol: 1e-7, peer })
    expectClose(raw.rank.indicator.slice(0, 12), want.malinowski.IND, { rtol: 1e-7, peer })
    expect(raw.rank.byIndicator).toBe(want.malinowski.argmin_IND)
    const centred = pca(series)
    expectClose(centred.singularValues.slice(0, 12), want.singular_values_centred, { rtol: 1e-7, peer })
    expectClose(centred.explained.slice(0, 8), want.explained_variance_ratio_centred, { rtol: 1e-7, peer })
    for (const { components, rms_residual } of want.reconstruction) {
      const { scores, components: basis } = pca(series, { centre: false, components })
      let square = 0
      for (let f = 0; f < 58; f++)
        for (let i = 0; i < 396; i++) {
          let value = series.values[f * 396 + i]!
          for (let k = 0; k < components; k++) value -= scores.values[f * components + k]! * basis.values[k * 396 + i]!
          square += value * value
        }
      expectClose(Math.sqrt(square / (58 * 396)), rms_residual, { rtol: 1e-6, peer })
    }
    expectClose(pca(series, { scale: 'standard' }).explained.slice(0, 8), want.peer.variances, {
      rtol: 1e-3,
      peer: 'xraylarch 0.9.58',
    })
  })
})
