import fc from 'fast-check'
import { isOperandoError } from 'operando'
import {
  chiSquareCdf,
  chiSquareQuantile,
  fCdf,
  fQuantile,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import signal from '../../reference/numeric/signal.json'
import reference from '../../reference/numeric/statistics.json'

const { distributions } = signal
const { peer } = reference

describe('distribution functions agree with scipy.stats, both tails', () => {
  it('chi-square', () => {
    for (const [x, k, lower, upper] of distributions.chi2 as [number, number, number, number][]) {
      expectClose([chiSquareCdf(x, k), chiSquareCdf(x, k, 'upper')], [lower, upper], {
        rtol: 2e-12,
        atol: 1e-300,
        peer: signal.peer,
      })
    }
  })
  it('F', () => {
    for (const [x, a, b, lower, upper] of distributions.f as [number, number, number, number, number][]) {
      expectClose([fCdf(x, a, b), fCdf(x, a, b, 'upper')], [lower, upper], { rtol: 2e-12, peer: signal.peer })
    }
  })
  it("Student's t", () => {
    for (const [x, k, lower, upper] of distributions.t as [number, number, number, number][]) {
      expectClose([studentCdf(x, k), studentCdf(x, k, 'upper')], [lower, upper], { rtol: 2e-12, peer: signal.peer })
    }
  })
  it('normal', () => {
    for (const [x, lower, upper] of distributions.normal as [number, number, number][]) {
      expectClose([normalCdf(x), normalCdf(x, 'upper')], [lower, upper], { rtol: 1e-12, peer: signal.peer })
    }
  })
})

describe('quantiles agree with scipy.stats and mpmath, both tails', () => {
  it('chi-square', () => {
    for (const [p, k, lower, upper] of reference.chi2Quantile as [number, number, number, number][]) {
      expectClose([chiSquareQuantile(p, k), chiSquareQuantile(p, k, 'upper')], [lower, upper], { rtol: 1e-11, peer })
    }
  })
  it('F', () => {
    for (const [p, a, b, lower, upper] of reference.fQuantile as [number, number, number, number, number][]) {
      expectClose([fQuantile(p, a, b), fQuantile(p, a, b, 'upper')], [lower, upper], { rtol: 1e-11, peer })
    }
  })
  it("Student's t", () => {
    for (const [p, k, lower, upper] of reference.tQuantile as [number, number, number, number][]) {
      expectClose([studentQuantile(p, k), studentQuantile(p, k, 'upper')], [lower, upper], { rtol: 1e-11, atol: 1e-15, peer })
    }
  })
  it('normal', () => {
    for (const [p, z] of distributions.normalQuantile as [number, number][]) {
      expectClose([normalQuantile(p), normalQuantile(p, 'upper')], [z, -z], { rtol: 1e-14, peer })
    }
  })
})

describe('very many degrees of freedom', () => {
  it("leave Student's t its digits, where the incomplete beta function stands at its very end", () => {
    // the integral of the density by mpmath 1.2.1
    expectClose([studentQuantile(0.975, 1e10), studentQuantile(0.975, 1e6)], [1.9599639847772814, 1.959966356814107], {
      rtol: 1e-13,
      peer: 'mpmath 1.2.1',
    })
    // F with one degree above is the square of t, and t of many degrees nearly normal: z + (z³ + z) / 4n
    const z = normalQuantile(0.995)
    expectClose(fQuantile(0.99, 1, 1e10), (z + (z ** 3 + z) / 4e10) ** 2, { rtol: 1e-13 })
  })
  it('a side that is none is refused', () => {
    const none = 'right' as 'upper'
    for (const run of [
      () => chiSquareCdf(3, 2, none),
      () => chiSquareQuantile(0.5, 2, none),
      () => fCdf(3, 2, 2, none),
      () => fQuantile(0.5, 2, 2, none),
      () => studentCdf(1, 2, none),
      () => studentQuantile(0.5, 2, none),
      () => normalCdf(1, none),
      () => normalQuantile(0.5, none),
    ])
      expect(errorCode(run)).toBe('E_ARGUMENT')
  })
})

describe('quantiles', () => {
  it('undo the distribution functions, to 1e-11 of the smaller tail', () => {
    const small = fc.double({ min: -250, max: -0.31, noNaN: true }).map(e => 10 ** e)
    const degrees = fc.double({ min: 0.5, max: 3000, noNaN: true })
    const tail = fc.constantFrom('lower' as const, 'upper' as const)
    fc.assert(
      fc.property(small, degrees, degrees, tail, (p, a, b, side) => {
        expectClose(normalCdf(normalQuantile(p, side), side), p, { rtol: 1e-11 })
        // values that leave the range of numbers cannot come back
        const chi = chiSquareQuantile(p, a, side)
        if (chi > 1e-300) expectClose(chiSquareCdf(chi, a, side), p, { rtol: 1e-11 })
        const f = fQuantile(p, a, b, side)
        if (f > 1e-300 && f < 1e300) expectClose(fCdf(f, a, b, side), p, { rtol: 1e-10 })
        const t = studentQuantile(p, a, side)
        if (Math.abs(t) < 1e150) expectClose(studentCdf(t, a, side), p, { rtol: 1e-10 })
      }),
    )
  })
  it('are infinite or zero at the ends, and t and normal vanish in the middle', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0, 'upper')]).toEqual([-Infinity, Infinity, Infinity])
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3), chiSquareQuantile(0, 3, 'upper')]).toEqual([0, Infinity, Infinity])
    expect([fQuantile(0, 3, 2), fQuantile(1, 3, 2)]).toEqual([0, Infinity])
    expect([studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([-Infinity, Infinity])
    expect([normalQuantile(0.5), studentQuantile(0.5, 3)]).toEqual([0, 0])
    expect([studentCdf(0, 3), studentCdf(-Infinity, 3), studentCdf(Infinity, 3)]).toEqual([0.5, 0, 1])
    expect([chiSquareCdf(-1, 2), fCdf(Infinity, 2, 3), normalCdf(-Infinity)]).toEqual([0, 1, 0])
  })
  it('of t tend to the normal ones', () => {
    for (const p of [0.001, 0.2, 0.6, 0.99]) expectClose(studentQuantile(p, 1e9), normalQuantile(p), { rtol: 1e-8 })
  })
  it('refuse what is no probability and no degree of freedom', () => {
    const runs = [
      () => normalQuantile(1.1),
      () => normalQuantile(Number.NaN),
      () => chiSquareQuantile(0.5, 0),
      () => chiSquareCdf(1, -1),
      () => fCdf(1, 2, Infinity),
      () => studentCdf(1, Number.NaN),
    ]
    for (const run of runs) {
      try {
        run()
        expect.unreachable()
      } catch (error) {
        expect(isOperandoError(error, 'E_RANGE')).toBe(true)
      }
    }
    expect(() => normalCdf(Number.NaN)).toThrow(/NaN/)
  })
})
