import fc from 'fast-check'
import { createElectrochemistry, type Electrochemistry } from 'operando'
import { findHalfCycles, halfCycleCurve, summarizeCycles } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

/** Seconds, current in mA and volts, row by row. */
const record = (rows: readonly (readonly [number, number, number])[], more: object = {}): Electrochemistry =>
  createElectrochemistry({
    time: rows.map(r => r[0]),
    current: { values: rows.map(r => r[1]), unit: 'mA' },
    potential: rows.map(r => r[2]),
    ...more,
  })

const TIME = [0, 600, 1200, 1201, 1800, 2400, 5400, 5400.5, 9000]
const CURRENT = [0, 0, 1, 1, 1, 1, 1, -1, -1]

describe('findHalfCycles', () => {
  it('counts the charge of an interval with the current of the row that ends it', () => {
    const halves = findHalfCycles(record(TIME.map((t, i) => [t, CURRENT[i]!, 3.5])))
    expectClose(
      halves.map(h => h.charge * 1000),
      [4 / 3, -1],
      { rtol: 1e-9 },
    )
    // 1200 to 5400 s at 1 mA, from the row at 600 s on
    expectClose(halves[0]!.duration, 4800, { rtol: 1e-12 })
  })

  it('skips rests, wherever they lie', () => {
    const halves = findHalfCycles(
      record([
        [0, 0, 3],
        [3600, 1, 3.5],
        [7200, 0, 3.45],
        [10800, 1, 4],
        [14400, 0, 3.9],
        [18000, -2, 3.2],
        [21600, 0, 3.3],
      ]),
    )
    expect(halves.map(h => [h.direction, h.from, h.to, h.restTo, h.cycle])).toEqual([
      ['oxidation', 1, 4, 5, 0],
      ['reduction', 5, 6, 7, 0],
    ])
    expectClose(
      halves.map(h => h.capacity),
      [2, 2],
      { rtol: 1e-12 },
    )
    expect(halves.map(h => h.restDuration)).toEqual([7200, 3600])
    expect(halves.map(h => h.restPotential)).toEqual([3.9, 3.3])
  })

  it('takes a pulse the other way for what it is, unless told to count it', () => {
    const rows: [number, number, number][] = [
      [0, 0, 3],
      [3600, 1, 3.5],
      [3601, -1, 3.4],
      [7201, 1, 4],
      [10801, -1, 3],
    ]
    expect(findHalfCycles(record(rows)).length).toBe(2)
    expect(findHalfCycles(record(rows), { leastShare: 0 }).length).toBe(4)
  })

  it('loses no charge: half-cycles sum to the charge of the record', () => {
    const currents = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(currents, list => {
        const echem = record(list.map((i, k) => [600 * k, i, 3 + i / 10]))
        const total = echem.charge.values.at(-1)!
        const halves = findHalfCycles(echem, { leastShare: 0 })
        expect(Math.abs(halves.reduce((sum, h) => sum + h.charge, 0) - total)).toBeLessThan(1e-15)
        halves.forEach((h, i) => {
          expect(h.index).toBe(i)
          expect(h.direction === 'oxidation').toBe(h.charge > 0)
          if (i > 0) expect(h.direction).not.toBe(halves[i - 1]!.direction)
        })
      }),
    )
  })

  it('gives none for an empty record and for one that only rests', () => {
    expect(findHalfCycles(record([]))).toEqual([])
    expect(
      findHalfCycles(
        record([
          [0, 0, 3],
          [10, 0, 3],
        ]),
      ),
    ).toEqual([])
  })

  it('counts no time across the pause between two files', () => {
    const echem = record(
      [
        [0, 1, 3],
        [3600, 1, 3.1],
        [100000, 1, 3.2],
        [103600, 1, 3.3],
      ],
      {
        charge: [0, 0.001, 0.001, 0.002],
        segments: [
          { file: 'a', from: 0, to: 2 },
          { file: 'b', from: 2, to: 4 },
        ],
      },
    )
    expect(findHalfCycles(echem)[0]!.duration).toBe(7200)
  })

  it('refuses a clock that runs backwards and a share that is none', () => {
    const echem = record([
      [0, 1, 3],
      [10, 1, 3],
    ])
    const backwards = { ...echem, time: { ...echem.time, values: Float64Array.of(10, 0) } }
    expect(errorCode(() => findHalfCycles(backwards))).toBe('E_TIME')
    expect(errorCode(() => findHalfCycles(echem, { leastShare: 1 }))).toBe('E_RANGE')
    expect(errorCode(() => findHalfCycles({} as never))).toBe('E_MISSING')
  })
})

/** Two cycles of a cell whose voltage is straight in the charge: 3 + q when charged, 2.8 + q when discharged, q in mAh. */
const cycling = (): Electrochemistry => {
  const rows: [number, number, number][] = [[0, 0, 3]]
  let q = 0
  const go = (current: number, hours: number): void => {
    for (let k = 0; k < 100; k++) {
      q += (current * hours) / 100
      rows.push([rows.at(-1)![0] + 36 * hours, current, (current > 0 ? 3 : 2.8) + q])
    }
    rows.push([rows.at(-1)![0] + 600, 0, 2.9 + q])
  }
  go(1, 2)
  go(-1, 1.8)
  go(1, 1.85)
  go(-1, 1.8)
  return record(rows)
}

describe('summarizeCycles', () => {
  it('tells what came back of the charge, and of the energy', () => {
    const { cycles, basis } = summarizeCycles(cycling())
    expect(basis.unit).toBe('mAh')
    expectClose(
      cycles.map(c => c.coulombicEfficiency!),
      [0.9, 1.8 / 1.85],
      { rtol: 1e-9 },
    )
    // mean of 3 + q over 0..2 is 4 V; of 2.8 + q over 2..0.2 is 3.9 V; the first interval after a switch is seen by its end only
    expectClose(cycles[0]!.charge!.meanVoltage!, 4, { rtol: 1e-4 })
    expectClose(cycles[0]!.discharge!.meanVoltage!, 3.9, { rtol: 1e-4 })
    expectClose(cycles[0]!.hysteresis!, 0.1, { rtol: 5e-3 })
    expectClose(cycles[0]!.energyEfficiency!, (1.8 * 3.9) / 8, { rtol: 2e-4 })
    expectClose(
      cycles.map(c => c.retention!),
      [1, 1],
      { rtol: 1e-12 },
    )
  })

  it('keeps the divisor with the result', () => {
    const perGram = summarizeCycles(cycling(), { per: { activeMass: '10 mg' } })
    expect(perGram.basis).toEqual({ per: 'active mass', divisor: 0.01, unit: 'mAh/g', energyUnit: 'mWh/g' })
    expectClose(perGram.cycles[0]!.dischargeCapacity!, 180, { rtol: 1e-9 })
    const perArea = summarizeCycles(cycling(), { per: { area: '1.2 cm²' } })
    expectClose(perArea.cycles[0]!.chargeCapacity!, 2 / 1.2, { rtol: 1e-9 })
    expect(perArea.basis.unit).toBe('mAh/cm²')
    expect(summarizeCycles(cycling(), { per: { totalMass: 2 } }).basis.per).toBe('total mass')
  })

  it('calls the lithiation of a negative electrode charge when told so, and claims no energy efficiency for it', () => {
    const { cycles } = summarizeCycles(cycling(), { charging: 'reduction' })
    expect(cycles[0]!.charge!.direction).toBe('reduction')
    expect(cycles[0]!.coulombicEfficiency).toBeNull()
    expectClose(cycles[1]!.coulombicEfficiency!, 1.85 / 1.8, { rtol: 1e-9 })
    expect(cycles.map(c => c.energyEfficiency)).toEqual([null, null])
  })

  it('says nothing of a discharge that the end of the record cut', () => {
    const whole = cycling()
    const rows = whole.time.values.length - 30
    const cut = record(
      Array.from({ length: rows }, (_, i) => [
        whole.time.values[i]!,
        1000 * whole.current.values[i]!,
        whole.potential.values[i]!,
      ]),
    )
    const { cycles } = summarizeCycles(cut)
    expect(cycles[1]!.discharge!.complete).toBe(false)
    expect(cycles[1]!.coulombicEfficiency).toBeNull()
    expect(cycles[1]!.retention).toBeNull()
  })

  it('takes the voltage of a three-electrode cell between its two electrodes', () => {
    const echem = record(
      [
        [0, 0, 3.6],
        [3600, 1, 3.6],
      ],
      { counterPotential: [0.1, 0.1] },
    )
    expectClose(summarizeCycles(echem).halfCycles[0]!.energy!, 3.5, { rtol: 1e-12 })
  })

  it('flags a current whose sign contradicts the potential', () => {
    const whole = cycling()
    const turned = createElectrochemistry({
      time: whole.time.values,
      potential: whole.potential.values,
      current: Float64Array.from(whole.current.values, i => -i),
    })
    expect(summarizeCycles(turned).warnings.map(w => w.code)).toEqual(['W_SIGN'])
    expect(summarizeCycles(whole).warnings).toEqual([])
  })

  it('flags rows whose charge is not known, and lets no NaN out', () => {
    const echem = record(
      [
        [0, 0, 3],
        [3600, 1, 3.5],
        [7200, 1, 4],
      ],
      { charge: [0, Number.NaN, 0.002] },
    )
    const { halfCycles, warnings } = summarizeCycles(echem)
    expect(halfCycles[0]!.capacity).toBe(2)
    expect(warnings.map(w => w.code)).toEqual(['W_CHARGE_UNKNOWN'])
    const unknown = record([
      [0, 0, 3],
      [3600, 1, Number.NaN],
    ])
    expect(summarizeCycles(unknown).halfCycles[0]!.energy).toBeNull()
  })

  it('refuses divisors that are none and words that it does not know', () => {
    expect(errorCode(() => summarizeCycles(cycling(), { per: { activeMass: 0 } }))).toBe('E_RANGE')
    expect(errorCode(() => summarizeCycles(cycling(), { per: { activeMass: '3 V' as never } }))).toBe('E_UNIT')
    expect(errorCode(() => summarizeCycles(cycling(), { per: {} as never }))).toBe('E_ARGUMENT')
    expect(errorCode(() => summarizeCycles(cycling(), { charging: 'lithiation' as never }))).toBe('E_ARGUMENT')
  })
})

describe('halfCycleCurve', () => {
  it('rises from 0 to the capacity, without the rests', () => {
    const echem = cycling()
    const halves = findHalfCycles(echem)
    for (const half of halves) {
      const { capacity, potential, time } = halfCycleCurve(echem, half, { per: { activeMass: '10 mg' } })
      expect(capacity.length).toBe(100)
      expectClose(capacity.at(-1)!, half.capacity * 100, { rtol: 1e-9 })
      expect(capacity.every((q, i) => i === 0 || q > capacity[i - 1]!)).toBe(true)
      expect([potential.at(-1), time[0]]).toEqual([half.endPotential, half.time])
    }
  })

  it('refuses a half-cycle of another record', () => {
    const half = findHalfCycles(cycling())[1]!
    expect(
      errorCode(() =>
        halfCycleCurve(
          record([
            [0, 1, 3],
            [1, 1, 3],
          ]),
          half,
        ),
      ),
    ).toBe('E_RANGE')
  })
})
