import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { createSpline } from 'operando/numeric'
import { averageScans, findE0, foilShift, rebinSpectrum, xasGrid } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { sharedPath } from '../../sharedData.js'
import { hasSpectra, type SpectrumRecipe, sharedReference, spectrumOf } from '../sharedSpectra.js'

interface Reference {
  readonly peers: { readonly own: string; readonly rebin: string }
  readonly input: {
    readonly foil_window: [number, number]
    readonly edge_window: [number, number]
    readonly rebin: { readonly spectrum: SpectrumRecipe; readonly parameters: Record<string, number> }
  }
  readonly result: {
    readonly edge_metrics: { half_height: number; max_derivative_parabola: number; integral_0p2_to_1: number }[]
    readonly foil_alignment: {
      shift_to_first: number[]
      known_answer_checks: { true_shift_applied: number; recovered: number }[]
    }
    readonly merge: { mean: number[]; std_sample: number[] }
    readonly rebin: { energy: number[]; mu: number[]; n: number }
  }
}

/** A table of one energy column and a column each spectrum. */
function seriesOf(kind: 'norm' | 'reference_foil'): { energy: Float64Array; spectra: Float64Array[] } {
  const text = gunzipSync(readFileSync(sharedPath(`data/spectroscopy/operando_xas/lno_op2_pos1_${kind}.csv.gz`))).toString()
  const rows = text
    .split('\n')
    .filter(line => /^\d/.test(line))
    .map(line => line.split(',').map(Number))
  const column = (c: number): Float64Array => Float64Array.from(rows, row => row[c]!)
  return { energy: column(0), spectra: Array.from({ length: rows[0]!.length - 1 }, (_, s) => column(s + 1)) }
}

describe.skipIf(!hasSpectra)('the charge of LiNiO2, 58 quick-XAS spectra', () => {
  const { input, result, peers } = hasSpectra ? sharedReference<Reference>('xas_operando') : ({} as Reference)
  const { energy, spectra } = hasSpectra ? seriesOf('norm') : { energy: new Float64Array(), spectra: [] }

  it('half height, integral and steepest point are those of numpy on every spectrum', () => {
    const [low, high] = input.edge_window
    const inside = energy.map(e => +(e >= low && e <= high))
    const window = (values: Float64Array): Float64Array => values.filter((_, i) => inside[i])
    const by = (definition: 'half-height' | 'integral' | 'derivative'): number[] =>
      spectra.map(mu => findE0(window(energy), window(mu), { definition, normalized: true }).energy)
    const peer = peers.own
    expectClose(
      by('half-height'),
      result.edge_metrics.map(m => m.half_height),
      { atol: 1e-5, peer },
    )
    expectClose(
      by('integral'),
      result.edge_metrics.map(m => m.integral_0p2_to_1),
      { atol: 1e-5, peer },
    )
    // the steepest point of a white line that is high moves from one flank to the next: where it is the same one, it is the same energy
    const steepest = by('derivative')
    const close = steepest.filter((e, i) => Math.abs(e - result.edge_metrics[i]!.max_derivative_parabola) < 1e-5)
    expect(close.length).toBeGreaterThan(50)
  })

  it('the half-height edge goes from 8344.76 to 8346.19 eV, and smoothly, where the steepest point jumps', () => {
    const half = spectra.map(mu => findE0(energy, mu, { definition: 'half-height', normalized: true }).energy)
    expect(Math.abs(half[0]! - 8344.76)).toBeLessThan(0.005)
    expect(Math.abs(Math.max(...half.slice(-5)) - 8346.19)).toBeLessThan(0.02)
    const jump = (values: number[]): number => Math.max(...values.slice(1).map((v, i) => Math.abs(v - values[i]!)))
    const steep = spectra.map(mu => findE0(energy, mu).energy)
    expect(jump(half)).toBeLessThan(0.15)
    expect(jump(steep)).toBeGreaterThan(5 * jump(half))
  })

  it('the foil tells the drift of the monochromator, as scipy finds it, and planted shifts to 0.015 eV', () => {
    const foil = seriesOf('reference_foil')
    const first = { energy: foil.energy, mu: foil.spectra[0]! }
    const range = input.foil_window
    const shifts = foil.spectra.map(mu => foilShift(first, { energy: foil.energy, mu }, { range }))
    expectClose(
      shifts.map(s => s.shift),
      result.foil_alignment.shift_to_first,
      { atol: 5e-4, peer: peers.own },
    )
    expect(Math.max(...shifts.map(s => s.sigma))).toBeLessThan(0.02)
    const curve = createSpline(foil.energy, foil.spectra[0]!, { outside: 'clamp' })
    for (const { true_shift_applied, recovered } of result.foil_alignment.known_answer_checks) {
      const moved = curve.evaluate(foil.energy.map(e => e - true_shift_applied)).map(v => 0.8 * v + 0.1)
      const { shift, scale } = foilShift(first, { energy: foil.energy, mu: moved }, { range })
      expectClose(shift, recovered, { atol: 5e-4, peer: peers.own })
      expect(Math.abs(shift + true_shift_applied)).toBeLessThan(0.01)
      expect(Math.abs(scale - 1.25)).toBeLessThan(0.01)
    }
  })

  it('means and scatter of scans are those of numpy, and the scatter of neighbouring points goes together', () => {
    const {
      spectra: [mean],
      correlation,
      effectivePoints,
      warnings,
    } = averageScans(spectra.slice(0, 3))
    const every5 = (values: ArrayLike<number>): number[] => Array.from(values).filter((_, i) => i % 5 === 0)
    expectClose(every5(mean!.mu), result.merge.mean, { atol: 1e-8, peer: peers.own })
    expectClose(every5(mean!.sigma.map(s => s * Math.sqrt(3))), result.merge.std_sample, { rtol: 1e-6, peer: peers.own })
    expect(correlation).toBeGreaterThan(0.5)
    expect(effectivePoints).toBeLessThan(energy.length / 3)
    expect(warnings[0]!.code).toBe('W_CORRELATED_NOISE')
  })

  it('a raw spectrum on a grid of three regions is that of Larch', () => {
    const { energy: e, mu } = spectrumOf(input.rebin.spectrum)
    const { e0, pre1, pre2, pre_step, xanes_step, exafs1, exafs2, exafs_kstep } = input.rebin.parameters as Record<string, number>
    // Larch takes no finer step over the edge than the mean step of the data, rounded up to 0.05 eV
    const margin = Math.max(2, Math.trunc(e.length / 100))
    const meanStep = (e.at(-margin - 1)! - e[margin]!) / (e.length - 2 * margin - 1)
    const xanesStep = Math.max(xanes_step!, 0.1, 0.05 * (1 + Math.trunc(meanStep / 0.05)))
    const grid = xasGrid({ e0: e0!, pre1, pre2, preStep: pre_step, xanesStep, exafs1, exafs2, kStep: exafs_kstep })
    const ours = rebinSpectrum(e, mu, grid, { ends: 'larch' })
    const every5 = (values: Float64Array): Float64Array => values.filter((_, i) => i % 5 === 0)
    expect(grid.length).toBe(result.rebin.n)
    expectClose(every5(grid), result.rebin.energy, { atol: 2e-5, peer: peers.rebin })
    expectClose(every5(ours.mu), result.rebin.mu, { atol: 1e-8, peer: peers.rebin })
  })
})
