import { createCircuit, createImpedance, relaxationTimes } from 'operando/cell'
import { createRandom } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const frequency = Float64Array.from({ length: 71 }, (_, i) => 10 ** (6 - i / 8))

/** R in parallel with a constant phase element: its distribution in closed form. */
const closedForm = (tau: number, { r, at, n }: { r: number; at: number; n: number }): number =>
  ((r / (2 * Math.PI)) * Math.sin((1 - n) * Math.PI)) / (Math.cosh(n * Math.log(tau / at)) - Math.cos((1 - n) * Math.PI))

const arcs = [
  { r: 40, at: 1e-4, n: 0.8 },
  { r: 60, at: 0.1, n: 0.85 },
]
const values = {
  R0: 10,
  ...Object.fromEntries(
    arcs.flatMap(({ r, at, n }, k) => [
      [`R${k + 1}`, r],
      [`CPE${k + 1}.Q`, at ** n / r],
      [`CPE${k + 1}.n`, n],
    ]),
  ),
}
const clean = createCircuit('R0-p(R1,CPE1)-p(R2,CPE2)').impedance(values, frequency)

describe('relaxationTimes', () => {
  it('tends to the closed form of two depressed arcs as the penalty falls', () => {
    const errorAt = (lambda: number): number => {
      const { tau, gamma, resistance } = relaxationTimes(clean, { lambda })
      expectClose(resistance, 10, { rtol: 2e-3 })
      const truth = Array.from(tau, t => arcs.reduce((sum, arc) => sum + closedForm(t, arc), 0))
      // within the frequencies measured
      const off = truth
        .filter((_, k) => tau[k]! > 1e-6 && tau[k]! < 10)
        .map((g, j) => Math.abs(gamma[tau.findIndex(t => t > 1e-6) + j]! - g))
      return Math.max(...off) / Math.max(...truth)
    }
    const errors = [1e-5, 1e-7, 1e-9, 1e-11].map(errorAt)
    errors.forEach((e, k) => {
      if (k > 0) expect(e).toBeLessThan(errors[k - 1]!)
    })
    expect(errors[3]!).toBeLessThan(0.02)
  })

  it('finds the processes of a noisy spectrum where they are, with their resistance, never negative', () => {
    const random = createRandom(4)
    const noisy = (v: Float64Array): Float64Array =>
      v.map((x, i) => x + 0.003 * Math.hypot(clean.real[i]!, clean.imaginary[i]!) * random.normal())
    const { tau, gamma, lambda } = relaxationTimes({ frequency, real: noisy(clean.real), imaginary: noisy(clean.imaginary) })
    expect(lambda).toBeGreaterThan(1e-8)
    expect(gamma.every(g => g >= 0)).toBe(true)
    const step = Math.log(tau[1]! / tau[0]!)
    for (const { at, r } of arcs) {
      const near = [...tau.keys()].filter(k => Math.abs(Math.log10(tau[k]! / at)) < 1.5)
      const top = near.reduce((a, b) => (gamma[b]! > gamma[a]! ? b : a))
      expect(Math.abs(Math.log10(tau[top]! / at))).toBeLessThan(0.15)
      expectClose(
        near.reduce((sum, k) => sum + gamma[k]! * step, 0),
        r,
        { rtol: 0.06 },
      )
    }
  })

  it('gives the spectrum back', () => {
    const { spectrum } = relaxationTimes(clean)
    spectrum.real.forEach((re, i) => {
      expect(Math.hypot(re - clean.real[i]!, spectrum.imaginary[i]! - clean.imaginary[i]!)).toBeLessThan(
        0.01 * Math.hypot(clean.real[i]!, clean.imaginary[i]!),
      )
    })
  })

  it('takes a series capacitance when told so', () => {
    const z = createCircuit('R0-p(R1,C1)-C2').impedance({ R0: 10, R1: 50, C1: 1e-4, C2: 2 }, frequency)
    expectClose(relaxationTimes(z, { capacitance: true }).capacitance!, 2, { rtol: 0.05 })
    expect(relaxationTimes(clean).capacitance).toBeNull()
  })

  it('refuses too few frequencies and weights that are none', () => {
    expect(errorCode(() => relaxationTimes(createImpedance({ frequency: [1], real: [1], imaginary: [0] })))).toBe('E_SHAPE')
    expect(errorCode(() => relaxationTimes(clean, { lambda: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => relaxationTimes(clean, { perDecade: 0 }))).toBe('E_RANGE')
  })
})
