import { it } from 'vitest'
import { createDataset } from '../../../../src/index.js'
import { createRandom } from '../../../../src/numeric/index.js'
import { leBail, sequential } from '../../../../src/scattering/index.js'
import { draw, known } from '../lattice.js'
it('x', async () => {
  const tt = Float64Array.from({ length: 700 }, (_, i) => 7 + 0.025 * i)
  const P = known('P', { a: 8.2 }, 'Fd-3m', { w: 0.002, strain: 0.05 }, 3000)
  const y = createRandom(3, 0).counts(draw(tt, [P], 0.7).map(v => v + 60))
  const r = leBail({ twoTheta: tt, intensity: y }, [{ name: 'P', cell: P.cell, spaceGroup: P.spaceGroup }], { wavelength: 0.7, background: 1, parameters: { 'P.size': { value: 0, vary: false } } })
  console.log(r.message, r.reducedChiSquare, Math.max(...y), Object.values(r.parameters).map(p => `${p.name} ${p.value} ${p.standardError} ${p.varied}`), r.lines.map(l => `${l.hkl} ${l.twoTheta.toFixed(2)} ${l.intensity.toFixed(1)} ${l.standardError}`))
  const s = createDataset({ name: 'I', dims: ['frame', 'twoTheta'], shape: [1, 700], values: y, unit: 'counts', coords: { twoTheta: { dims: ['twoTheta'], values: tt, unit: 'deg' } } })
  const q = await sequential(s, { phases: [{ name: 'P', cell: P.cell, spaceGroup: P.spaceGroup }], wavelength: 0.7, background: 1, parameters: { 'P.size': { value: 0, vary: false } } })
  console.log(q.status, q.reasons, q.presence, Object.entries(q.parameters).map(([n, d]) => `${n} ${d.values[0]} ${d.sigma?.[0]}`))
})
