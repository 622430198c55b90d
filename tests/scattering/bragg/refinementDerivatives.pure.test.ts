import { createStructure, createUnitCell, spaceGroup } from 'operando'
import { fingerCoxJephcoat, K_ALPHA } from 'operando/scattering'
import { describe, expect, it } from 'vitest'
import { radiationOf } from '../../../src/scattering/bragg/phases/phaseProblem.js'
import { layOut } from '../../../src/scattering/bragg/refinement/patternLayout.js'
import { createPatternModel } from '../../../src/scattering/bragg/refinement/patternModel.js'
import { createRefinementProblem } from '../../../src/scattering/bragg/refinement/refinementProblem.js'
import type { RefinementOptions } from '../../../src/scattering/bragg/refinement/refinementTypes.js'
import { loadScatteringFactors } from '../../../src/scattering/bragg/structureFactors/loadScatteringFactors.js'
import { expectClose } from '../../matchers.js'

const x = Float64Array.from({ length: 900 }, (_, i) => 18 + 0.05 * i)
const olivine = createStructure({
  name: 'LFP',
  cell: { a: 10.332, b: 6.01, c: 4.692 },
  spaceGroup: 'Pnma',
  sites: [
    { element: 'Li', label: 'Li1', position: [0, 0, 0], uIso: 0.012 },
    { element: 'Fe', label: 'Fe1', position: [0.28222, 0.25, 0.97472], uAniso: [0.004, 0.006, 0.008, 0, 0.001, 0] },
    { element: 'P', label: 'P1', position: [0.09486, 0.25, 0.4182], uIso: 0.005 },
    { element: 'O', label: 'O3', position: [0.16558, 0.04646, 0.28478], uAniso: [0.01, 0.005, 0.007, 0.002, -0.001, 0.001] },
  ],
})
const zincite = createStructure({
  name: 'ZnO',
  cell: { a: 3.2495, c: 5.2069, gamma: 120 },
  spaceGroup: 'P 63 m c',
  sites: [
    { element: 'Zn', label: 'Zn1', position: [1 / 3, 2 / 3, 0], uAniso: [0.007, 0.007, 0.009, 0, 0, 0.0035] },
    { element: 'O', label: 'O1', position: [1 / 3, 2 / 3, 0.3819], uIso: 0.007 },
  ],
})
const copper = { name: 'Cu', cell: createUnitCell({ a: 3.6149 }), spaceGroup: spaceGroup('Fm-3m') }

/** Largest difference between the analytic Jacobian and central differences, by parameter, over the largest derivative. */
async function compare(options: RefinementOptions, values: Readonly<Record<string, number>>): Promise<void> {
  const radiation = radiationOf({ doublet: K_ALPHA.Cu, polarization: 0 })
  const phases = [olivine, zincite, copper]
  const energy = 12398.4198 / K_ALPHA.Cu.wavelengths[0]
  const factors = await Promise.all([olivine, zincite].map(({ sites }) => loadScatteringFactors(sites, energy)))
  const setting = { name: '', x, radiation, options, factors }
  const layout = layOut([setting], phases, ['structure', 'structure', 'pawley'], { '*': { vary: true } })
  const problem = createRefinementProblem(layout, 20)
  const p = Float64Array.from(layout.inputs, ({ name, value }) => {
    const own = name.slice(name.lastIndexOf('.') + 1)
    return values[name] ?? values[own] ?? value ?? 40
  })
  const n = x.length
  const [pattern] = problem.patterns
  pattern!.weight.fill(0.7)
  // against no data at all: free intensities come out as 0, and nothing is projected away
  problem.settle(p)
  pattern!.areas.fill(0)
  for (let i = 0; i < n; i++) pattern!.y[i] = 0
  const jacobian = new Float64Array(n * p.length)
  const residual = new Float64Array(n)
  const isolated = layout.inputs.map(({ name }) => !name.startsWith('Cu.'))
  problem.evaluate(p, residual, jacobian)
  const model = (at: Float64Array): Float64Array => {
    const out = new Float64Array(n)
    pattern!.model.draw(at)
    for (const own of pattern!.model.layout.phases) {
      own.intensities?.compute(at, pattern!.model.places, own.firstLine, pattern!.areas, null)
      if (own.intensities) pattern!.model.sum(pattern!.areas, out, pattern!.model.layout.phases.indexOf(own))
    }
    return out.map(v => 0.7 * v)
  }
  // the same without the projection: areas of the free phase at 0 add nothing
  const plain = new Float64Array(n * p.length)
  const areas = pattern!.areas.slice()
  layout.patterns[0]!.phases.forEach(own => {
    if (!own.intensities) areas.fill(0, own.firstLine, own.firstLine + own.count)
  })
  const all = new Uint8Array(p.length).fill(1)
  pattern!.model.addSlopes(areas, plain, n, all)
  pattern!.model.addAreaSlopes(plain, n, all)
  layout.inputs.forEach(({ name }, j) => {
    if (!isolated[j] || /^(background|debye|blank)/.test(name)) return
    const step = 1e-5 * Math.max(Math.abs(p[j]!), 0.01)
    const at = (sign: number): Float64Array => {
      const moved = p.slice()
      moved[j]! += sign * step
      for (const { cell, cellAt, spacings } of layout.phases) cell.spacings(moved, cellAt, spacings)
      return model(moved)
    }
    const [above, below] = [at(1), at(-1)]
    const slope = above.map((value, i) => (value - below[i]!) / (2 * step))
    const size = slope.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect([name, size > 0]).toEqual([name, true])
    expectClose(
      plain.slice(j * n, (j + 1) * n).map(v => 0.7 * v),
      slope,
      { atol: 1e-4 * size },
    )
  })
}

const common = {
  zero: 0.01,
  displacement: -0.02,
  u: 0.004,
  v: -0.003,
  w: 0.012,
  p: 0.001,
  size: 0.04,
  strain: 0.05,
  constant: 0.01,
  scale: 1e-3,
}

describe('derivatives of a pattern with structures', () => {
  it('are those that differences give, for sites, cells, widths, March, extinction and absorption', async () => {
    await compare(
      {
        background: 3,
        polarization: 'unpolarised',
        texture: { LFP: { axis: [0, 1, 0] } },
        extinction: ['ZnO'],
        absorption: { geometry: 'cylinder', mu: 0.8 },
      },
      { ...common, march: 0.8, extinction: 0.5, absorption: 0.8 },
    )
  })

  it('and for harmonics, anisotropic widths, split lines, a plate', async () => {
    await compare(
      {
        background: 3,
        texture: { LFP: { harmonics: 4 }, ZnO: { harmonics: 6 } },
        uniaxialSize: { ZnO: [0, 0, 1], LFP: [1, 0, 0] },
        stephens: ['LFP', 'ZnO'],
        skew: true,
        absorption: { geometry: 'plate', mu: 0.5 },
      },
      { ...common, sizeAlong: 0.09, skew: 0.1, skewCot: 0.05, '0': 0.1, '1': -0.05, S400: 2, S040: 3, S004: 2.5, S220: 0.5 },
    )
  })

  it('and for axial divergence', async () => {
    await compare({ background: 3, axial: { sample: 0.02, detector: 0.03 } }, common)
  })
})

describe('an asymmetric line of a refinement', () => {
  it('is that of Finger, Cox and Jephcoat, to 1e-4 of its height', () => {
    const fine = Float64Array.from({ length: 2001 }, (_, i) => 1.5 + 0.002 * i)
    for (const [twoTheta, sample, detector] of [
      [3.2, 0.018, 0.018],
      [3.2, 0.008, 0.025],
      [4.6, 0.02, 0.01],
    ] as const) {
      const cell = createUnitCell({ a: 0.7 / (2 * Math.sin((twoTheta * Math.PI) / 360)) })
      const phase = { name: 'P', cell, spaceGroup: spaceGroup('Pm-3m') }
      const radiation = radiationOf({ wavelength: 0.7, polarization: 0 })
      const setting = { name: '', x: fine, radiation, options: { background: 1, axial: { sample, detector } } }
      const layout = layOut([setting], [phase], ['leBail'], {})
      const model = createPatternModel(layout.patterns[0]!, 400)
      const widths: Record<string, number> = { 'P.w': 0.012 ** 2, 'P.size': 0.008 }
      const p = Float64Array.from(layout.inputs, ({ name, value }) => widths[name] ?? value ?? 0)
      model.settle(p, new Float64Array(fine.length).fill(1))
      model.draw(p)
      const areas = new Float64Array(layout.patterns[0]!.lines)
      areas[0] = 1
      const drawn = new Float64Array(fine.length)
      model.sum(areas, drawn)
      const [fwhm, eta] = [model.places.fwhm[0]!, model.places.eta[0]!]
      const exact = fingerCoxJephcoat(fine, { twoTheta, fwhm, eta, sample, detector, points: 200 })
      expectClose(drawn, exact, { atol: 1e-4 * Math.max(...exact) })
    }
  })
})
