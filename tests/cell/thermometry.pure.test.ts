import fc from 'fast-check'
import { isOperandoError } from 'operando'
import { latticeParameter, latticeTemperature, separateHeating, type ThermalExpansion, thermalExpansion } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import expansion from '../reference/cell/expansion.json'

const strain = (metal: 'Cu' | 'Al' | ThermalExpansion, to: number, from = 293.15): number =>
  Math.log(latticeParameter(metal, to) / latticeParameter(metal, from))

describe('thermalExpansion', () => {
  it('repeats what NIST certifies for copper, and the recommended curve of aluminium', () => {
    for (const metal of ['Cu', 'Al'] as const) {
      const got = expansion.T.map(t => strain(metal, t))
      expectClose(got, expansion.strain[metal], { rtol: 1.5e-3, atol: 2e-7, peer: expansion.peer })
    }
  })

  it('agrees with the lattice parameters of copper that Wang and Reeber tabulate, an independent source, within what it states', () => {
    const { T, a } = expansion.reeber
    const from300 = (t: number): number => strain('Cu', t, 300)
    const theirs = a.map(value => Math.log(value / a[T.indexOf(300)]!))
    expectClose(T.map(from300), theirs, { rtol: thermalExpansion('Cu').relativeSigma, atol: 3e-6 })
  })

  it('agrees with the expansion of Al 6061 that NIST gives, which states 4 %, and with handbook coefficients to 1.5 %', () => {
    expectClose(
      expansion.nist6061.T.map(t => strain('Al', t)),
      expansion.nist6061.strain,
      { rtol: 0.04, atol: 1e-6 },
    )
    const { T, alpha } = expansion.aip
    for (const [i, t] of T.entries())
      if (t > 150) expectClose(strain('Al', t + 0.01, t - 0.01) / 0.02, alpha[i]! * 1e-6, { rtol: 0.015 })
  })

  it('knows no other metal, and says how to bring one', () => {
    expect(errorText(() => thermalExpansion('Ni' as 'Cu'))).toMatch(/^E_MISSING .*Give your own/)
    const nickel: ThermalExpansion = { ...thermalExpansion('Cu'), metal: 'Ni', temperatures: [200, 400], coefficients: [11, 15] }
    expectClose(strain(nickel, 300, 200), 12e-6 * 100, { rtol: 1e-12 })
    expect(errorCode(() => latticeParameter({ ...nickel, coefficients: [11] }, 300))).toBe('E_SHAPE')
    expect(errorCode(() => latticeParameter({ ...nickel, temperatures: [400, 200] }, 300))).toBe('E_AXIS')
    expect(errorCode(() => latticeParameter({ ...nickel, coefficients: [11, -1] }, 300))).toBe('E_RANGE')
  })
})

describe('latticeTemperature', () => {
  it('gives back the temperature of a lattice parameter, anywhere in the table', () => {
    fc.assert(
      fc.property(fc.constantFrom('Cu' as const, 'Al' as const), fc.double({ min: 150, max: 600, noNaN: true }), (metal, t) => {
        // rounding may put the ends of the table outside
        const inside = Math.min(599.9999, Math.max(150.0001, t))
        expectClose(latticeTemperature(metal, latticeParameter(metal, inside)).temperature, inside, { atol: 1e-6 })
      }),
    )
  })

  it('follows the bend of the expansion: a constant coefficient is about 1 K off at 80 °C for copper, more for aluminium', () => {
    const constant = (metal: 'Cu' | 'Al'): number => {
      const t = 353.15
      const table = thermalExpansion(metal)
      const alpha = strain(metal, 293.16, 293.14) / 0.02
      return 293.15 + (latticeParameter(metal, t) / table.latticeParameter - 1) / alpha - t
    }
    expect(constant('Cu')).toBeGreaterThan(0.7)
    expect(constant('Cu')).toBeLessThan(1.5)
    expect(constant('Al')).toBeGreaterThan(1)
    expect(constant('Al')).toBeLessThan(2)
  })

  it('propagates the uncertainty of lattice parameter, reference and table: as many draws scatter', () => {
    const reference = { latticeParameter: 3.615, sigma: 3e-5, temperature: '25 °C' } as const
    const { temperature, sigma, parts } = latticeTemperature('Cu', 3.618, { sigma: 4e-5, reference })
    const slope = (latticeTemperature('Cu', 3.61801, { reference }).temperature - temperature) / 1e-5
    expectClose(parts.measured, slope * 4e-5, { rtol: 1e-3 })
    const other = latticeTemperature('Cu', 3.618, { reference: { ...reference, latticeParameter: 3.61501 } }).temperature
    expectClose(parts.reference, ((temperature - other) / 1e-5) * 3e-5, { rtol: 1e-3 })
    expectClose(parts.expansion, 0.005 * (temperature - 298.15), { rtol: 1e-12 })
    expectClose(sigma, Math.hypot(parts.measured, parts.reference, parts.expansion), { rtol: 1e-12 })
  })

  it('says that a published lattice parameter is good to 3 K only', () => {
    expectClose(latticeTemperature('Cu', 3.6149).sigma, 2e-4 / 3.6149 / 16.6e-6, { rtol: 0.01 })
  })

  it('refuses what is no lattice parameter of the metal', () => {
    expect(errorText(() => latticeTemperature('Cu', 4.05))).toMatch(/^E_RANGE a\(Cu\) = 4.05 Å/)
    expect(errorCode(() => latticeTemperature('Al', 2.338))).toBe('E_RANGE')
    expect(errorCode(() => latticeTemperature('Al', Number.NaN))).toBe('E_RANGE')
    expect(errorCode(() => latticeTemperature('Al', 4.05, { sigma: -1 }))).toBe('E_RANGE')
    expect(errorText(() => latticeParameter('Cu', 25))).toMatch(/^E_RANGE .*Are temperatures in K\?/)
  })
})

describe('separateHeating', () => {
  const RADIAN = Math.PI / 180
  const seen = (metal: 'Cu' | 'Al', reference: number, heated: number, moved: number): number => {
    const sine = Math.sin((reference * RADIAN) / 2) * Math.exp(-strain(metal, 298.15 + heated, 298.15))
    return Math.atan(Math.tan(2 * Math.asin(sine)) * (1 - moved * 1e-6)) / RADIAN
  }
  const options = { distance: '1 m', referenceTemperature: '25 °C' } as const

  it('finds both, however the cell was heated and moved', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 200, noNaN: true }),
        fc.double({ min: -500, max: 500, noNaN: true }),
        (heat, move) => {
          const peaks = (['Cu', 'Al'] as const).map(metal => {
            const reference = metal === 'Cu' ? 5.49 : 4.9
            return { metal, reference, twoTheta: seen(metal, reference, heat, move) }
          })
          const found = separateHeating(peaks, options)
          expectClose(found.temperature, 298.15 + heat, { atol: 1e-4 })
          expectClose(found.displacement, move, { atol: 1e-2 })
        },
      ),
      { numRuns: 50 },
    )
  })

  it('takes the shift for heat where only one metal is near the beam at small angles, and refuses so', () => {
    const peak = { metal: 'Cu' as const, reference: 0.0549, twoTheta: 0.0549 }
    expect(errorText(() => separateHeating([peak, { ...peak, reference: 0.06, twoTheta: 0.06 }], options))).toMatch(/^E_SINGULAR/)
  })

  it('states uncertainties that a hundred noisy repetitions confirm', () => {
    // a fixed sequence of normal deviates by the golden ratio and Box-Muller
    const noise = (i: number): number =>
      Math.sqrt(-2 * Math.log(((i * 0.6180339887498949) % 1) + 1e-9)) * Math.cos(2 * Math.PI * ((i * 0.7548776662466927) % 1))
    const sigma = 2e-5
    const rows = (['Cu', 'Al'] as const).flatMap(metal => [4, 6, 8].map(reference => ({ metal, reference, sigma })))
    const runs = Array.from({ length: 100 }, (_, k) =>
      separateHeating(
        rows.map((row, i) => ({
          ...row,
          twoTheta: seen(row.metal, row.reference, 20, 100) + sigma * noise(1 + 6 * k + i),
        })),
        options,
      ),
    )
    const scatter = (values: number[], truth: number): number =>
      Math.sqrt(values.reduce((sum, v) => sum + (v - truth) ** 2, 0) / values.length)
    const [first] = runs
    const fromPeaks = first!.fit.parameters.temperature!.standardError!
    expectClose(
      scatter(
        runs.map(run => run.temperature),
        318.15,
      ),
      fromPeaks,
      { rtol: 0.25 },
    )
    expectClose(
      scatter(
        runs.map(run => run.displacement),
        100,
      ),
      first!.displacementSigma!,
      { rtol: 0.25 },
    )
    expect(first!.temperatureSigma!).toBeGreaterThan(fromPeaks)
  })

  it('states no uncertainty where two peaks without sigma leave none to see', () => {
    const two = (['Cu', 'Al'] as const).map(metal => ({ metal, reference: 5, twoTheta: seen(metal, 5, 10, 0) }))
    expect(separateHeating(two, options)).toMatchObject({ temperatureSigma: null, displacementSigma: null })
  })

  it('refuses one peak, angles beyond 90 degrees and no distance', () => {
    const peak = { metal: 'Cu' as const, reference: 5, twoTheta: 5 }
    expect(errorCode(() => separateHeating([peak], options))).toBe('E_ARGUMENT')
    expect(errorCode(() => separateHeating([peak, { ...peak, metal: 'Al', twoTheta: 95 }], options))).toBe('E_RANGE')
    expect(errorCode(() => separateHeating([peak, { ...peak, metal: 'Al' }], { distance: 0 }))).toBe('E_RANGE')
    try {
      separateHeating([peak, peak], options)
    } catch (error) {
      expect(isOperandoError(error, 'E_SINGULAR')).toBe(true)
    }
  })
})
