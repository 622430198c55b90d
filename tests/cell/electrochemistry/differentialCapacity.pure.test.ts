import fc from 'fast-check'
import { createElectrochemistry } from 'operando'
import { differentialCapacity, differentialVoltage, findHalfCycles, halfCycleCurve } from 'operando/cell'
import { createRandom } from 'operando/numeric'
import { findPeaks } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const numbers = (n: number, f: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => f(i))
const areaOf = (curve: { values: Float64Array; smoothing: { step: number } }): number =>
  curve.values.reduce((sum, v) => sum + v, 0) * curve.smoothing.step

/** Charge that logistic plateaus take up to a potential: mAh/g, V, kT/e-like widths. */
const PLATEAUS = [
  { at: 3.42, width: 0.012, size: 80 },
  { at: 3.75, width: 0.02, size: 60 },
  { at: 4.1, width: 0.008, size: 30 },
]
const chargeAt = (v: number): number => PLATEAUS.reduce((q, p) => q + p.size / (1 + Math.exp((p.at - v) / p.width)), 0)

/** The same cell charged at constant current: potential at even steps of charge, by bisection. */
function galvanostatic(n: number, noise = 0): { potential: Float64Array; capacity: Float64Array } {
  const random = createRandom(11)
  const [low, high] = [chargeAt(3.2), chargeAt(4.3)]
  const capacity = numbers(n, i => low + ((high - low) * i) / (n - 1))
  const potential = capacity.map(q => {
    let [a, b] = [3.1, 4.4]
    for (let k = 0; k < 60; k++) {
      const m = (a + b) / 2
      if (chargeAt(m) < q) a = m
      else b = m
    }
    return (a + b) / 2 + noise * random.normal()
  })
  return { potential, capacity }
}

describe('differentialCapacity', () => {
  it('finds the plateaus of a simulated cell within a millivolt, and their charge', () => {
    const curve = differentialCapacity(galvanostatic(2000))
    expect(curve.smoothing).toMatchObject({ kind: 'gaussian', width: 0.005, chosenBy: 'default' })
    const peaks = findPeaks(curve.potential, curve.values, { shoulders: false, minSnr: 10 })
    expect(peaks.length).toBe(3)
    expectClose(
      peaks.map(p => p.centre),
      PLATEAUS.map(p => p.at),
      { atol: 1e-3 },
    )
    // a logistic plateau is size / (4 width) high; 5 mV of smoothing lower it by sigma² / (4 width²) at most
    expectClose(peaks[1]!.height, 60 / (4 * 0.02), { rtol: 0.01 })
  })

  it('finds them as well with a millivolt of noise, and widens for it by itself', () => {
    const curve = differentialCapacity(galvanostatic(2000, 1e-3))
    expect(curve.smoothing.chosenBy).toBe('noise')
    expectClose(curve.smoothing.width, 20e-3, { rtol: 0.15 })
    const peaks = findPeaks(curve.potential, curve.values, { shoulders: false, minSnr: 10, minProminence: 200 })
    // the top of a peak is known to a twentieth of its own width, 3.5 kT-like widths
    expectClose(
      peaks.map((p, i) => (p.centre - PLATEAUS[i]!.at) / (3.5 * PLATEAUS[i]!.width)),
      [0, 0, 0],
      { atol: 0.05 },
    )
  })

  it('widens for the steps of a coarse converter', () => {
    const { potential, capacity } = galvanostatic(2000)
    const coarse = potential.map(v => Math.round(v / 0.005) * 0.005)
    const curve = differentialCapacity({ potential: coarse, capacity })
    expect(curve.smoothing.chosenBy).toBe('resolution')
    expectClose(curve.smoothing.width, 0.015, { rtol: 1e-6 })
  })

  it('keeps the area, whatever the width, the noise and the direction', () => {
    const steps = fc.array(fc.record({ dq: fc.integer({ min: 0, max: 50 }), v: fc.integer({ min: 0, max: 1000 }) }), {
      minLength: 3,
      maxLength: 60,
    })
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 500 }), (list, width) => {
        let q = 0
        const capacity = list.map(s => (q += s.dq))
        fc.pre(capacity.at(-1)! > capacity[0]!)
        const curve = differentialCapacity({ potential: list.map(s => 3 + s.v / 1000), capacity }, { fwhm: width / 1000 })
        const sign = list.at(-1)!.v < list[0]!.v ? -1 : 1
        expect(curve.area).toBe(capacity.at(-1)! - capacity[0]!)
        expect(Math.abs(areaOf(curve) - sign * curve.area)).toBeLessThan(1e-9 * curve.area)
        expect(curve.values.every(v => sign * v >= -1e-9 * curve.area)).toBe(true)
      }),
    )
  })

  it('shows the plateau of LiFePO4 where it is, though the voltage overshoots and falls back', () => {
    // nucleation: up to 3.48, back to 3.45, then flat with a slow rise and a millivolt of ripple
    const capacity = numbers(1700, i => i / 10)
    const potential = capacity.map(q => {
      const start = q < 5 ? 2.9 + 0.116 * q : 3.45 + 0.03 * Math.exp(-(q - 5) / 3)
      return (q > 160 ? 3.45 + 0.06 * (q - 160) ** 1.2 : start) + 0.001 * Math.sin(40 * q) + 2e-5 * q
    })
    const curve = differentialCapacity({ potential, capacity })
    const top = curve.values.indexOf(Math.max(...curve.values))
    expectClose(curve.potential[top]!, 3.4525, { atol: 2e-3 })
    expectClose(areaOf(curve), 169.9, { rtol: 1e-9 })
    // the ripple counts as noise, so it is smoothed more by itself; at 5 mV nearly all of the charge lies within 12 mV of the plateau
    const sharp = differentialCapacity({ potential, capacity }, { fwhm: '5 mV' })
    const near = sharp.values.reduce((sum, v, i) => sum + (Math.abs(sharp.potential[i]! - 3.452) < 0.012 ? v : 0), 0)
    expect((near * sharp.smoothing.step) / sharp.area).toBeGreaterThan(0.8)
  })

  it('is negative on the way down, and keeps the unit of the basis', () => {
    const echem = createElectrochemistry({
      time: numbers(500, i => 60 * i),
      potential: numbers(500, i => 4.2 - 0.002 * i),
      current: numbers(500, i => (i === 0 ? 0 : -1e-3)),
    })
    const curve = halfCycleCurve(echem, findHalfCycles(echem)[0]!, { per: { activeMass: '50 mg' } })
    const result = differentialCapacity(curve)
    expect(result.unit).toBe('mAh/(g V)')
    // 1/60 mAh over 2 mV in 0.05 g
    const middle = result.values.slice(20, -20)
    expectClose(
      middle,
      middle.map(() => -1 / 60 / 0.002 / 0.05),
      { rtol: 1e-6 },
    )
    const back = differentialVoltage(curve)
    expect(back.unit).toBe('V g/mAh')
    expectClose(
      back.values,
      back.values.map(() => -0.002 * 60 * 0.05),
      { rtol: 1e-6 },
    )
  })

  it('leaves steps at constant voltage out when told so', () => {
    const echem = createElectrochemistry({
      time: numbers(20, i => 60 * i),
      potential: numbers(20, i => Math.min(4.2, 4 + 0.02 * i)),
      current: numbers(20, i => (i === 0 ? 0 : 1e-3)),
      mode: numbers(20, i => (i > 10 ? 3 : 2)),
    })
    const half = findHalfCycles(echem)[0]!
    expect(halfCycleCurve(echem, half).rows.length).toBe(19)
    expect(halfCycleCurve(echem, half, { constantVoltage: false }).rows.length).toBe(10)
  })

  it('refuses curves that are none', () => {
    expect(errorCode(() => differentialCapacity({ potential: [3, 4], capacity: [0, 1] }))).toBe('E_SHAPE')
    expect(errorCode(() => differentialCapacity({ potential: [3, 3.5, 4], capacity: [0, 2, 1] }))).toBe('E_AXIS')
    expect(errorCode(() => differentialCapacity({ potential: [3, 3.5, 4], capacity: [1, 1, 1] }))).toBe('E_RANGE')
    expect(errorCode(() => differentialCapacity({ potential: [3, Number.NaN, 4], capacity: [0, 1, 2] }))).toBe('E_NAN')
    expect(errorCode(() => differentialCapacity({ potential: [3, 3.5, 4], capacity: [0, 1, 2] }, { fwhm: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => differentialCapacity({ potential: [3, 3.5, 4], capacity: [0, 1, 2] }, { fwhm: 1e-9 }))).toBe('E_LIMIT')
  })
})

describe('differentialVoltage', () => {
  it('finds where a phase ends', () => {
    const curve = differentialVoltage(galvanostatic(3000))
    const peaks = findPeaks(curve.capacity, curve.values, { shoulders: false, minSnr: 5 })
    const inner = peaks.filter(p => p.centre > 10 && p.centre < 160)
    // between plateaus of 80, 60 and 30 mAh/g
    expectClose(
      inner.map(p => p.centre),
      [80, 140],
      { atol: 0.5 },
    )
    expectClose(curve.smoothing.width, 0.02 * 170, { rtol: 1e-3 })
  })

  it('sees the same potential however densely the cycler wrote', () => {
    const f = (q: number): number => 3 + 0.3 * Math.sin(q / 20)
    const even = numbers(2001, i => i / 20)
    const uneven = numbers(2001, i => 100 * (i / 2000) ** 3)
    const a = differentialVoltage({ capacity: even, potential: even.map(f) })
    const b = differentialVoltage({ capacity: uneven, potential: uneven.map(f) })
    expectClose(a.values, b.values, { atol: 1e-5 })
    // where the window is centred; at the ends the parabola leans on one side only
    expectClose(a.values.slice(4, -4), a.capacity.map(q => 0.015 * Math.cos(q / 20)).slice(4, -4), { atol: 5e-6 })
  })

  it('refuses a window that is none', () => {
    const curve = { potential: [3, 3.5, 4], capacity: [0, 1, 2] }
    expect(errorCode(() => differentialVoltage(curve, { window: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => differentialVoltage(curve, { window: 3 }))).toBe('E_RANGE')
    expect(errorCode(() => differentialVoltage(curve, { window: 1e-7 }))).toBe('E_LIMIT')
  })
})
