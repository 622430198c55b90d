import { readFileSync } from 'node:fs'
import { createElectrochemistry, withComposition } from 'operando'
import { cRate, currentOfRate, theoreticalCapacity } from 'operando/cell'
import { describe, expect, it } from 'vitest'
import { errorCode } from '../../errorCode.js'
import { expectClose } from '../../matchers.js'
import { hasSharedData, sharedPath } from '../../sharedData.js'

const FORMULAS: Readonly<Record<string, string>> = { NMC811: 'LiNi0.8Mn0.1Co0.1O2', 'LiC6 (per C6)': 'C6', 'Si (Li15Si4)': 'Si' }

describe('theoreticalCapacity', () => {
  it('is n F / M: 169.9 mAh/g for LiFePO4, 275.5 for NMC811, 274.5 for LiNiO2', () => {
    expectClose(
      [theoreticalCapacity('LiFePO4'), theoreticalCapacity('LiNi0.8Mn0.1Co0.1O2'), theoreticalCapacity('LiNiO2')],
      [169.9, 275.5, 274.5],
      { atol: 0.05 },
    )
  })

  it.runIf(hasSharedData)('agrees with the table of the reference', () => {
    const { electrochemistry } = JSON.parse(readFileSync(sharedPath('reference/io/cell.json'), 'utf8'))
    const table = electrochemistry.theoretical as Record<
      string,
      { M_g_mol: number; electrons: number; theoretical_mAh_g: number }
    >
    for (const [name, row] of Object.entries(table)) {
      expectClose(theoreticalCapacity(row.M_g_mol, row.electrons), row.theoretical_mAh_g, { rtol: 1e-9 })
      // atomic weights of the list are the abridged ones
      expectClose(theoreticalCapacity(FORMULAS[name] ?? name, row.electrons), row.theoretical_mAh_g, { rtol: 5e-5 })
    }
  })

  it('refuses what is no formula and what is no number of electrons', () => {
    expect(errorCode(() => theoreticalCapacity('LiFeXO4'))).toBe('E_FORMAT')
    expect(errorCode(() => theoreticalCapacity('LiFePO4', 0))).toBe('E_RANGE')
    expect(errorCode(() => theoreticalCapacity(-1))).toBe('E_RANGE')
    expect(errorCode(() => theoreticalCapacity(Number.NaN))).toBe('E_RANGE')
  })
})

describe('cRate', () => {
  const cell = { activeMass: '6.8376 mg', specificCharge: 225 } as const

  it.runIf(hasSharedData)('tells C/10 of the LiNiO2 series', () => {
    const { LNO_cell } = JSON.parse(readFileSync(sharedPath('reference/io/cell.json'), 'utf8')).electrochemistry
    expectClose(cRate('154 µA', cell), LNO_cell.C_rate, { rtol: 1e-12 })
    expectClose(1 / cRate(154e-6, cell), LNO_cell.hours_at_C_over_n, { rtol: 1e-12 })
  })

  it.runIf(hasSharedData)('stands beside the nominal x of the LiNiO2 series', () => {
    const { LNO_cell, theoretical } = JSON.parse(readFileSync(sharedPath('reference/io/cell.json'), 'utf8')).electrochemistry
    const echem = createElectrochemistry({ time: [0, 3600], potential: [3.6, 3.8], current: [0, 1e-3] })
    const { x } = withComposition(echem, { x0: 1, molarMass: theoretical.LiNiO2.M_g_mol, activeMass: '6.8376 mg' })
    expectClose(x!.values[1]!, LNO_cell.x_after_1_mAh, { rtol: 1e-9 })
  })

  it('is undone by currentOfRate, and keeps the sign', () => {
    expectClose(currentOfRate('C/10', cell), 153.846e-6, { rtol: 1e-5 })
    expectClose(cRate(currentOfRate('2C', { charge: 0.003 }), { charge: 0.003 }), 2, { rtol: 1e-14 })
    expect(cRate(-1, { charge: 2 })).toBe(-0.5)
  })

  it('refuses a cell without charge and a current in volts', () => {
    expect(errorCode(() => cRate(1, { charge: 0 }))).toBe('E_RANGE')
    expect(errorCode(() => cRate('1 V' as never, { charge: 1 }))).toBe('E_UNIT')
  })
})
