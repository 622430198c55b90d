import fc from 'fast-check'
import { HC_EV_ANGSTROM } from 'operando'
import { attenuationLength, createAttenuation, massAttenuation, transmission } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { errorText, rejection } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/materials.json'

const { peer, energies } = reference
const cathode = {
  components: [
    { name: 'LFP', massFraction: 0.9 },
    { name: 'carbon black', massFraction: 0.05 },
    { name: 'PVDF', massFraction: 0.05 },
  ],
  porosity: 0.4,
  filling: 'LP30',
}

describe('createAttenuation', () => {
  it('is what xraydb gives for a material, total and photoabsorption, from 105 eV to 145 keV', async () => {
    for (const { name, formula, density, total, photo } of reference.materials) {
      const plan = await createAttenuation(name)
      expect([name, plan.composition.density]).toEqual([name, density])
      // the weights of atoms differ in the fifth digit
      expectClose(plan.over(energies), total, { rtol: 1e-4, peer })
      expectClose((await createAttenuation({ formula, density }, { kind: 'photo' })).over(energies), photo, { rtol: 1e-4, peer })
    }
  })

  it('is the total attenuation that stands behind the imaginary part of xraylib', async () => {
    for (const { name, xraylib } of reference.materials) {
      const mu = (await createAttenuation(name)).over(reference.xraylibEnergies)
      const beta = mu.map((one, i) => (one * 1e-8 * HC_EV_ANGSTROM) / (4 * Math.PI * reference.xraylibEnergies[i]!))
      expectClose(beta, xraylib.beta, { rtol: 1e-3, peer: reference.xraylibPeer })
    }
  })

  it("reaches 30 eV by the table of Chantler, which is f'' in another guise", async () => {
    for (const { name, beta } of reference.materials) {
      const plan = await createAttenuation(name, { table: 'chantler', kind: 'photo' })
      const at = reference.chantlerEnergies
      const mu = beta.map((one, i) => (one * 4 * Math.PI * at[i]! * 1e8) / HC_EV_ANGSTROM)
      // the table itself has both, computed once; its columns part by 3e-3 between nodes
      expectClose(plan.over(at), mu, { rtol: 5e-3, peer })
    }
  })

  it('adds the elements by mass, pores and electrolyte included', async () => {
    const plan = await createAttenuation(cathode)
    const { density, massFractions } = plan.composition
    let sum = 0
    for (const [element, w] of Object.entries(massFractions)) sum += w * density * (await massAttenuation(element, 8000))
    expectClose(plan.at('8 keV'), sum, { rtol: 1e-12 })
    expect(plan).toMatchObject({ table: 'elam', kind: 'total' })
  })

  it('gives the same at one energy and over many, into the array it is given', async () => {
    const plan = await createAttenuation(cathode)
    const at = [20_000, 7100, 7130]
    const out = new Float64Array(3)
    expect(plan.over(at, out)).toBe(out)
    expect([...out]).toEqual(at.map(e => plan.at(e)))
    const inPlace = Float64Array.from(at)
    expect([...plan.over(inPlace, inPlace)]).toEqual([...out])
  })

  it('refuses energies outside the table with its range, and words that it does not know', async () => {
    const plan = await createAttenuation('Kapton')
    expect(errorText(() => plan.at(50))).toMatch(
      /E_RANGE Kapton, total attenuation, table 'elam': energy 50 eV.*100 to.*table: 'chantler'/,
    )
    expect(errorText(() => plan.over([8000, 2e6]))).toMatch(/E_RANGE.*energies\[1\]/)
    expect(errorText(() => plan.at(Number.NaN))).toMatch(/E_NAN/)
    expect(errorText(() => plan.at('8 mm' as never))).toMatch(/E_UNIT/)
    expect(await rejection(createAttenuation('Kapton', { kind: 'all' as never }))).toMatch(/E_ARGUMENT/)
    expect(await rejection(createAttenuation('Kapton', { table: 'henke' as never }))).toMatch(/E_ARGUMENT/)
  })
})

describe('attenuationLength and transmission', () => {
  it('are 1/e by definition', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Be', 'Cu', 'NMC811', 'LP57', 'air'),
        fc.double({ min: 200, max: 150_000, noNaN: true }),
        async (name, energy) => {
          const length = await attenuationLength(name, energy)
          expectClose(await transmission(name, length, energy), Math.exp(-1), { rtol: 1e-12 })
          expectClose(await transmission(name, 2 * length, energy), Math.exp(-2), { rtol: 1e-12 })
        },
      ),
      { numRuns: 20 },
    )
  })

  it('take one energy or many, and lengths with units', async () => {
    const many = await transmission('Al', '15 µm', [8000, 10_000])
    expect([...many]).toEqual([await transmission('Al', 15, '8 keV'), await transmission('Al', '0.015 mm', 10_000)])
    expect([...(await attenuationLength('Al', [8000]))]).toEqual([await attenuationLength('Al', 8000)])
  })

  it('refuse a slab without thickness', async () => {
    for (const thickness of [0, -5, '0 µm'] as const)
      expect(await rejection(transmission('Al', thickness, 8000))).toMatch(/E_RANGE.*thickness above 0/)
    expect(await rejection(transmission('Al', '15 eV' as never, 8000))).toMatch(/E_UNIT/)
  })
})
