import { isOperandoError } from 'operando'
import { parseExpression } from 'operando/numeric'
import { describe, expect, it } from 'vitest'
import { expectClose } from '../../matchers.js'

const names = ['a', 'b', 'peak1.fwhm']
const at = Float64Array.of(2, 3, 0.5)
const value = (text: string): number => parseExpression(text, names).value(at)
const failure = (text: string): unknown => {
  try {
    parseExpression(text, names)
  } catch (error) {
    return error
  }
  return undefined
}

describe('parseExpression', () => {
  it.each([
    ['2*a + b', 7],
    ['-a^2', -4],
    ['2^-1', 0.5],
    ['2^3^2', 512],
    ['2**3', 8],
    ['a - b - 1', -2],
    ['a / b / 2', 1 / 3],
    ['(a + b) * (a - b)', -5],
    ['1.5e1 + .5', 15.5],
    ['min(a, b, 1) + max(a, b)', 4],
    ['sqrt(a^2 + b^2)', Math.sqrt(13)],
    ['exp(log(b)) + cos(0) - sin(0) + tan(0) + abs(-1)', 5],
    ['peak1.fwhm * 2 * sqrt(2 * log(2))', Math.sqrt(2 * Math.LN2)],
    ['2 * pi', 2 * Math.PI],
    [' a ', 2],
    ['--a', 2],
  ])('%s is %d', (text, expected) => {
    expectClose(value(text), expected, { rtol: 1e-15 })
  })

  it.each([
    'a*b + a/b - a^b',
    'sqrt(a) * exp(-b) / log(b)',
    'sin(a) * cos(b) + tan(a*b)',
    'abs(a - b) + min(a^2, b) + max(a, b)^2',
    'a^2.5 - 3^b',
  ])('knows the slope of %s as differences see it', text => {
    const expression = parseExpression(text, names)
    const direction = Float64Array.of(0.3, -0.7, 1)
    const h = 1e-5
    const shifted = (s: number): number => expression.value(at.map((v, i) => v + s * h * direction[i]!))
    expectClose(expression.slope(at, direction), (shifted(1) - shifted(-1)) / (2 * h), { rtol: 1e-8 })
  })

  it('lists what it reads', () => {
    expect(parseExpression('b + 2 * b - peak1.fwhm', names).reads).toEqual([1, 2])
  })

  it.each(['', 'a +', '(a', 'a b', '2 $ 3', 'sqrt()', 'min(a)', 'a)', '1..2', 'a..b(', 'constructor'])('refuses "%s"', text => {
    expect(isOperandoError(failure(text))).toBe(true)
  })

  it('says where it stumbles', () => {
    expect(String(failure('a + * b'))).toContain('column 5')
    expect(isOperandoError(failure('a + missing'), 'E_MISSING')).toBe(true)
  })
})
