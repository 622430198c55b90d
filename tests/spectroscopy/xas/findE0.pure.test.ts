import { createDataset } from 'operando'
import { findE0 } from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'

const grid = (from: number, to: number, step: number): Float64Array =>
  Float64Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + step * i)
const edge = (e: number, at: number, width = 1.5): number => 0.5 + Math.atan((e - at) / width) / Math.PI
const energy = grid(7060, 7260, 0.5)
const plain = energy.map(e => 0.3 - 1e-4 * (e - 7000) + 1.2 * edge(e, 7112.3))

describe('findE0', () => {
  it('finds the inflection of an edge between the points of the grid', () => {
    const found = findE0(energy, plain)
    expect(Math.abs(found.energy - 7112.3)).toBeLessThan(0.01)
    expect(Math.abs(energy[found.index]! - 7112.3)).toBeLessThan(0.51)
    expect(found.warnings).toEqual([])
  })

  it('is the same on an uneven grid', () => {
    const uneven = energy.map((e, i) => e + 0.15 * Math.sin(i))
    const mu = uneven.map(e => edge(e, 7112.3))
    expect(Math.abs(findE0(uneven, mu).energy - 7112.3)).toBeLessThan(0.03)
  })

  it('takes a Dataset, in keV as well', () => {
    const data = createDataset({
      name: 'mu',
      dims: ['energy'],
      values: plain,
      unit: '',
      coords: { energy: { dims: ['energy'], values: energy.map(e => e / 1000), unit: 'keV' } },
    })
    expect(Math.abs(findE0(data).energy - 7112.3)).toBeLessThan(0.01)
  })

  it('is not caught by a glitch of one point', () => {
    const spiked = plain.slice()
    spiked[300]! += 2
    expect(Math.abs(findE0(energy, spiked).energy - 7112.3)).toBeLessThan(0.01)
  })

  it('passes over a pre-edge peak that is steeper than the edge, and says so', () => {
    const mu = energy.map((e, i) => plain[i]! + 0.9 / (1 + ((e - 7098) / 0.8) ** 2))
    const found = findE0(energy, mu)
    expect(Math.abs(found.energy - 7112.3)).toBeLessThan(0.3)
    expect(Math.abs(found.preEdgePeak! - 7098)).toBeLessThan(1.1)
    expect(found.warnings.map(w => w.code)).toEqual(['W_PRE_EDGE'])
    expect(Math.abs(findE0(energy, mu, { definition: 'larch' }).energy - 7098)).toBeLessThan(1.1)
  })

  it('takes a white line for the edge, however high', () => {
    const mu = energy.map((e, i) => plain[i]! + 4 * Math.exp(-(((e - 7115) / 1.5) ** 2)))
    const found = findE0(energy, mu)
    expect(found.energy).toBeGreaterThan(7111)
    expect(found.energy).toBeLessThan(7115)
    expect(found.warnings).toEqual([])
  })

  it('refuses what is no spectrum, and says what it may be', () => {
    expect(
      errorText(() =>
        findE0(
          energy.map(e => e / 1000),
          plain,
        ),
      ),
    ).toMatch(/E_UNIT.*Multiply keV by 1000/)
    expect(
      errorText(() =>
        findE0(
          energy.map((_, i) => 16 - 0.001 * i),
          plain,
        ),
      ),
    ).toMatch(/E_UNIT.*angles of a monochromator/)
    expect(errorText(() => findE0(energy.slice().reverse(), plain))).toMatch(/E_AXIS.*orderScan/)
    expect(errorText(() => findE0(energy, new Float64Array(energy.length)))).toMatch(/E_RANGE mu is 0 at all/)
    const falling = energy.map(e => -edge(e, 7112.3))
    expect(errorText(() => findE0(energy, falling))).toMatch(/E_RANGE findE0: mu rises nowhere/)
    expect(errorText(() => findE0(energy, plain.subarray(1)))).toMatch(/E_SHAPE/)
    expect(errorText(() => findE0(energy, plain, { definiton: 'larch' } as object))).toMatch(/'definition' was probably meant/)
    expect(errorText(() => findE0(energy, plain, { definition: 'middle' as 'larch' }))).toMatch(
      /'derivative', 'larch', 'half-height' or 'integral' expected/,
    )
  })
})
