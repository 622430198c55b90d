import { atomicWeight, isOperandoError } from 'operando'
import { edge, edges, elementData, emissionLines } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/elements.json'

const all = Object.entries(reference.elements)

describe('elementData', () => {
  it('has the names and densities of the peers, 98 elements', async () => {
    for (const [symbol, { name, density }] of all) {
      const data = await elementData(symbol)
      expect(data.name).toBe(name)
      expectClose(data.density, density, { rtol: 1e-12, peer: reference.peer })
    }
  })

  it('has isotopes that sum to 1 and whose mean mass is the atomic weight', async () => {
    for (const [symbol, { isotopes: peers }] of all) {
      const { isotopes, atomicWeight: weight, number } = await elementData(symbol)
      expect(weight).toBe(atomicWeight(symbol))
      if (isotopes.length === 0) {
        // nothing primordial: Tc, Pm, Po to Ac, Np and beyond
        expect([43, 61].includes(number) || (number > 83 && ![90, 91, 92].includes(number))).toBe(true)
        continue
      }
      expectClose(
        isotopes.reduce((sum, i) => sum + i.abundance, 0),
        1,
        { atol: 2e-4 },
      )
      expectClose(
        isotopes.flatMap(i => [i.massNumber, i.mass, i.abundance]),
        peers.flatMap(([massNumber, mass, percent]) => [massNumber!, mass!, percent! / 100]),
        { rtol: 1e-12, peer: reference.periodictable },
      )
      const mean = isotopes.reduce((sum, i) => sum + i.abundance * i.mass, 0)
      // IUPAC 2021 against isotopic compositions of 1997: several were measured anew
      expectClose(mean, weight, { rtol: 1e-3 })
    }
  })

  it('tells lithium of nature from what is enriched', async () => {
    const { isotopes } = await elementData('Li')
    expect(isotopes.map(i => i.massNumber)).toEqual([6, 7])
    expectClose(isotopes[0]!.abundance, 0.0759, { rtol: 1e-12 })
  })

  it('knows D as hydrogen of another weight, and refuses what is no element', async () => {
    const deuterium = await elementData('D')
    expect([deuterium.symbol, deuterium.number, deuterium.atomicWeight]).toEqual(['D', 1, 2.0141])
    await expect(elementData('fe')).rejects.toSatisfy(error => isOperandoError(error, 'E_MISSING'))
  })
})

describe('edges and emissionLines', () => {
  it('are those of xraydb, 98 elements, with yields, jump ratios, widths and intensities', async () => {
    for (const [symbol, row] of all) {
      const found = await edges(symbol)
      expect(found.map(e => e.level)).toEqual(Object.keys(row.edges))
      expectClose(
        found.flatMap(e => [e.energy, e.fluorescenceYield, e.jumpRatio, e.width]),
        Object.values(row.edges).flat(),
        { rtol: 1e-11, peer: reference.peer },
      )
      const lines = await emissionLines(symbol)
      const want = Object.entries(row.lines) as unknown as [string, [number, number, string, string]][]
      expect(lines.map(l => [l.name, l.initialLevel, l.finalLevel])).toEqual(want.map(([name, l]) => [name, l[2], l[3]]))
      expectClose(
        lines.flatMap(l => [l.energy, l.intensity]),
        want.flatMap(([, l]) => [l[0], l[1]]),
        { rtol: 1e-11, peer: reference.peer },
      )
    }
  })

  it('share the photons of a level among its lines: intensities of one initial level sum to 1', async () => {
    for (const [symbol] of all) {
      const sums = new Map<string, number>()
      for (const { initialLevel, intensity } of await emissionLines(symbol)) {
        const level = initialLevel === 'M4,5' ? 'M4' : initialLevel
        sums.set(level, (sums.get(level) ?? 0) + intensity)
      }
      // of Sb to Th the table has only the weak M4,5 of that level
      for (const sum of sums.values()) if (sum > 0.01) expectClose(sum, 1, { atol: 1e-4 })
    }
  })

  it('emit below the edge they belong to, or at it where the electron comes from the valence band', async () => {
    for (const symbol of ['Mn', 'Ni', 'La', 'Pt']) {
      const energies = new Map((await edges(symbol)).map(e => [e.level, e.energy]))
      for (const { initialLevel, energy } of await emissionLines(symbol)) {
        const limit = energies.get(initialLevel)
        if (limit !== undefined) expect(energy).toBeLessThanOrEqual(limit)
      }
    }
  })

  it('gives one edge by its level, and lists the levels when there is none of that name', async () => {
    expect(await edge('Fe', 'K')).toEqual({
      level: 'K',
      energy: 7112,
      fluorescenceYield: 0.350985,
      jumpRatio: 7.893,
      width: 1.25,
    })
    await expect(edge('C', 'M5')).rejects.toThrow('C has no edge "M5": K, L1, L2, L3 expected')
  })
})
