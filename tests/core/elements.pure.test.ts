import { atomicNumber, atomicWeight, elementSymbol, isElement, isOperandoError } from 'operando'
import { describe, expect, it } from 'vitest'
import reference from '../reference/core/elements.json'

describe(`elements against ${reference.peer}`, () => {
  it('have symbols, numbers and weights; one of the two peers agrees to 2e-4 (they hold older tables, xraydb that of the isotope 1H)', () => {
    reference.elements.forEach(([symbol, ...weights], i) => {
      expect(atomicNumber(symbol as string)).toBe(i + 1)
      expect(elementSymbol(i + 1)).toBe(symbol)
      const off = Math.min(...weights.map(w => Math.abs((w as number) / atomicWeight(symbol as string) - 1)))
      // no natural sample: a mass number by convention
      const limit = symbol === 'Tc' ? 0.011 : 2e-4
      expect(off, symbol as string).toBeLessThan(limit)
    })
  })

  it('are not made up', () => {
    for (const bad of ['', 'fe', 'FE', 'Fe2+', 'X', 'Q', ' ']) {
      expect(isElement(bad)).toBe(false)
      let code: string | undefined
      try {
        atomicWeight(bad)
      } catch (error) {
        code = isOperandoError(error) ? error.code : undefined
      }
      expect(code).toBe('E_MISSING')
    }
    expect([atomicNumber('D'), atomicWeight('D')]).toEqual([1, 2.0141])
  })
})
