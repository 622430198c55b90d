import fc from 'fast-check'
import { elementSymbol, FARADAY_MAH, molarMass, parseFormula } from 'operando'
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
    const part = fc.tuple(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 1, max: 999 }))
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
