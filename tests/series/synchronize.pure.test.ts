import fc from 'fast-check'
import { type Dataset, isOperandoError, unit } from 'operando'
import { ECHEM_FLAGS, groupFrames, synchronize, synchronizeCells } from 'operando/series'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../matchers.js'
import { makeEchem, makeRun, ownClock } from './makeEchem.js'

const column = (run: Dataset, name: string): number[] => [...run.coords[name]!.values]
const messageOf = (run: () => unknown, code: string): string => {
  try {
    run()
  } catch (error) {
    if (isOperandoError(error, code as never)) return error.message
    throw error
  }
  throw new Error(`${code} expected, nothing thrown`)
}

const withUnit = (run: Dataset<'frame'>, name: string, symbol: string): Dataset<'frame'> => ({
  ...run,
  coords: { ...run.coords, [name]: { ...run.coords[name]!, unit: unit(symbol) } },
})

const at = (iso: string, source: 'utc' | 'naive') => ({ seconds: Date.parse(`${iso}Z`) / 1000, nanos: 0, source })

describe('synchronize', () => {
  const time = [0, 10, 20, 30, 40, 50, 60, 70]
  const echem = makeEchem({
    time,
    potential: [3.4, 3.41, 3.42, 3.43, 3.6, 3.61, 3.62, 3.63],
    current: [0, 0, 0, 0, 1e-3, 1e-3, 1e-3, 1e-3],
    step: [0, 0, 0, 0, 1, 1, 1, 1],
  })

  it('takes the mean over the covered part of each exposure and says how much was covered', () => {
    const run = synchronize(makeRun([12, 60, -5], 10), echem, { clock: ownClock })
    // 12..22 straight; 60..70 straight; -5..5: only 0..5
    expectClose(column(run, 'voltage'), [3.417, 3.625, 3.4025], { atol: 1e-12 })
    expectClose(column(run, 'coverage'), [1, 1, 0.5], { atol: 1e-12 })
    expect(column(run, 'echemFlags')).toEqual([0, 0, ECHEM_FLAGS.partial])
  })

  it('gives NaN and a flag outside the rows, never the last voltage', () => {
    const run = synchronize(makeRun([20, 71], 5), echem, { clock: ownClock })
    for (const name of ['voltage', 'current', 'charge', 'cycle', 'halfCycle', 'step']) expect(column(run, name)[1]).toBeNaN()
    expect(column(run, 'coverage')[1]).toBe(0)
    expect(column(run, 'echemFlags')).toEqual([0, ECHEM_FLAGS.uncovered])
  })

  it('lets the current of an interval be that of the row that ends it, and flags frames that straddle a step', () => {
    const run = synchronize(makeRun([25, 20, 30], 10), echem, { clock: ownClock })
    expectClose(column(run, 'current'), [0.5e-3, 0, 1e-3], { atol: 1e-15 })
    expect(column(run, 'echemFlags')).toEqual([ECHEM_FLAGS.currentStep | ECHEM_FLAGS.programmeStep, 0, 0])
    expect(column(run, 'step')).toEqual([0, 0, 1])
  })

  it('draws nothing across the pause between two files, nor across a gap longer than maxGap', () => {
    const segments = [
      { file: 'a', from: 0, to: 4 },
      { file: 'b', from: 4, to: 8 },
    ]
    const paused = synchronize(makeRun([31, 25, 41], 8), makeEchem({ time, potential: time, segments }), { clock: ownClock })
    expectClose(column(paused, 'coverage'), [0, 5 / 8, 1], { atol: 1e-12 })
    expectClose(column(paused, 'voltage'), [Number.NaN, 27.5, 45], { atol: 1e-12 })
    const sparse = makeEchem({ time: [0, 1, 100, 101], potential: [1, 1, 5, 5] })
    expect(column(synchronize(makeRun([50], 1), sparse, { clock: ownClock }), 'voltage')[0]).toBeGreaterThan(2.9)
    expect(column(synchronize(makeRun([50, 100], 1), sparse, { clock: ownClock, maxGap: 50 }), 'voltage')).toEqual([
      Number.NaN,
      5,
    ])
  })

  it('is exact for a potential that is piecewise linear, whatever the windows', () => {
    const nodes = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 12 })
    const window = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(nodes, window, (potential, [a, b]) => {
        const rows = potential.map((_, i) => i * 7)
        const end = 7 * (potential.length - 1)
        const [from, to] = [Math.min(a, b) * end, Math.max(a, b) * end]
        fc.pre(to - from > 1e-3)
        const run = synchronize(makeRun([from], to - from), makeEchem({ time: rows, potential }), { clock: ownClock })
        // a fine midpoint sum over each linear piece is exact
        let sum = 0
        const cuts = [from, ...rows.filter(t => t > from && t < to), to]
        for (let i = 1; i < cuts.length; i++) {
          const middle = (cuts[i]! + cuts[i - 1]!) / 2
          const k = Math.min(potential.length - 2, Math.floor(middle / 7))
          const value = potential[k]! + ((potential[k + 1]! - potential[k]!) * (middle - 7 * k)) / 7
          sum += value * (cuts[i]! - cuts[i - 1]!)
        }
        expectClose(column(run, 'voltage'), [sum / (to - from)], { atol: 1e-9 })
      }),
    )
  })

  it('keeps an exposure of zero a point value, on rows and between them', () => {
    const run = synchronize(makeRun([0, 15, 30, 70]), echem, { clock: ownClock, exposure: 0 })
    expectClose(column(run, 'voltage'), [3.4, 3.415, 3.43, 3.63], { atol: 1e-12 })
    expect(column(run, 'current')).toEqual([0, 0, 0, 1e-3])
    expect(column(run, 'coverage')).toEqual([1, 1, 1, 1])
  })

  it('applies offset and rate of the clocks', () => {
    const run = synchronize(makeRun([137.25], 0), makeEchem({ time: [0, 100], potential: [0, 100] }), {
      clock: { offset: 37.25, rate: 2, sigma: 0.1, pairs: [] },
    })
    expectClose(column(run, 'voltage'), [50], { atol: 1e-12 })
    expect(run.history[0]!.parameters.clocks).toEqual([{ offset: 37.25, rate: 2, sigma: 0.1 }])
  })

  it('reads time as the middle or the end of the exposure when told', () => {
    const middle = synchronize(makeRun([15], 10), echem, { clock: ownClock, timeMarks: 'middle' })
    const end = synchronize(makeRun([20], 10), echem, { clock: ownClock, timeMarks: 'end' })
    expectClose([...column(middle, 'voltage'), ...column(end, 'voltage')], [3.415, 3.415], { atol: 1e-12 })
  })

  it('relates wall clocks, and never a naive one with an absolute one in silence', () => {
    const withStart = (start: ReturnType<typeof at>) => makeEchem({ time: [0, 100], potential: [0, 100], clock: { start } })
    const utc = withStart(at('2022-07-26T20:38:30', 'utc'))
    const run = makeRun([5], 0, at('2022-07-26T20:39:00', 'utc'))
    expectClose(column(synchronize(run, utc), 'voltage'), [35], { atol: 1e-9 })
    const local = withStart(at('2022-07-26T22:38:30', 'naive'))
    expect(messageOf(() => synchronize(run, local), 'E_TIME')).toContain('has no time zone')
    expectClose(column(synchronize(run, local, { zone: 'Europe/Paris' }), 'voltage'), [35], { atol: 1e-9 })
    const both = synchronize(makeRun([5], 0, at('2022-07-26T22:39:00', 'naive')), local)
    expectClose(column(both, 'voltage'), [35], { atol: 1e-9 })
    expect(both.warnings.map(w => w.code)).toEqual(['W_NAIVE_CLOCKS'])
  })

  it('refuses clocks that share no moment and states both ranges', () => {
    const late = makeEchem({ time: [0, 100], clock: { start: at('2022-07-27T20:00:00', 'utc') } })
    const message = messageOf(() => synchronize(makeRun([0, 60], 10, at('2022-07-26T20:00:00', 'utc')), late), 'E_TIME')
    expect(message).toContain('2022-07-27T20:00:00Z to 2022-07-27T20:01:40Z')
    expect(message).toContain('2022-07-26T20:00:00Z to 2022-07-26T20:01:10Z')
  })

  it('refuses to take an unrelated zero for the zero of the run, or to guess an exposure', () => {
    expect(messageOf(() => synchronize(makeRun([0], 1), echem), 'E_TIME')).toContain('Nothing relates')
    expect(messageOf(() => synchronize(makeRun([0]), echem, { clock: ownClock }), 'E_MISSING')).toContain('exposure')
    const backwards = makeEchem({ time: [0, 10, 5] })
    expect(messageOf(() => synchronize(makeRun([0], 1), backwards, { clock: ownClock }), 'E_AXIS')).toContain('row 2')
  })

  it('leaves its inputs as they were', () => {
    const run = makeRun([0, 12], 10)
    const before = structuredClone([run, echem])
    synchronize(run, echem, { clock: ownClock })
    expect([run, echem]).toEqual(before)
  })

  it('reads times in any unit, and exposures, gaps and steps with theirs', () => {
    const minutes = withUnit(makeRun([0, 0.25, 0.5]), 'time', 'min')
    const hours = { ...echem, time: { ...echem.time, values: Float64Array.from(time, t => t / 3600), unit: unit('h') } }
    const milliamps = { ...echem.current, values: Float64Array.from(echem.current.values, i => 1e3 * i), unit: unit('mA') }
    const plain = synchronize(makeRun([0, 15, 30]), echem, { clock: ownClock, exposure: 10, maxGap: 60, currentStep: 0.5e-3 })
    const told = synchronize(
      minutes,
      { ...hours, current: milliamps },
      {
        clock: ownClock,
        exposure: '10000 ms',
        maxGap: '1 min',
        currentStep: '0.5 mA',
      },
    )
    for (const name of ['voltage', 'coverage', 'echemFlags', 'step'])
      expectClose(column(told, name), column(plain, name), { rtol: 1e-12 })
    expect(column(plain, 'echemFlags')).toEqual([0, 0, 0])
    const across = (currentStep: '0.5 mA' | '2 mA'): number[] =>
      column(
        synchronize(makeRun([25]), { ...echem, current: milliamps }, { clock: ownClock, exposure: 10, currentStep }),
        'echemFlags',
      )
    expect(across('0.5 mA')).toEqual([ECHEM_FLAGS.currentStep | ECHEM_FLAGS.programmeStep])
    expect(across('2 mA')).toEqual([ECHEM_FLAGS.programmeStep])
  })

  it('refuses exposures, marks and gaps that mean nothing, with what is wrong', () => {
    const run = makeRun([0, 15])
    const refused = (options: object, code: string): string =>
      messageOf(() => synchronize(run, echem, { clock: ownClock, exposure: 1, ...options }), code)
    expect(refused({ exposure: Number.NaN }, 'E_NAN')).toMatch(/exposure is NaN/)
    expect(refused({ timeMarks: 'center' }, 'E_ARGUMENT')).toMatch(/'center'.*'middle'/)
    expect(refused({ maxGap: -1 }, 'E_RANGE')).toMatch(/maxGap/)
    expect(refused({ currentStep: '1 V' }, 'E_UNIT')).toMatch(/currentStep/)
  })
})

describe('synchronizeCells', () => {
  it('gives each frame the values of its own cell, by what was recorded and not by index', () => {
    const run = makeRun([0, 10, 20, 30, 40], 0)
    const groups = groupFrames([1.001, 7.5, 1.002, 7.5, 7.499], 0.01)
    expect(groups.map(g => g.frames)).toEqual([
      [0, 2],
      [1, 3, 4],
    ])
    const cell = (level: number) => makeEchem({ time: [0, 50], potential: [level, level] })
    const cells = groups.slice(0, 1).map(({ frames }) => ({ echem: cell(3), frames, clock: ownClock }))
    const out = synchronizeCells(run, [...cells, { echem: cell(4), frames: [1, 3], clock: ownClock }])
    expect(column(out, 'voltage')).toEqual([3, 4, 3, 4, Number.NaN])
    expect(column(out, 'cellIndex')).toEqual([0, 1, 0, 1, Number.NaN])
    expect(column(out, 'echemFlags')).toEqual([0, 0, 0, 0, ECHEM_FLAGS.uncovered])
    expect(messageOf(() => synchronizeCells(run, [...cells, ...cells]), 'E_ARGUMENT')).toContain('claimed by cells 0 and 1')
  })
})
