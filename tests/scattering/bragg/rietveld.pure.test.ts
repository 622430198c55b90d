import { createStructure, createUnitCell, type Structure, spaceGroup } from 'operando'
import { createRandom } from 'operando/numeric'
import {
  antisiteMixing,
  chargeBalance,
  createRefinement,
  fixedComposition,
  hamiltonTest,
  instrumentFromStandard,
  K_ALPHA,
  leBail,
  lineWidths,
  lorentzFactor,
  polarizationFactor,
  powderReflections,
  type RefinementResult,
  rietveld,
  sumPseudoVoigts,
} from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const wavelength = 0.7093
const twoTheta = Float64Array.from({ length: 2001 }, (_, i) => 8 + 0.018 * i)
const widths = { u: 0.006, v: -0.004, w: 0.004, size: 0.012, strain: 0.05 }

/** The pattern of a structure by the public sum of lines, cut where the refinement cuts them: no code of it is in here. */
async function patternOf(structure: Structure, scale: number, x = twoTheta): Promise<Float64Array> {
  const { lines } = await powderReflections(structure, { wavelength, twoThetaMax: 50, polarization: 'unpolarised' })
  const shape = lineWidths(
    lines.map(line => line.twoTheta),
    widths,
  )
  return sumPseudoVoigts(
    x,
    {
      area: lines.map(
        ({ multiplicity, f2, twoTheta: angle }) =>
          scale * multiplicity * f2 * lorentzFactor(angle) * polarizationFactor(angle, 'unpolarised'),
      ),
      centre: lines.map(line => line.twoTheta),
      fwhm: shape.fwhm,
      eta: shape.eta,
    },
    { reach: 40 },
  )
}

const anglesite = (shift: number, cell: [number, number, number], u: number): Structure =>
  createStructure({
    name: 'PbSO4',
    cell: { a: cell[0], b: cell[1], c: cell[2] },
    spaceGroup: 'Pnma',
    sites: [
      { element: 'Pb', label: 'Pb1', position: [0.1879 + shift, 0.25, 0.1667 - shift], uIso: u },
      { element: 'S', label: 'S1', position: [0.0633 - shift, 0.25, 0.6842 + shift], uIso: u },
      { element: 'O', label: 'O1', position: [0.908 + shift, 0.25, 0.595 + shift], uIso: u },
      { element: 'O', label: 'O2', position: [0.194 - shift, 0.25, 0.543 + shift], uIso: u },
      { element: 'O', label: 'O3', position: [0.0811 + shift, 0.0265 + shift, 0.8089 - shift], uIso: u },
    ],
  })
const truth = anglesite(0, [8.482, 5.398, 6.959], 0.012)
const base = { wavelength, polarization: 'unpolarised', background: 3 } as const
const sites = {
  'PbSO4.*.x': { vary: true },
  'PbSO4.*.y': { vary: true },
  'PbSO4.*.z': { vary: true },
  'PbSO4.*.uIso': { vary: true },
}
const profile = { 'PbSO4.u': { vary: true }, 'PbSO4.v': { vary: true } }

const pullOf = ({ parameters }: RefinementResult, name: string, value: number): number =>
  (parameters[name]!.value - value) / parameters[name]!.standardError!

const layered = (c: number, mixing: number): Structure =>
  createStructure({
    name: 'NMC',
    cell: { a: 2.87, c, gamma: 120 },
    spaceGroup: 'R-3m',
    sites: [
      { element: 'Li', label: 'Li1', charge: 1, position: [0, 0, 0.5], occupancy: 1 - mixing, uIso: 0.012 },
      { element: 'Ni', label: 'Ni2', charge: 2, position: [0, 0, 0.5], occupancy: mixing, uIso: 0.012 },
      { element: 'Ni', label: 'Ni1', charge: 3, position: [0, 0, 0], occupancy: 1 - mixing, uIso: 0.005 },
      { element: 'Li', label: 'Li2', charge: 1, position: [0, 0, 0], occupancy: mixing, uIso: 0.005 },
      { element: 'O', label: 'O1', charge: -2, position: [0, 0, 0.2585], uIso: 0.009 },
    ],
  })

describe("Rietveld's refinement", () => {
  it('recovers a structure from a poor start: cell, atoms, displacements and all widths wrong', async () => {
    const clean = await patternOf(truth, 2e-4)
    const intensity = createRandom(11).counts(clean.map((y, i) => y + 150 - 0.02 * i))
    const far = anglesite(0.012, [8.51, 5.385, 6.98], 0.03)
    const run = await rietveld({ twoTheta, intensity }, [far], { ...base, parameters: { ...sites, ...profile } })
    expect(run.converged).toBe(true)
    expect(run.agreement.chiSquare).toBeGreaterThan(0.9)
    expect(run.agreement.chiSquare).toBeLessThan(1.15)
    expect(run.agreement.rBragg.PbSO4!).toBeLessThan(0.02)
    for (const { label, position } of truth.sites) {
      for (const [i, axis] of ['x', 'y', 'z'].entries()) {
        const name = `PbSO4.${label}.${axis}`
        if (run.parameters[name]) expect(Math.abs(pullOf(run, name, position[i]!))).toBeLessThan(4.5)
      }
      expect(Math.abs(pullOf(run, `PbSO4.${label}.uIso`, 0.012))).toBeLessThan(4.5)
    }
    for (const [name, value] of [
      ['PbSO4.a', 8.482],
      ['PbSO4.b', 5.398],
      ['PbSO4.c', 6.959],
    ] as const)
      expect(Math.abs(pullOf(run, name, value))).toBeLessThan(4.5)
    // the mirror plane holds y of all but O3
    expect(Object.keys(run.parameters)).not.toContain('PbSO4.Pb1.y')
    expect(run.structures.PbSO4!.sites[0]!.position[1]).toBe(0.25)
    expect(run.structures.PbSO4!.sites[0]!.sigma!.position![1]).toBe(0)
  })

  it('claims standard errors that its scatter bears out', async () => {
    const clean = await patternOf(truth, 2e-4)
    const far = anglesite(0.002, [8.484, 5.397, 6.96], 0.015)
    const plan = await createRefinement(twoTheta, [far], { ...base, parameters: { ...sites, ...profile } })
    let start: RefinementResult | undefined
    const runs = Array.from({ length: 16 }, (_, seed) => {
      const run = plan.fit({ intensity: createRandom(seed + 40).counts(clean.map(y => y + 150)) }, { start })
      start ??= run
      return run
    })
    for (const [name, value] of [
      ['PbSO4.a', 8.482],
      ['PbSO4.Pb1.x', 0.1879],
      ['PbSO4.S1.z', 0.6842],
      ['PbSO4.O3.y', 0.0265],
      ['PbSO4.Pb1.uIso', 0.012],
    ] as const) {
      const pulls = runs.map(run => pullOf(run, name, value))
      const rms = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length)
      // sixteen draws: their root mean square is 1 within 0.5
      expect([name, rms > 0.5 && rms < 1.6]).toEqual([name, true])
    }
  })

  it('tells mass shares of a mixture, with errors, and what is amorphous beside an internal standard', async () => {
    const silicon = createStructure({
      name: 'Si',
      cell: { a: 5.4311 },
      spaceGroup: 'F d -3 m:1',
      sites: [{ element: 'Si', label: 'Si1', position: [0, 0, 0], uIso: 0.006 }],
    })
    // scales in the ratio of masses over ZM V: 70 parts of PbSO4 to 30 of Si
    const zmv = { PbSO4: 4 * 303.26 * 318.63, Si: 8 * 28.085 * 160.2 }
    const scale = { PbSO4: (0.7 / zmv.PbSO4) * 900, Si: (0.3 / zmv.Si) * 900 }
    const [one, other] = [await patternOf(truth, scale.PbSO4), await patternOf(silicon, scale.Si)]
    const intensity = createRandom(5).counts(one.map((y, i) => y + other[i]! + 100))
    const shared = Object.fromEntries(['w', 'size', 'strain', 'u', 'v'].map(own => [`Si.${own}`, { tie: `PbSO4.${own}` }]))
    const run = await rietveld({ twoTheta, intensity }, [truth, silicon], {
      ...base,
      parameters: { ...profile, ...shared },
      internalStandard: { phase: 'Si', massFraction: 0.15 },
    })
    const share = run.massFractions!.phases.PbSO4!
    expect(Math.abs(share.value - 0.7)).toBeLessThan(4 * share.standardError!)
    expect(share.standardError!).toBeLessThan(0.01)
    expectClose(run.massFractions!.phases.Si!.value, 1 - share.value, { rtol: 1e-12 })
    // 15 % were added and look like 30 %: half of the mixture is amorphous, 0.5 / 0.85 of the sample
    const { amorphous } = run.massFractions!
    expect(Math.abs(amorphous!.value - 0.5 / 0.85)).toBeLessThan(4 * amorphous!.standardError!)
  })

  it('refines a structure beside a phase of which only the lattice is known', async () => {
    const copper = createStructure({
      name: 'Cu',
      cell: { a: 3.6149 },
      spaceGroup: 'Fm-3m',
      sites: [{ element: 'Cu', label: 'Cu1', position: [0, 0, 0], uIso: 0.007 }],
    })
    const [one, other] = [await patternOf(truth, 1e-4), await patternOf(copper, 4e-4)]
    const intensity = createRandom(6).counts(one.map((y, i) => y + other[i]! + 100))
    const collector = { name: 'Cu', cell: createUnitCell({ a: 3.617 }), spaceGroup: spaceGroup('Fm-3m') }
    const run = await rietveld({ twoTheta, intensity }, [truth, collector], {
      ...base,
      parameters: { ...profile, 'PbSO4.Pb1.x': { vary: true } },
    })
    expect(run.converged).toBe(true)
    expect(Math.abs(pullOf(run, 'Cu.a', 3.6149))).toBeLessThan(4)
    expect(Math.abs(pullOf(run, 'PbSO4.Pb1.x', 0.1879))).toBeLessThan(4)
    expect(run.massFractions!.phases).toHaveProperty('PbSO4')
    expect(run.massFractions!.phases).not.toHaveProperty('Cu')
    const extracted = run.lines.filter(line => line.phase === 'Cu' && line.standardError !== null)
    expect(extracted.length).toBeGreaterThan(3)
  })

  it('tells Li/Ni mixing with one free number, and that a model without it is worse', async () => {
    const clean = await patternOf(layered(14.2, 0.04), 0.02)
    const intensity = createRandom(7).counts(clean.map(y => y + 120))
    const pattern = { twoTheta, intensity }
    const start = layered(14.21, 0)
    const ties = antisiteMixing(start, { first: ['Li1', 'Ni2'], second: ['Ni1', 'Li2'] })
    const parameters = { 'NMC.u': { vary: true }, 'NMC.v': { vary: true }, 'NMC.O1.z': { vary: true } }
    const mixed = await rietveld(pattern, [start], { ...base, parameters: { ...parameters, ...ties } })
    expect(Math.abs(pullOf(mixed, 'NMC.Ni2.occupancy', 0.04))).toBeLessThan(4)
    expectClose(mixed.parameters['NMC.Li1.occupancy']!.value, 1 - mixed.parameters['NMC.Ni2.occupancy']!.value, { rtol: 1e-12 })
    expectClose(mixed.parameters['NMC.Li2.occupancy']!.value, mixed.parameters['NMC.Ni2.occupancy']!.value, { rtol: 1e-12 })
    expect(mixed.varied.filter(name => name.endsWith('occupancy'))).toEqual(['NMC.Ni2.occupancy'])
    const plain = await rietveld(pattern, [start], { ...base, parameters })
    const test = hamiltonTest(plain, mixed)
    expect(test.degreesOfFreedom[0]).toBe(1)
    expect(test.ratio).toBeGreaterThan(1)
    expect(test.probability).toBeLessThan(1e-6)
  })

  it('keeps the instrument of a standard, and finds size and strain of a sample beside it', async () => {
    const standard = leBail({ twoTheta, intensity: (await patternOf(truth, 2e-4)).map(y => y + 100) }, [truth], {
      wavelength,
      background: 3,
      parameters: profile,
    })
    const instrument = instrumentFromStandard(standard)
    // which of u, v, w, size and strain makes lines wide is hardly told; how wide they are is
    expectClose(lineWidths([15, 30, 45], instrument.widths!).fwhm, lineWidths([15, 30, 45], widths).fwhm, { rtol: 0.01 })
    expect(instrument.axial).toBeUndefined()
    const again = await rietveld(
      { twoTheta, intensity: createRandom(8).counts((await patternOf(truth, 2e-4)).map(y => y + 100)) },
      [truth],
      { ...base, instrument },
    )
    expect(again.varied.filter(name => /PbSO4\.(u|v|w|size|strain)/.test(name))).toEqual(['PbSO4.size', 'PbSO4.strain'])
    expect(again.parameters['PbSO4.size']!.value).toBeLessThan(0.002)
  })

  it('says by its statistics where a phase does not fit, and does not run away', async () => {
    const intensity = createRandom(9).counts((await patternOf(truth, 2e-4)).map(y => y + 100))
    const run = await rietveld({ twoTheta, intensity }, [layered(14.2, 0)], { ...base, parameters: { 'NMC.*': { vary: true } } })
    expect(run.agreement.chiSquare).toBeGreaterThan(5)
    expect(run.agreement.rwpBackground).toBeGreaterThan(0.5)
    for (const { name, value, min, max } of Object.values(run.parameters)) {
      expect([name, Number.isFinite(value)]).toEqual([name, true])
      expect(value).toBeGreaterThanOrEqual(min)
      expect(value).toBeLessThanOrEqual(max)
    }
  })

  it('refuses what means nothing', async () => {
    const pattern = { twoTheta, intensity: twoTheta.map(() => 100) }
    const lattice = { name: 'Cu', cell: createUnitCell({ a: 3.6149 }), spaceGroup: spaceGroup('Fm-3m') }
    await expect(rietveld(pattern, [lattice], { ...base, intensities: 'structure' })).rejects.toThrow(/Cu.*no sites/)
    await expect(rietveld(pattern, [truth], { ...base, parameters: { 'PbSO4.Pb1.y': {} } })).rejects.toThrow(/PbSO4\.Pb1\.y/)
    await expect(
      rietveld(pattern, [truth], { ...base, doublet: K_ALPHA.Cu, texture: { PbSO4: { axis: [0, 0, 0] } } }),
    ).rejects.toThrow()
    expect(errorText(() => antisiteMixing(truth, { first: ['Li1', 'Ni2'], second: ['Ni1', 'Li2'] }))).toMatch(/no site "Ni2"/)
  })
})

describe('ties of occupancies', () => {
  it('keep charge and composition', () => {
    const start = layered(14.2, 0.03)
    const charge = chargeBalance(start, 'O1')['NMC.O1.occupancy']!.tie as string
    expect(charge).toMatch(/NMC\.Li1\.occupancy/)
    const nickel = fixedComposition(start, 'Ni', 'Ni1')
    expect(Object.keys(nickel)).toEqual(['NMC.Ni1.occupancy'])
    expect(nickel['NMC.Ni1.occupancy']!.tie).toContain('NMC.Ni2.occupancy')
  })
})
