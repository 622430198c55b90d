import { erfcx, faddeeva, faddeevaArray, faddeevaAt, faddeevaDerivative } from 'operando/numeric'
import { describe, expect, test } from 'vitest'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/numeric/special.json'

type Row = [x: number, y: number, re: number, im: number, dRe: number, dIm: number]
const upper = reference.faddeeva as Row[]
const lower = reference.faddeevaLower as Row[]

describe('faddeeva', () => {
  test('agrees with mpmath to 1e-13 in each part over the upper half plane, down to y = 1e-300 and 0', () => {
    const column = (k: 0 | 1): number[] => upper.map(([x, y]) => faddeeva(x, y)[k])
    expectClose(
      column(0),
      upper.map(r => r[2]),
      { rtol: 1e-13, atol: 1e-307, peer: reference.peer },
    )
    expectClose(
      column(1),
      upper.map(r => r[3]),
      { rtol: 1e-13, atol: 1e-307, peer: reference.peer },
    )
  })
  test('agrees in the lower half plane relative to the two terms that may cancel there', () => {
    for (const [x, y, re, im] of lower) {
      const scale = 2 * Math.exp(y * y - x * x) + Math.hypot(...faddeeva(x, -y))
      const got = faddeeva(x, y)
      expectClose(got, [re, im], { atol: 1e-13 * scale, peer: reference.peer })
    }
  })
  test('its derivative agrees to 1e-12 of its modulus where -2 z w + 2i/sqrt(pi) loses up to all digits', () => {
    for (const [x, y, , , dRe, dIm] of upper) {
      const [, , gotRe, gotIm] = faddeevaDerivative(x, y)
      expectClose([gotRe, gotIm], [dRe, dIm], { atol: 1e-12 * Math.hypot(dRe, dIm) + 1e-318, peer: reference.peer })
    }
    for (const [x, y, , , dRe, dIm] of lower) {
      const [, , gotRe, gotIm] = faddeevaDerivative(x, y)
      const scale = Math.hypot(x, y) * 4 * Math.exp(y * y - x * x) + Math.hypot(...faddeevaDerivative(x, -y).slice(2))
      expectClose([gotRe, gotIm], [dRe, dIm], { atol: 1e-12 * scale + 1e-318, peer: reference.peer })
    }
  })
  test('is erfcx on the imaginary axis and exp(-x²) in the real part of the real axis', () => {
    for (const y of [0, 0.3, 2, 7, 11.9, 12.1, 400]) expectClose(faddeeva(0, y), [erfcx(y), 0], { rtol: 1e-14 })
    for (const x of [0, 0.7, 5, 11.9, 12.1, 20, 26.5]) {
      expectClose(faddeeva(x, 0)[0], Math.exp(-x * x), { rtol: 1e-12, atol: 1e-320 })
    }
  })
  test('is symmetric: w(-conj z) = conj w(z)', () => {
    for (const [x, y] of [...upper, ...lower]) {
      const [re, im] = faddeeva(x, y)
      const [re2, im2] = faddeeva(-x, y)
      expect(re2).toBe(re)
      expect(im2 + im).toBe(0)
    }
  })
  test('is 1 at 0, 0 at infinity, NaN for NaN', () => {
    expectClose(faddeeva(0, 0), [1, 0], { rtol: 2e-16 })
    expectClose(faddeeva(-0, -0), [1, 0], { rtol: 2e-16 })
    for (const [x, y] of [
      [Infinity, 1],
      [-Infinity, 0],
      [3, Infinity],
    ] as const) {
      expect(faddeeva(x, y).map(Math.abs)).toEqual([0, 0])
    }
    expect(faddeeva(Number.NaN, 1)[0]).toBeNaN()
    expect(faddeeva(1, Number.NaN)[1]).toBeNaN()
    expect(faddeeva(0, -30)[0]).toBe(Infinity)
  })
  test('keeps unit area as a Voigt profile', () => {
    // the trapezoid over a wide range; the Lorentzian tails beyond add 2 g / (pi L)
    const [s, g, L, n] = [0.8, 0.3, 400, 80000]
    let sum = 0
    for (let i = 0; i <= n; i++) {
      const x = -L + (2 * L * i) / n
      sum += faddeeva(x / (s * Math.SQRT2), g / (s * Math.SQRT2))[0] * (i === 0 || i === n ? 0.5 : 1)
    }
    const area = (sum * 2 * L) / n / (s * Math.sqrt(2 * Math.PI)) + (2 / Math.PI) * Math.atan(g / L)
    expectClose(area, 1, { rtol: 1e-8 })
  })
  test('works over arrays, with one or many imaginary parts', () => {
    const x = [-13, -1, 0, 0.4, 30]
    const y = [0.1, 0.2, 0.3, 0.4, -0.5]
    expect([...faddeevaArray(x, y)]).toEqual(x.flatMap((v, i) => faddeeva(v, y[i]!)))
    expect([...faddeevaArray(x, 2)]).toEqual(x.flatMap(v => faddeeva(v, 2)))
    const out = new Float64Array(4)
    faddeevaAt(1, 1, out, 2)
    expect([...out.subarray(2)]).toEqual(faddeeva(1, 1))
  })
})
