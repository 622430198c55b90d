import fc from 'fast-check'
import { createDataset } from 'operando'
import { mcr, pca, purestFrames, rankStatistics, targetTransform } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { unimodal } from '../../src/series/decompose/unimodal.js'
import { errorCode, rejection } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import { threeSpecies } from './threeSpecies.js'

const { series, concentrations, spectra } = threeSpecies({ seed: 2, noise: 0.002 })

describe('principal components', () => {
  it('are orthonormal, their scores reproduce the series, and what is left is the noise', () => {
    const { components, scores, mean, explained, rank } = pca(series, { components: 3 })
    for (let a = 0; a < 3; a++)
      for (let b = 0; b <= a; b++) {
        let dot = 0
        for (let i = 0; i < 120; i++) dot += components.values[a * 120 + i]! * components.values[b * 120 + i]!
        expectClose(dot, a === b ? 1 : 0, { atol: 1e-12 })
      }
    let square = 0
    for (let f = 0; f < 60; f++)
      for (let i = 0; i < 120; i++) {
        let value = series.values[f * 120 + i]! - mean.values[i]!
        for (let k = 0; k < 3; k++) value -= scores.values[3 * f + k]! * components.values[k * 120 + i]!
        square += value * value
      }
    expectClose(Math.sqrt(square / 7200), 0.002, { rtol: 0.1 })
    expectClose(
      Array.from(explained).reduce((a, b) => a + b, 0),
      1,
      { rtol: 1e-12 },
    )
    expect([rank.byIndicator, rank.bySignificance]).toEqual([3, 3])
    expect(scores.coords.time!.values).toEqual(series.coords.time!.values)
  })

  it('take a true constituent for one, and refuse a stranger', () => {
    const found = pca(series, { centre: false, components: 3 })
    for (let c = 0; c < 3; c++) expect(targetTransform(found, spectra.slice(c * 120, (c + 1) * 120)).spoil).toBeLessThan(3)
    const stranger = Float64Array.from({ length: 120 }, (_, i) => Math.exp(-0.5 * ((i / 119 - 0.2) / 0.03) ** 2))
    expect(targetTransform(found, stranger).spoil).toBeGreaterThan(6)
    expect(errorCode(() => targetTransform(pca(series), stranger))).toBe('E_ARGUMENT')
  })

  it('of what cannot be decomposed are refused', () => {
    expect(errorCode(() => pca(series, { components: 61 }))).toBe('E_RANGE')
    expect(errorCode(() => pca({ ...series, mask: new Uint8Array(7200).fill(1, 0, 1) }))).toBe('E_NAN')
    expect(errorCode(() => rankStatistics([1, 2], 2, 2))).toBe('E_RANGE')
    expect(errorCode(() => rankStatistics([1, 2], 3, 3))).toBe('E_SHAPE')
  })
})

describe('multivariate curve resolution', () => {
  const worst = (values: ArrayLike<number>, order = [0, 1, 2]): number =>
    Math.max(
      ...Array.from({ length: 60 }, (_, f) =>
        Math.max(...order.map((j, c) => Math.abs(values[3 * f + j]! - concentrations[3 * f + c]!))),
      ),
    )

  it('with known spectra finds the concentrations to the noise, which without them are wrong by more than 0.1', async () => {
    const free = await mcr(series, { components: 3, closed: true, maxIterations: 60 })
    const known = Object.fromEntries([0, 1, 2].map(c => [c, spectra.slice(c * 120, (c + 1) * 120)]))
    const held = await mcr(series, { components: 3, closed: true, knownSpectra: known })
    expect(worst(held.concentrations.values)).toBeLessThan(0.005)
    expect(worst(free.concentrations.values, [1, 2, 0])).toBeGreaterThan(0.1)
    expect([free.lackOfFit < 0.6, held.lackOfFit < 0.6]).toEqual([true, true])
    expect(Array.from(held.spectra.values)).toEqual(Array.from(spectra))
    const one = await mcr(series, { components: 3, knownSpectra: { 1: known[1]! }, maxIterations: 20 })
    expect(Array.from(one.spectra.values.subarray(120, 240))).toEqual(Array.from(known[1]!))
  })

  it('keeps its constraints: closed, non-negative, one maximum, frames that are pure', async () => {
    const found = await mcr(series, { components: 3, closed: true, unimodal: [0, 1, 2], pureFrames: { 0: 1 }, maxIterations: 30 })
    const c = found.concentrations.values
    for (let f = 0; f < 60; f++) {
      expectClose(c[3 * f]! + c[3 * f + 1]! + c[3 * f + 2]!, 1, { atol: 1e-12 })
      for (let j = 0; j < 3; j++) expect(c[3 * f + j]!).toBeGreaterThanOrEqual(0)
    }
    expect(Array.from(c.subarray(0, 3))).toEqual([0, 1, 0])
    expect(Math.min(...found.spectra.values)).toBeGreaterThanOrEqual(0)
  })

  it('refuses starts, frames and spectra that are not there', async () => {
    expect(await rejection(mcr(series, { components: 3, start: [0, 1] }))).toMatch(/E_RANGE/)
    expect(await rejection(mcr(series, { components: 61 }))).toMatch(/E_RANGE/)
    expect(await rejection(mcr(series, { components: 3, pureFrames: { 99: 0 } }))).toMatch(/E_RANGE/)
    expect(await rejection(mcr(series, { components: 3, knownSpectra: { 0: [1, 2] } }))).toMatch(/E_SHAPE/)
    expect(await rejection(mcr(series, { components: 3, signal: AbortSignal.abort() }))).toMatch(/E_ABORTED/)
    expect(errorCode(() => purestFrames(series, 0))).toBe('E_RANGE')
  })
})

describe('the nearest sequence with one maximum', () => {
  it('rises, then falls, keeps the sum, and leaves alone what has one maximum already', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 }), list => {
        const y = Float64Array.from(list)
        const out = unimodal(y)
        const top = out.indexOf(Math.max(...out))
        for (let i = 1; i < out.length; i++)
          expect(i <= top ? out[i]! >= out[i - 1]! - 1e-12 : out[i]! <= out[i - 1]! + 1e-12).toBe(true)
        expectClose(
          out.reduce((a, b) => a + b, 0),
          y.reduce((a, b) => a + b, 0),
          { atol: 1e-9 },
        )
        expectClose(unimodal(out), out, { atol: 1e-12 })
      }),
      { numRuns: 200 },
    )
  })

  it('is the best of all, tried by hand', () => {
    // modes at 0, 1, 2, 3 of 1 3 2 4: squares 3.5 (1 then falling 3 3 3), 1 (3 3), ...: rising all the way costs 0.5
    expectClose(unimodal(Float64Array.of(1, 3, 2, 4)), [1, 2.5, 2.5, 4], { atol: 1e-12 })
  })
})

it('a series of one thing that changes has one component', () => {
  const values = Float64Array.from({ length: 40 }, (_, i) => (1 + Math.floor(i / 8)) * Math.sin(1 + (i % 8)))
  const one = createDataset({ name: 'I', dims: ['frame', 'q'], shape: [5, 8], values, unit: 'counts' })
  expectClose(pca(one, { centre: false, components: 1 }).explained[0]!, 1, { atol: 1e-12 })
})
