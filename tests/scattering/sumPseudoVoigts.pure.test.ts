import fc from 'fast-check'
import { isOperandoError } from 'operando'
import { pseudoVoigt, sumPseudoVoigts } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'

const even = Float64Array.from({ length: 1500 }, (_, i) => 10 + 0.02 * i)
const uneven = even.map((v, i) => v + 0.004 * Math.sin(i))

const line = fc.record({
  area: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  centre: fc.double({ min: 5, max: 45, noNaN: true }),
  fwhm: fc.double({ min: 0.01, max: 8, noNaN: true }),
  eta: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('sumPseudoVoigts', () => {
  it.each([
    ['an even', even],
    ['an uneven', uneven],
  ])('is the sum of pseudoVoigt, on %s grid', (_, x) => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), lines => {
        const list = (name: 'area' | 'centre' | 'fwhm' | 'eta'): number[] => lines.map(l => l[name])
        const got = sumPseudoVoigts(x, { area: list('area'), centre: list('centre'), fwhm: list('fwhm'), eta: list('eta') })
        const want = new Float64Array(x.length)
        let height = 0
        for (const l of lines) {
          for (const [i, v] of pseudoVoigt(x, l).entries()) want[i]! += v
          height += l.area / l.fwhm
        }
        expectClose(got, want, { atol: 1e-9 * height })
      }),
      { numRuns: 50 },
    )
  })

  it('stops at its reach and leaves the rest at 0', () => {
    const y = sumPseudoVoigts(even, { area: [1], centre: [20], fwhm: [0.1], eta: [0.5] }, { reach: 10 })
    even.forEach((t, i) => {
      if (Math.abs(t - 20) > 1.001) expect(y[i]).toBe(0)
      else if (Math.abs(t - 20) < 0.999) expect(y[i]).toBeGreaterThan(0)
    })
  })

  it('stays finite for lines far narrower than the grid, on it and between its points', () => {
    for (const fwhm of [1e-60, 1e-75, 1e-150, 1e-200]) {
      const y = sumPseudoVoigts(even, { area: [1, 1], centre: [20.01, 25], fwhm: [fwhm, fwhm], eta: [1, 1] })
      expect(y.every(v => v >= 0 && v < Infinity)).toBe(true)
    }
  })

  it('takes the array to fill, and refuses widths of 0', () => {
    const out = new Float64Array(even.length).fill(9)
    expect(sumPseudoVoigts(even, { area: [], centre: [], fwhm: [], eta: [] }, { out })).toBe(out)
    expect(out.every(v => v === 0)).toBe(true)
    expect(() => sumPseudoVoigts(even, { area: [1], centre: [1], fwhm: [0], eta: [0] })).toThrow(
      expect.toSatisfy((error: unknown) => isOperandoError(error, 'E_RANGE')),
    )
  })
})
