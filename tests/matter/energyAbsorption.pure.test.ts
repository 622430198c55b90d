import { isOperandoError } from 'operando'
import { createMassAttenuation, massAttenuation } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { recoilFraction } from '../../src/matter/energyAbsorption.js'
import { expectClose } from '../matchers.js'
import published from '../reference/matter/energyAbsorption.json'
import reference from '../reference/matter/xraylib.json'

const kind = 'energy-absorption'
const refuses = (run: Promise<unknown>, code: Parameters<typeof isOperandoError>[1], text: string): Promise<void> =>
  expect(run).rejects.toSatisfy((error: unknown) => isOperandoError(error, code) && error.message.includes(text))

describe('energy absorption', () => {
  it('follows the published coefficients of NIST: 5 % in hydrogen, 3 % in light elements, 4 % in metals of batteries, 8 % in tin and lead', async () => {
    for (const [element, values] of Object.entries(published.elements)) {
      const rtol =
        element === 'H' ? 0.05 : ['Sn', 'Pb'].includes(element) ? 0.08 : ['Mn', 'Fe', 'Ni', 'Cu'].includes(element) ? 0.04 : 0.03
      expectClose(await massAttenuation(element, published.energies, { kind }), values, { rtol, peer: 'NIST SRD 126' })
    }
  })

  it('is photoabsorption where light does nothing else, and never more than the total', async () => {
    const [mu, photo, total] = await Promise.all(
      [kind, 'photo', 'total'].map(k => massAttenuation('O', [200, 600, 2000, 4000], { kind: k as 'photo' })),
    )
    expectClose(mu!, photo!, { rtol: 0.01 })
    for (const element of ['H', 'C', 'Fe', 'U', 'Cf']) {
      const energies = Float64Array.from({ length: 400 }, (_, i) => 100 * 1500 ** (i / 399))
      const [absorbed, all] = await Promise.all([
        massAttenuation(element, energies, { kind }),
        massAttenuation(element, energies),
      ])
      expect(absorbed.every((v, i) => v > 0 && v < all[i]!)).toBe(true)
    }
    expect(total!.every((v, i) => v > mu![i]!)).toBe(true)
  })

  it('falls at an edge below its photoabsorption by the fluorescence that leaves', async () => {
    const [mu, photo] = await Promise.all([kind, 'photo'].map(k => createMassAttenuation('Cu', { kind: k as 'photo' })))
    expectClose(mu!.at(8970) / photo!.at(8970), 1, { rtol: 0.01 })
    // yield 0.44, line 8.1 of 9.0 keV, seven eighths of the absorption in K
    expectClose(mu!.at(9000) / photo!.at(9000), 1 - 0.44 * 0.9 * 0.87, { rtol: 0.02 })
  })

  it('has the recoil of Klein and Nishina, from the closed forms of both integrals', () => {
    for (const energy of [5e4, 1.5e5, 5.11e5, 1e6]) {
      const a = energy / 510998.95069
      const l = Math.log1p(2 * a)
      const n = 1 + 2 * a
      const cross = 2 * (((1 + a) / a ** 2) * ((2 * (1 + a)) / n - l / a) + l / (2 * a) - (1 + 3 * a) / n ** 2)
      const scattered = l / a ** 3 + (2 * (1 + a) * (2 * a * a - 2 * a - 1)) / (a * n) ** 2 + (8 * a * a) / (3 * n ** 3)
      expectClose(recoilFraction(energy), 1 - scattered / cross, { rtol: energy < 6e5 ? 1e-6 : 1e-4 })
    }
    // one Compton shift of 1 - cos = 1 on average, where energies are low
    expectClose(recoilFraction(100), 100 / 510998.95, { rtol: 1e-3 })
  })

  it("is xraylib's for those who compare with it", async () => {
    for (const [element, row] of Object.entries(reference.elements)) {
      if (!('energyAbsorption' in row)) continue
      const got = await massAttenuation(element, row.energies, { kind, table: 'xraylib' })
      expectClose(got, row.energyAbsorption as number[], { rtol: 1e-6, peer: reference.peer })
    }
  })

  it('refuses what the tables do not have', async () => {
    await refuses(massAttenuation('Fe', 1e4, { kind, table: 'chantler' }), 'E_ARGUMENT', "{ table: 'elam' }")
    await refuses(massAttenuation('Fe', 1e4, { table: 'xraylib' }), 'E_ARGUMENT', "only 'energy-absorption'")
    await refuses(massAttenuation('Fe', 900, { kind, table: 'xraylib' }), 'E_RANGE', "{ table: 'elam' } reaches from 100 eV")
    await refuses(massAttenuation('Pu', 1e4, { kind, table: 'xraylib' }), 'E_MISSING', 'ends at U')
  })
})
