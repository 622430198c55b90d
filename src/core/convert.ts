import { OperandoError } from './errors.js'
import { asUnit, compatible, type Unit } from './unit.js'
import { snapDecimal } from './unitParser.js'

/**
 * Throws unless numbers in `from` can be told in `to`.
 * @param from The unit there is.
 * @param to   The unit asked for.
 * @param name What the number is, for the message.
 * @throws OperandoError `E_UNIT` that says what was expected, what was found and, for A beside Å, what was probably meant.
 * @example
 * ```ts
 * import { assertCompatible, unit } from 'operando'
 * assertCompatible(unit('keV'), unit('eV'), 'energy')
 * ```
 */
export function assertCompatible(from: Unit, to: Unit, name?: string): void {
  if (compatible(from, to)) return
  const shown = (u: Unit): string => (u.symbol === '' ? 'a plain number' : `'${u.symbol}'`)
  let hint = ''
  if (/\bA\b/.test(from.symbol) && to.symbol.includes('Å')) hint = ` 'A' is the ampere; write 'Å' or 'Angstrom'.`
  else if (from.symbol === 'C' && to.symbol === 'C-rate')
    hint = ` '2 C' is two coulomb; write the rate '2C', 'C/2' or '2 C-rate'.`
  else if (from.reference !== to.reference)
    hint = ' Potentials against different references are related only by a known difference.'
  throw new OperandoError(
    'E_UNIT',
    `${name === undefined ? '' : `${name}: `}a unit like ${shown(to)} was expected, found ${shown(from)}.${hint}`,
    {
      details: { expected: to.symbol, found: from.symbol },
    },
  )
}

/**
 * The factor from one unit to another: a number in `from` times this is the number in `to`. Right for differences and uncertainties, also of °C.
 * @param from Unit or symbol.
 * @param to   Unit or symbol.
 * @throws OperandoError `E_UNIT` if they are not compatible.
 * @example
 * ```ts
 * import { convertFactor } from 'operando'
 * convertFactor('keV', 'eV') // 1000
 * ```
 */
export function convertFactor(from: Unit | string, to: Unit | string): number {
  const [a, b] = [asUnit(from, 'from'), asUnit(to, 'to')]
  assertCompatible(a, b)
  return a.factor === b.factor ? 1 : snapDecimal(a.factor / b.factor)
}

/**
 * A number in another unit, with the zero of °C minded.
 * @param value The number in `from`.
 * @param from  Unit or symbol.
 * @param to    Unit or symbol.
 * @throws OperandoError `E_UNIT` if they are not compatible.
 * @example
 * ```ts
 * import { convert } from 'operando'
 * convert(25, '°C', 'K') // 298.15
 * ```
 */
export function convert(value: number, from: Unit | string, to: Unit | string): number {
  const [a, b] = [asUnit(from, 'from'), asUnit(to, 'to')]
  const factor = convertFactor(a, b)
  if (a.offset === b.offset) return value * factor
  return (value * a.factor + a.offset - b.offset) / b.factor
}
