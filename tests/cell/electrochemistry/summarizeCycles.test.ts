import { readFileSync } from 'node:fs'
import { createElectrochemistry } from 'operando'
import { findHalfCycles, summarizeCycles } from 'operando/cell'
import { openElectrochemistry } from 'operando/io/node'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

/** EC-Lab's own counters: the last value of a column within each of its half-cycles that is more than the trickle of a rest. */
function lastByHalfCycle(counter: ArrayLike<number>, values: ArrayLike<number>): number[] {
  const out: number[] = []
  for (let i = 0; i < counter.length; i++) if (i + 1 === counter.length || counter[i + 1] !== counter[i]) out.push(values[i]!)
  const most = Math.max(...out.map(Math.abs))
  return out.filter(q => Math.abs(q) > 1e-2 * most)
}

describe.runIf(hasSharedData)('half-cycles of real records', () => {
  it('integrate the reference record as stated: this point, not the trapezoid', () => {
    const { coulomb_counting: c } = JSON.parse(readFileSync(sharedPath('reference/io/cell.json'), 'utf8'))
    const echem = createElectrochemistry({
      time: c.t_s,
      current: { values: c.I_mA, unit: 'mA' },
      potential: c.t_s.map(() => 3.5),
    })
    expectClose(
      Array.from(echem.charge.values, q => 1000 * q),
      c.Q_this_point_mAh,
      { atol: 1e-12 },
    )
    const q: number[] = c.Q_this_point_mAh
    expectClose(
      findHalfCycles(echem).map(h => 1000 * h.charge),
      [q[6]!, q[8]! - q[6]!],
      { rtol: 1e-12 },
    )
  })

  it.each([
    ['data/io/operando/lno-nik-rock/220726cell4operandoxas_C06.mpt.gz', 5],
    ['data/io/cycler/biologic/gcpl.pr_182.1.mpt.gz', 8],
    ['data/io/cycler/biologic/gcpl.issue_149.mpt', 8],
  ])('have the charge that EC-Lab counted: %s', async (file, count) => {
    const echem = await openElectrochemistry(sharedPath(file))
    const { halfCycles } = summarizeCycles(echem)
    expect(halfCycles.length).toBe(count)
    const told = lastByHalfCycle(echem.columns['half cycle']!.values, echem.columns['Q charge/discharge/mA.h']!.values)
    // EC-Lab resets its counter one row before or after the current turns: a row of 600 is left over
    expectClose(
      halfCycles.map(h => 1000 * h.charge),
      told,
      { rtol: 1e-3, peer: 'EC-Lab 11' },
    )
  })

  it('have the energy that EC-Lab counted', async () => {
    const echem = await openElectrochemistry(sharedPath('data/io/operando/lno-nik-rock/220726cell4operandoxas_C06.mpt.gz'))
    const energy = echem.columns['Energy charge/W.h']!.values
    // the counter stands through the discharge
    const flowing = Array.from(energy, (e, i) => (echem.current.values[i]! > 0 ? e : 0))
    const told = lastByHalfCycle(echem.columns['half cycle']!.values, flowing)
    const { halfCycles } = summarizeCycles(echem)
    expectClose(
      halfCycles.filter(h => h.direction === 'oxidation').map(h => h.energy! / 1000),
      told,
      { rtol: 1e-3, peer: 'EC-Lab 11' },
    )
  })
})
