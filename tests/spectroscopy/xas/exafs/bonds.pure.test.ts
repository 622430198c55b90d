import { createStructure } from 'operando'
import { parseFeffPath } from 'operando/io'
import { sequence } from 'operando/series'
import {
  BOND_VALENCE_R0,
  bondValence,
  bondValenceSum,
  createCorrelatedDebye,
  einsteinSigma2,
  exafsFitter,
  ff2chi,
  fitThermalDisorder,
  pathsOfStructure,
  reducedMass,
} from 'operando/spectroscopy'
import { describe, expect, it } from 'vitest'
import { errorText } from '../../../errorCode.js'
import { expectClose } from '../../../matchers.js'
import reference from '../../../reference/spectroscopy/exafs.json'

const texts: Record<string, string> = reference.texts
const oxygen = parseFeffPath(texts['feff0001.dat']!, { file: 'Ni-O' })
const metal = parseFeffPath(texts['feff0002.dat']!, { file: 'Ni-Ni' })
const temperature = [10, 80, 150, 220, 300]

describe('a temperature series', () => {
  it('tells Einstein temperature, static disorder and force constant mu omega²', () => {
    const mass = reducedMass(['Ni', 'O'])
    const sigma2 = temperature.map(t => einsteinSigma2(t, 450, mass) + 0.0012)
    const fit = fitThermalDisorder(temperature, sigma2, { path: ['Ni', 'O'] })
    expectClose([fit.theta.value, fit.static.value], [450, 0.0012], { rtol: 1e-6 })
    // mu omega² by hand: 12.57 u, 450 K
    const omega = (1.380649e-23 * 450) / 1.054571817e-34
    expectClose(fit.forceConstant.value, mass * 1.66053907e-27 * omega * omega, { rtol: 1e-6 })
    expectClose(fit.forceConstantEv.value, fit.forceConstant.value / 16.02176634, { rtol: 1e-9 })
    expectClose(fit.frequency.value, omega / (2 * Math.PI) / 1e12, { rtol: 1e-6 })
  })

  it('tells the same of a Debye spectrum, whose force constant is k T / sigma2 when hot', () => {
    const debye = createCorrelatedDebye(oxygen)
    const fit = fitThermalDisorder(
      temperature,
      temperature.map(t => debye(t, 520)),
      { path: oxygen, model: 'debye', static: 0 },
    )
    expectClose(fit.theta.value, 520, { rtol: 1e-6 })
    expectClose(fit.forceConstant.value, (1.380649e-23 * 1e5) / (debye(1e5, 520) * 1e-20), { rtol: 1e-4 })
    expect(fit.static).toEqual({ value: 0, standardError: 0 })
  })

  it('tells errors that trusted uncertainties give, twice the relative error of theta for the force constant', () => {
    const mass = reducedMass(['Ni', 'O'])
    const sigma2 = temperature.map(t => einsteinSigma2(t, 450, mass))
    const fit = fitThermalDisorder(temperature, sigma2, { path: ['Ni', 'O'], sigma: temperature.map(() => 2e-4) })
    const double = fitThermalDisorder(temperature, sigma2, { path: ['Ni', 'O'], sigma: temperature.map(() => 4e-4) })
    expectClose(double.theta.standardError!, 2 * fit.theta.standardError!, { rtol: 1e-6 })
    expectClose(fit.forceConstant.standardError! / fit.forceConstant.value, (2 * fit.theta.standardError!) / fit.theta.value, {
      rtol: 1e-12,
    })
  })

  it('of too few or negative temperatures, or for Debye without a path of FEFF, is refused', () => {
    const call = (t: number[], options: object = {}) =>
      errorText(() =>
        fitThermalDisorder(
          t,
          t.map(() => 0.005),
          { path: ['Ni', 'O'], ...options },
        ),
      )
    expect(call([10, 300])).toMatch(/E_SHAPE fitThermalDisorder: 3 temperatures or more expected, 2 found.*static: 0/)
    expect(call([-5, 100, 200])).toMatch(/E_RANGE temperature\[0\] is -5 K/)
    expect(call([10, 100, 200], { model: 'debye' })).toMatch(/E_ARGUMENT .*needs a path of FEFF/)
  })
})

describe('bond valences', () => {
  // shortest bonds of oxides as their structures are known, Å
  it.each([
    ['MnO', 'Mn2+', 2, [[2.222, 6]]],
    [
      'pyrolusite',
      'Mn4+',
      4,
      [
        [1.883, 4],
        [1.898, 2],
      ],
    ],
    ['NiO', 'Ni2+', 2, [[2.089, 6]]],
    ['CoO', 'Co2+', 2, [[2.13, 6]]],
    [
      'haematite',
      'Fe3+',
      3,
      [
        [1.945, 3],
        [2.116, 3],
      ],
    ],
    [
      'rutile',
      'Ti4+',
      4,
      [
        [1.949, 4],
        [1.98, 2],
      ],
    ],
    ['periclase', 'Mg2+', 2, [[2.106, 6]]],
    [
      'corundum',
      'Al3+',
      3,
      [
        [1.855, 3],
        [1.971, 3],
      ],
    ],
    ['quartz', 'Si4+', 4, [[1.609, 4]]],
    ['zincite', 'Zn2+', 2, [[1.978, 4]]],
    [
      'tenorite',
      'Cu2+',
      2,
      [
        [1.951, 2],
        [1.961, 2],
        [2.784, 2],
      ],
    ],
  ] as const)('of %s add up to the charge of %s', (_, ion, charge, shells) => {
    const sum = bondValenceSum(shells.map(([r, n]) => ({ r, n, r0: BOND_VALENCE_R0[ion]! })))
    expectClose(sum.value, charge, { rtol: 0.09 })
  })

  it('carry the errors of lengths and numbers', () => {
    const r0 = BOND_VALENCE_R0['Ni2+']!
    const { value, standardError } = bondValenceSum([
      { r: { value: 2.08, standardError: 0.01 }, n: { value: 6, standardError: 0.5 }, r0 },
    ])
    expectClose(value, 6 * bondValence(2.08, r0), { rtol: 1e-14 })
    expectClose(standardError!, value * Math.hypot(0.01 / 0.37, 0.5 / 6), { rtol: 1e-12 })
  })

  it('of lengths or numbers that mean nothing are refused', () => {
    expect(errorText(() => bondValence(-1, 1.7))).toMatch(/E_RANGE bondValence/)
    expect(errorText(() => bondValenceSum([]))).toMatch(/E_ARGUMENT bondValenceSum/)
    expect(errorText(() => bondValenceSum([{ r: 2, n: -1, r0: 1.7 }]))).toMatch(/E_RANGE bondValenceSum: shell 0/)
  })
})

describe('paths of a structure', () => {
  const nickelOxide = createStructure({
    cell: { a: 4.177 },
    spaceGroup: 'F m -3 m',
    sites: [
      { element: 'Ni', position: [0, 0, 0] },
      { element: 'O', position: [0.5, 0.5, 0.5] },
    ],
  })

  it('are its shells, with the amplitudes of the same pairs of elements', () => {
    const shells = pathsOfStructure(nickelOxide, { absorber: 'Ni1', amplitudes: [oxygen, metal], rmax: 4.5 })
    expect(shells.map(({ degeneracy, atoms }) => [degeneracy, atoms[1]!.element])).toEqual([
      [6, 'O'],
      [12, 'Ni'],
      [8, 'O'],
      [6, 'Ni'],
    ])
    expectClose(
      shells.map(({ reff }) => reff),
      [4.177 / 2, 4.177 / Math.SQRT2, (4.177 * Math.sqrt(3)) / 2, 4.177],
      { rtol: 1e-12 },
    )
    for (const { reff, atoms } of shells) expectClose(Math.hypot(...atoms[1]!.position), reff, { rtol: 1e-12 })
    expect(shells[0]!.magFeff).toBe(oxygen.magFeff)
    // an amplitude at its own distance gives its own chi
    const own = createStructure({ cell: { a: 2 * oxygen.reff }, spaceGroup: 'F m -3 m', sites: nickelOxide.sites })
    const [first] = pathsOfStructure(own, { absorber: 'Ni1', amplitudes: [oxygen], rmax: 2.2 })
    expectClose(ff2chi([{ path: first! }], { kmax: 14 }).chi, ff2chi([{ path: oxygen }], { kmax: 14 }).chi, { atol: 1e-12 })
  })

  it('need a path for each pair of elements, of single scattering', () => {
    const call = (options: object) =>
      errorText(() => pathsOfStructure(nickelOxide, { absorber: 'Ni1', amplitudes: [oxygen], ...options }))
    expect(call({ rmax: 3 })).toMatch(/E_MISSING pathsOfStructure: no path of FEFF for Ni and Ni, which are 2.95 Å apart/)
    expect(call({ absorber: 'Co1' })).toMatch(/E_MISSING neighbours: no site "Co1"/)
    const triangle = parseFeffPath(texts['feff0003.dat']!)
    expect(call({ amplitudes: [triangle] })).toMatch(/E_ARGUMENT .*has 3 legs/)
  })
})

describe('coordination along a charge', () => {
  it('follows from a degeneracy that varies, with the amplitude of a reference', async () => {
    const numbers = [6, 5.6, 5.2, 4.8, 4.4, 4]
    const frames = numbers.map(degen => ff2chi([{ path: oxygen, s02: 0.86, degen, e0: 1.5, sigma2: 0.006 }], { kmax: 14 }))
    const paths = [{ path: oxygen, label: 'NiO', s02: 0.86, degen: 'n', e0: 'de', sigma2: 'ss2', deltar: 'dr' }]
    const fitter = exafsFitter(paths, { n: 6, de: 0, ss2: 0.005, dr: 0 }, { kmin: 3, kmax: 13, rmin: 1.1, rmax: 2.1 })
    const { parameters } = await sequence(frames, fitter)
    expectClose(parameters['NiO.degen']!.values, numbers, { rtol: 1e-6 })
  })
})
