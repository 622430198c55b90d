import { createDataset, createStructure } from 'operando'
import { phaseOfStructure, simulatePattern } from 'operando/scattering'
import { analyseDiffraction } from 'operando/workflow'
import { expect, test } from 'vitest'
import { expectClose } from '../matchers.js'

const wavelength = 1.54056
const twoTheta = Float64Array.from({ length: 700 }, (_, i) => 16 + i * 0.03)
const olivine = (name: string, [a, b, c]: readonly [number, number, number], lithium: number) =>
  createStructure({
    name,
    cell: { a, b, c },
    spaceGroup: 'Pnma',
    sites: [
      { element: 'Li', position: [0, 0, 0], uIso: 0.012, occupancy: lithium },
      { element: 'Fe', position: [0.28222, 0.25, 0.97472], uIso: 0.005 },
      { element: 'P', position: [0.09486, 0.25, 0.4182], uIso: 0.005 },
      { element: 'O', position: [0.09713, 0.25, 0.74276], uIso: 0.007 },
      { element: 'O', position: [0.4571, 0.25, 0.20602], uIso: 0.007 },
      { element: 'O', position: [0.16558, 0.04646, 0.28478], uIso: 0.007 },
    ],
  })

test('phases known by their structures alone are fitted with fractions', async () => {
  const lithiated = olivine('LFP', [10.332, 6.01, 4.692], 1)
  const empty = olivine('FP', [9.8142, 5.7893, 4.782], 0)
  const [full, bare] = await Promise.all(
    [lithiated, empty].map(async structure => (await phaseOfStructure(structure, { wavelength, twoThetaMax: 40 })).phase),
  )
  const shares = [0, 0.25, 0.5, 0.75, 1]
  const frames = shares.flatMap(x => {
    const pattern = simulatePattern(
      twoTheta,
      [
        { ...full!, amount: 0.02 * (1 - x) },
        { ...bare!, amount: 0.02 * x },
      ],
      { wavelength, fwhm: 0.12 },
    )
    return [...pattern.map(y => y + 100)]
  })
  const patterns = createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [shares.length, twoTheta.length],
    values: frames,
    unit: 'counts',
    coords: {
      twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' },
      time: { dims: ['frame'], values: shares.map((_, i) => 60 * i), unit: 's' },
    },
  })
  const { trends, phases } = await analyseDiffraction(patterns, undefined, {
    wavelength,
    background: 2,
    phases: [
      { structure: lithiated, couple: 'iron', formulaUnits: 4 },
      { structure: empty, couple: 'iron', formulaUnits: 4 },
    ],
  })
  expect(phases.map(phase => phase.name)).toEqual(['LFP', 'FP'])
  const fraction = Object.entries(trends).find(([name]) => /^FP\.(mole)?fraction/i.test(name))
  expect(fraction, Object.keys(trends).join(' ')).toBeDefined()
  expectClose(fraction![1].values, shares, { rtol: 0, atol: 2e-3 })
})

test('a structure without a name is refused', async () => {
  const nameless = olivine('', [10.332, 6.01, 4.692], 1)
  const patterns = createDataset({
    name: 'I',
    dims: ['frame', 'twoTheta'],
    shape: [1, twoTheta.length],
    values: new Float64Array(twoTheta.length).fill(100),
    unit: 'counts',
    coords: {
      twoTheta: { dims: ['twoTheta'], values: twoTheta, unit: 'deg' },
      time: { dims: ['frame'], values: [0], unit: 's' },
    },
  })
  await expect(analyseDiffraction(patterns, undefined, { wavelength, phases: [{ structure: nameless }] })).rejects.toMatchObject({
    code: 'E_ARGUMENT',
  })
})
