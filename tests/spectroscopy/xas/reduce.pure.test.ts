import fc from 'fast-check'
import { createRandom } from 'operando/numeric'
import {
  correctDeadTime,
  crystalSpacing,
  findE0,
  foilShift,
  monoAngle,
  monoEnergy,
  monoOffset,
  muFromCounters,
  orderScan,
  rebinSpectrum,
  xasGrid,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/spectroscopy/xasReduction.json'

const energy = Float64Array.from({ length: 201 }, (_, i) => 8280 + 0.8 * i)
const edge = (e: number, at = 8345): number => 1 / (1 + Math.exp((at - e) / 1.5))
const i0 = energy.map((_, i) => 1e5 * (1 + 0.01 * Math.sin(i)))

describe('orderScan', () => {
  it('turns a falling scan round, sorts in what steps back, averages what repeats, drops NaN, and tells all of it', () => {
    const found = orderScan([7105, 7104, 7104.5, 7103, 7103, Number.NaN, 7101], [[5, 4, 4.5, 3, 3.2, 9, Number.NaN]])
    expect(found.energy).toEqual(Float64Array.of(7103, 7104, 7104.5, 7105))
    expectClose(found.columns[0]!, [3.1, 4, 4.5, 5], { atol: 1e-12 })
    expect(found).toMatchObject({ reversed: true, broken: [5, 6], stray: [], backSteps: [1], merged: [4] })
    expect(found.warnings.map(w => w.code)).toEqual(['W_BROKEN_ROWS', 'W_BACK_STEPS', 'W_REPEATED_ENERGIES'])
  })

  it('loses no row but the broken and the stray, and always gives rising energies', () => {
    const row = fc.tuple(fc.double({ min: 7000, max: 8000, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), rows => {
        const found = orderScan(
          rows.map(r => r[0]),
          [rows.map(r => r[1])],
          { stray: 'keep' },
        )
        expect(found.energy.length + found.merged.length).toBe(rows.length)
        for (let i = 1; i < found.energy.length; i++) expect(found.energy[i]!).toBeGreaterThan(found.energy[i - 1]!)
      }),
      { numRuns: 100 },
    )
  })

  it('leaves a scan in order as it is, and takes a change of step for no gap', () => {
    const grid = xasGrid({ e0: 7112 })
    expect(orderScan(grid, [])).toMatchObject({ energy: grid, warnings: [] })
    expect(orderScan([1, 2, 3, 4, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112], []).stray).toEqual([
      0, 1, 2, 3,
    ])
  })

  it('refuses what has no rows', () => {
    expect(errorText(() => orderScan([Number.NaN, 7000], [[1, 2]]))).toMatch(/E_RANGE orderScan: 1 of 2 rows are whole/)
    expect(errorText(() => orderScan([1, 2, 3], [[1, 2]]))).toMatch(/E_SHAPE columns\[0\]/)
  })
})

describe('muFromCounters', () => {
  const mu = energy.map(e => 0.3 + 0.9 * edge(e))
  const i1 = i0.map((v, i) => v * Math.exp(-mu[i]!))

  it('gives transmission, fluorescence, electron yield and the reference of one scan', () => {
    const foil = energy.map(e => 0.5 + edge(e, 8333))
    const i2 = i1.map((v, i) => v * Math.exp(-foil[i]!))
    const yields = i0.map((v, i) => 0.02 * v * mu[i]!)
    const found = muFromCounters(
      energy,
      { i0: i0.map(v => v + 7), i1, i2, fluorescence: [yields, yields], electronYield: yields },
      { dark: { i0: 7 } },
    )
    expectClose(found.transmission!.mu, mu, { atol: 1e-12 })
    expectClose(found.reference!.mu, foil, { atol: 1e-12 })
    expectClose(
      found.fluorescence!.mu,
      mu.map(v => 0.04 * v),
      { rtol: 1e-12 },
    )
    expectClose(
      found.electronYield!.mu,
      mu.map(v => 0.02 * v),
      { rtol: 1e-12 },
    )
    expectClose(
      found.fluorescence!.sigma!,
      yields.map((v, i) => Math.sqrt(2 * v) / i0[i]!),
      { rtol: 1e-12 },
    )
    expect(found.warnings).toEqual([])
  })

  it('tells swapped counters by the edge, not by the sign of mu, and turns them round on request', () => {
    const swapped = muFromCounters(energy, { i0: i1, i1: i0 })
    expect(swapped.warnings[0]).toMatchObject({ code: 'W_SWAPPED_COUNTERS' })
    expect(swapped.transmission!.sense.falls).toBe(true)
    expectClose(muFromCounters(energy, { i0: i1, i1: i0 }, { orientation: 'auto' }).transmission!.mu, mu, { atol: 1e-12 })
    const gain = muFromCounters(energy, { i0, i1: i1.map(v => 50 * v) })
    expect(gain.transmission!.mu.every(v => v < 0)).toBe(true)
    expect(gain.warnings).toEqual([])
  })

  it('adds channels with their dead times taken off, and leaves channels out', () => {
    const dwell = 2
    const rates = energy.map(e => 2e5 * (0.1 + edge(e)))
    const seen = rates.map(r => (dwell * r) / (1 + r * 2e-6))
    const found = muFromCounters(
      energy,
      { i0, fluorescence: [seen, seen, new Float64Array(201).fill(1e9)] },
      { deadTime: { tau: 2e-6, dwell }, skipChannels: [2] },
    )
    expectClose(
      found.fluorescence!.mu,
      rates.map((r, i) => (2 * dwell * r) / i0[i]!),
      { rtol: 1e-10 },
    )
  })

  it('refuses counts of zero with their row, or drops them; and counters without what they are divided by', () => {
    const broken = i1.slice()
    broken[7] = 0
    expect(errorText(() => muFromCounters(energy, { i0, i1: broken }))).toMatch(/E_RANGE i1 is 0 at row 7 \(8285\.6 eV\)/)
    const found = muFromCounters(energy, { i0, i1: broken }, { bad: 'drop' })
    expect(found.dropped).toEqual([7])
    expect(found.energy.length).toBe(200)
    expect(errorText(() => muFromCounters(energy, { i1, fluorescence: i1 }))).toMatch(
      /E_MISSING counters: fluorescence is given without i0/,
    )
    expect(errorText(() => muFromCounters(energy, { i0 }))).toMatch(/E_MISSING counters: i0 with i1/)
    expect(errorText(() => muFromCounters(energy, { I0: i0 } as object))).toMatch(/'i0' was probably meant/)
  })
})

describe('correctDeadTime', () => {
  it.each(['nonparalyzable', 'paralyzable'] as const)('undoes the losses of a %s detector', model => {
    const tau = 1.5e-6
    for (const rate of [0, 10, 1e4, 3e5]) {
      const seen = model === 'paralyzable' ? rate * Math.exp(-rate * tau) : rate / (1 + rate * tau)
      expectClose(correctDeadTime([seen * 3], { tau, dwell: 3, model }), [rate * 3], { rtol: 1e-9, atol: 1e-12 })
    }
  })

  it('refuses more than a detector can count', () => {
    expect(errorText(() => correctDeadTime([10, 1e6], { tau: 1e-6, dwell: 1 }))).toMatch(
      /E_RANGE counts\[1\] = 1000000 in 1 s is more than/,
    )
    expect(errorText(() => correctDeadTime([4e5], { tau: 1e-6, dwell: 1, model: 'paralyzable' }))).toMatch(/E_RANGE/)
  })
})

describe('a crystal monochromator', () => {
  it('has the lattice of silicon, and angles and energies that undo each other', () => {
    expectClose(crystalSpacing('Si(111)'), 3.1356011, { rtol: 1e-7 })
    expectClose(crystalSpacing('Si(311)'), 1.6375143, { rtol: 1e-7 })
    const mono = { crystal: 'Si(111)', offset: 0.013 } as const
    expectClose(monoEnergy(monoAngle(energy, mono), mono), energy, { rtol: 1e-12 })
  })

  it('is calibrated by an offset of the angle, which is right at every energy', () => {
    const [true1, true2] = [8332.8, 7112]
    const angles = monoAngle([true1, true2], { crystal: 'Si(111)', offset: 0.004 })
    const wrong = monoEnergy(angles, { crystal: 'Si(111)' })
    const offset = monoOffset(wrong[0]!, true1, { crystal: 'Si(111)' })
    expectClose(monoEnergy(angles, { crystal: 'Si(111)', offset }), [true1, true2], { atol: 1e-6 })
    // a shift in eV would be wrong by a third at the other edge
    expect(Math.abs(wrong[1]! + (true1 - wrong[0]!) - true2)).toBeGreaterThan(0.3)
  })

  it('refuses counts of an encoder, energies below its reach, other crystals', () => {
    expect(errorText(() => monoEnergy([1391254], { crystal: 'Si(111)' }))).toMatch(
      /E_RANGE angle\[0\] = 1391254.*Counts of an encoder/,
    )
    expect(errorText(() => monoAngle([1000], { crystal: 'Si(111)' }))).toMatch(/reaches no energies below 1977/)
    expect(errorText(() => crystalSpacing('Fe(111)' as 'Si(111)'))).toMatch(/E_ARGUMENT crystal 'Fe\(111\)'/)
  })
})

describe('foilShift', () => {
  it('finds a shift whatever the thickness and the line beneath, with an error that covers the noise', () => {
    const { normal } = createRandom(11)
    const foil = (shift: number): Float64Array =>
      energy.map(e => edge(e - shift, 8333) + 0.2 * Math.exp(-(((e - shift - 8341) / 3) ** 2)))
    const first = { energy, mu: foil(0) }
    let inside = 0
    for (let run = 0; run < 40; run++) {
      const mu = foil(0.37).map((v, i) => 0.6 * v + 0.001 * i + 1e-3 * normal())
      const found = foilShift(first, { energy, mu })
      expect(Math.abs(found.shift + 0.37)).toBeLessThan(0.05)
      if (Math.abs(found.shift + 0.37) < 2 * found.sigma) inside++
    }
    expect(inside).toBeGreaterThan(30)
  })

  it('says when the best lies at the end of what was looked at, and which scan does not reach far enough', () => {
    const first = { energy, mu: energy.map(e => edge(e, 8333)) }
    const far = { energy, mu: energy.map(e => edge(e, 8337)) }
    expect(foilShift(first, far, { maxShift: 1 }).inside).toBe(false)
    expect(errorText(() => foilShift(first, far, { range: [8270, 8300] }))).toMatch(
      /E_RANGE foilShift: the reference reaches from 8280/,
    )
  })
})

describe('findE0 by height', () => {
  it('half height and integral agree with the closed form of an arctangent edge', () => {
    const fine = Float64Array.from({ length: 2001 }, (_, i) => 8245 + 0.1 * i)
    const step = fine.map(e => 0.5 + Math.atan((e - 8345) / 2) / Math.PI)
    const half = findE0(fine, step, { definition: 'half-height', normalized: true })
    expect(Math.abs(half.energy - 8345)).toBeLessThan(1e-6)
    const raw = fine.map((e, i) => 3 * step[i]! + 1 - 2e-4 * (e - 8345))
    const by = findE0(fine, raw, { definition: 'half-height', ranges: { pre1: -95, pre2: -40, norm1: 40, norm2: 95, nnorm: 1 } })
    expect(Math.abs(by.energy - 8345)).toBeLessThan(0.2)
    const line = fine.map(e => Math.min(1.05, Math.max(0, (e - 8340) / 10)))
    expectClose(findE0(fine, line, { definition: 'integral', normalized: true }).energy, 8346, { atol: 1e-6 })
  })

  it('refuses an edge that does not reach the level', () => {
    const low = energy.map(e => 0.4 * edge(e))
    expect(errorText(() => findE0(energy, low, { definition: 'half-height', normalized: true }))).toMatch(
      /E_RANGE The edge near 834\d\.\d eV does not go through the level 0\.5/,
    )
  })
})

describe('rebinSpectrum and xasGrid', () => {
  it.each(reference.rebinned)('are those of Larch, case %#', ({ parameters, energy: theirs, mu }) => {
    const { e0, pre1, pre2, pre_step, xanes_step, exafs1, exafs2, exafs_kstep, method } = parameters
    const meanStep = (reference.energy.at(-5)! - reference.energy[4]!) / (reference.energy.length - 9)
    const xanesStep = Math.max(xanes_step, 0.1, 0.05 * (1 + Math.trunc(meanStep / 0.05)))
    const grid = xasGrid({ e0, pre1, pre2, preStep: pre_step, xanesStep, exafs1, exafs2, kStep: exafs_kstep })
    expectClose(grid, theirs, { atol: 1e-5, peer: reference.peer })
    const ours = rebinSpectrum(reference.energy, reference.mu, grid, { method: method as 'boxcar', ends: 'larch' })
    const known = mu.map((v, i) => (v === null || Number.isNaN(v) ? ours.mu[i]! : v))
    expectClose(ours.mu, known, { atol: 1e-7, peer: reference.peer })
  })

  it('keep a straight line straight where points are interpolated, and refuse a grid outside the data', () => {
    const line = energy.map(e => 2 + 0.01 * (e - 8300))
    const fine = rebinSpectrum(energy, line, [8300.1, 8300.2, 8300.3, 8301])
    expectClose(
      fine.mu,
      fine.energy.map(e => 2 + 0.01 * (e - 8300)),
      { atol: 1e-12 },
    )
    expect(errorText(() => rebinSpectrum(energy, line, [8200, 8300]))).toMatch(/E_RANGE grid reaches from 8200/)
    expect(errorText(() => xasGrid({ e0: 8333, pre1: 10 }))).toMatch(/E_RANGE xasGrid/)
  })
})
