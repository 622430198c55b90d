import { existsSync, readFileSync } from 'node:fs'
import { createAnomalous, createFormFactor, edges, elementData, emissionLines, massAttenuation } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { sharedPath } from '../sharedData.js'

const here = existsSync(sharedPath('reference/scattering/a_xray_tables.json'))
if (!here) process.stderr.write('SKIPPED: reference tables of ../shared are not here.\n')
const read = (path: string) => JSON.parse(readFileSync(sharedPath(`reference/${path}`), 'utf8'))

describe.runIf(here)('the tables, against numbers laid down before them', () => {
  it('have f0 of Waasmaier and Kirfel', async () => {
    const { s, f0 } = read('scattering/a_xray_tables.json')
    for (const [ion, row] of Object.entries<Record<string, number[]>>(f0)) {
      const plan = await createFormFactor(ion)
      expectClose(plan.over(s), row.waasmaier_kirfel_xraydb!, { atol: 1e-6, peer: 'xraydb 4.4.7' })
    }
    const { ions } = read('scattering/tables/f0_waasmaier_kirfel.json')
    for (const [ion, [offset, ...rest]] of Object.entries<number[]>(ions)) {
      const plan = await createFormFactor(ion)
      const sum = rest.slice(0, 5).reduce((total, scale, i) => total + scale * Math.exp(-rest[5 + i]!), offset!)
      expectClose(plan.at(1), sum, { rtol: 1e-12 })
    }
  })

  it("have Chantler's f' and f''", async () => {
    const { energies_eV: energies, anomalous } = read('scattering/a_xray_tables.json')
    for (const [element, row] of Object.entries<Record<string, number[]>>(anomalous)) {
      const { f1, f2 } = await createAnomalous(element)
      expectClose(f1.over(energies), row.chantler_f1!, { rtol: 1e-6, atol: 1e-7, peer: 'xraydb 4.4.7' })
      expectClose(f2.over(energies), row.chantler_f2!, { rtol: 1e-6, peer: 'xraydb 4.4.7' })
    }
  })

  it('have elements, edges, lines and attenuation as the spectroscopists use them', async () => {
    const { elements, energies } = read('spectroscopy/xraydb.json')
    for (const [element, row] of Object.entries<Record<string, never>>(elements)) {
      const data = await elementData(element)
      expectClose(data.density, row.density!, { rtol: 1e-7 })
      const levels = new Map((await edges(element)).map(e => [e.level, e]))
      for (const [level, want] of Object.entries<Record<string, number>>(row.edges!)) {
        const { energy, fluorescenceYield, jumpRatio } = levels.get(level)!
        expectClose([energy, fluorescenceYield, jumpRatio], [want.energy!, want.fluorescence_yield!, want.jump_ratio!], {
          rtol: 1e-7,
        })
      }
      for (const [level, width] of Object.entries<number | []>(row.core_width_eV!))
        if (typeof width === 'number') expectClose(levels.get(level)!.width, width, { rtol: 1e-7 })
      const lines = new Map((await emissionLines(element)).map(l => [l.name, l]))
      for (const [name, want] of Object.entries<Record<string, number>>(row.lines!)) {
        const { energy, intensity } = lines.get(name)!
        expectClose([energy, intensity], [want.energy!, want.intensity!], { rtol: 1e-7 })
      }
      for (const kind of ['total', 'photo', 'coherent', 'incoherent'] as const)
        expectClose(await massAttenuation(element, energies, { kind }), row[`mu_elam_${kind}`]!, {
          rtol: 1e-6,
          peer: 'xraydb 4.4.7',
        })
      expectClose(await massAttenuation(element, energies, { table: 'chantler' }), row.mu_chantler!, {
        rtol: 1e-6,
        peer: 'xraydb 4.4.7',
      })
      const { f1, f2 } = await createAnomalous(element)
      expectClose(f2.over(energies), row.f2_chantler!, { rtol: 1e-6, peer: 'xraydb 4.4.7' })
      // asked for as an array, xraydb draws one spline through all 800 nodes
      expectClose(f1.over(energies), row.f1_chantler!, { rtol: 2e-3, atol: 0.01, peer: 'xraydb 4.4.7' })
    }
  })

  it('have the attenuation of pure metals in cells, by both tables', async () => {
    const { attenuation } = read('io/cell.json')
    let metals = 0
    for (const { formula, density, E, mu_elam, mu_photo, mu_chantler } of Object.values<Record<string, never>>(attenuation)) {
      if (!/^[A-Z][a-z]?$/.test(formula!)) continue
      metals++
      const of = async (options: Parameters<typeof massAttenuation>[2]): Promise<Float64Array> =>
        (await massAttenuation(formula!, E! as number[], options)).map(v => v * density!)
      expectClose(await of({}), mu_elam!, { rtol: 1e-6, peer: 'xraydb 4.4.7' })
      expectClose(await of({ kind: 'photo' }), mu_photo!, { rtol: 1e-6, peer: 'xraydb 4.4.7' })
      expectClose(await of({ table: 'chantler' }), mu_chantler!, { rtol: 1e-6, peer: 'xraydb 4.4.7' })
    }
    expect(metals).toBeGreaterThan(5)
  })
})
