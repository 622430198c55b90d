import fc from 'fast-check'
import { elementSymbol, FARADAY_MAH, formula, molarMass, parseFormula } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText as code } from '../errorCode.js'
import { expectClose } from '../matchers.js'

describe('parseFormula', () => {
  it('reads fractions, brackets, dots and subscripts', () => {
    expect(parseFormula('LiFePO4')).toEqual({ Li: 1, Fe: 1, P: 1, O: 4 })
    expect(parseFormula('Li1.2Mn0.54Ni.13Co0.13O2')).toEqual({ Li: 1.2, Mn: 0.54, Ni: 0.13, Co: 0.13, O: 2 })
    expect(parseFormula(' LiNi₀.₅Mn₁.₅O₄ ')).toEqual({ Li: 1, Ni: 0.5, Mn: 1.5, O: 4 })
    expect(parseFormula('CuSO4·5H2O')).toEqual({ Cu: 1, S: 1, O: 9, H: 10 })
    expect(parseFormula('Na3V2(PO4)2F3')).toEqual({ Na: 3, V: 2, P: 2, O: 8, F: 3 })
    expect(parseFormula('K4[Fe(CN)6]')).toEqual({ K: 4, Fe: 1, C: 6, N: 6 })
    expect(parseFormula('CO')).toEqual({ C: 1, O: 1 })
    expect(parseFormula('Co')).toEqual({ Co: 1 })
  })

  it('reads back whatever elements and counts are written', () => {
    // without Po, which is taken for a slip of PO among three elements or more
    const number = fc.integer({ min: 1, max: 98 }).filter(z => z !== 84)
    const part = fc.tuple(number, fc.integer({ min: 1, max: 999 }))
    fc.assert(
      fc.property(fc.uniqueArray(part, { minLength: 1, maxLength: 8, selector: ([z]) => z }), parts => {
        const want = Object.fromEntries(parts.map(([z, n]) => [elementSymbol(z), n / 100]))
        const text = Object.entries(want)
          .map(([symbol, n]) => symbol + n)
          .join('')
        expect(parseFormula(text)).toEqual(want)
      }),
    )
  })

  it('says where it stopped', () => {
    expect(code(() => parseFormula('LiXO2'))).toMatch(/E_FORMAT.*"LiXO2", character 3: the symbol of an element/)
    expect(code(() => parseFormula('Li1-xCoO2'))).toMatch(/E_FORMAT.*character 4/)
    expect(code(() => parseFormula('Na3V2(PO4'))).toMatch(/E_FORMAT.*character 10: "\)"/)
    expect(code(() => parseFormula('Na3V2(PO4]2'))).toMatch(/E_FORMAT.*"\)"/)
    for (const text of ['', '  ', 'li', 'Li)', '()', 'Fe2+', 'Li O 2 4', '·H2O', 'LiO2·'])
      expect(code(() => parseFormula(text))).toMatch(/E_FORMAT/)
    expect(code(() => parseFormula('Li0CoO2'))).toMatch(/E_RANGE.*0 atoms of Li/)
    expect(code(() => parseFormula('LiNiO.8MnO.2O2'))).toMatch(/E_FORMAT.*character 6: a digit before the full stop/)
    expect(code(() => parseFormula('LiFePo4'))).toMatch(/E_FORMAT.*character 6: "O"/)
    expect(parseFormula('PoO2')).toEqual({ Po: 1, O: 2 })
    expect(parseFormula('N1.562O.42C.0003')).toEqual({ N: 1.562, O: 0.42, C: 0.0003 })
  })

  it('takes neutral substances only, whose charges may be written as long as they balance', () => {
    expect(parseFormula('Na+·PF6-')).toEqual({ Na: 1, P: 1, F: 6 })
    expect(parseFormula('(NH4+)2(SO4^2-)')).toEqual({ N: 2, H: 8, S: 1, O: 4 })
    expect(code(() => parseFormula('Fe3+'))).toMatch(/E_FORMAT.*"Fe3\+": its charges sum to \+3/)
  })
})

describe('formula', () => {
  it('reads charges in every spelling that leaves no doubt', () => {
    const charge = (text: string): number => formula(text).charge
    for (const text of ['PO4^3-', 'PO4^-3', 'PO4^{3-}', 'PO4(3-)', 'PO₄³⁻', 'PO4 3-', 'PO4\u00b3\u207b', 'PO4---', 'PO4^3\u2212'])
      expect([text, charge(text), formula(text).elements]).toEqual([text, -3, { P: 1, O: 4 }])
    expect(['Li+', 'Fe3+', 'Fe+3', 'Ca++', 'O2-', 'Fe³⁺', 'NH4+', 'PF6-', '[Fe(CN)6]4-', 'Ca(OH)2+', 'I3^-'].map(charge)).toEqual(
      [1, 3, 3, 2, -2, 3, 1, -1, -4, 1, -1],
    )
    expect(formula('O2-').elements).toEqual({ O: 1 })
    expect(formula('PF6-').elements).toEqual({ P: 1, F: 6 })
    expect(formula('[Fe(CN)6]4-').elements).toEqual({ Fe: 1, C: 6, N: 6 })
  })

  it('adds the charges of groups and parts', () => {
    expect(formula('2Li+·CO3^2-').charge).toBe(0)
    expect(formula('(NH4+)2').charge).toBe(2)
    expect(formula('[Li+]3(PO4^3-)·2H2O').charge).toBe(0)
    expect(formula('[Li+]3(PO4^3-)·2H2O').elements).toEqual({ Li: 3, P: 1, O: 6, H: 4 })
  })

  it('refuses what could be a count or a charge, and says where', () => {
    expect(code(() => formula('SO42-'))).toMatch(/E_FORMAT.*character 5: "\^" before the charge, "4\^2-" or "42\^-"/)
    for (const text of ['Hg22+', 'C60-', '(NH4)2+']) expect(code(() => formula(text))).toMatch(/E_FORMAT.*"\^/)
    for (const text of ['+', '2-', 'Fe2+O', 'Li+Li', 'Li^', 'Li^.+', 'Li^2', 'Fe3+2', 'Li- x', 'Li(+)Cl', 'LiFe^^2+'])
      expect(code(() => formula(text))).toMatch(/E_FORMAT.*character \d/)
  })

  it('has mass fractions that sum to 1, in the proportion of the weights', () => {
    const { massFractions, molarMass: mass } = formula('LiFePO4')
    expectClose(massFractions.Fe!, 55.845 / mass, { rtol: 1e-15 })
    expectClose(
      Object.values(massFractions).reduce((sum, w) => sum + w, 0),
      1,
      { rtol: 1e-15 },
    )
    expect(molarMass('PO4^3-')).toBeCloseTo(94.97, 10)
  })

  it('never fails but by refusing', () => {
    const sign = fc.constantFrom(...'LiFePON0123.()[]+-^·* ₂³⁻{}x')
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), signs => {
        const text = signs.join('')
        const outcome = code(() => formula(text))
        expect(outcome).toMatch(/^(none$|E_FORMAT|E_RANGE)/)
        if (outcome !== 'none') return
        const read = formula(text)
        for (const n of [read.charge, read.molarMass, ...Object.values(read.elements)]) expect(Number.isFinite(n)).toBe(true)
      }),
    )
  })
})

describe('molarMass', () => {
  it('gives the specific charges that the field quotes', () => {
    // theoretical, one ion per formula unit, mAh/g
    expectClose(
      ['LiNi0.8Mn0.1Co0.1O2', 'LiFePO4', 'LiNiO2'].map(f => FARADAY_MAH / molarMass(f)),
      [275.5, 169.9, 274.5],
      { atol: 0.06 },
    )
  })
})
