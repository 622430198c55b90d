import fc from 'fast-check'
import {
  createStructure,
  createUnitCell,
  equivalentReflections,
  expandStructure,
  reflections,
  type Site,
  spaceGroup,
} from 'operando'
import { createAnomalous, createFormFactor } from 'operando/matter'
import { createStructureFactors, lorentzFactor, marchDollase, polarizationFactor, powderReflections } from 'operando/scattering'
import { describe, expect, test } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const wavelength = 1.5406
const olivine = createStructure({
  cell: { a: 10.332, b: 6.01, c: 4.692 },
  spaceGroup: 'Pnma',
  sites: [
    { element: 'Li', charge: 1, position: [0, 0, 0], uIso: 0.012 },
    { element: 'Fe', charge: 2, position: [0.28222, 0.25, 0.97472], uAniso: [0.004, 0.006, 0.008, 0, 0.001, 0] },
    { element: 'P', position: [0.09486, 0.25, 0.4182], uIso: 0.005 },
    { element: 'O', position: [0.09713, 0.25, 0.74276], uIso: 0.007 },
    { element: 'O', position: [0.4571, 0.25, 0.20602], uIso: 0.007, occupancy: 0.9 },
    { element: 'O', position: [0.16558, 0.04646, 0.28478], uAniso: [0.01, 0.005, 0.007, 0.002, -0.001, 0.001] },
  ],
})
const zincite = createStructure({
  cell: { a: 3.2495, c: 5.2069, gamma: 120 },
  spaceGroup: 'P 63 m c',
  sites: [
    { element: 'Zn', position: [1 / 3, 2 / 3, 0], uIso: 0.007 },
    { element: 'O', position: [1 / 3, 2 / 3, 0.3819], uIso: 0.007 },
  ],
})

describe('structure factors', () => {
  test('are the plain sum over all atoms of the cell, isotropic and anisotropic', async () => {
    const list = reflections(olivine.cell, olivine.spaceGroup, { dMin: 1.2 })
    const energy = 12398.419843320025 / wavelength
    const plan = await createStructureFactors(olivine, list, { wavelength })
    const got = plan.values()
    const factors = await Promise.all(
      olivine.sites.map(async ({ element, charge }) => {
        const [f0, { f1, f2 }] = await Promise.all([
          createFormFactor(charge ? `${element}${charge}+` : element),
          createAnomalous(element),
        ])
        return { f0, f1: f1.at(energy), f2: f2.at(energy) }
      }),
    )
    const { a, b, c } = olivine.cell
    const want: number[] = []
    for (let n = 0; n < list.count; n++) {
      const [h, k, l] = list.hkl.subarray(3 * n, 3 * n + 3) as unknown as [number, number, number]
      const s = 1 / (2 * list.d[n]!)
      let re = 0
      let im = 0
      for (const atom of expandStructure(olivine)) {
        const site = olivine.sites[atom.site]!
        const { f0, f1, f2 } = factors[atom.site]!
        const f = f0.at(s) + f1
        const u = atom.uAniso
        const t = u
          ? Math.exp(
              -2 *
                Math.PI ** 2 *
                ((u[0] * h * h) / a ** 2 +
                  (u[1] * k * k) / b ** 2 +
                  (u[2] * l * l) / c ** 2 +
                  (2 * u[3] * k * l) / (b * c) +
                  (2 * u[4] * h * l) / (a * c) +
                  (2 * u[5] * h * k) / (a * b)),
            )
          : Math.exp(-8 * Math.PI ** 2 * (site.uIso ?? 0) * s * s)
        const phase = 2 * Math.PI * (h * atom.position[0] + k * atom.position[1] + l * atom.position[2])
        const w = site.occupancy * t
        re += w * (f * Math.cos(phase) - f2 * Math.sin(phase))
        im += w * (f * Math.sin(phase) + f2 * Math.cos(phase))
      }
      want.push(re, im)
    }
    expectClose(got, want, { rtol: 1e-10, atol: 1e-9 })
    expect(plan.ions).toEqual(['Li1+', 'Fe2+', 'P', 'O'])
  })

  test('of a group without inversion are averaged over Friedel mates', async () => {
    const list = reflections(zincite.cell, zincite.spaceGroup, { dMin: 1 })
    const plan = await createStructureFactors(zincite, list, { energy: '9.665 keV' })
    const flipped = createStructure({
      ...zincite,
      sites: zincite.sites.map(site => ({ ...site, position: site.position.map(x => -x) as unknown as Site['position'] })),
    })
    const mate = await createStructureFactors(flipped, list, { energy: '9.665 keV' })
    const squares = (f: Float64Array): number[] =>
      Array.from({ length: list.count }, (_, n) => f[2 * n]! ** 2 + f[2 * n + 1]! ** 2)
    const [plus, minus] = [squares(plan.values()), squares(mate.values())]
    // at the zinc edge they differ by half their size, and a powder sees the mean
    expect(Math.max(...plus.map((p, n) => Math.abs(p - minus[n]!) / (p + minus[n]! + 1)))).toBeGreaterThan(0.1)
    expectClose(
      plan.squares(),
      plus.map((p, n) => (p + minus[n]!) / 2),
      { rtol: 1e-10, atol: 1e-9 },
    )
  })

  test('equivalent reflections have one |F|², whatever the site', async () => {
    const group = spaceGroup('P 42/m n m')
    const cell = createUnitCell({ a: 4.6, c: 2.96 })
    const plain = reflections(cell, group, { dMin: 1.5 })
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        async position => {
          const structure = createStructure({ cell, spaceGroup: group, sites: [{ element: 'Sn', position, uIso: 0.01 }] })
          const first = (await createStructureFactors(structure, plain, { wavelength })).squares()
          const turned = {
            ...plain,
            hkl: Int32Array.from(
              Array.from({ length: plain.count }, (_, n) => [
                ...equivalentReflections(group, [...plain.hkl.subarray(3 * n, 3 * n + 3)] as unknown as [
                  number,
                  number,
                  number,
                ]).at(-1)!,
              ]).flat(),
            ),
          }
          expectClose((await createStructureFactors(structure, turned, { wavelength })).squares(), first, {
            rtol: 1e-9,
            atol: 1e-6,
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  test('follow sites that move or empty, on one plan', async () => {
    const list = reflections(olivine.cell, olivine.spaceGroup, { dMin: 1.5 })
    const plan = await createStructureFactors(olivine, list, { wavelength })
    const delithiated = olivine.sites.map((site, i) => (i === 0 ? { ...site, occupancy: 0 } : site))
    const without = await createStructureFactors(createStructure({ ...olivine, sites: delithiated }), list, { wavelength })
    expectClose(plan.squares(delithiated), without.squares(), { rtol: 1e-12 })
    expect(errorCode(() => plan.squares(delithiated.slice(1)))).toBe('E_SHAPE')
  })

  test('an ion that is not tabulated stands as the neutral atom, aloud', async () => {
    const structure = createStructure({
      cell: { a: 4 },
      spaceGroup: 'Pm-3m',
      sites: [{ element: 'S', charge: -2, position: [0, 0, 0] }],
    })
    const { warnings } = await powderReflections(structure, { wavelength, dMin: 2 })
    expect(warnings.map(w => w.code)).toContain('W_ION')
  })

  test('without wavelength, with both, with a range that is missing they refuse', async () => {
    const list = reflections(olivine.cell, olivine.spaceGroup, { dMin: 2 })
    await expect(createStructureFactors(olivine, list, {})).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(createStructureFactors(olivine, list, { wavelength, energy: 8000 })).rejects.toMatchObject({
      code: 'E_ARGUMENT',
    })
    await expect(powderReflections(olivine, { wavelength })).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(powderReflections(olivine, { wavelength: -1, dMin: 2 })).rejects.toMatchObject({ code: 'E_RANGE' })
  })
})

describe('corrections', () => {
  test('Lorentz and polarisation are those of the textbooks', () => {
    expectClose(lorentzFactor(60), 1 / (0.25 * Math.cos(Math.PI / 6)), { rtol: 1e-14 })
    expectClose(polarizationFactor(60, 'unpolarised'), (1 + 0.25) / 2, { rtol: 1e-14 })
    // graphite, Cu K-alpha: A = cos² 26.6 = 0.7995
    const a = Math.cos((26.6 * Math.PI) / 180) ** 2
    expectClose(polarizationFactor(90, { monochromator: 26.6 }), 1 / (1 + a), { rtol: 1e-12 })
    expectClose(polarizationFactor(90, { degree: 0.9, plane: 'horizontal' }), 0.05, { rtol: 1e-12 })
    expectClose(polarizationFactor(90, { degree: 0.9 }), 0.95, { rtol: 1e-12 })
    expect(polarizationFactor(50, 'corrected')).toBe(1)
    for (const angle of [0, 180, -1, Number.NaN]) expect(errorCode(() => lorentzFactor(angle))).toBe('E_RANGE')
    expect(errorCode(() => polarizationFactor(20, { degree: 2 }))).toBe('E_RANGE')
  })

  test('a beam of no polarisation is that of a tube, in either plane', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 179.9, noNaN: true }), angle => {
        for (const plane of ['vertical', 'horizontal'] as const)
          expectClose(polarizationFactor(angle, { degree: 0, plane }), polarizationFactor(angle, 'unpolarised'), { rtol: 1e-12 })
      }),
    )
  })

  test('texture takes from some lines what it gives to others', () => {
    const cell = createUnitCell({ a: 2.461, c: 6.708, gamma: 120 })
    const group = spaceGroup('P 63/m m c')
    expectClose(marchDollase(cell, group, [0, 0, 2], [0, 0, 1], 0.7), 0.7 ** -3, { rtol: 1e-12 })
    expectClose(marchDollase(cell, group, [1, 0, 0], [0, 0, 1], 0.7), 0.7 ** 1.5, { rtol: 1e-12 })
    expectClose(marchDollase(cell, group, [1, 0, 1], [0, 0, 1], 1), 1, { rtol: 1e-12 })
    // the mean over the sphere is 1: closed form of the integral over cos a, here by the midpoint rule
    const n = 20000
    let mean = 0
    for (let i = 0; i < n; i++) {
      const cos2 = ((i + 0.5) / n) ** 2
      mean += (0.49 * cos2 + (1 - cos2) / 0.7) ** -1.5 / n
    }
    expectClose(mean, 1, { rtol: 1e-6 })
    expect(errorCode(() => marchDollase(cell, group, [1, 0, 0], [0, 0, 1], 0))).toBe('E_RANGE')
    expect(errorCode(() => marchDollase(cell, group, [1, 0, 0], [0, 0, 0], 1))).toBe('E_ARGUMENT')
  })
})
