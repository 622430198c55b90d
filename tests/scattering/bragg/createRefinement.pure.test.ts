import { describe, expect, it } from 'vitest'
import { createDataset, createUnitCell } from '../../../src/index.js'
import { createRandom } from '../../../src/numeric/index.js'
import { createRefinement, leBail } from '../../../src/scattering/index.js'
import { errorCode, errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { draw, known } from './lattice.js'

const wavelength = 1.5405929
const twoTheta = Float64Array.from({ length: 2001 }, (_, i) => 20 + 0.03 * i)
const widths = { w: 0.012, size: 0.05, strain: 0.09 }
const layered = (c: number) => known('NMC', { a: 2.87, c, gamma: 120 }, 'R-3m', widths, 700)
const patternOf = (c: number, seed: number): Float64Array =>
  createRandom(seed).counts(draw(twoTheta, [layered(c)], wavelength).map(value => value + 200))
const guess = { ...layered(14.22), cell: createUnitCell({ a: 2.872, c: 14.2, gamma: 120 }) }
const options = { wavelength, background: 2 }

describe('a prepared refinement', () => {
  it('follows a cell from frame to frame, each from where the one before ended', async () => {
    const plan = await createRefinement(twoTheta, [guess], options)
    let start: Awaited<ReturnType<typeof plan.fit>> | undefined
    for (let frame = 0; frame < 6; frame++) {
      const c = 14.22 + 0.01 * frame
      const result = plan.fit({ intensity: patternOf(c, frame + 1) }, { start })
      expect(result.converged).toBe(true)
      const { value, standardError } = result.parameters['NMC.c']!
      expect(Math.abs(value - c)).toBeLessThan(4 * standardError!)
      start = result
    }
  })

  it('does not remember: a frame gives the same numbers whatever was fitted before, bit for bit', async () => {
    const plan = await createRefinement(twoTheta, [guess], options)
    const [one, other] = [patternOf(14.22, 1), patternOf(14.3, 2)]
    const first = plan.fit({ intensity: one })
    plan.fit({ intensity: other }, { start: first })
    const again = plan.fit({ intensity: one })
    expect(again.parameters).toEqual(first.parameters)
    expect(again.lines).toEqual(first.lines)
    // and its arrays are its own
    expect(first.curves.calculated).toEqual(again.curves.calculated)
    expect(first.curves.calculated).not.toBe(again.curves.calculated)
  })

  it('is what leBail makes and uses once', async () => {
    const intensity = patternOf(14.22, 3)
    const plan = await createRefinement(twoTheta, [guess], options)
    expect(plan.fit({ intensity }).parameters).toEqual(leBail({ twoTheta, intensity }, [guess], options).parameters)
    expect(plan.names).toContain('NMC.strain')
  })

  it('takes Datasets along twoTheta or q, with their wavelength', async () => {
    const values = patternOf(14.22, 4)
    const q = twoTheta.map(angle => ((4 * Math.PI) / wavelength) * Math.sin((angle * Math.PI) / 360))
    const make = (dim: 'twoTheta' | 'q', axis: Float64Array) =>
      createDataset({
        name: 'I',
        dims: [dim],
        values,
        unit: 'counts',
        coords: { [dim]: { dims: [dim], values: axis, unit: dim === 'q' ? '1/Å' : 'deg' } },
        meta: { wavelength },
      })
    const plain = leBail({ twoTheta, intensity: values }, [guess], options)
    for (const data of [make('twoTheta', twoTheta), make('q', q)]) {
      const result = leBail(data, [guess], { background: 2 })
      expectClose(result.parameters['NMC.c']!.value, plain.parameters['NMC.c']!.value, { rtol: 1e-8 })
    }
    const plan = await createRefinement(make('q', q), [guess], { background: 2 })
    expectClose(plan.fit(make('q', q)).cells.NMC!.a, plain.cells.NMC!.a, { rtol: 1e-8 })
  })

  it('refines several patterns together: one cell, and of each its own zero, widths and background', async () => {
    const second = 0.7093
    const x = Float64Array.from({ length: 2001 }, (_, i) => 9 + 0.015 * i)
    const mo = createRandom(9).counts(draw(x, [layered(14.22)], second, () => 0.02).map(value => value + 90))
    const cu = patternOf(14.22, 5)
    const axes = [
      { name: 'Cu', twoTheta, wavelength },
      { name: 'Mo', twoTheta: x, wavelength: second },
    ]
    const parameters = { 'Mo.zero': { vary: true } }
    const plan = await createRefinement(axes, [guess], { background: 2, parameters })
    const both = plan.fit([{ intensity: cu }, { intensity: mo }])
    expect(both.converged).toBe(true)
    const zero = both.parameters['Mo.zero']!
    expect(Math.abs(zero.value - 0.02)).toBeLessThan(4 * zero.standardError!)
    expect(both.patterns.map(({ name }) => name)).toEqual(['Cu', 'Mo'])
    for (const { agreement } of both.patterns) {
      expect(agreement.chiSquare).toBeGreaterThan(0.8)
      expect(agreement.chiSquare).toBeLessThan(1.2)
    }
    const alone = leBail({ twoTheta, intensity: cu }, [guess], options)
    expect(both.parameters['NMC.c']!.standardError!).toBeLessThan(alone.parameters['NMC.c']!.standardError!)
    expect(Math.abs(both.cells.NMC!.c - 14.22)).toBeLessThan(4 * both.parameters['NMC.c']!.standardError!)
  })

  it('adds the widths of the instrument to those of the sample', () => {
    const intensity = createRandom(6).counts(draw(twoTheta, [layered(14.22)], wavelength).map(value => value + 200))
    const { parameters, varied } = leBail({ twoTheta, intensity }, [guess], {
      ...options,
      instrument: { widths: { w: 0.012, size: 0.02 } },
    })
    expect(varied).not.toContain('NMC.w')
    for (const [name, value] of [
      ['NMC.size', 0.03],
      ['NMC.strain', 0.09],
    ] as const)
      expect(Math.abs(parameters[name]!.value - value)).toBeLessThan(4 * parameters[name]!.standardError!)
  })

  it('leaves out excluded ranges, and takes choices for many parameters at once', () => {
    const intensity = patternOf(14.22, 7).map((y, i) => (twoTheta[i]! > 30 && twoTheta[i]! < 33 ? 1e5 : y))
    const result = leBail({ twoTheta, intensity }, [guess], {
      ...options,
      excluded: [[30, 33]],
      parameters: { 'NMC.*': { vary: false }, 'NMC.c': { vary: true }, 'NMC.w': { value: 0.012 } },
    })
    expect(result.varied).toEqual(['background.0', 'background.1', 'NMC.c'])
    expect(result.points).toBe(twoTheta.filter(angle => angle < 30 || angle > 33).length)
  })

  it('ends at a signal, and says so', async () => {
    const plan = await createRefinement(twoTheta, [guess], options)
    const aborted = plan.fit({ intensity: patternOf(14.22, 8) }, { signal: AbortSignal.abort() })
    expect(aborted).toMatchObject({ converged: false, reason: 'aborted' })
  })

  it('refuses what does not fit it', async () => {
    const plan = await createRefinement(twoTheta, [guess], options)
    expect(errorCode(() => plan.fit({ intensity: [1, 2] }))).toBe('E_SHAPE')
    expect(errorText(() => plan.fit([{ intensity: twoTheta }, { intensity: twoTheta }]))).toMatch(/1 patterns expected.*2 found/)
    await expect(createRefinement([], [guess], options)).rejects.toThrow(/twoTheta/)
    const twice = [
      { name: 'Cu', twoTheta, wavelength },
      { name: 'Cu', twoTheta, wavelength },
    ]
    await expect(createRefinement(twice, [guess], options)).rejects.toThrow(/'Cu'/)
  })
})
