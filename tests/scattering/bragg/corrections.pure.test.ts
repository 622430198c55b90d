import { cylinderAbsorption, primaryExtinction } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { createAbsorption } from '../../../src/scattering/bragg/refinement/absorptionModel.js'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import reference from '../../reference/scattering/corrections.json' with { type: 'json' }

describe('absorption in a cylinder', () => {
  it('is the mean over the section, to 1e-4', () => {
    const { cylinder, peer } = reference
    const found = cylinder.map(({ twoTheta, muR }) => cylinderAbsorption(twoTheta, muR))
    expectClose(
      found,
      cylinder.map(({ transmission }) => transmission),
      { rtol: 1e-4, peer },
    )
    expect(cylinderAbsorption(40, 0)).toBeCloseTo(1, 6)
  })

  it('is interpolated between angles in a refinement, to 2e-4', () => {
    const model = createAbsorption('cylinder')
    const pair = new Float64Array(2)
    for (const muR of [0.3, 1, 3])
      for (const angle of [4, 33, 90, 151]) {
        model(angle, muR, pair)
        expectClose(pair[0]!, cylinderAbsorption(angle, muR), { rtol: 2e-4 })
      }
  })

  it('refuses what means nothing', () => {
    expect(errorCode(() => cylinderAbsorption(200, 1))).toBe('E_RANGE')
    expect(errorCode(() => cylinderAbsorption(20, -1))).toBe('E_RANGE')
  })
})

describe('primary extinction', () => {
  it("has Sabine's Laue part at low and his Bragg part at high angles", () => {
    const { laue, peer } = reference
    // sin² theta of 2e-4 degrees is nothing, of 180 - 2e-4 all
    expectClose(
      laue.map(({ x }) => primaryExtinction(2e-4, x)),
      laue.map(own => own.laue),
      { rtol: 1e-9, peer },
    )
    for (const { x } of laue) expectClose(primaryExtinction(180 - 2e-4, x), 1 / Math.sqrt(1 + x), { rtol: 1e-9 })
    expect(errorCode(() => primaryExtinction(30, -1))).toBe('E_RANGE')
  })
})
