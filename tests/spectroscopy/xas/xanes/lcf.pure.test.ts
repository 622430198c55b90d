import fc from 'fast-check'
import { createDataset } from 'operando'
import { createRandom, nnls } from 'operando/numeric'
import { bestCombinations, createLinearCombination, linearCombinationFit, linearCombinationSeries } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorCode, errorText } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'

const energy = Float64Array.from({ length: 161 }, (_, i) => 8320 + 0.5 * i)
const edge = (at: number, line = 0.6): Float64Array =>
  energy.map(e => 0.5 + Math.atan((e - at) / 1.4) / Math.PI + line * Math.exp(-(((e - at - 5) / 3) ** 2)))
const references = [
  { name: 'Ni2', energy, mu: edge(8343) },
  { name: 'Ni3', energy, mu: edge(8344.6, 0.4) },
  { name: 'Ni4', energy, mu: edge(8346.2, 0.7) },
]
const mix = (weights: readonly number[]): Float64Array =>
  energy.map((_, i) => weights.reduce((sum, w, j) => sum + w * references[j]!.mu[i]!, 0))
const weightsOf = ({ components }: ReturnType<typeof linearCombinationFit>): number[] => components.map(c => c.weight)

describe('a linear combination fit', () => {
  it('gives the weights that a spectrum was mixed from, whatever their signs and their sum', () => {
    const weight = fc.double({ min: -2, max: 2, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(weight, weight, fc.double({ min: 0.5, max: 2, noNaN: true })), weights => {
        expectClose(weightsOf(linearCombinationFit(energy, mix(weights), references)), weights, { atol: 1e-10 })
      }),
      { numRuns: 50 },
    )
  })

  it('with non-negative weights is the optimum that nnls finds, for any data', () => {
    const random = createRandom(5)
    const matrix = energy.length * 3
    const a = new Float64Array(matrix)
    for (const [j, { mu }] of references.entries()) for (const [i, v] of mu.entries()) a[i * 3 + j] = v
    const plan = createLinearCombination(energy, references, { negative: false })
    for (let turn = 0; turn < 60; turn++) {
      const y = mix([random.normal(), random.normal(), random.normal()]).map(v => v + 0.1 * random.normal())
      const want = nnls(a, energy.length, 3, y)
      const fit = plan.fit(y)
      expectClose(weightsOf(fit), want.x, { atol: 1e-10 })
      expect(fit.components.map(c => c.atBound)).toEqual([...want.state].map(s => s !== 0))
    }
  })

  it('closed and non-negative satisfies the conditions of the optimum: equal gradients inside, none lower outside', () => {
    const random = createRandom(6)
    const plan = createLinearCombination(energy, references, { sum: 'one', negative: false })
    for (let turn = 0; turn < 60; turn++) {
      const y = mix([random.normal(), random.normal(), random.normal()]).map(v => v + 0.1 * random.normal())
      const { components, residual, sum } = plan.fit(y)
      expectClose(sum, 1, { atol: 1e-13 })
      const gradient = references.map(({ mu }) => -mu.reduce((s, v, i) => s + v * residual[i]!, 0))
      const inside = gradient.filter((_, j) => !components[j]!.atBound)
      const level = Math.min(...inside)
      for (const g of inside) expectClose(g, level, { atol: 1e-9 })
      components.forEach((c, j) => {
        expect(c.weight).toBeGreaterThanOrEqual(0)
        if (c.atBound) expect(gradient[j]!).toBeGreaterThan(level - 1e-9)
      })
    }
  })

  it('of many spectra is that of each, in double and single precision, with and without uncertainties', () => {
    const random = createRandom(7)
    const frames = Array.from({ length: 131 }, () =>
      mix([random.uniform(), random.uniform() - 0.4, random.uniform()]).map(v => v + 0.02 * random.normal()),
    )
    const flat = Float64Array.from(frames.flatMap(f => [...f]))
    const sigma = energy.map((_, i) => 0.02 + 0.001 * i)
    for (const options of [
      {},
      { sum: 'one' },
      { negative: false },
      { sum: 'one', negative: false, sigma },
      { bounds: [0, 0.8] },
    ] as const) {
      const plan = createLinearCombination(energy, references, { range: [8330, 8380], ...options })
      const all = plan.fitAll(flat)
      const single = plan.fitAll(Float32Array.from(flat))
      const before = all.weights.slice()
      expect(plan.fitAll(flat, all)).toBe(all)
      expect(all.weights).toEqual(before)
      frames.forEach((frame, f) => {
        const fit = plan.fit(frame)
        expectClose(all.weights.subarray(3 * f, 3 * f + 3), weightsOf(fit), { atol: 1e-11 })
        expectClose(single.weights.subarray(3 * f, 3 * f + 3), weightsOf(fit), { atol: 1e-6 })
        expectClose(all.chiSquare[f]!, fit.chiSquare, { rtol: 1e-9 })
        fit.components.forEach((c, j) => {
          if (c.atBound) expect(all.sigma[3 * f + j]).toBeNaN()
          else expectClose(all.sigma[3 * f + j]!, c.sigma!, { rtol: 1e-9 })
        })
      })
    }
  })

  it('has errors as wide as the scatter of many noisy spectra; closed, the last weight has its own', () => {
    const random = createRandom(8)
    const frames = Array.from({ length: 2000 }, () => mix([0.2, 0.3, 0.5]).map(v => v + 0.01 * random.normal()))
    const { weights, sigma } = createLinearCombination(energy, references, { sum: 'one' }).fitAll(frames.flatMap(f => [...f]))
    for (let j = 0; j < 3; j++) {
      const scatter = Math.sqrt(
        frames.reduce((s, _, f) => s + (weights[3 * f + j]! - [0.2, 0.3, 0.5][j]!) ** 2, 0) / frames.length,
      )
      const told = frames.reduce((s, _, f) => s + sigma[3 * f + j]!, 0) / frames.length
      expectClose(told, scatter, { rtol: 0.06 }) // 4 times 1/sqrt(2 x 2000)
    }
  })

  it('finds the shift of a spectrum, and tells how much of the error of the weights is due to it', () => {
    const random = createRandom(9)
    // measured 0.37 eV too low
    const moved = energy
      .map((_, i) => i)
      .map(i => 0.3 * edge(8343 - 0.37)[i]! + 0.7 * edge(8346.2 - 0.37, 0.7)[i]! + 0.002 * random.normal())
    const ends = [references[0]!, references[2]!]
    const fixed = linearCombinationFit(energy, moved, ends, { range: [8330, 8380], sum: 'one' })
    const free = linearCombinationFit(energy, moved, ends, { range: [8330, 8380], sum: 'one', shift: 1 })
    expect(Math.abs(free.shift!.value - 0.37)).toBeLessThan(4 * free.shift!.sigma)
    expect(Math.abs(free.components[0]!.weight - 0.3)).toBeLessThan(4 * free.components[0]!.sigma!)
    expect(Math.abs(fixed.components[0]!.weight - 0.3)).toBeGreaterThan(0.1)
    const without = createLinearCombination(energy, ends, { range: [8330, 8380], sum: 'one' })
    const aligned = without.fit(mix([0.3, 0, 0.7]).map(v => v + 0.002 * random.normal()))
    expect(free.components[0]!.sigma! / aligned.components[0]!.sigma!).toBeGreaterThan(2)
    expect(linearCombinationFit(energy, moved, ends, { range: [8330, 8380], shift: 0.2 }).shift!.atLimit).toBe(true)
  })

  it('of the right references is preferred to one with more', () => {
    const random = createRandom(10)
    const mu = mix([0.4, 0, 0.6]).map(v => v + 0.003 * random.normal())
    for (const criterion of ['aicc', 'bic'] as const) {
      const [best, second] = bestCombinations(energy, mu, references, { criterion })
      expect(best!.names).toEqual(['Ni2', 'Ni4'])
      expect([best!.difference, second!.difference > 0]).toEqual([0, true])
    }
    const all = bestCombinations(energy, mu, references, { keep: 100 })
    expect(all).toHaveLength(7)
    expectClose(
      all.reduce((sum, one) => sum + one.evidence, 0),
      1,
      { rtol: 1e-12 },
    )
  })

  it('of a series keeps time and voltage, and gives each weight as a trend', () => {
    const series = createDataset({
      name: 'mu',
      dims: ['frame', 'energy'],
      shape: [2, energy.length],
      values: Float32Array.from([...mix([1, 0, 0]), ...mix([0.25, 0, 0.75])]),
      unit: '',
      coords: {
        energy: { dims: ['energy'], values: energy.map(e => e / 1000), unit: 'keV' },
        voltage: { dims: ['frame'], values: [3.6, 4.2], unit: 'V' },
      },
    })
    const { weights, sum, rFactor } = linearCombinationSeries(series, references, { sum: 'one', range: [8330, 8380] })
    expectClose(weights.Ni4!.values, [0, 0.75], { atol: 1e-5 })
    expect(weights.Ni2!.coords.voltage!.values).toEqual(series.coords.voltage!.values)
    expect(weights.Ni2!.history.at(-1)!.parameters).toMatchObject({ sum: 'one' })
    expectClose(sum.values, [1, 1], { atol: 1e-12 })
    expect(Math.max(...rFactor.values)).toBeLessThan(1e-10)
  })
})

describe('a linear combination fit refuses', () => {
  const mu = mix([0.5, 0, 0.5])
  it('references that cannot be told apart, do not reach as far, or have one name', () => {
    const twice = [...references, { name: 'sum', energy, mu: mix([0.5, 0.5, 0]) }]
    expect(errorText(() => linearCombinationFit(energy, mu, twice))).toMatch(/E_SINGULAR.*'sum' is a sum of those before/)
    const short = [{ name: 'short', energy: energy.slice(40), mu: edge(8343).slice(40) }]
    expect(errorText(() => linearCombinationFit(energy, mu, short))).toMatch(
      /E_RANGE.*'short' reaches from 8340 to 8400 eV, the fit from 8320/,
    )
    expect(errorCode(() => linearCombinationFit(energy, mu, [references[0]!, references[0]!]))).toBe('E_ARGUMENT')
  })

  it('ranges without data, bounds that cannot hold, options that contradict each other', () => {
    expect(errorText(() => linearCombinationFit(energy, mu, references, { range: [9000, 9100] }))).toMatch(
      /E_RANGE.*the data reach from 8320 to 8400 eV/,
    )
    expect(errorCode(() => linearCombinationFit(energy, mu, references, { sum: 'one', bounds: [0, 0.2] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => linearCombinationFit(energy, mu, references, { negative: false, bounds: [0, 1] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => linearCombinationFit(energy, mu, references, { bounds: { Fe: [0, 1] } }))).toBe('E_MISSING')
    expect(errorCode(() => linearCombinationFit(energy, mu, references, { shift: 1 }))).toBe('E_RANGE')
    expect(errorCode(() => createLinearCombination(energy, references).fitAll([1, 2, 3]))).toBe('E_SHAPE')
    const plan = createLinearCombination(energy, references)
    expect(errorCode(() => plan.fitAll(mu, plan.fitAll([...mu, ...mu])))).toBe('E_SHAPE')
    expect(errorCode(() => createLinearCombination(energy, references).fitAll(mu.map(() => Number.NaN)))).toBe('E_NAN')
  })
})
