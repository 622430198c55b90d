import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SIMULATED, simulatedPhases } from '../../examples/demo/simulated.js'
import { slice } from '../../src/index.js'
import { openSeries } from '../../src/io/index.node.js'
import { analyseDiffraction } from '../../src/workflow/index.js'

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
