import fc from 'fast-check'
import {
  compatible,
  convert,
  convertFactor,
  divideUnits,
  formatUnit,
  multiplyUnits,
  powerUnit,
  unit,
  withReference,
} from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText } from '../errorCode.js'
import { expectClose } from '../matchers.js'
import reference from '../reference/core/units.json'

const SYMBOLS = [
  'eV',
  'keV',
  'Å',
  'µm',
  'mm',
  '1/Å',
  'cm⁻¹',
  'deg',
  's',
  'K',
  'mV',
  'mA',
  'Ah',
  'mAh/g',
  'mA/cm²',
  'counts/s',
  '%',
  '',
  'C-rate',
  'barn',
  'Gy',
]
describe('unit', () => {
  it.each([
    ['Å^-1', '1/Å'],
    ['Å⁻¹', '1/Å'],
    ['\u212b⁻¹', '1/Å'],
    ['Å-1', '1/Å'],
    ['1/Angstrom', '1/Å'],
    ['um', 'µm'],
    ['\u03bcm', 'µm'],
    ['\u00b5m', 'µm'],
    ['A h', 'Ah'],
    ['mA.h', 'mAh'],
    ['mA h/g', 'mAh/g'],
    ['mA.cm-2', 'mA/cm²'],
    ['mA/cm^2', 'mA/cm²'],
    ['W/m/K', 'W/(m K)'],
    ['deg C', '°C'],
    ['a.u.', 'arb.u.'],
    ['V vs. Li+/Li', 'V vs Li/Li+'],
    ['1e-6/Ang^2', '0.000001/Å²'],
    [' counts / s ', 'counts/s'],
    ['1', ''],
    ['dimensionless', ''],
  ])('writes %s as %s', (given, symbol) => {
    expect(unit(given).symbol).toBe(symbol)
    expect(unit(symbol)).toEqual(unit(given))
  })

  it('takes A for the ampere, never for the ångström', () => {
    expect(compatible(unit('A'), unit('mA'))).toBe(true)
    expect(errorText(() => convertFactor('1/A', '1/Å'))).toMatch(/E_UNIT.*'A' is the ampere/)
  })

  it('keeps a temperature apart from a temperature difference', () => {
    expect(convert(25, '°C', 'K')).toBe(298.15)
    expect(convert(0, 'K', '°C')).toBe(-273.15)
    expect(convertFactor('°C', 'K')).toBe(1)
    expect(unit('J/(g °C)').offset).toBe(0)
    expect(errorText(() => multiplyUnits(unit('°C'), unit('s')))).toMatch(/E_UNIT.*K first/)
  })

  it('does not mix potentials against different references', () => {
    expect(errorText(() => convertFactor('V vs Li/Li+', 'V vs Na/Na+'))).toMatch(/E_UNIT/)
    expect(convertFactor('mV vs Li', 'V vs Li/Li+')).toBe(0.001)
    expect(errorText(() => unit('eV vs Li'))).toMatch(/E_UNIT.*only a potential/)
  })

  it.each([
    ['ev', /Did you mean 'eV'/],
    ['kev', /Did you mean 'keV'/],
    ['J/g K', /ambiguous/],
    ['m/', /ends where/],
    ['(m', /missing/],
    ['m)', /not expected/],
    ['2θ', /not expected/],
    ['parsec per volt-ish', /not known/],
    ['0 m', /above 0/],
  ])('refuses %s and says why', (text, why) => {
    const said = errorText(() => unit(text))
    expect(said).toMatch(/^E_UNIT/)
    expect(said).toMatch(why)
  })

  it('agrees with scipy.constants on every factor', () => {
    // u is CODATA 2022 here and 2018 there: 1.4e-9 apart
    for (const [from, to, factor] of reference.factors as [string, string, number][])
      expectClose(convertFactor(from, to), factor, { rtol: from === 'u' ? 2e-9 : 4e-16, peer: reference.peer })
  })

  it('gives decimals for decimal units', () => {
    expect(convertFactor('keV', 'eV')).toBe(1000)
    expect(convertFactor('meV', 'keV')).toBe(1e-6)
    expect(convertFactor('µm', 'nm')).toBe(1000)
    expect(convertFactor('mAh/g', 'Ah/kg')).toBe(1)
  })

  it('converts there and back without loss', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SYMBOLS),
        fc.constantFrom(...SYMBOLS),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        (a, b, x) => {
          fc.pre(compatible(unit(a), unit(b)))
          expectClose(convert(convert(x, a, b), b, a), x, { rtol: 1e-15, atol: 1e-300 })
        },
      ),
    )
  })

  it('divides what it multiplied, and reads what it wrote', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SYMBOLS), fc.constantFrom(...SYMBOLS), (a, b) => {
        const product = multiplyUnits(unit(a), unit(b))
        const back = divideUnits(product, unit(b))
        expect(compatible(back, unit(a))).toBe(true)
        expectClose(back.factor, unit(a).factor, { rtol: 1e-15 })
        for (const u of [product, divideUnits(unit(a), unit(b))]) {
          expect(unit(u.symbol)).toEqual(u)
          expectClose(unit(formatUnit(u, 'ascii')).factor, u.factor, { rtol: 1e-15 })
          expectClose(unit(formatUnit(u, 'superscript')).factor, u.factor, { rtol: 1e-15 })
        }
      }),
    )
  })

  it('takes powers, also of a half', () => {
    expect(powerUnit(unit('1/Å'), -1)).toEqual(unit('Å'))
    expect(powerUnit(powerUnit(unit('counts'), 0.5), 2)).toEqual(unit('counts'))
    expect(formatUnit(unit('mAh/g'), 'superscript')).toBe('mAh g⁻¹')
    expect(formatUnit(unit('1/µm'), 'ascii')).toBe('1/um')
  })

  it('refuses what no factor can say: exponents of no measure, NaN, lines of a million characters', () => {
    expect(() => unit('m^99999 Å^99999')).toThrow(/factor/)
    expect(() => powerUnit(unit('m'), Number.NaN)).toThrow(/factor|exponent/)
    expect(() => unit('m^1e3')).toThrow(/is no unit/)
    expect(() => unit('x'.repeat(1e6))).toThrow(/^.{0,200}$/)
  })

  it('names the short symbol for a prefix on a spelled-out unit', () => {
    expect(() => unit('nsec')).toThrow(/Did you mean 'ns'/)
  })

  it('gives references to potentials only', () => {
    expect(() => withReference(unit('eV'), 'Li')).toThrow(/only a potential has a reference/)
    expect(() => withReference(unit('V'), ' ')).toThrow(/reference is empty/)
  })

  it('is plain frozen data', () => {
    expect(structuredClone(unit('mAh/g'))).toEqual(unit('mAh/g'))
    expect(Object.isFrozen(unit('mAh/g'))).toBe(true)
    expect(Object.isFrozen(unit('mAh/g').powers)).toBe(true)
  })
})
