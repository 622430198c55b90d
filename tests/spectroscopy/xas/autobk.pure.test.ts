import { createDataset } from 'operando'
import { createRandom } from 'operando/numeric'
import { type AutobkClamps, autobk, createAutobk, energyOfWavenumber, kGrid, xftf } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/spectroscopy/xasReduction.json'

const energy = Float64Array.from(reference.energy)
const mu = Float64Array.from(reference.mu)

describe('autobk beside its peers on a synthetic spectrum', () => {
  it.each(reference.background)(
    'is the exact solution of the linear problem, and that of Larch, case %#',
    ({ parameters, exact, larch }) => {
      const { chi } = autobk(energy, mu, { ...parameters, edgeStep: 1 })
      expectClose(chi, exact, { atol: 1e-11, peer: reference.exact })
      expectClose(chi, larch, { atol: 1e-7, peer: reference.peer })
    },
  )

  it.each(reference.clamped)('reaches the minimum with the clamps of Larch 0.9.58, case %#', ({ parameters, minimum }) => {
    const { clamp_lo, clamp_hi, ...rest } = parameters
    const clamps: AutobkClamps = { low: clamp_lo, high: clamp_hi, convention: 'larch-0.9.58' }
    const { chi } = autobk(energy, mu, { ...rest, edgeStep: 1, clamps })
    expectClose(chi, minimum, { atol: 1e-6, peer: reference.exact })
  })

  it('is within 1e-3 of Larch itself where its optimiser arrives at that minimum', () => {
    const { parameters, larch } = reference.clamped[0]!
    const { clamp_lo, clamp_hi, ...rest } = parameters
    const { chi } = autobk(energy, mu, {
      ...rest,
      edgeStep: 1,
      clamps: { low: clamp_lo, high: clamp_hi, convention: 'larch-0.9.58' },
    })
    expectClose(chi, larch, { atol: 1e-3 * Math.max(...larch.map(Math.abs)), peer: reference.peer })
  })
})

describe('autobk', () => {
  const k = kGrid(14)
  const smooth = energyOfWavenumber(k, 8979)
  const oscillation = k.map(q => (0.4 * Math.sin(2 * 2.5 * q) * Math.exp(-0.012 * q * q)) / Math.max(q, 1))
  const slow = k.map((q, i) => 1 + 2e-4 * (smooth[i]! - 8979) - 0.02 * q + 0.03 * Math.cos(0.3 * q))

  it('takes a slow background off and leaves the oscillation of a shell at 2.5 Å', () => {
    const found = autobk(
      smooth,
      slow.map((v, i) => v + oscillation[i]!),
      { e0: 8979, edgeStep: 1, kweight: 2 },
    )
    const [r, want] = [xftf(found.k, found.chi, { kmin: 3, kmax: 12 }), xftf(k, oscillation, { kmin: 3, kmax: 12 })]
    const from = r.r.findIndex(v => v > 1.5)
    expectClose(r.magnitude.slice(from, from + 60), want.magnitude.slice(from, from + 60), {
      atol: 0.01 * Math.max(...want.magnitude),
    })
  })

  it('is linear: chi of a sum is the sum of both', () => {
    const plan = createAutobk(energy, { e0: 7112, kweight: 2 })
    const other = energy.map((e, i) => Math.sin(e / 31) + 0.1 * (i % 3))
    const both = plan.remove(
      mu.map((v, i) => 2 * v + other[i]!),
      1,
    )
    const [one, two] = [plan.remove(mu, 1), plan.remove(other, 1)]
    expectClose(
      both,
      one.map((v, i) => 2 * v + two[i]!),
      { atol: 1e-11 },
    )
  })

  it('gives in a series what it gives for one spectrum, with room of the caller, and writes no input', () => {
    const before = mu.slice()
    const plan = createAutobk(energy, { e0: 7112, kweight: 2 })
    const [chi, background] = [new Float64Array(plan.k.length), new Float64Array(energy.length)]
    expect(plan.remove(mu, 1.2, chi, background)).toBe(chi)
    const single = autobk(energy, mu, { e0: 7112, kweight: 2, edgeStep: 1.2 })
    expectClose(chi, single.chi, { atol: 0 })
    expectClose(background, single.background, { atol: 0 })
    expect(mu).toEqual(before)
  })

  it('with fixed clamps pulls the ends of chi towards 0, the more the heavier, and stays linear', () => {
    const end = (high: number): number => {
      const { chi } = autobk(energy, mu, { e0: 7112, kweight: 1, edgeStep: 1, clamps: { high } })
      return Math.hypot(...chi.slice(-3))
    }
    expect(end(10)).toBeLessThan(end(0))
    expect(end(1000)).toBeLessThan(end(10))
    expect(end(1000)).toBeLessThan(0.2 * end(0))
    const plan = createAutobk(energy, { e0: 7112, clamps: { low: 3, high: 30 } })
    expectClose(
      plan.remove(
        mu.map(v => 3 * v),
        3,
      ),
      plan.remove(mu, 1),
      { atol: 1e-11 },
    )
  })

  it('keeps the low distances of a standard', () => {
    const near = k.map(q => (0.3 * Math.sin(2 * 0.7 * q) * Math.exp(-0.01 * q * q)) / Math.max(q, 1))
    const spectrum = slow.map((v, i) => v + near[i]!)
    const options = { e0: 8979, edgeStep: 1, kweight: 1 }
    const [kept, lost] = [autobk(smooth, spectrum, { ...options, standard: { k, chi: near } }), autobk(smooth, spectrum, options)]
    const rms = (chi: Float64Array): number => Math.hypot(...chi.slice(60, 240).map((v, i) => v - near[60 + i]!))
    expect(rms(kept.chi)).toBeLessThan(0.1 * rms(lost.chi))
  })

  it('tells errors that cover what another noise does to the background', () => {
    const { normal } = createRandom(7)
    const plan = createAutobk(smooth, { e0: 8979, kweight: 1 })
    const clean = plan.remove(slow, 1)
    const noisy = slow.map(v => v + 1e-3 * normal())
    const found = autobk(smooth, noisy, { e0: 8979, kweight: 1, edgeStep: 1 })
    expect(found.chiSigma.every(s => s >= 0 && Number.isFinite(s))).toBe(true)
    expect(found.backgroundSigma[0]).toBeGreaterThan(0)
    expect(clean.length).toBe(found.chi.length)
  })

  it('finds E0 and step by itself, takes a Dataset and names of Larch', () => {
    const data = createDataset({
      name: 'mu',
      dims: ['energy'],
      values: mu,
      unit: '',
      coords: { energy: { dims: ['energy'], values: energy, unit: 'eV' } },
    })
    const found = autobk(data, { rbkg: 1, kw: 2 } as object)
    expect(Math.abs(found.e0 - 7112)).toBeLessThan(5)
    expect(Math.abs(found.edgeStep - 1.2)).toBeLessThan(0.1)
    expect(found.warnings.map(w => w.code)).toContain('W_FOREIGN_NAME')
    expectClose(found.chi, autobk(energy, mu, { kweight: 2 }).chi, { atol: 0 })
  })

  it('refuses scans that are too short, ranges outside them, and splines with more points than data', () => {
    const short = energy.filter(e => e < 7172)
    expect(errorText(() => autobk(short, mu.subarray(0, short.length), { e0: 7112, edgeStep: 1 }))).toMatch(
      /E_RANGE autobk: the scan reaches k = 3\.9\d 1\/Å only, \d+ eV.*4\.7 1\/Å are needed/,
    )
    const call = (options: object) => errorText(() => autobk(energy, mu, { e0: 7112, edgeStep: 1, ...options }))
    expect(call({ e0: 9000 })).toMatch(/E_RANGE autobk: e0 = 9000 lies outside the data/)
    expect(call({ kmin: 20 })).toMatch(/E_RANGE autobk: kmin = 20.*data end at k = /)
    expect(call({ nknots: 128 })).toMatch(/E_RANGE.*too sparse.*Lower rbkg or nknots/)
    expect(call({ clamps: { hi: 1 } })).toMatch(/autobk clamps: "?'?hi/)
    expect(call({ rbgk: 1 })).toMatch(/'rbkg' was probably meant/)
  })
})
