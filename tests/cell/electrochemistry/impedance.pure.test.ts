import fc from 'fast-check'
import { createElectrochemistry } from 'operando'
import { createCircuit, createImpedance, fitCircuit, impedanceSpectra, kramersKronig } from 'operando/cell'
import { createRandom } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const frequency = Float64Array.from({ length: 57 }, (_, i) => 10 ** (5 - i / 8))

describe('createCircuit', () => {
  it('gives the closed forms at their limits', () => {
    // Randles: all of R0 + R1 at 0 Hz, R0 at infinity, the top of the arc at 1 / (2 pi R C)
    const randles = createCircuit('R0-p(R1,C1)')
    const z = randles.impedance({ R0: 10, R1: 100, C1: 1e-5 }, [1e-6, 1 / (2 * Math.PI * 1e-3), 1e9])
    expectClose(z.real, [110, 60, 10], { rtol: 1e-9 })
    expectClose(z.imaginary[1]!, -50, { rtol: 1e-12 })
    // finite diffusion: against a wall it becomes a capacitance tau / Z0 behind Z0 / 3, to a reservoir the resistance Z0
    const wall = createCircuit('Wo1').impedance({ 'Wo1.Z0': 30, 'Wo1.tau': 5 }, [1e-5])
    expectClose(wall.real, [10], { rtol: 1e-6 })
    expectClose(wall.imaginary, [-30 / (5 * 2 * Math.PI * 1e-5)], { rtol: 1e-6 })
    expectClose(createCircuit('Ws1').impedance({ 'Ws1.Z0': 30, 'Ws1.tau': 5 }, [1e-6]).real, [30], { rtol: 1e-6 })
    // both are the semi-infinite Warburg when fast, sigma = Z0 / sqrt(2 tau)
    const fast = [1e3, 1e12]
    const open = createCircuit('Wo1').impedance({ 'Wo1.Z0': 30, 'Wo1.tau': 5 }, fast)
    const infinite = createCircuit('W1').impedance({ 'W1.sigma': 30 / Math.sqrt(10) }, fast)
    expectClose(open.real, infinite.real, { rtol: 1e-9 })
    expectClose(open.imaginary, infinite.imaginary, { rtol: 1e-9 })
  })

  it('has the derivatives that differences have, for any circuit and values', () => {
    const circuits = ['L0-R0-p(R1,CPE1)-W1', 'R0-p(R1-Wo1,CPE1)', 'p(R1-Ws1,C1)-p(R2,p(C2,R3-L1))']
    fc.assert(
      fc.property(
        fc.constantFrom(...circuits),
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
        (text, logs) => {
          const circuit = createCircuit(text)
          const p = Float64Array.from(circuit.parameters, (q, k) =>
            q.name.endsWith('.n') ? 0.75 + 0.2 * logs[k]! : 10 ** logs[k]!,
          )
          const omega = Float64Array.of(0.1, 1, 30)
          const n = 2 * omega.length
          const jacobian = new Float64Array(n * p.length)
          circuit.evaluate(p, omega, new Float64Array(n), jacobian)
          for (let k = 0; k < p.length; k++) {
            const h = 1e-5 * p[k]!
            const at = (x: number): Float64Array => {
              const out = new Float64Array(n)
              circuit.evaluate(
                Float64Array.from(p, (v, j) => (j === k ? x : v)),
                omega,
                out,
                null,
              )
              return out
            }
            const [a, b, middle] = [at(p[k]! - h), at(p[k]! + h), at(p[k]!)]
            // rounding of the difference, and its third derivative
            const size = Math.max(...middle.map(Math.abs))
            for (let i = 0; i < n; i++)
              expect(Math.abs((b[i]! - a[i]!) / (2 * h) - jacobian[k * n + i]!) * p[k]!).toBeLessThan(1e-7 * size)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says where a circuit is wrong', () => {
    expect(errorText(() => createCircuit('R0-p(R1,CPE1)-Q1'))).toMatch(
      /^E_FORMAT .*character 15: an element R, C, L, CPE, W, Wo, Ws/,
    )
    expect(errorText(() => createCircuit('R0-p(R1,C1'))).toMatch(/^E_FORMAT .*character 11: "," or "\)"/)
    expect(errorText(() => createCircuit('R0-p(R1)'))).toMatch(/second branch/)
    expect(errorText(() => createCircuit('R1-R1'))).toMatch(/another number than that of the R1/)
    expect(errorText(() => createCircuit('R0 R1'))).toMatch(/"-" or the end/)
    expect(errorCode(() => createCircuit(''))).toBe('E_FORMAT')
    expect(errorCode(() => createCircuit('R'))).toBe('E_FORMAT')
    expect(errorCode(() => createCircuit(`${'p('.repeat(9999)}R1`))).toBe('E_FORMAT')
    expect(errorCode(() => createCircuit('toString1'))).toBe('E_FORMAT')
    expect(errorCode(() => createCircuit('R0').impedance({}, [1]))).toBe('E_MISSING')
    expect(errorCode(() => createCircuit('R0').impedance({ R0: -1 }, [1]))).toBe('E_RANGE')
  })
})

describe('fitCircuit', () => {
  const text = 'R0-p(R1,CPE1)-W1'
  const truth = { R0: 3, R1: 50, 'CPE1.Q': 3e-5, 'CPE1.n': 0.88, 'W1.sigma': 12 }
  const clean = createCircuit(text).impedance(truth, frequency)

  it.each(['modulus', 'proportional', 'unit'] as const)(
    'finds a circuit from its spectrum without being told where to start: weights %s',
    weights => {
      const fit = fitCircuit(clean, text, { weights })
      for (const [name, value] of Object.entries(truth)) expectClose(fit.values[name]!, value, { rtol: 1e-6 })
      expect(fit.rFactor).toBeLessThan(1e-9)
      expect(fit.converged).toBe(true)
    },
  )

  it('has standard errors that are the scatter of repeated measurements', () => {
    const random = createRandom(5)
    const fits = Array.from({ length: 100 }, () => {
      const noisy = clean.real.map((re, i) => re + 0.005 * Math.hypot(re, clean.imaginary[i]!) * random.normal())
      const im = clean.imaginary.map((v, i) => v + 0.005 * Math.hypot(clean.real[i]!, v) * random.normal())
      return fitCircuit({ frequency, real: noisy, imaginary: im }, text, { starts: 1, parameters: truth })
    })
    for (const name of Object.keys(truth)) {
      const values = fits.map(f => f.values[name]!)
      const mean = values.reduce((a, b) => a + b, 0) / 100
      const scatter = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / 99)
      const told = fits.reduce((s, f) => s + f.parameters[name]!.standardError!, 0) / 100
      // the scatter of 100 is itself known to 7 %
      expectClose(told, scatter, { rtol: 0.21 })
    }
  })

  it('holds what is held, and fits in part of the range', () => {
    const fit = fitCircuit(clean, text, { parameters: { R0: { value: 3.5, vary: false } }, range: [10, 1e4] })
    expect(fit.values.R0).toBe(3.5)
    expect(fit.parameters.R0!.standardError).toBeNull()
    expect(fit.points).toBe(2 * [...frequency].filter(f => f >= 10 && f <= 1e4).length)
  })

  it('gives the same answer for the same seed', () => {
    expect(fitCircuit(clean, text, { seed: 3 }).values).toEqual(fitCircuit(clean, text, { seed: 3 }).values)
  })

  it('refuses what makes no sense', () => {
    expect(errorCode(() => fitCircuit(clean, text, { parameters: { R7: 1 } }))).toBe('E_MISSING')
    expect(errorCode(() => fitCircuit(clean, text, { parameters: { R0: -1 } }))).toBe('E_RANGE')
    expect(errorCode(() => fitCircuit(clean, text, { weights: 'none' as never }))).toBe('E_ARGUMENT')
    expect(errorCode(() => fitCircuit(clean, text, { weights: frequency.map(() => 0) }))).toBe('E_RANGE')
    expect(errorCode(() => fitCircuit(clean, text, { range: [1e7, 1e8] }))).toBe('E_RANGE')
    expect(errorCode(() => fitCircuit(createImpedance({ frequency: [1, 2], real: [1, 2], imaginary: [1, 1] }), text))).toBe(
      'E_SHAPE',
    )
    expect(errorCode(() => createImpedance({ frequency: [0], real: [1], imaginary: [1] }))).toBe('E_RANGE')
    expect(errorCode(() => createImpedance({ frequency: [1], real: [Number.NaN], imaginary: [1] }))).toBe('E_NAN')
    expect(errorCode(() => createImpedance({ frequency: [], real: [], imaginary: [] }))).toBe('E_SHAPE')
  })
})

describe('kramersKronig', () => {
  const circuits: [string, Record<string, number>][] = [
    ['R0-p(R1,CPE1)', { R0: 10, R1: 100, 'CPE1.Q': 1e-5, 'CPE1.n': 0.8 }],
    ['L0-R0-p(R1,CPE1)-Wo1', { L0: 1e-7, R0: 2, R1: 40, 'CPE1.Q': 2e-4, 'CPE1.n': 0.9, 'Wo1.Z0': 20, 'Wo1.tau': 30 }],
  ]
  it.each(circuits)('accepts what a circuit can give: %s', (text, values) => {
    const check = kramersKronig(createCircuit(text).impedance(values, frequency))
    expect(check.consistent).toBe(true)
    expect(check.rms).toBeLessThan(1e-3)
  })

  it('finds a cell that changed while it was measured', () => {
    const z = createCircuit(circuits[0]![0]).impedance(circuits[0]![1], frequency)
    const drifting = { ...z, real: z.real.map((re, i) => re * (1 + 0.2 * (i / 56) ** 2)) }
    const check = kramersKronig(drifting)
    expect(check.consistent).toBe(false)
    expect(check.suspect.length).toBeGreaterThan(3)
  })

  it('refuses too few frequencies and limits that are none', () => {
    const z = createImpedance({ frequency: [1, 2, 3], real: [1, 1, 1], imaginary: [-1, -1, -1] })
    expect(errorCode(() => kramersKronig(z))).toBe('E_SHAPE')
    const whole = createCircuit('R0').impedance({ R0: 1 }, frequency)
    expect(errorCode(() => kramersKronig(whole, { muLimit: 2 }))).toBe('E_RANGE')
    expect(errorCode(() => kramersKronig(whole, { tolerance: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => kramersKronig(whole, { elements: 0.5 }))).toBe('E_RANGE')
  })
})

describe('impedanceSpectra', () => {
  it('cuts a record into its sweeps and gives Im Z its sign', () => {
    const f = [0, 100, 10, 1, 100, 10, 1, 0, 0, 50, 5]
    const echem = createElectrochemistry({
      time: f.map((_, i) => i),
      potential: f.map((_, i) => 3 + i / 10),
      current: f.map(() => 0),
      columns: {
        'freq/Hz': { values: f, unit: 'Hz' },
        'Re(Z)/Ohm': { values: f.map(v => (v > 0 ? v : 0)), unit: 'Ω' },
        '-Im(Z)/Ohm': { values: f.map(v => (v > 0 ? 2 : 0)), unit: 'Ω' },
      },
    })
    const spectra = impedanceSpectra(echem)
    expect(spectra.map(s => [...s.frequency])).toEqual([
      [100, 10, 1],
      [100, 10, 1],
      [50, 5],
    ])
    expect(spectra[0]!.imaginary).toEqual(Float64Array.of(-2, -2, -2))
    expectClose(spectra[1]!.potential!, 3.5, { rtol: 1e-12 })
    expect(spectra[2]!.time).toBe(9)
    expect(errorCode(() => impedanceSpectra(echem, { of: 'counter' }))).toBe('E_MISSING')
    expect(errorCode(() => impedanceSpectra(echem, { of: 'anode' as never }))).toBe('E_ARGUMENT')
  })
})
