import { describe, expect, it } from 'vitest'
import { createUnitCell, isOperandoError, reflections, spaceGroup } from '../../src/index.js'
import { createRandom } from '../../src/numeric/index.js'
import { createFreeCell } from '../../src/scattering/bragg/phases/freeCell.js'
import { phaseParameters } from '../../src/scattering/bragg/phases/phaseParameters.js'
import { createPhaseProblem, radiationOf } from '../../src/scattering/bragg/phases/phaseProblem.js'
import { createPhaseFit, type FitPhase, K_ALPHA, simulatePattern } from '../../src/scattering/index.js'
import { expectClose } from '../matchers.js'

const WAVELENGTH = 0.8266
const twoTheta = Float64Array.from({ length: 701 }, (_, i) => 12 + 0.02 * i)

function phase(name: string, cell: Parameters<typeof createUnitCell>[0], group: string, more: Partial<FitPhase> = {}): FitPhase {
  const unitCell = createUnitCell(cell)
  const list = reflections(unitCell, spaceGroup(group), { dMin: 1.6 })
  // any intensities will do, as long as they differ
  const lines = Array.from({ length: list.count }, (_, i) => ({
    hkl: [list.hkl[3 * i]!, list.hkl[3 * i + 1]!, list.hkl[3 * i + 2]!] as const,
    multiplicity: list.multiplicity[i]!,
    f2: 400 + 300 * Math.cos(3 * i),
  }))
  return { name, cell: unitCell, reflections: lines, ...more }
}
const olivine = { a: 10.332, b: 6.01, c: 4.692 }
const rich = phase('rich', olivine, 'Pnma', { couple: 'olivine', formulaUnits: 4 })
const poor = phase('poor', { a: 9.8142, b: 5.7893, c: 4.782 }, 'Pnma', { couple: 'olivine', formulaUnits: 4 })
const copper = phase('Cu', { a: 3.6149 }, 'Fm-3m', { fixedCell: true })
const background = twoTheta.map(x => 300 - 6 * x)

function pattern(amounts: readonly [FitPhase, number][], zero = 0): Float64Array {
  const lines = simulatePattern(
    twoTheta.map(x => x - zero),
    amounts.map(([own, amount]) => ({ ...own, amount })),
    { wavelength: WAVELENGTH, fwhm: 0.07, eta: 0.4 },
  )
  return lines.map((y, i) => y + background[i]!)
}

describe('the fit of known phases', () => {
  it('gives back scales, cells, width and fraction of a pattern without noise', () => {
    const fit = createPhaseFit(twoTheta, [rich, poor], { wavelength: WAVELENGTH, background: 3 })
    const moved = { ...rich, cell: createUnitCell({ a: 10.34, b: 6.005, c: 4.69 }) }
    const { parameters, absent, converged } = fit.fit({
      intensity: pattern([
        [moved, 0.3],
        [poor, 0.1],
      ]),
    })
    expect(converged).toBe(true)
    expect(absent).toEqual([])
    // lines are cut at 30 widths, where 1.1e-4 of a Lorentzian's height is left
    expectClose(parameters['rich.scale']!.value, 0.3, { rtol: 3e-3 })
    expectClose(parameters['rich.a']!.value, 10.34, { atol: 2e-5 })
    expectClose(parameters['rich.b']!.value, 6.005, { atol: 2e-5 })
    expectClose(parameters['poor.fwhm']!.value, 0.07, { rtol: 3e-3 })
    expectClose(parameters['poor.fraction']!.value, 0.25, { atol: 5e-4 })
  })

  it.each([
    ['cubic', { a: 8.1 }, 'Fd-3m'],
    ['tetragonal', { a: 4.6, c: 2.96 }, 'P42/mnm'],
    ['hexagonal', { a: 2.87, c: 14.22, gamma: 120 }, 'R-3m'],
    ['orthorhombic', olivine, 'Pnma'],
    ['monoclinic', { a: 5, b: 8.6, c: 5.1, beta: 109 }, 'C2/m'],
  ] as const)('has derivatives that differences confirm, %s', (_, cell, group) => {
    const own = phase('P', cell, group)
    const layout = phaseParameters(twoTheta, [own], {}, 3)
    const problem = createPhaseProblem(
      twoTheta,
      layout,
      radiationOf({ doublet: { wavelengths: [0.83, 0.834], ratio: 0.5 }, polarization: 0.7 }),
    )
    problem.load({ intensity: background })
    const p = Float64Array.from(layout.inputs, ({ name, value }) =>
      name === 'P.scale' ? 0.02 : name.startsWith('background') ? 20 : value!,
    )
    const n = twoTheta.length
    const jacobian = new Float64Array(n * p.length)
    const residual = new Float64Array(n)
    problem.evaluate(p, residual, jacobian)
    for (let j = 0; j < p.length; j++) {
      const step = 3e-6 * (Math.abs(p[j]!) || 0.1)
      const [above, below] = [1, -1].map(sign => {
        const moved = p.slice()
        moved[j] = p[j]! + sign * step
        const out = new Float64Array(n)
        problem.evaluate(moved, out, null)
        return out
      })
      const slope = above!.map((v, i) => (v - below![i]!) / (2 * step))
      const size = slope.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
      expectClose(jacobian.slice(j * n, (j + 1) * n), slope, { atol: 2e-5 * size })
    }
  })

  it('claims uncertainties that its scatter over noisy patterns bears out', () => {
    const fit = createPhaseFit(twoTheta, [rich, poor], { wavelength: WAVELENGTH, background: 3 })
    const clean = pattern([
      [rich, 0.02],
      [poor, 0.03],
    ])
    const pulls: number[] = []
    let seed: Record<string, number> | undefined
    for (let k = 0; k < 60; k++) {
      const { parameters } = fit.fit({ intensity: createRandom(11, k).counts(clean) }, seed)
      seed = Object.fromEntries(Object.values(parameters).map(p => [p.name, p.value]))
      for (const [name, truth] of [
        ['poor.fraction', 0.6],
        ['rich.a', 10.332],
        ['poor.c', 4.782],
      ] as const)
        pulls.push((parameters[name]!.value - truth) / parameters[name]!.standardError!)
    }
    const rms = Math.sqrt(pulls.reduce((sum, p) => sum + p * p, 0) / pulls.length)
    // 180 pulls, three of a fit nearly independent: 1 with a standard deviation of about 0.06
    expect(rms).toBeGreaterThan(0.8)
    expect(rms).toBeLessThan(1.2)
  })

  it('holds cell and width of an absent phase, and still tells its fraction with an uncertainty', () => {
    const fit = createPhaseFit(twoTheta, [rich, poor], { wavelength: WAVELENGTH, background: 3 })
    const { parameters, absent } = fit.fit({ intensity: createRandom(5).counts(pattern([[rich, 0.05]])) })
    expect(absent).toEqual(['poor'])
    expect(parameters['poor.a']!.standardError).toBeNull()
    expect(parameters['poor.a']!.value).toBe(9.8142)
    expect(Math.abs(parameters['poor.fraction']!.value)).toBeLessThan(4 * parameters['poor.fraction']!.standardError!)
  })

  it('tells the zero of 2theta by a phase of known cell', () => {
    const fit = createPhaseFit(twoTheta, [rich, copper], { wavelength: WAVELENGTH, background: 3, zero: 'refine' })
    const { parameters } = fit.fit({
      intensity: pattern(
        [
          [rich, 0.3],
          [copper, 0.05],
        ],
        0.012,
      ),
    })
    expectClose(parameters.zero!.value, 0.012, { atol: 2e-5 })
    expectClose(parameters['rich.a']!.value, 10.332, { atol: 5e-5 })
    expect(() => createPhaseFit(twoTheta, [rich], { wavelength: WAVELENGTH, zero: 'refine' })).toThrow(/fixedCell/)
  })

  it('finds a phase again whose cell has moved by ten widths of its lines', () => {
    const one = phase('one', { a: 5 }, 'Fm-3m')
    const fit = createPhaseFit(twoTheta, [one], { wavelength: WAVELENGTH, background: 2 })
    const moved = { ...one, cell: createUnitCell({ a: 5.1 }) }
    const { parameters } = fit.fit({ intensity: pattern([[moved, 0.05]]) }, { 'one.a': 5, 'one.fwhm': 0.07 })
    expectClose(parameters['one.a']!.value, 5.1, { atol: 1e-4 })
  })

  it('leaves masked points out of the fit, its misfit and its degrees of freedom', () => {
    const fit = createPhaseFit(twoTheta, [rich], { wavelength: WAVELENGTH, background: 3 })
    const intensity = createRandom(3).counts(pattern([[rich, 0.05]]))
    const mask = Uint8Array.from(twoTheta, x => (x > 20 && x < 21 ? 1 : 0))
    const spoilt = intensity.map((y, i) => (mask[i] ? Number.NaN : y))
    const result = fit.fit({ intensity: spoilt, mask })
    expect(result.points).toBe(701 - mask.reduce((sum, m) => sum + m, 0))
    expect(result.reducedChiSquare).toBeGreaterThan(0.8)
    expect(result.reducedChiSquare).toBeLessThan(1.2)
    const untouched = fit.fit({ intensity: intensity.map((y, i) => (mask[i] ? 1e6 : y)), mask })
    expectClose(untouched.parameters['rich.a']!.value, result.parameters['rich.a']!.value, { rtol: 1e-9 })
  })

  it('takes its pattern apart into phases and background', () => {
    const fit = createPhaseFit(twoTheta, [rich, poor], { wavelength: WAVELENGTH, background: 2 })
    const intensity = pattern([
      [rich, 0.2],
      [poor, 0.1],
    ])
    const { parameters } = fit.fit({ intensity })
    const values = Object.fromEntries(Object.values(parameters).map(p => [p.name, p.value]))
    const { calculated, background: below, phases } = fit.curves(values)
    expectClose(
      calculated,
      below.map((b, i) => b + phases.rich![i]! + phases.poor![i]!),
      { rtol: 1e-12 },
    )
  })

  it('refuses phases without name, lines in range or wavelength, saying which', () => {
    const wavelength = WAVELENGTH
    expect(() => createPhaseFit(twoTheta, [], { wavelength })).toThrow(/at least one/)
    expect(() => createPhaseFit(twoTheta, [rich, rich], { wavelength })).toThrow(/comes twice/)
    expect(() => createPhaseFit(twoTheta, [rich], {})).toThrow(/wavelength/)
    const far = { ...rich, reflections: [{ hkl: [1, 0, 0] as const, multiplicity: 2, f2: 1 }] }
    expect(() => createPhaseFit(twoTheta, [far], { wavelength })).toThrow(/none of its lines/)
    const fit = createPhaseFit(twoTheta, [rich], { wavelength })
    try {
      fit.fit({ intensity: background, sigma: background.map(() => 0) })
      expect.unreachable()
    } catch (error) {
      expect(isOperandoError(error, 'E_RANGE')).toBe(true)
    }
  })

  it('puts both lines of a tube where Bragg says', () => {
    const doublet = K_ALPHA.Cu
    const wide = Float64Array.from({ length: 1500 }, (_, i) => 35 + 0.02 * i)
    const one = phase('one', { a: 5.43102 }, 'Fd-3m')
    const single = (w: number, amount: number): Float64Array =>
      simulatePattern(wide, [{ ...one, amount }], { wavelength: w, fwhm: 0.1 })
    const [first, second] = doublet.wavelengths
    const a = single(first, 0.2 / 1.5)
    const b = single(second, 0.1 / 1.5)
    const { parameters } = createPhaseFit(wide, [one], { doublet, background: 2 }).fit({
      intensity: a.map((v, i) => v + b[i]! + 50),
    })
    expectClose(parameters['one.a']!.value, 5.43102, { atol: 2e-5 })
    expectClose(parameters['one.scale']!.value, 0.2, { rtol: 5e-3 })
  })
})

describe('the free numbers of a cell', () => {
  it('are those that the lattice system leaves', () => {
    const names = (cell: Parameters<typeof createUnitCell>[0]): readonly string[] =>
      createFreeCell(createUnitCell(cell), []).names
    expect(names({ a: 4 })).toEqual(['a'])
    expect(names({ a: 4, c: 5 })).toEqual(['a', 'c'])
    expect(names({ a: 4, c: 12, gamma: 120 })).toEqual(['a', 'c'])
    expect(names({ a: 4, b: 5, c: 6 })).toEqual(['a', 'b', 'c'])
    expect(names({ a: 4, b: 5, c: 6, beta: 100 })).toEqual(['a', 'b', 'c', 'beta'])
    expect(names({ a: 4, b: 5, c: 6, alpha: 80, beta: 100, gamma: 95 })).toHaveLength(6)
  })
})
