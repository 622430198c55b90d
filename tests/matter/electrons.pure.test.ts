import fc from 'fast-check'
import {
  createInelasticMeanFreePath,
  type ElectronParameters,
  electronParameters,
  findMaterial,
  inelasticMeanFreePath,
  informationDepth,
  seahS1,
  seahS2,
  seahS3,
  seahS4,
  tpp2m,
  valenceElectrons,
} from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { errorText, rejection } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import reference from '../reference/matter/electrons.json'

const { peer, energies } = reference
const cases = Object.entries(reference.materials).map(([name, row]) => {
  const [valence, density, molarMass, bandGap, atoms, meanNumber] = row.parameters as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return { name, row, parameters: { valenceElectrons: valence, density, molarMass, bandGap, atoms, meanNumber } }
})

describe('paths of electrons', () => {
  it('are the published equations', () => {
    for (const { row, parameters: p } of cases) {
      const over = (at: (energy: number) => number): number[] => energies.map(at)
      expectClose(
        over(e => tpp2m(e, p)),
        row.relativistic,
        { rtol: 1e-11, peer },
      )
      expectClose(
        over(e => tpp2m(e, p, { relativistic: false })),
        row.classic,
        { rtol: 1e-11, peer },
      )
      expectClose(
        over(e => seahS1(e, p)),
        row.s1,
        { rtol: 1e-11, peer },
      )
      expectClose(
        over(e => seahS2(e, p.meanNumber)),
        row.s2,
        { rtol: 1e-11, peer },
      )
      expectClose(
        over(e => seahS3(e, p)),
        row.s3,
        { rtol: 1e-11, peer },
      )
      expectClose(
        over(e => seahS4(e, p.meanNumber)),
        row.s4,
        { rtol: 1e-11, peer },
      )
    }
  })

  it('give 2.3146 nm for MoS2 at 1252.1 eV with S1, as a public implementation prints', () => {
    const mos2 = { valenceElectrons: 18, density: 5.06, molarMass: 160.07, bandGap: 1.23, atoms: 3, meanNumber: 74 / 3 }
    expectClose(seahS1(1252.1, mos2), 2.314555755, { rtol: 1e-8 })
  })

  it('are about 1 nm at 500 eV and 10 nm at 10 keV in metals', async () => {
    const [low, high] = await inelasticMeanFreePath('Cu', [500, 10_000])
    expectClose([low!, high!], [1, 10], { rtol: 0.1 })
  })

  it('agree between the equations within the scatter that their authors state', async () => {
    // 10 to 12 % each
    for (const name of ['Al', 'Si', 'Cu', 'Au']) {
      const tpp = await inelasticMeanFreePath(name, [500, 1000, 5000, 10_000])
      expectClose(await inelasticMeanFreePath(name, [500, 1000, 5000, 10_000], { method: 'seah-s1' }), tpp, { rtol: 0.2 })
    }
  })

  it('grow with energy wherever the equation holds', async () => {
    const energy = fc.double({ min: 100, max: 29_000, noNaN: true })
    const plans = await Promise.all(
      (['tpp-2m', 'tpp-2m-classic', 'seah-s1', 'seah-s2', 'seah-s3', 'seah-s4'] as const).map(method =>
        createInelasticMeanFreePath('LiFePO4', { method }),
      ),
    )
    fc.assert(
      fc.property(energy, fc.constantFrom(...plans), (e, plan) => {
        expect(plan.at(e * 1.02)).toBeGreaterThan(plan.at(e))
      }),
    )
  })

  it('take their parameters from the list, from formula and density, or as they are', async () => {
    const listed = await electronParameters('LiCoO2')
    expect(listed).toMatchObject({ valenceElectrons: 22, density: 5.05, bandGap: 2.7, atoms: 4, meanNumber: 11.5 })
    const given = await electronParameters({ formula: 'LiCoO2', density: 5.05 }, { bandGap: 2.7 })
    expect(given).toEqual(listed)
    expect(await electronParameters(await findMaterial('LCO'))).toEqual(listed)
    expect(await electronParameters({ formula: 'LiCoO2', density: 5.05, bandGap: 2.7 })).toEqual(listed)
    const plan = await createInelasticMeanFreePath(listed)
    expect(plan.at('1 keV')).toBe(await inelasticMeanFreePath('LCO', 1000))
    expect(plan).toMatchObject({ method: 'tpp-2m', quantity: 'inelastic mean free path', range: [50, 200_000] })
    expect((await createInelasticMeanFreePath('Au', { method: 'seah-s4' })).quantity).toBe('effective attenuation length')
  })

  it('count d electrons, and no lanthanoids', () => {
    expect(['Cu', 'LiFePO4', 'SiO2', 'C2H4', 'Li2CO3'].map(valenceElectrons)).toEqual([11, 38, 16, 12, 24])
    expect(errorText(() => valenceElectrons('La2O3'))).toMatch(/E_MISSING.*La of "La2O3"/)
  })

  it('refuse what they were not made for', async () => {
    expect(await rejection(inelasticMeanFreePath('Cu', 20))).toMatch(/E_RANGE.*50 to 200000 eV/)
    expect(await rejection(inelasticMeanFreePath('Cu', [200, 50_000], { method: 'seah-s1' }))).toMatch(/E_RANGE.*energies\[1\]/)
    expect(await rejection(inelasticMeanFreePath('Cu', 200, { method: 'gries' as never }))).toMatch(/E_ARGUMENT.*'seah-s1'/)
    expect(await rejection(inelasticMeanFreePath('PEEK', 1000))).toMatch(/E_MISSING.*band gap/)
    expect(await rejection(inelasticMeanFreePath('LLZO', 1000, { bandGap: 6 }))).toMatch(/E_MISSING.*La/)
    expect(await rejection(inelasticMeanFreePath('Cu', 1000, { bandGap: -1 }))).toMatch(/E_RANGE.*band gap/)
    expect(await rejection(inelasticMeanFreePath('Cu', 1000, { valenceElectrons: 30 }))).toMatch(/E_RANGE.*at most 29/)
    expect(await rejection(electronParameters('Celgard 2400', { bandGap: 7 }))).toMatch(/E_ARGUMENT.*one substance/)
    expect(await rejection(inelasticMeanFreePath({} as ElectronParameters, 1000))).toMatch(/E_MISSING/)
  })
})

describe('informationDepth', () => {
  it('is 3.00 mean free paths for 95 % and one for 1 - 1/e, shortened by the cosine', () => {
    // -ln 0.05
    expectClose(informationDepth(2.5), 2.5 * 2.995732273553991, { rtol: 1e-12 })
    expectClose(informationDepth(2.5, { fraction: 1 - Math.exp(-1), emission: '60 deg' }), 1.25, { rtol: 1e-12 })
  })

  it('refuses lengths, fractions and angles that mean nothing', () => {
    for (const run of [
      () => informationDepth(0),
      () => informationDepth(Number.NaN),
      () => informationDepth(1, { fraction: 1 }),
      () => informationDepth(1, { fraction: 0 }),
      () => informationDepth(1, { emission: 90 }),
      () => informationDepth(1, { emission: -10 }),
    ])
      expect(errorText(run)).toMatch(/E_RANGE/)
    expect(errorText(() => informationDepth(1, { emission: '5 eV' as never }))).toMatch(/E_UNIT/)
  })
})
