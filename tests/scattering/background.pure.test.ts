import fc from 'fast-check'
import { isOperandoError } from 'operando'
import {
  chebyshev,
  chebyshevBasis,
  estimateBackground,
  fitChebyshev,
  pickBackground,
  snip,
  splineBackground,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/scattering/background.json'

const { x, y, truth } = reference
const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 60 })
const refuses = (run: () => unknown, code: Parameters<typeof isOperandoError>[1]): void => {
  expect(run).toThrow(expect.toSatisfy((error: unknown) => isOperandoError(error, code)))
}

describe('chebyshev', () => {
  const { coefficients, values, outside, atOutside, degree } = reference.chebyshev
  const domain = [10, 40] as const

  it('means what numpy.polynomial.Chebyshev means, outside its domain as well', () => {
    expectClose(chebyshev(x, coefficients, domain), values, { rtol: 1e-12, peer: `numpy ${reference.peers.numpy}` })
    expectClose(chebyshev(outside, coefficients, domain), atOutside, { rtol: 1e-12, peer: `numpy ${reference.peers.numpy}` })
  })

  it('is fitted as numpy fits it', () => {
    const sigma = y.map(v => Math.sqrt(Math.max(v, 1)))
    expectClose(fitChebyshev(x, y, { degree, sigma }).coefficients, coefficients, {
      rtol: 1e-9,
      peer: `numpy ${reference.peers.numpy}`,
    })
  })

  it('has its basis as the derivatives by the coefficients', () => {
    const basis = chebyshevBasis(Float64Array.from(x), 6, domain)
    const sum = x.map((_, i) => coefficients.reduce((s, c, k) => s + c * basis[k * x.length + i]!, 0))
    expectClose(sum, values, { rtol: 1e-12 })
  })

  it('finds any series of its degree, whatever is masked or NaN', () => {
    const series = chebyshev(x, [100, -20, 5, 3], domain)
    const holes = series.map((v, i) => (i % 7 === 3 ? Number.NaN : i % 11 === 2 ? 1e6 : v))
    const mask = x.map((_, i) => (i % 11 === 2 ? 1 : 0))
    const fit = fitChebyshev(x, holes, { degree: 3, domain, mask })
    expectClose(fit.coefficients, [100, -20, 5, 3], { rtol: 1e-10 })
    expectClose(fit.values, series, { rtol: 1e-10 })
  })

  it('leaves peaks out when it clips', () => {
    const fit = fitChebyshev(x, y, { degree: 4, clip: 2 })
    const rms = Math.sqrt(x.reduce((s, _, i) => s + (fit.values[i]! / truth[i]! - 1) ** 2, 0) / x.length)
    expect(rms).toBeLessThan(0.03)
    const top = x.findIndex(v => v >= 31)
    expect(fit.used[top]).toBe(0)
  })

  it('says what is missing or meaningless', () => {
    refuses(() => chebyshev([1], [1], [2, 2]), 'E_RANGE')
    refuses(() => chebyshev([1], [], [0, 1]), 'E_RANGE')
    refuses(() => fitChebyshev([1, 2], [1, 2], { degree: 2 }), 'E_SHAPE')
    refuses(() => fitChebyshev([1, 2, 3], [Number.NaN, Number.NaN, Number.NaN], { degree: 0 }), 'E_NAN')
    refuses(() => fitChebyshev([1, 2, 3], [1, 1, 1], { degree: 0, sigma: [1, 0, 1] }), 'E_RANGE')
  })
})

describe('snip', () => {
  it.each(reference.snip)(
    'follows the papers: width $width, order $order, decreasing $decreasing, lls $lls',
    ({ values, ...c }) => {
      const options = { ...c, order: c.order as 2 | 4 | 6 }
      expectClose(snip(y, options), values, {
        rtol: 1e-10,
        atol: 1e-10,
        peer: 'the equations of Ryan and Morháč, written in numpy',
      })
    },
  )

  it('lifts values below zero for the logarithms, and puts the result back', () => {
    expectClose(
      snip(
        y.map(v => v - 60),
        { width: 12 },
      ),
      reference.signed.values,
      { rtol: 1e-10, atol: 1e-10, peer: 'the equations of Ryan and Morháč, written in numpy' },
    )
  })

  it('is never above the data, and never below a straight line that the data nowhere undercut', () => {
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(2, 4, 6) as fc.Arbitrary<2 | 4 | 6>,
        (data, width, order) => {
          const background = snip(data, { width, order, lls: false })
          data.forEach((v, i) => {
            expect(background[i]).toBeLessThanOrEqual(v)
          })
          const line = snip(
            data.map((v, i) => v + 3 * i),
            { width, lls: false },
          )
          line.forEach((v, i) => {
            expect(v).toBeGreaterThanOrEqual(3 * i - 1e-9)
          })
        },
      ),
    )
  })

  it('moves with a constant and scales with a factor', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 40 }), (data, width) => {
        const plain = snip(data, { width, lls: false })
        const moved = snip(
          data.map(v => 3 * v + 500),
          { width, lls: false },
        )
        expectClose(
          moved,
          plain.map(v => 3 * v + 500),
          { atol: 1e-9 },
        )
      }),
    )
  })

  it('keeps straight lines to their ends, and removes a narrow peak altogether', () => {
    const line = Float64Array.from({ length: 50 }, (_, i) => 20 + 2 * i)
    const peak = line.map((v, i) => v + 100 * Math.exp(-(((i - 24) / 2) ** 2)))
    expectClose(snip(line, { width: 12, lls: false }), line, { rtol: 1e-12 })
    expectClose(snip(peak, { width: 12, lls: false }), line, { rtol: 1e-3 })
  })

  it('bridges gaps', () => {
    const line = Float64Array.from({ length: 30 }, (_, i) => 10 + i)
    const holes = line.map((v, i) => (i > 9 && i < 14 ? Number.NaN : i === 20 ? -500 : v))
    const mask = line.map((_, i) => (i === 20 ? 1 : 0))
    expectClose(snip(holes, { width: 5, lls: false, mask }), line, { rtol: 1e-12 })
    expect(snip([Number.NaN, 4, 5, Number.NaN], { width: 1, lls: false })[0]).toBe(4)
  })

  it('says what is wrong', () => {
    refuses(() => snip([1, 2, 3], { width: 0 }), 'E_RANGE')
    refuses(() => snip([1, 2, 3], { width: 1.5 }), 'E_RANGE')
    refuses(() => snip([Number.NaN, Number.NaN], { width: 1 }), 'E_NAN')
    refuses(() => snip([1, Infinity, 2], { width: 1 }), 'E_NAN')
  })
})

describe('splineBackground', () => {
  it('goes through its points and stays level beyond them', () => {
    const points = { x: [12, 20, 30, 38], y: [5, 9, 7, 6] }
    expectClose(splineBackground(points.x, points), points.y, { rtol: 1e-12 })
    expectClose(splineBackground([10, 40], points), [5, 6], { rtol: 1e-12 })
    expectClose(splineBackground([1, 2], { x: [1], y: [4] }), [4, 4], { rtol: 0 })
  })

  it('is the natural cubic spline: a straight line stays one', () => {
    expectClose(splineBackground([1.5, 2.5], { x: [0, 1, 2, 4], y: [1, 3, 5, 9] }), [4, 6], { rtol: 1e-12 })
  })

  it('picks levels as medians around positions, masked points left out', () => {
    const ramp = Array.from({ length: 11 }, (_, i) => i)
    const spiked = ramp.map(v => (v === 5 ? 1000 : v))
    expect([...Array.from(pickBackground(ramp, spiked, { at: [5], halfWidth: 2 }).y)]).toEqual([6])
    expect([...Array.from(pickBackground(ramp, spiked, { at: [5], halfWidth: 2, mask: ramp.map(v => +(v === 5)) }).y)]).toEqual([
      5,
    ])
    refuses(() => pickBackground(ramp, ramp, { at: [50], halfWidth: 1 }), 'E_RANGE')
  })
})

describe('estimateBackground', () => {
  it.each(['snip', 'chebyshev', 'spline'] as const)(
    'finds the background under noisy peaks by %s within a few per cent',
    method => {
      // stretches of 30 / 7: no peak fills half of one
      const got = estimateBackground(x, y, { method, width: 3, degree: 4, count: 7 })
      const rms = Math.sqrt(x.reduce((s, _, i) => s + (got[i]! / truth[i]! - 1) ** 2, 0) / x.length)
      expect(rms).toBeLessThan(0.12)
    },
  )

  it('refuses what it does not know', () => {
    refuses(() => estimateBackground([1, 2, 3], [1, 2, 3], { method: 'magic' as 'snip' }), 'E_ARGUMENT')
    refuses(() => estimateBackground([1, 3, 2], [1, 2, 3]), 'E_AXIS')
  })
})
