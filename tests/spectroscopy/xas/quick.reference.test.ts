import { createQuickBinning, detectorLag, monoEnergy, removeLag, splitHalfScans } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSpectra, sharedReference } from '../sharedSpectra.js'

interface Stream {
  readonly n: number
  readonly rate_hz: number
  readonly theta0_deg: number
  readonly amp_deg: number
  readonly f_hz: number
  readonly phase: number
  readonly d_spacing: number
  readonly e0: number
  readonly noise: number
  readonly lag_samples: number
  readonly grid: [number, number, number]
}
interface Case {
  readonly input: Stream
  readonly boundaries: [number, number, 'up' | 'down'][]
  readonly energy_min_max: [number, number]
  readonly i0_first: number[]
  readonly i1_first: number[]
  readonly first_scan_counts_in_bins: number[]
  readonly first_full_scan_mu: number[]
  readonly mean_up_stride4: number[]
  readonly mean_down_stride4: number[]
  readonly edge_up: number
  readonly edge_down: number
  readonly edge_true: number
  readonly bragg_check: { readonly angle: number; readonly energy: number }
}

/** The stream of the reference: its absorption is a known function of the energy, its noise a hash of the sample. */
function streamOf(s: Stream): { angle: Float64Array; energy: Float64Array; i0: Float64Array; i1: Float64Array } {
  const angle = Float64Array.from(
    { length: s.n },
    (_, i) => s.theta0_deg + s.amp_deg * Math.sin((2 * Math.PI * s.f_hz * i) / s.rate_hz + s.phase),
  )
  const energy = monoEnergy(angle, { crystal: s.d_spacing })
  const muAt = (e: number): number => {
    const x = e - s.e0
    const k = Math.sqrt(Math.max(x, 0) * 0.2624682917)
    const wiggle = 1 + 0.25 * Math.exp(-(((x - 12) / 6) ** 2)) + 0.08 * Math.sin(2 * 2.1 * k + 0.4) * Math.exp(-0.02 * k * k)
    return 0.3 - 2e-4 * x + wiggle / (1 + Math.exp(-x / 1.2))
  }
  const i0 = energy.map(e => 1e5 * (1 + 0.02 * Math.sin(0.003 * (e - s.e0))))
  const i1 = i0.map((v, i) => {
    const u = Math.sin(i * 12.9898) * 43758.5453
    return v * Math.exp(-muAt(energy[i]!)) * (1 + s.noise * (u - Math.floor(u) - 0.5))
  })
  const late = (values: Float64Array): Float64Array => values.map((_, i) => values[(i - s.lag_samples + s.n) % s.n]!)
  return { angle, energy, i0: late(i0), i1: late(i1) }
}

const PEER = 'numpy, known truth'
const cases = hasSpectra ? sharedReference<{ qexafs: Case[] }>('qexafs_xes_rixs').qexafs : []

describe.skipIf(!hasSpectra)('streams of a quick monochromator', () => {
  it.each(cases.map((c, i) => [i === 0 ? 'in time' : 'with detectors six samples late', c] as const))(
    '%s: energies, turns, bins and mean spectra',
    (_, c) => {
      const { angle, energy, i0, i1 } = streamOf(c.input)
      expectClose(i0.slice(0, 3), c.i0_first, { rtol: 1e-8 })
      expectClose(i1.slice(0, 3), c.i1_first, { rtol: 1e-8 })
      expectClose([Math.min(...energy), Math.max(...energy)], c.energy_min_max, { rtol: 1e-8, peer: PEER })
      expectClose(monoEnergy([c.bragg_check.angle], { crystal: c.input.d_spacing }), [c.bragg_check.energy], {
        rtol: 1e-8,
        peer: PEER,
      })
      const scans = splitHalfScans(angle)
      expect(scans.map(s => s.direction)).toEqual(c.boundaries.map(b => b[2]))
      scans.forEach((scan, k) => {
        expect(Math.abs(scan.start - c.boundaries[k]![0])).toBeLessThanOrEqual(2)
        expect(Math.abs(scan.stop - c.boundaries[k]![1])).toBeLessThanOrEqual(2)
      })
      const [from, to, step] = c.input.grid
      const grid = Float64Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step)
      const bins = createQuickBinning(grid)
      const binned = scans.map(({ start, stop }) => {
        bins.clear()
        bins.addCounters(energy, i0, i1, start, stop)
        return bins.result()
      })
      expect([...binned[1]!.counts.slice(0, 40)]).toEqual(c.first_scan_counts_in_bins)
      expectClose(binned[1]!.mu.slice(0, 40), c.first_full_scan_mu, { atol: 1e-6, peer: PEER })
      const meanOf = (direction: string): number[] =>
        Array.from(grid, (_, i) => {
          const values = binned.filter((b, k) => scans[k]!.direction === direction && b.counts[i]! > 0).map(b => b.mu[i]!)
          return values.reduce((sum, v) => sum + v, 0) / values.length
        })
      const every4 = (values: number[]): number[] => values.filter((_, i) => i % 4 === 0)
      expectClose(every4(meanOf('up')), c.mean_up_stride4, { atol: 1e-6, peer: PEER })
      expectClose(every4(meanOf('down')), c.mean_down_stride4, { atol: 1e-6, peer: PEER })
      const crossing = (mean: number[]): number => {
        const i = mean.findIndex((v, k) => grid[k]! > c.input.e0 - 8 && v >= 0.8)
        return grid[i - 1]! + (0.8 - mean[i - 1]!) / (mean[i]! - mean[i - 1]!)
      }
      expectClose([crossing(meanOf('up')), crossing(meanOf('down'))], [c.edge_up, c.edge_down], { atol: 0.02, peer: PEER })
    },
  )

  it('the lag of six samples, which parts the edges by 6.5 eV, is found to 0.05 samples and taken off', () => {
    const c = cases[1]!
    const { energy, i0, i1, angle } = streamOf(c.input)
    const scans = splitHalfScans(angle)
    const mu = i0.map((v, i) => Math.log(v / i1[i]!))
    const grid = Float64Array.from({ length: 241 }, (_, i) => 8253 + i)
    const found = detectorLag(energy, mu, scans, { grid })
    expectClose(found.lag, 6, { atol: 0.05, peer: PEER })
    expect(Math.abs(found.split - 6.55)).toBeLessThan(0.4)
    expect(Math.abs(found.splitAfter)).toBeLessThan(0.05)
    const none = detectorLag(
      energy,
      streamOf(cases[0]!.input).i0.map((v, i) => Math.log(v / streamOf0.i1[i]!)),
      scans,
      { grid },
    )
    expect(Math.abs(none.lag)).toBeLessThan(0.05)
    const moved = removeLag(energy, found.lag)
    const bins = createQuickBinning(grid)
    const edge = (direction: string): number => {
      bins.clear()
      for (const s of scans) if (s.direction === direction) bins.add(moved, mu, s.start, s.stop)
      const { mu: mean } = bins.result()
      const i = mean.findIndex((v, k) => grid[k]! > 8325 && v >= 0.8)
      return grid[i - 1]! + (0.8 - mean[i - 1]!) / (mean[i]! - mean[i - 1]!)
    }
    expect(Math.abs(edge('up') - edge('down'))).toBeLessThan(0.1)
  })
})

const streamOf0 = cases.length > 0 ? streamOf(cases[0]!.input) : { i1: new Float64Array() }
