import fc from 'fast-check'
import { formula } from 'operando'
import { oxidationStates } from 'operando/matter'
import { describe, expect, it } from 'vitest'
import { errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'

const stateOf = (text: string, element: string): number => oxidationStates(text).states[element]!

describe('oxidationStates', () => {
  it('solves for the one metal, charged and discharged', () => {
    // textbook states
    const want: [string, string, number][] = [
      ['LiFePO4', 'Fe', 2],
      ['FePO4', 'Fe', 3],
      ['LiCoO2', 'Co', 3],
      ['Li0.3NiO2', 'Ni', 3.7],
      ['LiMn2O4', 'Mn', 3.5],
      ['Li2RuO3', 'Ru', 4],
      ['Li4Ti5O12', 'Ti', 4],
      ['TiS2', 'Ti', 4],
      ['SnO', 'Sn', 2],
      ['Na3V2(PO4)2F3', 'V', 3],
      ['LiFeSO4F', 'Fe', 2],
      ['VOPO4', 'V', 5],
      ['Fe3O4', 'Fe', 8 / 3],
      ['YBa2Cu3O7', 'Cu', 7 / 3],
      ['MnO4-', 'Mn', 7],
      ['CoO2^-', 'Co', 3],
      ['Li10SnP2S12', 'Sn', 4],
      ['Fe(NO3)3', 'Fe', 3],
      ['K4[Fe(CN)6]', 'Fe', 2],
      ['Fe2(C2O4)3', 'Fe', 3],
      ['Li15Si4', 'Si', -3.75],
      ['LiC6', 'C', -1 / 6],
    ]
    for (const [text, element, state] of want) {
      const result = oxidationStates(text)
      expect([text, result.open, result.warnings]).toEqual([text, [], []])
      expectClose(result.states[element]!, state, { rtol: 1e-12 })
    }
  })

  it('lets a non-metal give way where all metals have their states', () => {
    expect(['Li2O2', 'KO2', 'H2O2'].map(text => stateOf(text, 'O'))).toEqual([-1, -0.5, -1])
    expect(['Li2S', 'Li2S4', 'S8', 'Na2S2O3', 'Na2SO3', 'Na2SO4'].map(text => stateOf(text, 'S'))).toEqual([-2, -0.5, 0, 2, 4, 6])
    expect(['LiClO4', 'NaCl'].map(text => stateOf(text, 'Cl'))).toEqual([7, -1])
    expect(['LiNO3', 'NH4+', 'Li3N'].map(text => stateOf(text, 'N'))).toEqual([5, -3, -3])
    expect(['LiH', 'LiBH4', 'H2O'].map(text => stateOf(text, 'H'))).toEqual([-1, -1, 1])
    // ethylene carbonate: one carbonate carbon of +4, two of -1
    expectClose(stateOf('C3H4O3', 'C'), 2 / 3, { rtol: 1e-12 })
  })

  it('finds the solid electrolytes balanced', () => {
    for (const text of [
      'Li6PS5Cl',
      'Li7La3Zr2O12',
      'Li2.88PO3.73N0.14',
      'Li10GeP2S12',
      'LiPF6',
      'Na3Zr2Si2PO12',
      'Li5.5PS4.5Cl1.5',
    ])
      expect([text, oxidationStates(text).excess, oxidationStates(text).warnings]).toEqual([text, 0, []])
  })

  it('reports what several metals share and never chooses for them', () => {
    const nmc = oxidationStates('Li0.3Ni0.8Mn0.1Co0.1O2')
    expect(nmc.open).toEqual(['Ni', 'Mn', 'Co'])
    expectClose(nmc.mean!, 3.7, { rtol: 1e-12 })
    expect(nmc.states).toEqual({ Li: 1, O: -2 })
    expect(nmc.warnings[0]).toMatchObject({ code: 'W_STATE', message: expect.stringMatching(/Ni, Mn, Co share.*\+3\.7/) })
    const spinel = oxidationStates('LiNi0.5Mn1.5O4')
    expect(spinel.candidates).toEqual([{ Ni: 2, Mn: 4 }])
    expectClose(spinel.ranges.Mn!, [10 / 3, 4], { rtol: 1e-12 })
    const rich = oxidationStates('Li1.2Mn0.54Ni0.13Co0.13O2')
    expect(rich.candidates).toContainEqual({ Mn: 4, Ni: 2, Co: 3 })
    expect(oxidationStates('LiNi0.333Mn0.333Co0.333O2').candidates).toContainEqual({ Ni: 2, Mn: 4, Co: 3 })
  })

  it('takes the states that are known, and solves for the one that is left', () => {
    const result = oxidationStates('LiNi0.8Mn0.1Co0.1O2', { states: { Mn: 4, Co: 3 } })
    expectClose(result.states.Ni!, 2.875, { rtol: 1e-12 })
    expect(result.origin).toEqual({ Li: 'usual', Ni: 'solved', Mn: 'given', Co: 'given', O: 'usual' })
    // oxygen redox: all metals given, oxygen told to be free by giving the metals
    expectClose(oxidationStates('Li0.5RuO3', { states: { Ru: 5 } }).states.O!, -5.5 / 3, { rtol: 1e-12 })
  })

  it('warns of states that are unusual, and of charges that nobody can take', () => {
    expect(oxidationStates('LiNiO3').warnings[0]?.message).toMatch(/Ni would have to be \+5, and \+2 to \+4 is usual/)
    expect(oxidationStates('LiAl')).toMatchObject({ excess: 4, warnings: [{ code: 'W_STATE' }] })
    expect(
      oxidationStates('FeXe')
        .warnings.map(w => w.message)
        .join(),
    ).toMatch(/no usual state of Xe is known. Is the formula mistyped/)
    expect(errorText(() => oxidationStates('LiNiO2', { states: { Co: 3 } }))).toMatch(/E_ARGUMENT.*Co.*"LiNiO2"/)
    expect(errorText(() => oxidationStates('LiNiO2', { states: { Ni: Number.NaN } }))).toMatch(/E_NAN/)
    expect(errorText(() => oxidationStates('LiXO2'))).toMatch(/E_FORMAT.*character 3/)
  })

  it('balances the charge of whatever it solves', () => {
    const metal = fc.constantFrom('Ti', 'V', 'Mn', 'Fe', 'Co', 'Ni', 'Ru', 'Sn')
    const count = fc.integer({ min: 1, max: 40 }).map(n => n / 10)
    fc.assert(
      fc.property(metal, count, count, count, fc.integer({ min: -3, max: 3 }), (m, lithium, x, oxygen, charge) => {
        const text = `Li${lithium}${m}${x}O${oxygen}${charge === 0 ? '' : `^${Math.abs(charge)}${charge > 0 ? '+' : '-'}`}`
        const { states } = oxidationStates(text)
        const sum = Object.entries(formula(text).elements).reduce((total, [element, n]) => total + n * states[element]!, 0)
        expectClose(sum, charge, { atol: 1e-9 })
      }),
    )
  })
})
