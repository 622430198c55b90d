import { isOperandoError } from 'operando'
import { createComptonProfile, createIncoherentFunction } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/xraylib.json'

const all = Object.entries(reference.elements)

describe('createIncoherentFunction', () => {
  it("is xraylib's SF_Compt, 98 elements to s = 20 1/Å", async () => {
    for (const [element, { s, incoherent }] of all) {
      const plan = await createIncoherentFunction(element)
      expectClose(plan.over(s), incoherent, { rtol: 1e-6, peer: reference.peer })
    }
  })

  it('rises from 0, as s² at first, to all electrons', async () => {
    for (const [element, electrons] of [
      ['H', 1],
      ['Li', 3],
      ['O', 8],
      ['Fe', 26],
    ] as const) {
      const plan = await createIncoherentFunction(element)
      expect(plan.at(0)).toBe(0)
      // of H the table itself begins at 0
      if (element !== 'H') expectClose(plan.at(0.0008) / plan.at(0.0004), 4, { rtol: 1e-9 })
      expectClose(plan.at(20), electrons, { rtol: 2e-3 })
    }
  })

  it('refuses s beyond the table and what is no element', async () => {
    const plan = await createIncoherentFunction('C')
    expect(() => plan.over([1, 20.5])).toThrow('s[1] = 20.5 1/Å lies outside the table, 0 to 20 1/Å')
    await expect(createIncoherentFunction('Zz')).rejects.toSatisfy(error => isOperandoError(error, 'E_MISSING'))
  })
})

describe('createComptonProfile', () => {
  it("has the three digits of Biggs at p = 0, and is xraylib's profile between to 1.5 %", async () => {
    for (const [element, { pz, profile, profiles }] of all) {
      const total = await createComptonProfile(element)
      expectClose(total.at(0), profile[0]!, { rtol: 1e-6, peer: reference.peer })
      expectClose(total.over(pz), profile, { rtol: 0.015, peer: reference.peer })
      expect(total.levels).toEqual(Object.keys(profiles))
      for (const [level, values] of Object.entries<(number | null)[]>(profiles)) {
        const partial = await createComptonProfile(element, level)
        expectClose(partial.at(0), values[0]!, { rtol: 1e-6, peer: reference.peer })
      }
    }
  })

  it('holds all electrons of the atom, and one of a level', async () => {
    const integral = (plan: { over: (p: Float64Array) => Float64Array }): number => {
      // both signs of p, in the variable ln(1 + p)
      const n = 4000
      const top = Math.log(101) * (1 - 1e-12)
      const u = Float64Array.from({ length: n + 1 }, (_, i) => (i * top) / n)
      const p = u.map(v => Math.expm1(v))
      const j = plan.over(p)
      let sum = 0
      for (let i = 0; i < n; i++) sum += (j[i]! * (1 + p[i]!) + j[i + 1]! * (1 + p[i + 1]!)) * (top / n)
      return sum
    }
    for (const element of ['H', 'Li', 'C', 'O', 'Fe', 'Ni', 'Pb']) {
      const total = await createComptonProfile(element)
      expectClose(integral(total), total.electrons, { rtol: 6e-3 })
      expectClose(integral(await createComptonProfile(element, total.levels.at(-1))), 1, { rtol: 2e-2 })
    }
  })

  it('is the sum of its levels, each times its electrons, as three digits allow', async () => {
    const total = await createComptonProfile('Fe')
    const at = [0, 0.5, 2, 10]
    const sum = new Float64Array(at.length)
    for (const level of total.levels) {
      const { electrons, over } = await createComptonProfile('Fe', level)
      over(at).forEach((v, k) => {
        sum[k]! += electrons * v
      })
    }
    expectClose(sum, total.over(at), { rtol: 1e-2 })
  })

  it('lists the occupied levels when asked for another', async () => {
    await expect(createComptonProfile('Li', 'L3')).rejects.toThrow('Li has no electrons in "L3": total, K, L1 expected')
  })
})
