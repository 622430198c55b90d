import { isOperandoError } from 'operando'
import { createMassAttenuation, createPhotoionisation } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/xraylib.json'

describe('createPhotoionisation', () => {
  it("is xraylib's CS_Photo_Partial, 98 elements and all levels, from 5 % above the edges to where the source fails", async () => {
    const got: number[] = []
    const want: number[] = []
    let refused = 0
    for (const [element, { photo }] of Object.entries(reference.elements)) {
      for (const [level, [edge, energies, values]] of Object.entries(
        photo as unknown as Record<string, [number, number[], number[]]>,
      )) {
        const plan = await createPhotoionisation(element, level)
        energies.forEach((energy, i) => {
          // nearer to an edge xraylib jumps where its two sources disagree about it (S L2: 165 and 170 eV)
          if (energy < 1.05 * edge) return
          if (energy > plan.tabulatedTo) refused++
          else {
            got.push(plan.at(energy))
            want.push(values[i]!)
          }
        })
      }
    }
    expectClose(got, want, { rtol: 7e-3, peer: reference.peer })
    expect(want.length).toBeGreaterThan(3500)
    expect(refused).toBeLessThan(150)
  })

  it("sums over levels to Elam's photoabsorption, which has another source, within 3 % up to where K ends", async () => {
    for (const [element, energies] of [
      ['C', [1000, 4000, 8000]],
      ['Fe', [8000, 20_000, 60_000]],
      ['Ni', [9000, 30_000]],
    ] as const) {
      const { levels } = await createPhotoionisation(element, 'K')
      const plans = await Promise.all(levels.map(level => createPhotoionisation(element, level)))
      const photo = await createMassAttenuation(element, { kind: 'photo' })
      for (const energy of energies) {
        // valence levels end lower, where they no longer matter
        const sum = plans.reduce((total, plan) => (energy <= plan.tabulatedTo ? total + plan.at(energy) : total), 0)
        expectClose(sum, photo.at(energy), { rtol: 0.03, peer: 'xraydb 4.4.7' })
      }
    }
  })

  it('goes on for K where its source fails, with the share of all photoabsorption that K has there', async () => {
    for (const element of ['Li', 'C', 'O', 'F', 'Al']) {
      const k = await createPhotoionisation(element, 'K')
      const photo = await createMassAttenuation(element, { kind: 'photo' })
      const end = k.tabulatedTo
      expect(k.range[1]).toBe(150e3)
      // no step, and a share that stood still over the last third of the table
      expectClose(k.at(end * (1 + 1e-9)), k.at(end * (1 - 1e-9)), { rtol: 1e-6 })
      const share = [end / 1.5, end, 2 * end].map(energy => k.at(energy) / photo.at(energy))
      expectClose(
        share,
        share.map(() => share[1]!),
        { rtol: 0.01 },
      )
      expect(share[1]).toBeGreaterThan(0.9)
      expect(k.source).toContain(`above ${Math.round(end)} eV`)
      // one energy or many, in any order
      const many = [end / 2, 1.9 * end, end, 1.5 * end]
      expect([...k.over(many)]).toEqual(many.map(energy => k.at(energy)))
    }
    // carbon at 15 keV: xraylib has 0.14 of the 0.57 cm²/g
    expectClose((await createPhotoionisation('C', 'K')).at('15 keV'), 0.95 * 0.5685, { rtol: 0.02 })
  })

  it('ends where its source fails, and names the levels that it has', async () => {
    const carbon = await createPhotoionisation('C', 'L1')
    expect(() => carbon.at('15 keV')).toThrow('C L1, photoionisation: energy 15000 eV lies outside the table')
    await expect(createPhotoionisation('C', 'M1')).rejects.toSatisfy(
      error => isOperandoError(error, 'E_MISSING') && error.message.includes('K, L1, L2, L3 expected'),
    )
  })
})
