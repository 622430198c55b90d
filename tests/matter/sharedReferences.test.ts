import { existsSync, readFileSync } from 'node:fs'
import {
  composition,
  createAttenuation,
  inelasticMeanFreePath,
  informationDepth,
  seahS1,
  seahS2,
  seahS4,
  tpp2m,
} from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { sharedPath } from '../sharedData.js'

const read = (path: string): ReturnType<typeof JSON.parse> =>
  existsSync(sharedPath(path)) ? JSON.parse(readFileSync(sharedPath(path), 'utf8')) : undefined
const cell = read('reference/io/cell.json')
const xray = read('reference/scattering/a_xray_tables.json')
const imfp = read('reference/spectroscopy/imfp.json')

describe.skipIf(!cell)('the cell reference', () => {
  it('has the attenuation of 36 materials, the same table', async () => {
    const entries = Object.entries(
      cell.attenuation as Record<
        string,
        { formula: string; density: number; E: number[]; mu_elam: number[]; mu_photo: number[] }
      >,
    )
    expect(entries.length).toBe(36)
    for (const [, { formula, density, E, mu_elam, mu_photo }] of entries) {
      expectClose((await createAttenuation({ formula, density })).over(E), mu_elam, { rtol: 1e-4, peer: 'xraydb 4.4.7' })
      expectClose((await createAttenuation({ formula, density }, { kind: 'photo' })).over(E), mu_photo, {
        rtol: 1e-4,
        peer: 'xraydb 4.4.7',
      })
    }
  })

  it('has composite electrodes, whose elements by volume are mixed as here', async () => {
    const lp57 = cell.mixes.LP57.mass_fractions as [string, number][]
    const liquidDensity = cell.mixes.LP57.density as number
    const liquid = await composition({
      components: lp57.map(([formula, massFraction]) => ({ formula, density: liquidDensity, massFraction })),
    })
    expectClose(liquid.density, liquidDensity, { rtol: 1e-12 })
    const layers = (
      cell.stacks['operando window cell NMC811|Li'] as { layers: { name: string; elements_g_cm3: Record<string, number> }[] }
    ).layers
    const want = layers.find(({ name }) => name === 'NMC811 60')!.elements_g_cm3
    const { density, massFractions } = await composition({
      components: [
        { formula: 'LiNi0.8Mn0.1Co0.1O2', density: 4.75, massFraction: 0.9 },
        { formula: 'C', density: 1.95, massFraction: 0.05 },
        { formula: 'C2H2F2', density: 1.78, massFraction: 0.05 },
      ],
      porosity: 0.35,
      filling: lp57.map(([formula, massFraction]) => ({ formula, density: liquidDensity, massFraction })),
    })
    expect(Object.keys(massFractions).sort()).toEqual(Object.keys(want).sort())
    // the weight of hydrogen differs in the fourth digit
    for (const [element, partial] of Object.entries(want)) expectClose(massFractions[element]! * density, partial, { rtol: 2e-4 })
  })
})

describe.skipIf(!xray)('the table reference', () => {
  it('has the attenuation of 12 materials by xraydb and xraylib', async () => {
    const rows = xray.materials as {
      formula: string
      density_g_cm3: number
      mu_total_xraydb_elam_1_cm: number[]
      mu_total_xraylib_1_cm: number[]
    }[]
    for (const { formula, density_g_cm3: density, mu_total_xraydb_elam_1_cm: xraydb, mu_total_xraylib_1_cm: xraylib } of rows) {
      const mu = (await createAttenuation({ formula, density })).over(xray.material_energies_eV)
      expectClose(mu, xraydb, { rtol: 1e-4, peer: 'xraydb 4.4.7' })
      expectClose(mu, xraylib, { rtol: 1e-3, peer: 'xraylib 4.0.0' })
    }
  })
})

describe.skipIf(!imfp)('the reference of electron paths', () => {
  it('has 14 materials by five equations', async () => {
    for (const { parameters: p, energy_eV: energies, ...want } of Object.values(imfp.materials) as Record<string, never>[]) {
      const { Nv, rho, M, Eg, atoms, Z } = p as Record<string, number>
      const parameters = { valenceElectrons: Nv!, density: rho!, molarMass: M!, bandGap: Eg!, atoms: atoms!, meanNumber: Z! }
      const over = (at: (energy: number) => number): number[] => (energies as number[]).map(at)
      expectClose(
        over(e => tpp2m(e, parameters)),
        want.tpp2m_relativistic_nm!,
        { rtol: 1e-8 },
      )
      expectClose(
        over(e => tpp2m(e, parameters, { relativistic: false })),
        want.tpp2m_nm!,
        { rtol: 1e-8 },
      )
      expectClose(
        over(e => seahS1(e, parameters)),
        want.seah_s1_nm!,
        { rtol: 1e-8 },
      )
      expectClose(
        over(e => seahS2(e, Z!)),
        want.seah_s2_nm!,
        { rtol: 1e-8 },
      )
      expectClose(
        over(e => seahS4(e, Z!)),
        want.seah_s4_eal_nm!,
        { rtol: 1e-8 },
      )
      expectClose(await inelasticMeanFreePath(parameters, energies), want.tpp2m_relativistic_nm!, { rtol: 1e-8 })
    }
  })

  it('has the depths of electrons that go straight', () => {
    for (const row of imfp.straight_line_depths as Record<string, number>[]) {
      const emission = row.theta_deg!
      expectClose(informationDepth(row.imfp_nm!, { emission }), row.information_depth_95!, { rtol: 1e-8 })
      expectClose(informationDepth(row.imfp_nm!, { emission, fraction: 1 - Math.exp(-1) }), row.mean_escape_depth!, {
        rtol: 1e-8,
      })
    }
  })
})
