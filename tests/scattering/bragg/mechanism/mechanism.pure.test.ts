import { describe, expect, it } from 'vitest'
import { createDataset, type Dataset } from '../../../../src/index.js'
import { createRandom } from '../../../../src/numeric/index.js'
import { type Mechanism, mechanism, type Trends } from '../../../../src/scattering/index.js'
import { errorCode } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'

const SIGMA = { length: 2e-4, fraction: 0.01 }
function normal(seed: number, n: number): Float64Array {
  const random = createRandom(seed)
  return Float64Array.from({ length: n }, () => random.normal())
}

/** Trends of a run: what is put in, with noise as large as its sigma; NaN where the phase is absent. */
function run(truth: Record<string, (number | null)[]>, x?: number[], widen = 1): Trends {
  return Object.fromEntries(
    Object.entries(truth).map(([name, values], k): [string, Dataset<'frame'>] => {
      const s = name.endsWith('fraction') ? SIGMA.fraction : name.endsWith('volume') ? 0.02 : SIGMA.length
      const noise = normal(k + 1, values.length)
      return [
        name,
        createDataset({
          name,
          dims: ['frame'],
          values: values.map((v, i) => (v === null ? Number.NaN : v + widen * s * noise[i]!)),
          sigma: values.map(v => (v === null ? Number.NaN : s)),
          mask: Uint8Array.from(values, v => (v === null ? 1 : 0)),
          unit: '',
          coords: x ? { x: { dims: ['frame'], values: x, unit: '' } } : {},
        }),
      ]
    }),
  )
}
const steps = (n: number): number[] => Array.from({ length: n }, (_, i) => i / (n - 1))
const couple = (trends: Trends, more: Partial<Parameters<typeof mechanism>[1]> = {}): Mechanism =>
  mechanism(trends, { phases: ['A', 'B'], ...more })

/** A reaction of two phases: cells drift by parts of their distance while one gives way to the other. */
function twoPhases(drift: number, n = 30, widen = 1): Trends {
  const f = steps(n)
  const seen = (values: number[], present: (share: number) => boolean): (number | null)[] =>
    values.map((v, i) => (present(f[i]!) ? v : null))
  const apart = 0.4
  return run(
    {
      'A.a': seen(
        f.map(s => 10.2 - drift * apart * s),
        s => s < 0.97,
      ),
      'B.a': seen(
        f.map(s => 9.8 + drift * apart * (1 - s)),
        s => s > 0.03,
      ),
      'B.fraction': f,
    },
    f.map(s => 0.95 - 0.9 * s),
    widen,
  )
}

describe('the mechanism of a couple of phases', () => {
  it('is two-phase where cells stand still and fractions change', () => {
    const found = couple(twoPhases(0))
    expect(found.verdict).toBe('two-phase')
    expect(found.twoPhaseShare).toBe(1)
    const mixed = found.intervals.find(({ present }) => present.length === 2)!
    expect(mixed.model).toBe('two-phase')
    expect(mixed.models[0]!.criterion).toBeLessThanOrEqual(mixed.models[1]!.criterion)
    expect(mixed.models.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
  })

  it('stays two-phase where cells move significantly, but hardly matter', () => {
    // 2 % of the distance is 40 uncertainties
    const found = couple(twoPhases(0.02))
    const mixed = found.intervals.find(({ present }) => present.length === 2)!
    expect(mixed.model).toBe('both')
    expect(mixed.models[0]!.weight).toBeGreaterThan(0.99)
    expect(mixed.verdict).toBe('two-phase')
    expect(found.verdict).toBe('two-phase')
    // each cell moves by 0.02 of the distance, weighted with its fraction on the way: 0.02 in all
    expectClose(1 - found.twoPhaseShare!, 0.02, { rtol: 0.2 })
  })

  it('is both where conversion and moving cells share the change', () => {
    const found = couple(twoPhases(0.3))
    expect(found.verdict).toBe('both')
    // apart falls from 1 to 0.7 of the distance on either side: conversion 0.7, motion 0.3
    expectClose(found.twoPhaseShare!, 0.7, { atol: 0.03 })
  })

  it('is undecided where the two are not seen together, or one was never found', () => {
    const jump = run({
      'A.a': [10, 10, 10, 10, 10, null, null, null, null, null],
      'B.a': [null, null, null, null, null, 9.8, 9.8, 9.8, 9.8, 9.8],
      'B.fraction': [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
    })
    expect(couple(jump).verdict).toBe('undecided')
    expect(couple({ 'B.fraction': jump['B.fraction']!, 'B.a': jump['B.a']! }).verdict).toBe('undecided')
  })

  it('does not change where nothing does', () => {
    const still = steps(20)
    const found = couple(run({ 'A.a': still.map(() => 10.2), 'B.a': still.map(() => 9.8), 'B.fraction': still.map(() => 0.4) }))
    expect(found.verdict).toBe('no change')
    expect(found.twoPhaseShare).toBeNull()
  })

  it('takes scatter beyond the uncertainties for what it is, not for moving cells', () => {
    // uncertainties four times too small
    const mixed = couple(twoPhases(0, 40, 4)).intervals.find(({ present }) => present.length === 2)!
    expect(mixed.model).toBe('two-phase')
    const [first] = mixed.models
    expect(first!.chiSquare / (3 * 38)).toBeLessThan(2)
  })

  it.each(['bic', 'aicc'] as const)('comes out the same by %s', criterion => {
    expect(couple(twoPhases(0.02), { criterion }).verdict).toBe('two-phase')
  })

  it('finds the ends of the miscibility gap by the lever rule, within their errors', () => {
    const { gap } = couple(twoPhases(0))
    expect(gap!.by).toBe('lever rule')
    for (const [end, truth] of [
      [gap!.from, 0.95],
      [gap!.to, 0.05],
      [gap!.slope, -1 / 0.9],
    ] as const)
      expect(Math.abs(end.value - truth)).toBeLessThan(4 * end.standardError!)
    // 28 fractions good to 0.01 place an end to about 0.003
    expect(gap!.from.standardError).toBeLessThan(0.006)
  })

  it('cuts where the reaction turns and where phases come and go, and tells each interval', () => {
    const up = steps(20)
    const f = [...up, ...[...up].reverse()]
    const trends = run({
      // a solid solution before the second phase, two phases, a solid solution behind: and back
      'A.a': f.map(s => (s > 0.95 ? null : 10.2 - 0.05 * Math.min(1, s / 0.25))),
      'B.a': f.map(s => (s < 0.25 ? null : 9.8)),
      'B.fraction': f.map(s => Math.max(0, (s - 0.25) / 0.75)),
    })
    const { intervals } = couple(trends)
    const told = intervals.filter(({ models }) => models.length > 0)
    expect(told.map(({ present, direction, verdict }) => [present.join('+'), direction, verdict])).toEqual([
      ['A', 'forward', 'solid solution'],
      ['A+B', 'forward', 'two-phase'],
      ['A+B', 'backward', 'two-phase'],
      ['A', 'backward', 'solid solution'],
    ])
  })

  it('tells the difference between the directions at the same composition', () => {
    const up = steps(20)
    // backwards the second phase is 0.08 behind
    const fraction = [...up.map(s => 0.9 * s), ...[...up].reverse().map(s => 0.9 * s + 0.08)]
    const x = [...up, ...[...up].reverse()].map(s => 1 - s)
    const trends = run({ 'A.a': x.map(() => 10.2), 'B.a': x.map(() => 9.8), 'B.fraction': fraction }, x)
    const { hysteresis } = couple(trends)
    expect(hysteresis!.of).toBe('B.fraction')
    expect(Math.abs(hysteresis!.mean.value - 0.08)).toBeLessThan(4 * hysteresis!.mean.standardError!)
    expect(couple(twoPhases(0)).hysteresis).toBeNull()
  })

  it('gives compositions by Vegard, their gap, and the change of volume for a formula unit', () => {
    const f = steps(12)
    const trends = run({
      'A.a': f.map(() => 10.2),
      'B.a': f.map(() => 9.8),
      'B.fraction': f,
      'A.volume': f.map(() => 290),
      'B.volume': f.map(() => 136),
    })
    // four formula units in A, two in B; end members of 73 and 67 Å³
    const found = couple(trends, { formulaUnits: [4, 2], vegard: { x: [1, 0], volume: [73, 67] } })
    expectClose(found.volumeChange!.value, 68 / 72.5 - 1, { atol: 4 * found.volumeChange!.standardError! })
    expectClose(found.compositions['A.x']!.values[3]!, 1 - 0.5 / 6, { atol: 0.004 })
    expect(found.gap!.by).toBe('Vegard')
    expectClose(found.gap!.from.value, 1 - 0.5 / 6, { atol: 4 * found.gap!.from.standardError! })
    expectClose(found.gap!.to.value, 1 / 6, { atol: 4 * found.gap!.to.standardError! })
  })
})

describe('the mechanism of one phase', () => {
  const alone = (a: number[], fwhm: number[], twoTheta = 40): Mechanism =>
    mechanism(run({ 'P.a': a, 'P.fwhm': fwhm }), { phases: ['P'], twoTheta })
  const up = steps(30)

  it('is a solid solution where one narrow line moves', () => {
    const found = alone(
      up.map(s => 8.2 - 0.2 * s),
      up.map(() => 0.1),
    )
    expect(found.verdict).toBe('solid solution')
    expect(found.intervals.map(({ verdict }) => verdict)).toEqual(['solid solution'])
  })

  it('is two-phase where it jumps, undecided where it looks as wide as its way, and nothing where it stays', () => {
    const narrow = up.map(() => 0.1)
    expect(
      alone(
        up.map(s => (s < 0.5 ? 8.2 : 8.0)),
        narrow,
      ).verdict,
    ).toBe('two-phase')
    const way = 2 * (0.2 / 8.2) * Math.tan((20 * Math.PI) / 180) * (180 / Math.PI)
    expect(
      alone(
        up.map(s => 8.2 - 0.2 * s),
        up.map(s => 0.1 + 1.2 * way * 4 * s * (1 - s)),
      ).verdict,
    ).toBe('undecided')
    const still = alone(
      up.map(() => 8.2),
      narrow,
    )
    expect(still.verdict).toBe('no change')
    expect(still.intervals.map(({ verdict }) => verdict)).toEqual(['no change'])
  })
})

describe('a mechanism that is asked for without sense', () => {
  it('is refused with the way out', () => {
    const trends = twoPhases(0)
    expect(errorCode(() => mechanism(trends, { phases: [] as unknown as ['A'] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => mechanism(trends, { phases: ['C'] }))).toBe('E_MISSING')
    expect(errorCode(() => couple(trends, { against: 'voltage' }))).toBe('E_MISSING')
    expect(errorCode(() => couple(trends, { criterion: 'dic' as 'bic' }))).toBe('E_ARGUMENT')
    expect(errorCode(() => couple(trends, { matter: 1 } as object))).toBe('E_ARGUMENT')
  })
})
