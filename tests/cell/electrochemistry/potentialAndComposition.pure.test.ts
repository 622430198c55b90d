import { createElectrochemistry, type Electrochemistry, withComposition } from 'operando'
import {
  anchorsAtEnds,
  createCircuit,
  electrodePotentials,
  fitCircuit,
  ohmicDrops,
  withCorrectedComposition,
  withoutOhmicDrop,
} from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'

const numbers = (n: number, f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i))

describe('ohmicDrops', () => {
  const current = numbers(60, i => (i < 10 ? 0 : i < 30 ? 2e-3 : i < 40 ? 0 : -1e-3))
  const echem = createElectrochemistry({
    time: numbers(60, i => 0.1 * i),
    potential: numbers(60, i => 3.5 + 25 * current[i]!),
    current,
    segments: [
      { file: 'a', from: 0, to: 40 },
      { file: 'b', from: 40, to: 60 },
    ],
  })

  it('gives drop over step of current at every switch within a file, with the time between the rows', () => {
    const drops = ohmicDrops(echem)
    expect(drops.map(d => d.row)).toEqual([10, 30])
    for (const d of drops) {
      expectClose(d.resistance, 25, { rtol: 1e-9 })
      expectClose(d.delay, 0.1, { rtol: 1e-9 })
    }
  })

  it('passes over rows too far apart and steps too small', () => {
    expect(ohmicDrops(echem, { maxDelay: 0.05 })).toEqual([])
    expect(ohmicDrops(echem, { leastShare: 1.1 })).toEqual([])
    expect(errorCode(() => ohmicDrops(echem, { leastShare: 0 }))).toBe('E_RANGE')
  })

  it('is undone by withoutOhmicDrop, which keeps what was measured and is not applied twice', () => {
    const corrected = withoutOhmicDrop(echem, '25 Ω')
    expectClose(
      corrected.potential.values,
      numbers(60, () => 3.5),
      { rtol: 1e-12 },
    )
    expect(corrected.columns['potential (measured)']).toEqual(echem.potential)
    expect(corrected.potential.label).toBe('potential, corrected for 25 Ω')
    expect(errorCode(() => withoutOhmicDrop(corrected, 25))).toBe('E_ARGUMENT')
    expect(errorCode(() => withoutOhmicDrop(echem, -1))).toBe('E_RANGE')
    expect(errorCode(() => withoutOhmicDrop(echem, '3 V' as never))).toBe('E_UNIT')
  })

  it('takes the resistance of an impedance spectrum', () => {
    const z = createCircuit('R0-p(R1,C1)').impedance(
      { R0: 25, R1: 40, C1: 1e-5 },
      numbers(40, i => 10 ** (5 - i / 8)),
    )
    const corrected = withoutOhmicDrop(echem, fitCircuit(z, 'R0-p(R1,C1)').values.R0!)
    expectClose(
      corrected.potential.values,
      numbers(60, () => 3.5),
      { rtol: 1e-6 },
    )
  })
})

describe('electrodePotentials', () => {
  const record = (more: object = {}): Electrochemistry =>
    createElectrochemistry({
      time: [0, 10, 20],
      potential: { values: [3.9, 4, 4.1], unit: 'V vs Li/Li+' },
      counterPotential: { values: [100, 80, 70], unit: 'mV vs Li/Li+' },
      current: [0, 1e-3, 1e-3],
      ...more,
    })

  it('gives the cell voltage as the difference of both, and which electrode moved', () => {
    const { cell, workingShare, warnings } = electrodePotentials(record())
    expectClose(cell.values, [3.8, 3.92, 4.03], { rtol: 1e-12 })
    expectClose(workingShare!, 0.2 / 0.23, { rtol: 1e-9 })
    expect(warnings).toEqual([])
  })

  it('flags a cell voltage of the file that is not their difference', () => {
    const consistent = electrodePotentials(record({ columns: { 'Ewe-Ece/V': { values: [3.8, 3.92, 4.03], unit: 'V' } } }))
    expect(consistent.warnings).toEqual([])
    const swapped = electrodePotentials(record({ columns: { 'Ewe-Ece/V': { values: [3.8, 3.92, -4.03], unit: 'V' } } }))
    expect(swapped.warnings.map(w => [w.code, w.place])).toEqual([['W_POTENTIALS', 'row 2']])
  })

  it('flags a counter electrode that never moves', () => {
    expect(electrodePotentials(record({ counterPotential: [0, 0, 0] })).warnings.map(w => w.code)).toEqual(['W_COUNTER_STILL'])
  })

  it('refuses a two-electrode record', () => {
    const two = createElectrochemistry({ time: [0], potential: [3], current: [0] })
    expect(errorCode(() => electrodePotentials(two))).toBe('E_MISSING')
  })
})

describe('withCorrectedComposition', () => {
  // 1 mA h each way; 5 % of the charge oxidises the electrolyte
  const raw = createElectrochemistry({
    time: numbers(41, i => 360 * i),
    current: numbers(41, i => (i === 0 ? 0 : i <= 20 ? 1e-3 : -1e-3)),
    potential: numbers(41, i => (i <= 20 ? 3.5 + i / 40 : 4.5 - i / 40)),
  })
  const composition = { x0: 1, molarMass: 97.28, activeMass: '10 mg' } as const
  const nominal = withComposition(raw, composition)

  it('puts losses between the anchors in proportion to the charge that passed', () => {
    const end = nominal.x!.values[20]!
    const truth = 1 + 0.95 * (end - 1)
    const { echem, lossShares, residuals, warnings } = withCorrectedComposition(nominal, {
      anchors: [
        { row: 20, x: truth },
        { row: 0, x: 1 },
      ],
    })
    expectClose(lossShares, [0.05], { rtol: 1e-9 })
    expectClose(echem.x!.values[10]!, 1 + (truth - 1) / 2, { rtol: 1e-12 })
    expectClose(residuals, [0, 0], { atol: 1e-12 })
    // beyond the last anchor nothing more is known
    expectClose(echem.x!.values[40]! - nominal.x!.values[40]!, truth - end, { rtol: 1e-9 })
    expect(echem.columns['x (nominal)']).toEqual(nominal.x)
    expect(echem.x!.label).toBe('x (corrected)')
    expect(warnings).toEqual([])
  })

  it('finds the mass that explains anchors at both ends', () => {
    const light = withComposition(raw, { ...composition, activeMass: '12 mg', x0: 0.95 })
    const anchors = [0, 10, 20, 30].map(row => ({ row, x: nominal.x!.values[row]! }))
    const { massRatio, echem, residuals } = withCorrectedComposition(light, { anchors, explain: 'mass' })
    expectClose(massRatio!, 10 / 12, { rtol: 1e-9 })
    expectClose(echem.x!.values, nominal.x!.values, { atol: 1e-12 })
    expectClose(residuals, [0, 0, 0, 0], { atol: 1e-12 })
  })

  it('moves x as a whole for one anchor', () => {
    const { correction } = withCorrectedComposition(nominal, { anchors: [{ row: 5, x: nominal.x!.values[5]! + 0.02 }] })
    expectClose(
      correction,
      numbers(41, () => 0.02),
      { rtol: 1e-9 },
    )
  })

  it('takes anchors at the ends of charge and discharge, of those that are complete', () => {
    expect(anchorsAtEnds(nominal, { oxidation: 0.1, reduction: 0.9 })).toEqual([{ row: 20, x: 0.1 }])
    expect(errorCode(() => anchorsAtEnds(nominal, {}))).toBe('E_ARGUMENT')
  })

  it('flags anchors that charge cannot explain', () => {
    const anchors = [
      { row: 0, x: 1 },
      { row: 20, x: 1.2 },
    ]
    expect(withCorrectedComposition(nominal, { anchors }).warnings.map(w => w.code)).toEqual(['W_ANCHORS'])
    expect(withCorrectedComposition(nominal, { anchors, explain: 'mass' }).warnings.map(w => w.code)).toEqual(['W_ANCHORS'])
  })

  it('refuses anchors that are none, and a record without x', () => {
    expect(errorCode(() => withCorrectedComposition(raw, { anchors: [{ row: 0, x: 1 }] }))).toBe('E_MISSING')
    expect(errorCode(() => withCorrectedComposition(nominal, { anchors: [] }))).toBe('E_ARGUMENT')
    expect(errorCode(() => withCorrectedComposition(nominal, { anchors: [{ row: 99, x: 1 }] }))).toBe('E_RANGE')
    expect(errorCode(() => withCorrectedComposition(nominal, { anchors: [{ row: 1, x: Number.NaN }] }))).toBe('E_NAN')
    expect(
      errorCode(() =>
        withCorrectedComposition(nominal, {
          anchors: [
            { row: 1, x: 1 },
            { row: 1, x: 0.9 },
          ],
        }),
      ),
    ).toBe('E_ARGUMENT')
    expect(errorCode(() => withCorrectedComposition(nominal, { anchors: [{ row: 1, x: 1 }], explain: 'luck' as never }))).toBe(
      'E_ARGUMENT',
    )
  })
})
