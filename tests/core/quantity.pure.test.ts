import fc from 'fast-check'
import { type CRate, type Energy, type Length, parseQuantity, toValue } from 'operando'
import { describe, expect, it } from 'vitest'
import { errorText } from '../errorCode.js'

describe('toValue', () => {
  it('takes numbers in the documented unit and strings in any that fits', () => {
    const thickness: Length[] = [25, '25 µm', '25 \u03bcm', '25 um', '0.025 mm', '250000 Å', '250000 \u212b']
    for (const t of thickness) expect(toValue(t, 'µm', 'thickness')).toBeCloseTo(25, 12)
    const energy: Energy = '7.112 keV'
    expect(toValue(energy, 'eV', 'energy')).toBe(7112)
    expect(toValue('  25µm ', 'µm', 'thickness')).toBe(25)
  })

  it('does not compile with a wrong unit, and throws E_UNIT where it is forced', () => {
    // @ts-expect-error an energy is no length
    const length: Length = '25 eV'
    expect(errorText(() => toValue(length, 'µm', 'thickness'))).toMatch(
      /E_UNIT thickness '25 eV': a unit like 'µm' was expected, found 'eV'/,
    )
    // @ts-expect-error a length is no energy
    const energy: Energy = '25 µm'
    expect(errorText(() => toValue(energy, 'eV', 'energy'))).toMatch(/E_UNIT/)
    // @ts-expect-error a number in a string needs its unit
    const bare: Length = '25'
    expect(errorText(() => toValue(bare, 'µm', 'thickness'))).toMatch(/E_UNIT.*has no unit.*'25 µm'/)
  })

  it('reads rates, and tells 2C from two coulomb', () => {
    const rates: CRate[] = ['C/10', '0.1C', '0.1 C-rate', 0.1]
    for (const r of rates) expect(toValue(r, 'C-rate', 'rate')).toBeCloseTo(0.1, 15)
    expect(toValue('C', 'C-rate', 'rate')).toBe(1)
    expect(parseQuantity('2 C').unit.symbol).toBe('C')
    expect(errorText(() => toValue('2 C', 'C-rate', 'rate'))).toMatch(/coulomb/)
  })

  it.each(['0x10 eV', '0b1 eV', 'Infinity eV', 'NaN eV', '1,5 eV', 'eV', '', '1e999 eV', '--1 eV'])('refuses %s', text => {
    expect(errorText(() => toValue(text, 'eV', 'energy'))).toMatch(/E_ARGUMENT/)
  })

  it.each(['7 112 eV', '1 000,5 eV', '7 112.5 eV', '3 3 eV', '2 .5 eV'])(
    'refuses %s rather than take the first group of digits',
    text => {
      expect(errorText(() => toValue(text, 'eV', 'energy'))).toMatch(/E_ARGUMENT/)
    },
  )

  it('takes units that begin with a power of ten', () => {
    for (const text of ['3.5 1e-6/Å^2', '3.5 10^-6 Å^-2', '3.5 10⁻⁶ Å⁻²', '3.5e-6 1/Å²']) {
      expect(toValue(text, '1/Å²', 'sld')).toBeCloseTo(3.5e-6, 15)
    }
  })

  it('refuses a rate over nothing, other types, and the lines of a million characters that hostile files have', () => {
    expect(errorText(() => toValue('C/0', 'C-rate', 'rate'))).toMatch(/E_ARGUMENT 'C\/0'/)
    expect(errorText(() => parseQuantity(undefined as unknown as string))).toMatch(/E_ARGUMENT undefined/)
    const began = performance.now()
    expect(errorText(() => parseQuantity(`${'1'.repeat(1e6)}!`)).length).toBeLessThan(200)
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('refuses NaN and infinities as numbers', () => {
    expect(errorText(() => toValue(Number.NaN, 'eV', 'energy'))).toMatch(/E_NAN energy is NaN/)
    expect(errorText(() => toValue(-Infinity, 'eV', 'energy'))).toMatch(/E_NAN/)
  })

  it('reads back every finite number it is given', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x => {
        expect(parseQuantity(`${x} eV`).value + 0).toBe(x + 0)
      }),
    )
  })
})
