import fc from 'fast-check'
import { isOperandoError } from 'operando'
import { createMassAttenuation, edges, massAttenuation } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/attenuation.json'

const refuses = async (run: () => Promise<unknown>, code: Parameters<typeof isOperandoError>[1], text: string): Promise<void> => {
  const error = await run().then(
    () => undefined,
    (caught: unknown) => caught,
  )
  expect(error).toSatisfy((e: unknown) => isOperandoError(e, code))
  expect((error as Error).message).toContain(text)
}
const KINDS = ['total', 'photo', 'coherent', 'incoherent'] as const

describe('massAttenuation, table of Elam', () => {
  it('is what xraydb evaluates, for 98 elements between and beside their edges', async () => {
    for (const [element, row] of Object.entries(reference.elements)) {
      for (const kind of KINDS) {
        const got = await massAttenuation(element, row.energies, { kind })
        expectClose(got, row[kind], { rtol: 1e-9, peer: reference.peer })
      }
    }
  })

  it('is what xraylib has as its total, which is the same table', async () => {
    const got: number[] = []
    const want: number[] = []
    for (const [element, row] of Object.entries(reference.elements)) {
      got.push(...(await massAttenuation(element, row.energies)))
      want.push(...row.xraylibTotal)
    }
    expectClose(got, want, { rtol: 1e-3, peer: reference.xraylib })
  })

  it('jumps up at an edge by the jump ratio of the edge, within what the two tables agree', async () => {
    const copper = await createMassAttenuation('Cu', { kind: 'photo' })
    const [k] = await edges('Cu')
    expectClose(copper.at(k!.energy + 0.5) / copper.at(k!.energy - 0.5), k!.jumpRatio, { rtol: 0.02 })
  })

  it('is the sum of its processes', async () => {
    const plans = await Promise.all(KINDS.map(kind => createMassAttenuation('Sn', { kind })))
    fc.assert(
      fc.property(fc.double({ min: 100, max: 8e5, noNaN: true }), energy => {
        const [total, ...parts] = plans.map(plan => plan.at(energy))
        expectClose(
          parts.reduce((sum, v) => sum + v, 0),
          total!,
          { rtol: 1e-12 },
        )
      }),
    )
  })

  it('gives the same in any order of energies, and into an array of the caller, even over its own input', async () => {
    const iron = await createMassAttenuation('Fe')
    const energies = Float64Array.of(7112, 100, 8e4, 7111, 500, 7113, 720, 100)
    const want = Array.from(energies, e => iron.at(e))
    expect([...iron.over(energies)]).toEqual(want)
    expect([...energies]).toEqual([7112, 100, 8e4, 7111, 500, 7113, 720, 100])
    expect([...iron.over(energies, energies)]).toEqual(want)
  })

  it('reads energies with units', async () => {
    expect(await massAttenuation('Al', '8 keV')).toBe(await massAttenuation('Al', 8000))
  })

  it('has of deuterium the cross section of the atom, half of it a gram', async () => {
    expectClose((await massAttenuation('H', 1e4)) / (await massAttenuation('D', 1e4)), 2.0141 / 1.008, { rtol: 1e-12 })
  })

  it('refuses energies outside the table with its range, and names that it does not know', async () => {
    await refuses(() => massAttenuation('Fe', '30 eV'), 'E_RANGE', '30 eV lies outside the table, 100 to 800000 eV')
    await refuses(() => massAttenuation('Fe', [1e3, 2e6]), 'E_RANGE', 'energies[1] = 2000000 eV')
    await refuses(() => massAttenuation('Fe', [1e3, Number.NaN]), 'E_NAN', 'energies[1]')
    await refuses(() => massAttenuation('Xx', 1e3), 'E_MISSING', '"Xx" is no element')
    await refuses(
      () => massAttenuation('Fe', 1e3, { kind: 'scatter' as 'photo' }),
      'E_ARGUMENT',
      "'scattering' or 'energy-absorption'",
    )
    await refuses(() => massAttenuation('Fe', 1e3, { table: 'henke' as 'elam' }), 'E_ARGUMENT', 'table')
    await refuses(() => massAttenuation('Fe', '8 mm' as '8 eV'), 'E_UNIT', 'energy')
  })
})
