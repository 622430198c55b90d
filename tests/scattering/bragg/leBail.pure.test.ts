import { describe, expect, it } from 'vitest'
import { createUnitCell } from '../../../src/index.js'
import { createRandom } from '../../../src/numeric/index.js'
import { radiationOf } from '../../../src/scattering/bragg/phases/phaseProblem.js'
import { berarLelann } from '../../../src/scattering/bragg/refinement/agreement.js'
import { layOut } from '../../../src/scattering/bragg/refinement/patternLayout.js'
import { createPatternModel } from '../../../src/scattering/bragg/refinement/patternModel.js'
import { K_ALPHA, leBail, pawley, type RefinementResult } from '../../../src/scattering/index.js'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { draw, known, linesOf } from './lattice.js'

const WAVELENGTH = 1.5405929
const twoTheta = Float64Array.from({ length: 2001 }, (_, i) => 20 + 0.03 * i)
const layered = known('NMC', { a: 2.87, c: 14.22, gamma: 120 }, 'R-3m', { w: 0.012, size: 0.05, strain: 0.09 }, 700)
const guess = { ...layered, cell: createUnitCell({ a: 2.872, c: 14.2, gamma: 120 }) }
const background = twoTheta.map(x => 240 - 1.5 * (x - 20))
const sloped = (own: Float64Array): Float64Array => own.map((value, i) => value + background[i]!)
const clean = sloped(draw(twoTheta, [layered], WAVELENGTH))
const options = { wavelength: WAVELENGTH, background: 2 }
const numbers = (run: RefinementResult, name: string): [number, number] => {
  const { value, standardError } = run.parameters[name]!
  return [value, standardError!]
}

describe('the derivatives of the pattern', () => {
  it('are those that differences give, for every parameter', () => {
    const radiation = radiationOf({ doublet: K_ALPHA.Cu, polarization: 0 })
    const setting = { name: '', x: twoTheta, radiation, options: { background: 3 } }
    const layout = layOut([setting], [layered], ['leBail'], {})
    const [pattern] = layout.patterns
    const model = createPatternModel(pattern!, 40)
    const start: Record<string, number> = {
      zero: 0.01,
      displacement: -0.02,
      u: 0.004,
      v: -0.003,
      w: 0.01,
      p: 0.001,
      size: 0.04,
      strain: 0.05,
      constant: 0.01,
    }
    const p = Float64Array.from(layout.inputs, ({ name, value }) => start[name.replace('NMC.', '')] ?? value ?? 50)
    const n = twoTheta.length
    model.settle(p, new Float64Array(n).fill(1))
    const areas = Float64Array.from({ length: pattern!.lines }, (_, k) => 10 + k)
    const jacobian = new Float64Array(n * p.length)
    const draw = (values: Float64Array): Float64Array => {
      for (const { cell, cellAt, spacings } of layout.phases) cell.spacings(values, cellAt, spacings)
      model.draw(values)
      const out = new Float64Array(n)
      model.sum(areas, out)
      return out
    }
    draw(p)
    model.addSlopes(areas, jacobian, n, new Uint8Array(p.length).fill(1))
    layout.inputs.forEach(({ name }, j) => {
      if (name.startsWith('background')) return
      const step = 1e-6 * Math.max(Math.abs(p[j]!), 0.01)
      const at = (sign: number): Float64Array => {
        const moved = p.slice()
        moved[j]! += sign * step
        return draw(moved)
      }
      const [above, below] = [at(1), at(-1)]
      const slope = above.map((value, i) => (value - below[i]!) / (2 * step))
      const size = slope.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      expectClose(jacobian.slice(j * n, (j + 1) * n), slope, { atol: 3e-5 * size })
    })
  })
})

describe.each([
  ['Le Bail', leBail],
  ['Pawley', pawley],
] as const)("%s's refinement", (_, refine) => {
  it('gives back cell, widths, background and intensities of a pattern without noise', () => {
    const { parameters, cells, lines, agreement, converged } = refine({ twoTheta, intensity: clean }, [guess], options)
    expect(converged).toBe(true)
    // lines are cut at 40 widths, where half a percent of a Lorentzian's area is left
    expectClose(cells.NMC!.a, 2.87, { atol: 2e-5 })
    expectClose(cells.NMC!.c, 14.22, { atol: 2e-4 })
    expectClose(cells.NMC!.b, cells.NMC!.a, { rtol: 1e-15 })
    expectClose(parameters['NMC.strain']!.value, 0.09, { rtol: 0.05 })
    expect(agreement.rwp).toBeLessThan(2e-3)
    const truth = linesOf(layered, WAVELENGTH, () => 0, 80)
    const strongest = Math.max(...truth.map(line => line.intensity))
    for (const line of lines.filter(own => own.overlaps.length === 0)) {
      const same = truth.find(({ hkl }) => hkl.join() === line.hkl.join())
      if (same) expectClose(line.intensity, same.intensity, { atol: 0.01 * strongest, rtol: 0.02 })
    }
  })

  it('claims standard errors that its scatter over noisy patterns bears out, for parameters and intensities', () => {
    const names = ['NMC.a', 'NMC.c', 'NMC.w', 'NMC.size', 'NMC.strain', 'background.0', 'background.1']
    const truth = new Map(linesOf(layered, WAVELENGTH, () => 0, 80).map(line => [line.hkl.join(), line.intensity]))
    const seeds = 24
    const runs = Array.from({ length: seeds }, (_, seed) =>
      refine({ twoTheta, intensity: createRandom(seed + 1).counts(clean) }, [guess], options),
    )
    for (const run of runs) expect(run.converged).toBe(true)
    for (const name of names) {
      const found = runs.map(run => numbers(run, name))
      const mean = found.reduce((sum, [value]) => sum + value / seeds, 0)
      const scatter = Math.sqrt(found.reduce((sum, [value]) => sum + (value - mean) ** 2, 0) / (seeds - 1))
      const claimed = found.reduce((sum, [, error]) => sum + error / seeds, 0)
      expect([name, claimed / scatter > 0.7 && claimed / scatter < 1.5, claimed / scatter]).toEqual([
        name,
        true,
        expect.any(Number),
      ])
    }
    for (const [name, value] of [
      ['NMC.a', 2.87],
      ['NMC.c', 14.22],
      ['NMC.w', 0.012],
      ['NMC.size', 0.05],
      ['NMC.strain', 0.09],
    ] as const)
      for (const run of runs) {
        const [found, error] = numbers(run, name)
        expect(Math.abs(found - value)).toBeLessThan(4 * error)
      }
    const pulls = runs.flatMap(run =>
      run.lines.flatMap(({ hkl, intensity, standardError }) =>
        standardError === null || !truth.has(hkl.join()) ? [] : [(intensity - truth.get(hkl.join())!) / standardError],
      ),
    )
    expect(pulls.length).toBeGreaterThan(10 * seeds)
    const rms = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length)
    expect(rms).toBeGreaterThan(0.85)
    expect(rms).toBeLessThan(1.15)
  }, 240_000)

  it('says which lines overlap: 333 and 511 of a cubic cell share their sum', () => {
    const cubic = known('Si', { a: 5.431 }, 'Fd-3m', { w: 0.01, size: 0.04 }, 500)
    const x = Float64Array.from({ length: 2001 }, (_, i) => 60 + 0.03 * i)
    const intensity = draw(x, [cubic], WAVELENGTH).map(value => value + 100)
    const { lines, warnings } = refine({ twoTheta: x, intensity }, [cubic], options)
    const indexOf = (hkl: string): number => lines.findIndex(line => line.hkl.join(' ') === hkl)
    const [a, b] = [indexOf('5 1 1'), indexOf('3 3 3')]
    expect(lines[a]!.overlaps).toEqual([b])
    expect(lines[a]!.standardError).toBeNull()
    const truth = linesOf(cubic, WAVELENGTH, () => 0, 121).filter(({ hkl }) => ['5,1,1', '3,3,3'].includes(hkl.join()))
    const sum = truth.reduce((total, line) => total + line.intensity, 0)
    expectClose(lines[a]!.intensity + lines[b]!.intensity, sum, { rtol: 0.02 })
    expect(warnings.map(({ code }) => code)).toContain('W_OVERLAP')
  })
})

describe("Le Bail's refinement", () => {
  it('reports that zero and displacement are nearly the same', () => {
    const intensity = createRandom(3).counts(sloped(draw(twoTheta, [layered], WAVELENGTH, theta => 0.03 * Math.cos(theta))))
    const run = leBail({ twoTheta, intensity }, [guess], {
      ...options,
      parameters: { zero: { vary: true }, displacement: { vary: true } },
    })
    const pair = run.correlated.find(({ first, second }) => first === 'zero' && second === 'displacement')
    expect(pair!.value).toBeLessThan(-0.98)
    const [value, error] = numbers(run, 'displacement')
    expect(Math.abs(value - 0.03)).toBeLessThan(4 * error)
    // one of them alone is told ten times better
    const alone = leBail({ twoTheta, intensity }, [guess], { ...options, parameters: { displacement: { vary: true } } })
    expect(numbers(alone, 'displacement')[1]).toBeLessThan(error / 5)
  })

  it('never gives a line less than nothing, where Pawley does', () => {
    const faint = known('NMC', { a: 2.87, c: 14.22, gamma: 120 }, 'R-3m', { w: 0.012, size: 0.05, strain: 0.09 }, 10)
    const intensity = createRandom(8).counts(sloped(draw(twoTheta, [faint], WAVELENGTH)))
    const held = Object.fromEntries(['a', 'c', 'w', 'size', 'strain'].map(own => [`NMC.${own}`, { vary: false }]))
    const parameters = { ...held, 'NMC.w': { value: 0.012, vary: false }, 'NMC.size': { value: 0.05, vary: false } }
    const [le, paw] = [leBail, pawley].map(refine => refine({ twoTheta, intensity }, [faint], { ...options, parameters }).lines)
    expect(Math.min(...le!.map(line => line.intensity))).toBeGreaterThanOrEqual(0)
    expect(Math.min(...paw!.map(line => line.intensity))).toBeLessThan(0)
  })

  it('takes ties, bounds and held values', () => {
    const { parameters, varied } = leBail({ twoTheta, intensity: clean }, [guess], {
      ...options,
      parameters: { 'NMC.c': { tie: '4.954703832752613 * NMC.a' }, 'NMC.strain': { value: 0.09, vary: false } },
    })
    expect(varied).not.toContain('NMC.c')
    expectClose(parameters['NMC.c']!.value, 14.22, { atol: 2e-4 })
    expectClose(parameters['NMC.c']!.standardError! / parameters['NMC.a']!.standardError!, 14.22 / 2.87, { rtol: 1e-4 })
    expect(parameters['NMC.strain']!.value).toBe(0.09)
  })

  it('leaves out what is masked or NaN, whatever stands there', () => {
    const intensity = createRandom(4).counts(clean)
    const mask = Uint8Array.from(twoTheta, x => (x > 30 && x < 31 ? 1 : 0))
    const masked = leBail({ twoTheta, intensity: intensity.map((y, i) => (mask[i] ? 1e7 : y)), mask }, [guess], options)
    const holed = leBail({ twoTheta, intensity: intensity.map((y, i) => (mask[i] ? Number.NaN : y)) }, [guess], options)
    expect(masked.points).toBe(2001 - mask.reduce((sum, m) => sum + m, 0))
    expect(holed.parameters['NMC.a']!.value).toBe(masked.parameters['NMC.a']!.value)
    expect(holed.curves.calculated.every(Number.isFinite)).toBe(true)
    expect(holed.agreement.chiSquare).toBeGreaterThan(0.85)
    expect(holed.agreement.chiSquare).toBeLessThan(1.15)
  })

  it('has R factors that follow from its curves', () => {
    const intensity = createRandom(5).counts(clean)
    const { agreement, curves, degreesOfFreedom, reducedChiSquare } = leBail({ twoTheta, intensity }, [guess], options)
    let [misfit, total, net] = [0, 0, 0]
    intensity.forEach((y, i) => {
      const w = 1 / Math.max(1, y)
      misfit += w * (y - curves.calculated[i]!) ** 2
      total += w * y * y
      net += w * (y - curves.background[i]!) ** 2
    })
    expectClose(agreement.rwp, Math.sqrt(misfit / total), { rtol: 1e-9 })
    expectClose(agreement.rwpBackground, Math.sqrt(misfit / net), { rtol: 1e-9 })
    expectClose((agreement.rwp / agreement.rExpected) ** 2, misfit / degreesOfFreedom, { rtol: 1e-9 })
    expectClose(reducedChiSquare, agreement.chiSquare, { rtol: 1e-4 })
    expect(agreement.rBragg.NMC!).toBeLessThan(0.05)
  })

  it('says so where it does not converge', () => {
    const run = leBail({ twoTheta, intensity: clean }, [guess], { ...options, maxCycles: 2 })
    expect(run.converged).toBe(false)
    expect(run.reason).toBe('iterations')
    expect(run.message).toMatch(/maxCycles/)
  })

  it('refuses what it cannot refine, saying why', () => {
    const far = { ...layered, cell: createUnitCell({ a: 0.6, c: 0.7, gamma: 120 }) }
    const intensity = clean
    expect(errorCode(() => leBail({ twoTheta, intensity }, [far], options))).toBe('E_ARGUMENT')
    expect(errorText(() => leBail({ twoTheta, intensity }, [far], options))).toMatch(/NMC.*20 to 80 degrees/)
    expect(errorCode(() => leBail({ twoTheta, intensity }, [], options))).toBe('E_ARGUMENT')
    expect(errorCode(() => leBail({ twoTheta, intensity }, [guess, guess], options))).toBe('E_ARGUMENT')
    expect(errorCode(() => leBail({ twoTheta, intensity }, [guess], {}))).toBe('E_RANGE')
    const unknown = { ...options, parameters: { 'NMC.b': { vary: true } } }
    expect(errorText(() => leBail({ twoTheta, intensity }, [guess], unknown))).toMatch(/NMC\.b.*NMC\.a/)
    const mistyped = { ...options, maxcycles: 3 }
    expect(errorText(() => leBail({ twoTheta, intensity }, [guess], mistyped))).toMatch(/maxCycles.*meant/)
    const mask = new Uint8Array(2001).fill(1)
    expect(errorCode(() => leBail({ twoTheta, intensity, mask }, [guess], options))).toBe('E_NAN')
    expect(errorCode(() => leBail({ twoTheta, intensity, sigma: intensity.map(() => 0) }, [guess], options))).toBe('E_RANGE')
    const few = mask.map((_, i) => (i < 5 ? 0 : 1))
    expect(errorCode(() => leBail({ twoTheta, intensity, mask: few }, [guess], options))).toBe('E_SHAPE')
  })
})

describe('the factor of Bérar and Lelann', () => {
  it('is 1 for noise that does not hang together, and the root of the run for noise that comes in runs', () => {
    const noise = Float64Array.from({ length: 40_000 }, () => 0)
    const random = createRandom(1)
    const counts = random.counts(noise.map(() => 400)).map(v => (v - 400) / 20)
    const one = noise.map(() => 1)
    expect(berarLelann(counts, one, {}).factor).toBeLessThan(1.03)
    // each value four times: sums grow fourfold, squares fourfold
    const slow = counts.map((_, i) => counts[i >> 2]!)
    expectClose(berarLelann(slow, one, { a: 0.5 }).factor, 2, { rtol: 0.03 })
    expectClose(berarLelann(slow, one, { a: 0.5 }).standardErrors.a!, 1, { rtol: 0.03 })
  })
})
