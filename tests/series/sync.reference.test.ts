import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { ECHEM_FLAGS, estimateClock, fitClock, groupFrames, matchTriggers, synchronize } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { hasSharedData, sharedPath } from '../sharedData.js'
import { makeEchem, makeRun, ownClock } from './makeEchem.js'

const reference = existsSync(sharedPath('reference/io/sync.json'))
const read = (name: string) => JSON.parse(readFileSync(sharedPath(`reference/io/${name}`), 'utf8'))

describe.skipIf(!reference)('clocks against reference values', () => {
  it('fits offset and rate with an outlier among nine pairs', () => {
    const { cycler_s, beamline_s, robust_fit, true: truth, tolerance, outlier_index } = read('sync.json').clock_fit
    const clock = fitClock(cycler_s.map((t: number, i: number) => [t, beamline_s[i]]))
    expect(clock.outliers).toEqual([outlier_index])
    expectClose(clock.offset, truth.offset_s, { atol: tolerance.offset_s, peer: 'an independent calculation' })
    expectClose(clock.rate, truth.rate, { atol: tolerance.rate, peer: 'an independent calculation' })
    expectClose([clock.offset, clock.rate], [robust_fit.offset_s, robust_fit.rate], { atol: 0.02 })
    expect(Math.abs(clock.offset - truth.offset_s)).toBeLessThan(3 * clock.sigma!)
  })

  it('assigns frames to triggers past missed and spurious ones', () => {
    const { trigger_s, frame_s, frame_to_trigger, missing_triggers, latency_s } = read('sync.json').missed_triggers
    const match = matchTriggers(frame_s, trigger_s)
    expect(match.frameToTrigger).toEqual(frame_to_trigger)
    expect(match.missed).toEqual(missing_triggers)
    expectClose(match.clock.offset, latency_s, { atol: 0.05, peer: 'an independent calculation' })
  })

  it('groups interleaved frames by the recorded cell', () => {
    const { frames, per_cell } = read('sync.json').interleaved
    const groups = groupFrames(frames.map((f: { cell: string }) => f.cell.charCodeAt(0)))
    expect(groups.map(g => g.frames)).toEqual(Object.values(per_cell))
  })

  it('takes means over exposures with coverage, and flags current steps', () => {
    const { rows, cases } = read('sync.json').windows
    const echem = makeEchem({ time: rows.t_s, potential: rows.V, current: rows.I_mA.map((i: number) => i / 1000) })
    for (const { window_s, V_mean_linear_over_covered_part, coverage, straddles_current_step } of cases) {
      const run = synchronize(makeRun([window_s[0]], window_s[1] - window_s[0]), echem, { clock: ownClock })
      expectClose(run.coords.voltage!.values, [V_mean_linear_over_covered_part], {
        rtol: 1e-12,
        peer: 'an independent calculation',
      })
      expectClose(run.coords.coverage!.values, [coverage], { rtol: 1e-12, peer: 'an independent calculation' })
      const flags = run.coords.echemFlags!.values[0]!
      expect((flags & ECHEM_FLAGS.currentStep) !== 0).toBe(straddles_current_step)
      expect((flags & ECHEM_FLAGS.partial) !== 0).toBe(coverage < 1)
    }
  })
})

/** The columns of an EC-Lab text file that this test needs. */
function readMpt(name: string): Record<'time' | 'potential' | 'charge' | 'current', Float64Array> {
  const text = gunzipSync(readFileSync(sharedPath(`data/io/operando/lno-nik-rock/${name}`))).toString('latin1')
  const lines = text.split(/\r?\n/)
  const header = Number(/Nb header lines : (\d+)/.exec(text)![1])
  const names = lines[header - 1]!.split('\t')
  const rows = lines.slice(header).filter(line => line.trim() !== '')
  const column = (title: string): Float64Array =>
    Float64Array.from(rows, line => Number(line.split('\t')[names.indexOf(title)]!.replace(',', '.')))
  return { time: column('time/s'), potential: column('Ewe/V'), charge: column('(Q-Qo)/mA.h'), current: column('<I>/mA') }
}

describe.skipIf(!hasSharedData || !reference)('a real LiNiO2 series with two cycler files', () => {
  const lno = reference && hasSharedData ? read('operando-lno.json') : undefined
  const record = () => {
    const first = readMpt('220726cell4operandoxas_C06.mpt.gz')
    const second = readMpt('220726cell4operandoxascontinuation_C06.mpt.gz')
    const last = first.charge[first.charge.length - 1]!
    const n = first.time.length
    return makeEchem({
      time: [...first.time, ...second.time.map(t => t + lno.cycler.file2.offset_s)],
      potential: [...first.potential, ...second.potential],
      charge: [...first.charge, ...second.charge.map(q => q + last)],
      current: [...first.current, ...second.current].map(i => i / 1000),
      segments: [
        { file: 'first', from: 0, to: n },
        { file: 'second', from: n, to: n + second.time.length },
      ],
    })
  }

  it('gives the reference voltage and charge at mid-exposure', () => {
    const run = synchronize(makeRun(lno.frames.mid_s), record(), { clock: ownClock, exposure: 0 })
    expectClose(run.coords.voltage!.values, lno.frames.V, { rtol: 1e-9, peer: 'an independent calculation' })
    expectClose(run.coords.charge!.values, lno.frames.Q_mAh, { rtol: 1e-9, atol: 1e-12, peer: 'an independent calculation' })
    expect([...run.coords.coverage!.values].every(c => c === 1)).toBe(true)
  })

  it('finds by turning points that the clocks agree within one frame, where correlation would say half an hour', () => {
    const clock = estimateClock({ time: lno.frames.mid_s, values: lno.edge['E_at_0.7_eV'] }, record())
    expect(clock.polarity).toBe(1)
    expect(clock.pairs.length).toBeGreaterThanOrEqual(4)
    expect(Math.abs(clock.offset)).toBeLessThan(lno.frames.median_step_s)
    expect(Math.abs(clock.offset)).toBeLessThan(2 * clock.sigma)
  })
})
