import { isOperandoError } from 'operando'
import { createAnomalous, createFormFactor, createMassAttenuation, formFactorIons, massAttenuation } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/factors.json'

const { peer } = reference
const refuses = (run: Promise<unknown>, code: Parameters<typeof isOperandoError>[1], text: string): Promise<void> =>
  expect(run).rejects.toSatisfy((error: unknown) => isOperandoError(error, code) && error.message.includes(text))

describe('createFormFactor', () => {
  it('is the sum of Gaussians that xraydb has, for 211 atoms and ions to s = 6', async () => {
    const ions = Object.entries(reference.f0)
    expect(ions.length).toBe(211)
    expect(await formFactorIons()).toEqual(ions.map(([ion]) => ion))
    for (const [ion, values] of ions) {
      const f0 = await createFormFactor(ion)
      expectClose(f0.over(reference.s), values, { rtol: 1e-10, atol: 1e-12, peer })
      expect(f0.at(reference.s[4]!)).toBe(f0.over(reference.s)[4])
    }
  })

  it('begins at the number of electrons', async () => {
    for (const [ion, electrons] of [
      ['Fe3+', 23],
      ['O1-', 9],
      ['Li', 3],
      ['Siva', 14],
    ] as const) {
      const f0 = await createFormFactor(ion)
      expectClose(f0.at(0), electrons, { atol: 0.01 })
    }
  })

  it('reads the spellings of ions', async () => {
    const { ion, element, charge } = await createFormFactor('Fe+3')
    expect([ion, element, charge]).toEqual(['Fe3+', 'Fe', 3])
    expect((await createFormFactor('Li+')).ion).toBe('Li1+')
    expect((await createFormFactor(' F- ')).charge).toBe(-1)
    expect((await createFormFactor('Ni0+')).ion).toBe('Ni')
    expect((await createFormFactor('D')).ion).toBe('H')
    expect((await createFormFactor('Cval')).element).toBe('C')
  })

  it('refuses an ion that was not tabulated with those that were, and s beyond the fit', async () => {
    await refuses(createFormFactor('Ni4+'), 'E_MISSING', 'No f0 of "Ni4+": Ni, Ni2+, Ni3+ expected')
    await refuses(createFormFactor('Xx2+'), 'E_MISSING', 'begins with no element')
    await refuses(createFormFactor('Fe3'), 'E_MISSING', 'Fe, Fe2+, Fe3+ expected')
    await refuses(formFactorIons('Qq'), 'E_MISSING', 'no element')
    const f0 = await createFormFactor('Fe')
    expect(() => f0.at(6.01)).toThrow('0 to 6 1/Å')
    expect(() => f0.over([1, -0.1])).toThrow('s[1] = -0.1')
    expect(() => f0.at(Number.NaN)).toThrow('s is NaN')
  })
})

describe("createAnomalous, Chantler's table", () => {
  it('is what xraydb gives for single energies, 92 elements, beside edges as well', async () => {
    for (const [element, row] of Object.entries(reference.elements)) {
      const { f1, f2 } = await createAnomalous(element)
      // f' passes through 0: it is tabulated to 1e-7 electrons
      expectClose(f1.over(row.energies), row.f1, { rtol: 1e-6, atol: 2e-7, peer })
      expectClose(f2.over(row.energies), row.f2, { rtol: 1e-9, peer })
    }
  })

  it('does not depend on the order of energies', async () => {
    const { f1 } = await createAnomalous('Ni')
    const energies = [8333, 20_000, 8332, 30, 8334, 9000]
    expect([...f1.over(energies)]).toEqual(energies.map(e => f1.at(e)))
  })

  it("goes through the white line's dip: f' is lowest at the edge, f'' jumps there", async () => {
    const { f1, f2 } = await createAnomalous('Fe')
    const energies = Float64Array.from({ length: 401 }, (_, i) => 6912 + i)
    const values = f1.over(energies)
    expect(Math.abs(energies[values.indexOf(Math.min(...values))]! - 7112)).toBeLessThan(3)
    expect(f2.at(7120) / f2.at(7100)).toBeGreaterThan(7)
  })

  it('ends at uranium and at its energies, and says so', async () => {
    await refuses(createAnomalous('Pu'), 'E_MISSING', 'end at U; Pu is in the table of Elam')
    const { f1 } = await createAnomalous('Fe')
    expect(() => f1.at('9 eV')).toThrow("Fe, f', table of Chantler: energy 9 eV lies outside the table, 10 to 966266.74 eV")
  })
})

describe("massAttenuation, Chantler's table", () => {
  it('is what xraydb gives, 92 elements from 10 eV on', async () => {
    for (const [element, row] of Object.entries(reference.elements)) {
      for (const kind of ['photo', 'scattering', 'total'] as const) {
        const got = await massAttenuation(element, row.energies, { table: 'chantler', kind })
        expectClose(got, row[kind], { rtol: 1e-8, peer })
      }
    }
  })

  it('agrees with the table of Elam, which was made otherwise, to some percent at hard X-ray energies', async () => {
    for (const element of ['Li', 'C', 'O', 'Al', 'P', 'Fe', 'Ni', 'Cu']) {
      const energies = [20_000, 30_000, 60_000, 80_000]
      const [elam, chantler] = await Promise.all([
        massAttenuation(element, energies),
        massAttenuation(element, energies, { table: 'chantler' }),
      ])
      expectClose(chantler, elam, { rtol: 0.05 })
    }
  })

  it('does not part coherent from incoherent scattering, and does not say it does', async () => {
    await refuses(massAttenuation('Fe', 1e4, { table: 'chantler', kind: 'incoherent' }), 'E_ARGUMENT', "kind 'scattering'")
    const [coherent, incoherent, both] = await Promise.all(
      (['coherent', 'incoherent', 'scattering'] as const).map(kind => massAttenuation('Fe', 1e4, { kind })),
    )
    expectClose(coherent! + incoherent!, both!, { rtol: 1e-12 })
    await refuses(massAttenuation('Am', 1e4, { table: 'chantler' }), 'E_MISSING', 'end at U')
  })

  it('reaches down to 30 eV, where the table of Elam does not', async () => {
    const lithium = await createMassAttenuation('Li', { table: 'chantler' })
    expect(lithium.at(56) / lithium.at(53)).toBeGreaterThan(5)
    await refuses(massAttenuation('Li', 56), 'E_RANGE', "{ table: 'chantler' } reaches from 10 eV")
  })
})
