import { createElectrochemistry, joinElectrochemistry, parseInstant, withComposition } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'

const rows = { time: [0, 3600, 7200], potential: [3, 3.5, 4], current: [0, 1e-3, 1e-3] }

describe('createElectrochemistry', () => {
  it('integrates with the current of the row that ends the interval', () => {
    // 1 mA for an hour, then -2 mA for half an hour: a trapezoid would be off by half an interval at each switch
    const echem = createElectrochemistry({
      time: [0, 1, 2, 2.5].map(h => h * 3600),
      potential: [3, 4, 4, 3],
      current: [0, 1e-3, 0, -2e-3],
    })
    expectClose(echem.charge.values, [0, 1e-3, 1e-3, 0], { atol: 1e-18 })
    expect(echem.charge.unit.symbol).toBe('Ah')
  })

  it('counts half-cycles from the sign of the current, rests in the one before', () => {
    const current = [0, 0, 1, 1, 0, 0, -1, -1, 0, 1, 1e-5, -1e-5, -1]
    const echem = createElectrochemistry({ time: current.map((_, i) => i), potential: current, current })
    expect([...echem.halfCycle]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3])
    expect([...echem.cycle]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    expect([...echem.mode].map(m => m === 1)).toEqual(current.map(i => Math.abs(i) < 1e-3))
  })

  it('converts units and keeps the reference of the potential', () => {
    const echem = createElectrochemistry({
      time: { values: [0, 1], unit: 'h' },
      potential: { values: [3000, 3100], unit: 'mV vs Li/Li+' },
      current: { values: [0, 5], unit: 'mA' },
      charge: { values: [2, 7], unit: 'mAh' },
    })
    expect([...echem.time.values]).toEqual([0, 3600])
    expect(echem.potential.unit.symbol).toBe('V vs Li/Li+')
    expectClose(echem.potential.values, [3, 3.1], { rtol: 1e-15 })
    expectClose(echem.charge.values, [0, 0.005], { rtol: 1e-12 })
    expect(echem.warnings).toEqual([])
    expect(Object.isFrozen(echem) && Object.isFrozen(echem.clock)).toBe(true)
    expect(structuredClone(echem)).toEqual(echem)
  })

  it('doubts a charge of the other sign, or one counted anew at each step', () => {
    expect(createElectrochemistry({ ...rows, charge: [0, -1e-3, -2e-3] }).warnings).toMatchObject([
      { code: 'W_CHARGE_INCONSISTENT' },
    ])
    expect(createElectrochemistry({ ...rows, charge: [0, -1e-3, -2e-3] }).warnings[0]!.message).toContain('opposite signs')
    expect(createElectrochemistry({ ...rows, charge: [0, 1e-3, 0] }).warnings[0]!.message).toContain('anew at each step')
  })

  it.each([
    ['time that falls', { ...rows, time: [0, 2, 1] }, /E_TIME time falls at row 2: 1 s follows 2 s/],
    ['NaN in the time', { ...rows, time: [0, Number.NaN, 1] }, /E_NAN time of row 1/],
    ['a short column', { ...rows, current: [0, 1] }, /E_SHAPE current: 3 values expected/],
    ['a wrong unit', { ...rows, current: { values: [0, 1, 1], unit: 'V' } }, /E_UNIT/],
    ['NaN in a current that must be integrated', { ...rows, current: [0, Number.NaN, 1] }, /E_NAN current of row 1/],
    ['a step that is no whole number', { ...rows, step: [0, 0.5, 1] }, /E_ARGUMENT step\[1\]/],
    ['an unknown mode', { ...rows, mode: [0, 99, 0] }, /E_ARGUMENT mode\[1\]/],
  ])('refuses %s', (_, input, message) => {
    expect(errorText(() => createElectrochemistry(input as never))).toMatch(message)
  })

  it('takes no rows at all', () => {
    expect(createElectrochemistry({ time: [], potential: [], current: [] }).charge.values.length).toBe(0)
  })
})

describe('createElectrochemistry in plain JavaScript', () => {
  const { time, potential, current } = rows
  it.each([
    ['nothing', undefined, /E_ARGUMENT a record/],
    ['no current', { time, potential }, /E_MISSING a record: current is missing/],
    ['text for a column', { time: 'abc', potential, current }, /E_ARGUMENT time/],
    ['a column without unit', { time, potential, current, columns: { T: { values: [1, 2, 3] } } }, /E_MISSING column 'T': unit/],
    ['a counter beyond 32 bits', { time, potential, current, step: [0, 0, 3e9] }, /E_ARGUMENT step\[2\]/],
  ])('refuses %s', (_, input, message) => {
    expect(errorText(() => createElectrochemistry(input as never))).toMatch(message)
  })

  it('counts the charge from its first known value', () => {
    const { charge } = createElectrochemistry({ ...rows, charge: [Number.NaN, 1e-3, 2e-3] })
    expect([...charge.values]).toEqual([Number.NaN, 0, 1e-3])
  })
})

describe('joinElectrochemistry', () => {
  const start = (text: string) => ({ start: parseInstant(text, { zone: 'Europe/Paris' }) })
  const a = createElectrochemistry({
    ...rows,
    ...start('2022-07-26 10:00:00'),
    file: 'a',
    columns: { T: { values: [25, 26, 27], unit: '°C' } },
  })
  const b = createElectrochemistry({
    ...rows,
    ...start('2022-07-26 12:00:10'),
    file: 'b',
    columns: { P: { values: [1, 2, 3], unit: 'W' } },
  })

  it('goes on in time and charge, and fills what a file lacks with NaN, saying so', () => {
    const run = joinElectrochemistry([a, b])
    expect([...run.time.values]).toEqual([0, 3600, 7200, 7210, 10810, 14410])
    expectClose(
      run.charge.values,
      [0, 1, 2, 2, 3, 4].map(q => q * 1e-3),
      { rtol: 1e-12 },
    )
    expect([...run.columns.T!.values]).toEqual([25, 26, 27, Number.NaN, Number.NaN, Number.NaN])
    expect(run.warnings.map(w => w.code)).toEqual(['W_GAP', 'W_COLUMN_MISSING', 'W_COLUMN_MISSING'])
    expect(run.warnings[0]!.message).toMatch(/10 s are not recorded between a and b/)
    expect(run.segments).toEqual([
      { file: 'a', from: 0, to: 3 },
      { file: 'b', from: 3, to: 6 },
    ])
    expect([...run.halfCycle]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('goes on from the last charge that is known, and keeps uncertainties that all parts have', () => {
    const known = { values: [3, 3.5, 4], unit: 'V', sigma: [0.1, 0.1, 0.1] }
    const millivolts = { values: [3000, 3500, 4000], unit: 'mV', sigma: [50, 50, 50] }
    const first = createElectrochemistry({ ...rows, potential: known, charge: [0, 1e-3, Number.NaN] })
    const second = createElectrochemistry({ ...rows, potential: millivolts, charge: [Number.NaN, 5e-3, 6e-3] })
    const run = joinElectrochemistry([first, second], { gaps: [0] })
    expectClose(
      [...run.charge.values].filter(q => !Number.isNaN(q)),
      [0, 1e-3, 1e-3, 2e-3],
      { rtol: 1e-12 },
    )
    expectClose(run.potential.sigma!, [0.1, 0.1, 0.1, 0.05, 0.05, 0.05], { rtol: 1e-12 })
    expect(joinElectrochemistry([first, createElectrochemistry(rows)], { gaps: [0] }).potential.sigma).toBeUndefined()
  })

  it('refuses records out of order, and clocks it cannot relate', () => {
    expect(errorText(() => joinElectrochemistry([b, a]))).toMatch(/E_TIME a begins .* s before b ends/)
    const naive = createElectrochemistry({ ...rows, start: parseInstant('2022-07-26 12:00:10') })
    expect(errorText(() => joinElectrochemistry([a, naive]))).toMatch(/E_TIME.*has no zone/)
    const unknown = createElectrochemistry(rows)
    expect(errorText(() => joinElectrochemistry([a, unknown]))).toMatch(/E_TIME.*gaps/)
    expect(joinElectrochemistry([a, unknown], { gaps: [5] }).time.values[3]).toBe(7205)
    expect(errorText(() => joinElectrochemistry([]))).toMatch(/E_ARGUMENT/)
  })
})

it('withComposition puts LiFePO4 at x = 0 after its 169.9 mAh/g', () => {
  const echem = createElectrochemistry({ time: [0, 3600], potential: [3.4, 3.6], current: { values: [0, 1.699], unit: 'mA' } })
  const { x } = withComposition(echem, { x0: 1, molarMass: 157.757, activeMass: '10 mg' })
  expectClose(x!.values, [1, 0], { atol: 2e-4 })
  expect(errorText(() => withComposition(echem, { x0: 1, molarMass: 157.757, activeMass: 0 }))).toMatch(/E_RANGE/)
})
