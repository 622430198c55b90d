import {
  autobk,
  createAutobk,
  createPreEdge,
  createQuickBinning,
  createXftf,
  preEdge,
  xasGrid,
  xftf,
} from 'operando/spectroscopy'
import type { Bench } from '../harness/bench.js'
import { normal, uniform } from '../harness/inputs.js'

const E0 = 7112
/** 1/Å per root of eV, as bench/peers/peers.py has it. */
const K = 0.5123167
const SHELLS = [
  [6, 0.35, 0.006, 1.6, 0.3],
  [6, 0.5, 0.008, 2.55, 0.9],
  [8, 0.3, 0.011, 3.3, 0.2],
] as const
const WINDOW = { kmin: 3, kmax: 13, dk: 2, window: 'hanning', kweight: 2 } as const

/** A scan of some 430 points: arctangent edge, three shells, noise. The peers have the same. */
function spectrum(): { energy: Float64Array; mu: Float64Array } {
  const points: number[] = []
  for (let i = 0; i < 26; i++) points.push(E0 - 150 + 5 * i)
  for (let i = 0; i < 167; i++) points.push(E0 - 20 + 0.3 * i)
  for (let i = 0; i < 243; i++) points.push(E0 + ((2.85 + 0.05 * i) / K) ** 2)
  const noise = normal(31, points.length)
  const energy = Float64Array.from(points)
  const mu = energy.map((e, i) => {
    const k = Math.sqrt(Math.max(0, e - E0)) * K
    const kk = Math.max(k, 0.3)
    let chi = 0
    for (const [n, a, s, r, p] of SHELLS)
      chi += ((n * a) / kk) * Math.exp(-2 * k * k * s) * Math.sin(2 * k * r + p) * Math.exp((-kk * kk) / 400)
    const wiggle = 1 + (k > 0 ? chi * (1 - Math.exp(-k * k)) : 0) + 0.02 * Math.exp(-(((e - E0 - 200) / 300) ** 2))
    const step = 1.2 * (0.5 + Math.atan((e - E0) / 1.2) / Math.PI) * wiggle * Math.exp(-(e - E0) / 9000)
    return 0.5 - 2e-4 * (e - E0) + step + 2e-4 * noise[i]!
  })
  return { energy, mu }
}

/** AUTOBK of one spectrum of a series on one grid. */
export const autobkSeries: Bench = {
  name: 'autobk series',
  prepare() {
    const { energy, mu } = spectrum()
    const plan = createAutobk(energy, { e0: E0, kweight: 2 })
    const chi = new Float64Array(plan.k.length)
    return () => {
      plan.remove(mu, 1.2, chi)
    }
  },
}

/** AUTOBK of a spectrum on its own, with errors. */
export const autobkSingle: Bench = {
  name: 'autobk single',
  allocates: 'its plan',
  prepare() {
    const { energy, mu } = spectrum()
    return () => {
      autobk(energy, mu, { e0: E0, edgeStep: 1.2, kweight: 2 })
    }
  },
}

/** Normalisation of one spectrum of a series. */
export const preEdgeSeries: Bench = {
  name: 'preEdge series',
  prepare() {
    const { energy, mu } = spectrum()
    const plan = createPreEdge(energy, { e0: E0 })
    const norm = new Float64Array(energy.length)
    return () => {
      plan.normalize(mu, norm)
    }
  },
}

/** Edge, normalisation, flattening of a spectrum on its own. */
export const preEdgeSingle: Bench = {
  name: 'preEdge single',
  allocates: 'its curves',
  prepare() {
    const { energy, mu } = spectrum()
    return () => {
      preEdge(energy, mu)
    }
  },
}

/** Normalisation, background and Fourier transform of one spectrum of a series. */
export const xasChainSeries: Bench = {
  name: 'preEdge autobk xftf series',
  prepare() {
    const { energy, mu } = spectrum()
    const edge = createPreEdge(energy, { e0: E0 })
    const background = createAutobk(energy, { e0: E0, kweight: 2 })
    const transform = createXftf(background.k, WINDOW)
    const norm = new Float64Array(energy.length)
    const chi = new Float64Array(background.k.length)
    const chir = new Float64Array(2 * transform.r.length)
    return () => {
      background.remove(mu, edge.normalize(mu, norm), chi)
      transform.transform(chi, chir)
    }
  },
}

/** The same of a spectrum on its own. */
export const xasChainSingle: Bench = {
  name: 'preEdge autobk xftf single',
  allocates: 'its plans',
  prepare() {
    const { energy, mu } = spectrum()
    return () => {
      const { e0, edgeStep } = preEdge(energy, mu)
      const { k, chi } = autobk(energy, mu, { e0, edgeStep, kweight: 2 })
      xftf(k, chi, WINDOW)
    }
  },
}

/** Samples of a stream in one call of {@link quickBinning}: 20 million a second are 2.5 ms. */
export const QUICK_SAMPLES = 50_000

/** A stream of two counters into a grid of three regions. */
export const quickBinning: Bench = {
  name: `quick binning ${QUICK_SAMPLES}`,
  prepare() {
    const energy = Float64Array.from({ length: QUICK_SAMPLES }, (_, i) => 8333 + 350 + 440 * Math.sin((2 * Math.PI * i) / 20_000))
    const noise = uniform(4, QUICK_SAMPLES)
    const i0 = energy.map((_, i) => 1e5 + 100 * noise[i]!)
    const i1 = energy.map((e, i) => i0[i]! * Math.exp(-1 / (1 + Math.exp((8333 - e) / 2))))
    const bins = createQuickBinning(xasGrid({ e0: 8333, pre1: -100, pre2: -20, exafs2: 800 }))
    return () => {
      bins.clear()
      bins.addCounters(energy, i0, i1)
    }
  },
}

/** Kernels of absorption spectra under guard. */
export const xas: readonly Bench[] = [
  autobkSeries,
  autobkSingle,
  preEdgeSeries,
  preEdgeSingle,
  xasChainSeries,
  xasChainSingle,
  quickBinning,
]
