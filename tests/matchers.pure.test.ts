import { describe, expect, it } from 'vitest'
import { expectClose, worstDeviation } from './matchers.js'

describe('expectClose', () => {
  it('names the worst element, not the first', () => {
    const worst = worstDeviation([1, 2.1, 3.5], [1, 2, 3], { rtol: 1e-3 })
    expect(worst.pass).toBe(false)
    expect(worst.message).toContain('at [2]: got 3.5, expected 3')
  })

  it('treats NaN as equal to NaN only, and a wrong length as a failure', () => {
    expect(worstDeviation([Number.NaN], [Number.NaN], { atol: 1 }).pass).toBe(true)
    expect(worstDeviation([Number.NaN], [0], { atol: 1 }).pass).toBe(false)
    expect(worstDeviation([1, 2], [1], { atol: 9 }).pass).toBe(false)
    expect(worstDeviation([Infinity], [1e300], { rtol: 1e9 }).pass).toBe(false)
  })

  it('adds both tolerances', () => {
    expectClose(1.011, 1, { rtol: 0.01, atol: 0.001 })
  })
})
