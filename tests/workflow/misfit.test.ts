import { join } from 'node:path'
import { gaussian } from 'operando/scattering'
import { expect, it } from 'vitest'
import { SIMULATED, simulatedPhases } from '../../examples/demo/simulated.js'
import { createDataset, slice } from '../../src/index.js'
import { openSeries } from '../../src/io/index.node.js'
import { createRandom } from '../../src/numeric/index.js'
import { analyseDiffraction } from '../../src/workflow/index.js'
import { expectClose } from '../matchers.js'

const all = simulatedPhases()
it.each([
  ['all phases', all, false],
  ['a phase missing', all.filter(p => p.name !== 'NMC622'), true],
  ['a minor phase missing', all.filter(p => p.name !== 'FePO4'), true],
  [
    'one strong line half as strong again (texture)',
    all.map(p =>
      p.name === 'NMC622' ? { ...p, reflections: p.reflections.map((r, i) => (i === 0 ? { ...r, f2: 1.5 * r.f2 } : r)) } : p,
    ),
    true,
  ],
] as const)('with %s the misfit is told when there is one', async (_, phases, told) => {
  const run = slice(await openSeries(join(SIMULATED, 'frames'), { axis: 'twoTheta' }), 'frame', 0, 8)
  const { warnings } = await analyseDiffraction(run, undefined, { phases, wavelength: 0.8266, background: 10, zero: 'refine' })
  expect(warnings.some(w => w.code === 'W_MISFIT')).toBe(told)
})

it('tells foreign lines with their place and size, and the phases do not drift for them', async () => {
  const run = slice(await openSeries(join(SIMULATED, 'frames'), { axis: 'twoTheta' }), 'frame', 0, 8)
  const options = { phases: all, wavelength: 0.8266, background: 10, zero: 'refine' } as const
  const plain = await analyseDiffraction(run, undefined, options)
  expect(plain.unexplained).toEqual([])
  const axis = Float64Array.from(run.coords.twoTheta!.values)
  // an impurity of three lines: one of a hundredth of the strongest line, one of a twentieth, one of a tenth
  const top = Math.max(...run.values)
  const foreign = [
    { at: 14.63, height: 0.05 },
    { at: 21.7, height: 0.1 },
    { at: 17.75, height: 0.01 },
  ]
  const added = new Float64Array(axis.length)
  for (const { at, height } of foreign) {
    const area = (height * top * 0.08 * Math.sqrt(Math.PI / Math.LN2)) / 2
    for (const [i, v] of gaussian(axis, { centre: at, fwhm: 0.08, area }).entries()) added[i]! += v
  }
  const noise = createRandom(3)
  const values = Float64Array.from(run.values, (v, k) => v + noise.poisson(added[k % axis.length]!))
  const { unexplained, warnings, trends } = await analyseDiffraction(
    createDataset({ ...run, values, sigma: values.map(v => Math.sqrt(Math.max(v, 1))) }),
    undefined,
    options,
  )
  const byPlace = [...unexplained].sort((a, b) => a.twoTheta - b.twoTheta)
  expectClose(
    byPlace.map(line => line.twoTheta),
    foreign.map(line => line.at).sort((a, b) => a - b),
    { atol: 0.01 },
  )
  expectClose(
    unexplained.map(line => line.height),
    [0.1, 0.05, 0.01],
    { rtol: 0.15 },
  )
  const told = warnings.find(w => w.code === 'W_UNEXPLAINED')!.message
  for (const { at } of foreign) expect(told).toContain(`${at.toFixed(2).slice(0, 4)}`)
  for (const name of ['LiFePO4.a', 'NMC622.a', 'NMC622.c']) {
    const [before, after] = [plain.trends[name]!, trends[name]!]
    const pulls = after.values.map((v, i) => (v - before.values[i]!) / after.sigma![i]!)
    expect(Math.max(...Array.from(pulls, Math.abs)), name).toBeLessThan(2)
  }
})
