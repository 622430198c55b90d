import { assertCompatible, convert } from './convert.js'
import { OperandoError } from './errors.js'
import { LONGEST_WORD, quote } from './quote.js'
import { asUnit, type Unit, unit } from './unit.js'
import { normaliseSpelling } from './unitParser.js'

/** A number with one of the units `U`, as a string: `'25 µm'`. Strings are checked when compiling, and again when they are read. */
export type QuantityString<U extends string> = `${number} ${U}`

/** Symbols for lengths; both micro signs and both ångström signs. */
export type LengthUnit = 'm' | 'cm' | 'mm' | '\u00b5m' | '\u03bcm' | 'um' | 'nm' | 'pm' | '\u00c5' | '\u212b' | 'Angstrom' | 'Ang'
/** Symbols for energies. */
export type EnergyUnit = 'eV' | 'keV' | 'meV' | 'MeV' | 'J'
/** Symbols for times. */
export type TimeUnit = 's' | 'ms' | '\u00b5s' | '\u03bcs' | 'us' | 'ns' | 'min' | 'h' | 'd'
/** Symbols for angles. */
export type AngleUnit = 'deg' | '°' | 'rad' | 'mrad'
/** Symbols for inverse lengths. */
export type InverseLengthUnit =
  | `1/${'\u00c5' | '\u212b' | 'nm' | 'cm' | 'm'}`
  | `${'\u00c5' | '\u212b' | 'nm' | 'cm' | 'm'}${'⁻¹' | '^-1'}`

/** A length: a number in the unit the function documents, or `'25 µm'`. */
export type Length = number | QuantityString<LengthUnit>
/** A photon or electron energy: a number in eV, or `'7.112 keV'`. */
export type Energy = number | QuantityString<EnergyUnit>
/** A duration: a number in s, or `'10 min'`. */
export type Duration = number | QuantityString<TimeUnit>
/** An angle: a number in degrees, or `'5 mrad'`. */
export type Angle = number | QuantityString<AngleUnit>
/** A wavenumber or momentum transfer: a number in the unit the function documents, or `'1.2 1/Å'`. */
export type InverseLength = number | QuantityString<InverseLengthUnit>
/** A temperature: a number in K, or `'25 °C'`. */
export type Temperature = number | QuantityString<'K' | '°C' | 'degC'>
/** An electric potential: a number in V, or `'3.4 V'`. */
export type Potential = number | QuantityString<'V' | 'mV'>
/** An electric current: a number in A, or `'10 mA'`. */
export type Current = number | QuantityString<'A' | 'mA' | '\u00b5A' | '\u03bcA' | 'uA' | 'nA'>
/** A resistance: a number in Ω, or `'12.1 Ω'`; both signs for ohm. */
export type Resistance = number | QuantityString<'\u03a9' | '\u2126' | 'Ohm' | 'ohm' | 'm\u03a9' | 'mOhm' | 'k\u03a9' | 'kOhm'>
/** A mass: a number in the unit the function documents, or `'6.8 mg'`. */
export type Mass = number | QuantityString<'kg' | 'g' | 'mg' | '\u00b5g' | '\u03bcg' | 'ug'>
/** An area: a number in the unit the function documents, or `'1.13 cm²'`. */
export type Area = number | QuantityString<'m²' | 'cm²' | 'mm²' | '\u00b5m²' | '\u03bcm²' | 'm^2' | 'cm^2' | 'mm^2' | 'um^2'>
/** A mass density: a number in g/cm³, or `'4.2 g/cm³'`. */
export type MassDensity = number | QuantityString<'g/cm³' | 'g/cm^3' | 'kg/m³' | 'kg/m^3'>
/** A specific charge: a number in mAh/g, or `'170 mAh/g'`. */
export type SpecificCharge = number | QuantityString<'mAh/g' | 'Ah/kg'>
/** A pressure: a number in Pa, or `'1.2 bar'`. */
export type Pressure = number | QuantityString<'Pa' | 'kPa' | 'MPa' | 'bar' | 'mbar' | 'atm'>
/** A rate of (dis)charge: a number of C-rates (1 = one capacity an hour), or `'C/10'`, `'2C'`. `'2 C'` with a blank would be two coulomb. */
export type CRate = number | `C/${number}` | `${number}C` | QuantityString<'C-rate'>

/** A number and its unit. */
export interface Quantity {
  /** The number. */
  readonly value: number
  /** Its unit. */
  readonly unit: Unit
}

// decimal digits only: hexadecimal, Infinity and NaN are numbers to JavaScript but not to us
const DECIMAL = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?'
const PLAIN = new RegExp(`^(${DECIMAL})(?:\\s*([^\\s,].*))?$`)
const RATE = new RegExp(`^(?:C\\s*/\\s*(${DECIMAL})|(${DECIMAL})C(?:\\s*/\\s*(${DECIMAL}))?|C)$`)
const HEXADECIMAL = /^[+-]?0[xXbBoO][0-9a-fA-F]/
// a unit may begin with a number only as '1/Å' or with a power of ten, '1e-6/Å²', '10⁻⁶ Å⁻²'
const SECOND_NUMBER = /^[\d.](?!\s*\/|[eE][+-]?\d|0\s*(?:\^|\*\*|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))/

/**
 * Reads `'25 µm'`, `'0.4133 Å'`, `'-3 °C'`, `'C/10'`, `'2C'`, `'1e-3'`. Blanks at the ends and between number and unit do not matter, but for
 * `'2C'` (a rate) and `'2 C'` (coulomb).
 * @param text Number and unit.
 * @throws OperandoError `E_ARGUMENT` if there is no decimal number, `E_UNIT` if the unit is not known.
 * @example
 * ```ts
 * import { parseQuantity } from 'operando'
 * parseQuantity('C/10') // value 0.1, unit C-rate
 * ```
 */
export function parseQuantity(text: string): Quantity {
  if (typeof text !== 'string' || text.length > LONGEST_WORD) return refuse(text)
  const trimmed = normaliseSpelling(text)
  const rate = RATE.exec(trimmed)
  const match = PLAIN.exec(trimmed)
  const value = rate ? Number(rate[2] ?? 1) / Number(rate[1] ?? rate[3] ?? 1) : match ? Number(match[1]) : Number.NaN
  // '0x10' would otherwise be read as 0 and the unit 'x10', '7 112 eV' as 7 of the unit '112 eV'
  if (!Number.isFinite(value) || HEXADECIMAL.test(trimmed) || (!rate && SECOND_NUMBER.test(match?.[2] ?? ''))) return refuse(text)
  return { value, unit: unit(rate ? 'C-rate' : (match?.[2] ?? '')) }
}

function refuse(text: unknown): never {
  const found = typeof text === 'string' ? quote(text) : typeof text
  throw new OperandoError('E_ARGUMENT', `${found}: a decimal number and a unit were expected, as in '25 µm'.`, {
    details: { found },
  })
}

/**
 * The door for quantities: a number is taken in the documented unit, a string is read and converted to it.
 * @param quantity Number, or string such as `'25 µm'`.
 * @param to       The documented unit.
 * @param name     What the caller calls it, for messages.
 * @throws OperandoError `E_NAN` for NaN and infinities, `E_ARGUMENT` if there is no number, `E_UNIT` for a wrong or missing unit.
 * @example
 * ```ts
 * import { toValue } from 'operando'
 * toValue('25 µm', 'mm', 'thickness') // 0.025
 * ```
 */
export function toValue(quantity: number | string, to: Unit | string, name: string): number {
  const target = asUnit(to, name)
  if (typeof quantity === 'number') {
    if (Number.isFinite(quantity)) return quantity
    throw new OperandoError(
      'E_NAN',
      `${name} is ${quantity}: a finite number${target.symbol ? ` in ${target.symbol}` : ''} expected.`,
      {
        details: { name },
      },
    )
  }
  if (typeof quantity !== 'string') {
    throw new OperandoError(
      'E_ARGUMENT',
      `${name}: a number in ${target.symbol} or a string with its unit was expected, found ${typeof quantity}.`,
      {
        details: { name },
      },
    )
  }
  const parsed = parseQuantity(quantity)
  if (parsed.unit.symbol === '' && target.symbol !== '') {
    throw new OperandoError(
      'E_UNIT',
      `${name}: '${quantity}' has no unit; write '${quantity.trim()} ${target.symbol}' or the number itself.`,
      {
        details: { name, expected: target.symbol, found: quantity },
      },
    )
  }
  assertCompatible(parsed.unit, target, `${name} '${quantity}'`)
  return convert(parsed.value, parsed.unit, target)
}
