import fc from 'fast-check'
import { HC_EV_ANGSTROM } from 'operando'
import { attenuationLength, createRefraction, criticalAngle, penetrationDepth, refractiveIndex } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { errorText, rejection } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/materials.json'

describe('createRefraction', () => {
  it('is the index that xraydb has from the same table, 32 eV to 145 keV', async () => {
    for (const { name, delta, beta } of reference.materials) {
      const plan = await createRefraction(name)
      expectClose(plan.delta.over(reference.chantlerEnergies), delta, { rtol: 1e-4, peer: reference.peer })
      expectClose(plan.beta.over(reference.chantlerEnergies), beta, { rtol: 1e-4, peer: reference.peer })
    }
  })

  it('has the δ of xraylib, which stands on other tables, where no edge is near', async () => {
    // S K, Fe K, Ni K and Au M within 40 eV, where tables part by electrons
    const near: Record<string, readonly number[]> = { Li10SnP2S12: [2500], LiFePO4: [7120], NMC811: [8340], gold: [2500] }
    for (const { name, xraylib } of reference.materials) {
      const { delta } = await createRefraction(name)
      reference.xraylibEnergies.forEach((energy, i) => {
        if (!near[name]?.includes(energy))
          expectClose(delta.at(energy), xraylib.delta[i]!, { rtol: 5e-3, peer: reference.xraylibPeer })
      })
    }
  })

  it('tends to that of free electrons at high energy', async () => {
    // δ = r_e λ² n_e / 2π; 699 electrons in a nm³ of silicon; the relativistic part of f' takes 0.017 of 14
    const lambda = HC_EV_ANGSTROM / 145_000
    expectClose(
      (await refractiveIndex('Si', 145_000)).delta,
      (2.8179403e-5 * lambda ** 2 * (14 * 8)) / (2 * Math.PI * 5.431020511 ** 3),
      { rtol: 2e-3 },
    )
  })

  it('refuses energies outside the table', async () => {
    const { delta } = await createRefraction('Si')
    expect(errorText(() => delta.at(5))).toMatch(/E_RANGE silicon, delta of the refractive index.*energy 5 eV/)
    expect(await rejection(createRefraction({ formula: 'NpO2', density: 11 }))).toMatch(/E_MISSING/)
  })
})

describe('criticalAngle', () => {
  it('is the root of 2δ', async () => {
    const { delta } = await refractiveIndex('Si', '8.04778 keV')
    expectClose(await criticalAngle('Si', '8.04778 keV'), (Math.sqrt(2 * delta) * 180) / Math.PI, { rtol: 1e-5 })
    // textbook: 0.223 degrees for Cu Kα on silicon
    expectClose(await criticalAngle('Si', '8.04778 keV'), 0.223, { rtol: 5e-3 })
  })
})

describe('penetrationDepth', () => {
  it('is the attenuation length straight in, and its sine far above the critical angle', async () => {
    expect(await penetrationDepth('Si', '8 keV')).toBe(await attenuationLength('Si', '8 keV'))
    const length = await attenuationLength('Si', '8 keV')
    expectClose(await penetrationDepth('Si', '8 keV', { incidence: 90 - 1e-9 }), length, { rtol: 1e-4 })
    expectClose(await penetrationDepth('Si', '8 keV', { incidence: 10 }), length * Math.sin((10 * Math.PI) / 180), { rtol: 1e-3 })
  })

  it('is what complex arithmetic gives at glancing angles', async () => {
    const [energy, angle] = [8000, (0.1 * Math.PI) / 180]
    const k = (2 * Math.PI * energy) / HC_EV_ANGSTROM
    const { delta } = await refractiveIndex('Si', energy)
    const beta = 1e-4 / (await attenuationLength('Si', energy)) / (2 * k)
    // the root of sin²α - 2δ + 2iβ by its angle
    const [re, im] = [Math.sin(angle) ** 2 - 2 * delta, 2 * beta]
    const imaginary = Math.sqrt(Math.hypot(re, im)) * Math.sin(Math.atan2(im, re) / 2)
    expectClose(await penetrationDepth('Si', energy, { incidence: 0.1 }), 1e-4 / (2 * k * imaginary), { rtol: 1e-4 })
    // evanescent limit 1 / (2k √(2δ - α²)) below the critical angle
    expectClose(
      await penetrationDepth('Si', energy, { incidence: 0.05 }),
      1e-4 / (2 * k * Math.sqrt(2 * delta - ((0.05 * Math.PI) / 180) ** 2)),
      { rtol: 2e-3 },
    )
  })

  it('never shrinks as the angle opens', async () => {
    const angle = fc.double({ min: 0.01, max: 45, noNaN: true })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('Si', 'Cu', 'LFP', 'Be'), angle, async (name, incidence) => {
        const [flat, open] = await Promise.all(
          [incidence, incidence * 1.05].map(one => penetrationDepth(name, 9500, { incidence: one })),
        )
        expect(open!).toBeGreaterThan(flat!)
      }),
      { numRuns: 40 },
    )
  })

  it('takes many energies in any array, and refuses angles that mean nothing', async () => {
    const many = await penetrationDepth('Si', Float32Array.of(8000, 10_000), { incidence: '2 mrad' })
    expect([...many]).toEqual([
      await penetrationDepth('Si', 8000, { incidence: '2 mrad' }),
      await penetrationDepth('Si', '10 keV', { incidence: '2 mrad' }),
    ])
    for (const incidence of [0, -1, 91])
      expect(await rejection(penetrationDepth('Si', 8000, { incidence }))).toMatch(/E_RANGE.*incidence/)
    expect(await rejection(penetrationDepth('Si', 8000, { incidence: '1 eV' as never }))).toMatch(/E_UNIT/)
  })
})
