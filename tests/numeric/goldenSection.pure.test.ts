import { describe, expect, it } from 'vitest'
import { goldenSection } from '../../src/numeric/goldenSection.js'
import { expectClose } from '../matchers.js'

describe('goldenSection', () => {
  it('finds minima that are known in closed form, within and at a limit', () => {
    // x ln x is least at 1/e, where its value is flat to half of the digits
    expectClose(
      goldenSection(x => x * Math.log(x), 0.1, 0.9, 1e-8),
      Math.exp(-1),
      { atol: 3e-8 },
    )
    expectClose(
      goldenSection(x => Math.abs(x - Math.SQRT2), 0, 5, 1e-10),
      Math.SQRT2,
      { atol: 1e-10 },
    )
    expectClose(
      goldenSection(x => x, 2, 3, 1e-9),
      2,
      { atol: 1e-9 },
    )
  })

  it('ends where numbers lie no closer, whatever was asked', () => {
    expect(goldenSection(x => (x - 1e9) ** 2, 0, 2e9, 0)).toBeCloseTo(1e9, 0)
  })
})
