import fc from 'fast-check'
import { betaInc, erf, erfc, gammaP, gammaQ } from 'operando/numeric'
import { describe, expect, it, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/incomplete.json'

const { peer } = reference

describe('gammaP and gammaQ agree with mpmath', () => {
  const intervals = Object.entries(reference.gamma) as [string, [number, number, number, number][]][]
  test.each(intervals)('for %s orders', (_, rows) => {
    for (const column of [2, 3] as const) {
      const f = column === 2 ? gammaP : gammaQ
      expectClose(
        rows.map(([a, x]) => f(a, x)),
        rows.map(row => row[column]),
        { rtol: 5e-13, atol: 1e-300, peer },
      )
    }
  })
})

describe('betaInc agrees with mpmath', () => {
  const intervals = Object.entries(reference.beta) as [string, [number, number, number, number][]][]
  test.each(intervals)('for %s orders', (_, rows) => {
    expectClose(
      rows.map(([a, b, x]) => betaInc(a, b, x)),
      rows.map(row => row[3]),
      { rtol: 2e-13, atol: 1e-300, peer },
    )
  })
})

describe('closed forms of the incomplete functions', () => {
  it('P(1/2, x²) is erf, Q(1/2, x²) erfc, Q(1, x) an exponential', () => {
    for (const x of [0.1, 0.7, 1, 2.5, 6]) {
      expectClose([gammaP(0.5, x * x), gammaQ(0.5, x * x), gammaQ(1, x)], [erf(x), erfc(x), Math.exp(-x)], { rtol: 2e-14 })
    }
  })
  it('both shares add up to 1, and rise or fall with x', () => {
    const order = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
    // 1 - u must be exact
    const share = fc.integer({ min: 0, max: 4096 }).map(i => i / 4096)
    fc.assert(
      fc.property(order, order, share, (a, b, u) => {
        expectClose(gammaP(a, 2 * a * u) + gammaQ(a, 2 * a * u), 1, { rtol: 1e-14 })
        expectClose(betaInc(a, b, u) + betaInc(b, a, 1 - u), 1, { atol: 1e-11 })
        expect(gammaP(a, 2 * a * u) * (1 + 1e-12)).toBeGreaterThanOrEqual(gammaP(a, a * u))
      }),
    )
  })
  it('ends are exact, NaN is NaN, and what lies outside is NaN', () => {
    expect([gammaP(2, 0), gammaP(2, Infinity), gammaQ(2, 0), gammaQ(2, Infinity)]).toEqual([0, 1, 1, 0])
    expect([gammaP(2, -0), betaInc(1, 2, -0)].map(Math.abs)).toEqual([0, 0])
    expect([betaInc(2, 3, 0), betaInc(2, 3, 1)]).toEqual([0, 1])
    const bad = [
      gammaP(0, 1),
      gammaP(-1, 1),
      gammaP(1, -1),
      gammaP(Infinity, 1),
      gammaP(Number.NaN, 1),
      gammaQ(1, Number.NaN),
      gammaQ(0, 1),
      betaInc(0, 1, 0.5),
      betaInc(1, Infinity, 0.5),
      betaInc(1, 1, 1.1),
      betaInc(1, 1, -0.1),
      betaInc(1, 1, Number.NaN),
    ]
    for (const value of bad) expect(value).toBeNaN()
  })
})
