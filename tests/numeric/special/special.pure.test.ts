import { isOperandoError } from 'operando'
import {
  besselJ0,
  besselJ1,
  cosineIntegral,
  dawson,
  digamma,
  erf,
  erfc,
  erfcx,
  gamma,
  lgamma,
  sinc,
  sineIntegral,
  sphericalBessel,
  sphericalBesselAll,
} from 'operando/numeric'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/special.json'

type Function = (x: number) => number
type Intervals = Record<string, { x: number[]; y: number[] }>
interface Case {
  f: Function
  /** Relative error asked for. */
  rtol: number
  /** Envelope that the error is relative to; the value itself if absent. */
  envelope?: Function
  /** Intervals where another envelope holds. */
  except?: Record<string, Function>
}

const cases: Record<string, Case> = {
  erf: { f: erf, rtol: 1e-15 },
  erfc: { f: erfc, rtol: 5e-15 },
  erfcx: { f: erfcx, rtol: 5e-15 },
  dawson: { f: dawson, rtol: 1e-14 },
  gamma: { f: gamma, rtol: 5e-14 },
  lgamma: { f: lgamma, rtol: 1e-14, except: { negative: x => 1 + Math.abs(x) } },
  digamma: { f: digamma, rtol: 1e-14, except: { negative: x => 1 + Math.abs(Math.PI / Math.tan(Math.PI * x)) } },
  besselJ0: { f: besselJ0, rtol: 3e-15, envelope: x => Math.min(1, Math.sqrt(2 / (Math.PI * Math.abs(x)))) },
  besselJ1: { f: besselJ1, rtol: 3e-15, envelope: x => Math.min(Math.abs(x) / 2, Math.sqrt(2 / (Math.PI * Math.abs(x)))) },
  sinc: { f: sinc, rtol: 4e-16, envelope: x => Math.min(1, 1 / Math.abs(x)) },
  sineIntegral: { f: sineIntegral, rtol: 1e-15 },
  cosineIntegral: { f: cosineIntegral, rtol: 3e-15, envelope: x => (x < 1 ? 1 - Math.log(x) : 1 / x) },
}

describe.each(Object.entries(cases))('%s agrees with mpmath', (name, { f, rtol, envelope, except }) => {
  const intervals = (reference as unknown as Record<string, Intervals>)[name]!
  test.each(Object.entries(intervals))('on the interval %s', (interval, { x, y }) => {
    const scale = except?.[interval] ?? envelope
    const got = x.map(f)
    if (scale === undefined) expectClose(got, y, { rtol, atol: 1e-323, peer: reference.peer })
    else
      expectClose(
        got.map((g, i) => (g - y[i]!) / scale(x[i]!)),
        y.map(() => 0),
        { atol: rtol, peer: reference.peer },
      )
  })
})

describe('at their zeros', () => {
  test.each(['besselJ0', 'besselJ1', 'cosineIntegral'] as const)('%s is right relative to its envelope', name => {
    const { x, y } = reference.zeros[name]
    const { f, envelope } = cases[name]!
    for (const [i, at] of x.entries()) expectClose(f(at), y[i]!, { atol: 3e-15 * envelope!(at), peer: reference.peer })
  })
})

describe('special arguments', () => {
  const zero = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))
  test.each([erf, dawson, besselJ1, sineIntegral])('%o keeps the sign of zero', f => {
    expect(zero(f(-0))).toBe('-0')
    expect(zero(f(0))).toBe('0')
  })
  test.each(Object.entries(cases))('%s gives NaN for NaN', (_, { f }) => {
    expect(f(Number.NaN)).toBeNaN()
  })
  test('limits at infinity and zero', () => {
    const at = (f: Function): number[] => [f(-Infinity), f(-0), f(0), f(Infinity)]
    expect(at(erf)).toEqual([-1, -0, 0, 1])
    expect(at(erfc)).toEqual([2, 1, 1, 0])
    expectClose(at(erfcx), [Infinity, 1, 1, 0], { rtol: 2e-16 })
    expect(at(dawson)).toEqual([-0, -0, 0, 0])
    expect(at(gamma)).toEqual([Number.NaN, -Infinity, Infinity, Infinity])
    expect(at(lgamma)).toEqual([Infinity, Infinity, Infinity, Infinity])
    expect(at(digamma)).toEqual([Number.NaN, Infinity, -Infinity, Infinity])
    expectClose(at(besselJ0), [0, 1, 1, 0], { rtol: 3e-16 })
    expect(at(besselJ1).map(Math.abs)).toEqual([0, 0, 0, 0])
    expect(at(sinc)).toEqual([0, 1, 1, 0])
    expect(at(sineIntegral)).toEqual([-Math.PI / 2, -0, 0, Math.PI / 2])
    expect(at(cosineIntegral)).toEqual([0, -Infinity, -Infinity, 0])
  })
  test('gamma is exact for whole numbers, NaN at its poles, and overflows where it must', () => {
    expect([1, 2, 3, 4, 5, 10, 18].map(gamma)).toEqual([1, 1, 2, 6, 24, 362880, 355687428096000])
    expect([-1, -2, -171].map(gamma)).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(gamma(171.7)).toBe(Infinity)
    expect(lgamma(1)).toBeCloseTo(0, 300)
    expect(lgamma(2)).toBeCloseTo(0, 300)
    expect([-1, -7].map(lgamma)).toEqual([Infinity, Infinity])
    expect(digamma(-3)).toBeNaN()
  })
  test('erfc underflows to 0 and erfcx overflows to Infinity, no earlier', () => {
    expect(erfc(27.3)).toBe(0)
    expect(erfc(26.5)).toBeGreaterThan(0)
    expect(erfcx(-26.6)).toBeLessThan(Infinity)
    expect(erfcx(-26.7)).toBe(Infinity)
  })
})

describe('sphericalBessel', () => {
  const rows = reference.sphericalBessel as [number, number, number][]
  test('agrees with mpmath for orders 0 to 200 and arguments 1e-300 to 1e8', () => {
    for (const [n, x, want] of rows) {
      const envelope = x < n ? Math.abs(want) : Math.max(Math.abs(want), 1 / Math.max(x, 1))
      expectClose(sphericalBessel(n, x), want, { atol: 1e-12 * envelope + 1e-318, peer: reference.peer })
      expectClose(sphericalBesselAll(n, x)[n]!, want, { atol: 1e-12 * envelope + 1e-318, peer: reference.peer })
    }
  })
  test('has the parity of its order', () => {
    expect(sphericalBessel(3, -2)).toBe(-sphericalBessel(3, 2))
    expect(sphericalBessel(4, -2)).toBe(sphericalBessel(4, 2))
    expectClose(
      sphericalBesselAll(4, -2),
      [0, 1, 2, 3, 4].map(n => sphericalBessel(n, -2)),
      { rtol: 1e-14 },
    )
  })
  test('is 1 or 0 at zero, 0 at infinity, NaN for NaN', () => {
    expect([...sphericalBesselAll(3, 0)]).toEqual([1, 0, 0, 0])
    expect([0, 1, 5].map(n => sphericalBessel(n, 0))).toEqual([1, 0, 0])
    expect([0, 1, 5].map(n => sphericalBessel(n, Infinity))).toEqual([0, 0, 0])
    expect(sphericalBessel(2, Number.NaN)).toBeNaN()
  })
  test('satisfies sum (2n + 1) j_n² = 1', () => {
    for (const x of [0.3, 2.5, 17, 80]) {
      const sum = sphericalBesselAll(160, x).reduce((s, j, n) => s + (2 * n + 1) * j * j, 0)
      expectClose(sum, 1, { rtol: 1e-13 })
    }
  })
  test('refuses a broken order', () => {
    for (const n of [-1, 0.5, Number.NaN]) {
      try {
        sphericalBessel(n, 1)
        expect.unreachable()
      } catch (error) {
        expect(isOperandoError(error, 'E_RANGE')).toBe(true)
      }
    }
  })
})
