import { OperandoError } from './errors.js'
import { LONGEST_WORD, quote } from './quote.js'
import { normaliseSpelling, numberTerm, parseUnitTerms, snapDecimal, type UnitTerm } from './unitParser.js'
import type { UnitPowers } from './unitTable.js'

/**
 * A physical unit, as plain data. Made by `unit('mAh/g')`; two units are compatible when their `powers` (and `reference`) agree.
 * A number in this unit is `number * factor + offset` in SI base units.
 */
export interface Unit {
  /** As people write it, normalised: `Å⁻¹` is `1/Å`, `um` is `µm`. `''` for a dimensionless number. */
  readonly symbol: string
  /** Factor to SI base units. */
  readonly factor: number
  /** Offset to SI base units; only °C has one. */
  readonly offset: number
  /** Exponents of m, kg, s, A, K, mol, cd, rad, count. */
  readonly powers: UnitPowers
  /** For potentials: against what, e.g. `Li/Li+`; potentials against different references do not mix silently. */
  readonly reference?: string | undefined
}

const WORDS_FOR_ONE = ['', '1', 'dimensionless', 'unitless', 'none']
const WORDS_FOR_ARBITRARY = [
  'a.u.',
  'a. u.',
  'au',
  'arb',
  'arb.',
  'arb. u.',
  'arb. units',
  'arb.units',
  'arb.unit',
  'arbitrary units',
]

const memo = new Map<string, Unit>()
const MEMO_LIMIT = 1000 // symbols come from files, so the memory must not grow with them

/**
 * Reads a unit. Known are the SI's and the field's: m to pm, Å, eV, J, V, A, Ah, C, C-rate, K, °C, s, min, h, Pa, bar, g, mol, rad, deg, counts, ph, Gy, barn,
 * %, px, arb.u. and more, with prefixes, products, quotients and exponents; both micro and both ångström signs. `A` is the ampere: ångström is `Å`, `Angstrom` or `Ang`.
 * Case counts. `V vs Li/Li+` keeps its reference. Within a product °C means a temperature difference.
 *
 * @param symbol Any spelling: `Å⁻¹`, `1/Å`, `mAh/g`, `mA.cm-2`, `counts/s`, `''`.
 * @throws OperandoError `E_UNIT`, with what was not understood and, where one is near, the unit that was probably meant.
 * @example
 * ```ts
 * import { unit } from 'operando'
 * unit('Å^-1').symbol // '1/Å'
 * ```
 */
export function unit(symbol: string): Unit {
  const known = memo.get(symbol)
  if (known) return known
  const made = makeUnit(symbol)
  if (memo.size >= MEMO_LIMIT) memo.clear()
  memo.set(symbol, made)
  return made
}

/**
 * The door of units: a symbol is read, a {@link Unit} taken as it is.
 * @param given Unit or symbol.
 * @param name  What it is the unit of, for messages.
 * @throws OperandoError `E_UNIT` for an unknown symbol or what is no unit at all.
 * @example
 * ```ts
 * import { asUnit } from 'operando'
 * asUnit('keV', 'energy').factor // 1.602176634e-16, in J
 * ```
 */
export function asUnit(given: Unit | string, name: string): Unit {
  if (typeof given === 'string') return unit(given)
  if (typeof given === 'object' && given !== null && Number.isFinite(given.factor) && Array.isArray(given.powers)) return given
  throw new OperandoError(
    'E_UNIT',
    `${name}: a unit such as 'eV', or '' for plain numbers, was expected, found ${typeof given}.`,
    {
      details: { name },
    },
  )
}

function makeUnit(symbol: string): Unit {
  if (typeof symbol !== 'string') throw new OperandoError('E_UNIT', `A unit is a string such as 'µm', found ${typeof symbol}.`)
  if (symbol.length > LONGEST_WORD) throw new OperandoError('E_UNIT', `${quote(symbol)} is no unit: it is too long for one.`)
  const text = normaliseSpelling(symbol)
  if (WORDS_FOR_ONE.includes(text.toLowerCase())) return unitOfTerms([])
  if (WORDS_FOR_ARBITRARY.includes(text.toLowerCase())) return unit('arb.u.')
  const against = /^(.*?\S)\s+(?:vs\.?|versus|against)\s+(\S.*)$/.exec(text)
  if (!against) return unitOfTerms(parseUnitTerms(symbol))
  const potential = unit(against[1]!)
  return withReference(potential, against[2]!)
}

/**
 * The same unit against a reference: `withReference(unit('V'), 'Li/Li+')`.
 * @param u         A unit of potential.
 * @param reference `Li/Li+`, `Na/Na+`, `SHE` ... `Li` and `Li+/Li` are read as `Li/Li+`. Absent: the reference is taken away.
 * @throws OperandoError `E_UNIT` for a unit of something else, or an empty reference.
 * @example
 * ```ts
 * import { unit, withReference } from 'operando'
 * withReference(unit('V'), 'Li').symbol // 'V vs Li/Li+'
 * ```
 */
export function withReference(u: Unit, reference?: string): Unit {
  asUnit(u, 'withReference')
  const plain = { symbol: u.symbol.replace(/ vs .*$/, ''), factor: u.factor, offset: u.offset, powers: u.powers }
  if (reference === undefined) return Object.freeze(plain)
  const couple = normaliseSpelling(reference).replace('⁺', '+')
  if (couple === '' || !samePowers(u.powers, unit('V').powers)) {
    throw new OperandoError(
      'E_UNIT',
      couple === ''
        ? `${u.symbol}: the reference is empty; 'Li/Li+' or 'SHE' was expected.`
        : `'${plain.symbol} vs ${couple}': only a potential has a reference, and '${plain.symbol}' is none.`,
      { details: { found: u.symbol } },
    )
  }
  const metal = /^(Li|Na|K|Ag)(?:\+\/\1|\/\1\+)?$/.exec(couple)?.[1]
  const name = metal ? `${metal}/${metal}+` : couple
  return Object.freeze({ ...plain, symbol: `${plain.symbol} vs ${name}`, reference: name })
}

/** The factors of a unit, read from its symbol. */
function termsOf(u: Unit): UnitTerm[] {
  return parseUnitTerms(u.symbol.replace(/ vs .*$/, ''))
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const ASCII: Readonly<Record<string, string>> = { Å: 'Angstrom', '°C': 'degC', Ω: 'ohm', '%': 'percent' }

function exponentText(exponent: number, ascii: boolean): string {
  if (exponent === 1) return ''
  if (ascii || !Number.isInteger(exponent)) return `^${exponent}`
  return String(exponent)
    .replace('-', '⁻')
    .replace(/\d/g, d => SUPERSCRIPTS[Number(d)]!)
}

function termText(term: UnitTerm, exponent: number, ascii: boolean): string {
  const name = ascii ? (ASCII[term.name] ?? term.name.replace('µ', 'u').replace('Ω', 'ohm')) : term.name
  return name + exponentText(exponent, ascii)
}

function symbolOf(terms: readonly UnitTerm[], ascii = false): string {
  const above = terms.filter(t => t.exponent > 0).map(t => termText(t, t.exponent, ascii))
  const below = terms.filter(t => t.exponent < 0).map(t => termText(t, -t.exponent, ascii))
  if (below.length === 0) return above.join(' ')
  return `${above.join(' ') || '1'}/${below.length > 1 ? `(${below.join(' ')})` : below[0]}`
}

/** Merges equal factors, and numbers into one; `A h` becomes `Ah`, as the field writes it. */
function merge(given: readonly UnitTerm[]): UnitTerm[] {
  const isNumber = (t: UnitTerm): boolean => /^[\d.]/.test(t.name)
  const number = snapDecimal(given.filter(isNumber).reduce((product, t) => product * t.factor ** t.exponent, 1))
  const terms = given.filter(t => !isNumber(t))
  const merged: UnitTerm[] = number === 1 ? [] : [numberTerm(number)]
  for (const term of terms) {
    const at = merged.findIndex(t => t.name === term.name)
    if (at < 0) merged.push(term)
    else merged[at] = { ...merged[at]!, exponent: roundExponent(merged[at]!.exponent + term.exponent) }
  }
  const left = merged.filter(t => t.exponent !== 0)
  const hour = left.findIndex(t => t.name === 'h' && t.exponent === 1)
  const joined = left.findIndex(t => /^[fpnµmk]?[AW]$/.test(t.name) && t.exponent === 1)
  if (hour < 0 || joined < 0) return left
  const [big] = parseUnitTerms(`${left[joined]!.name}h`)
  return merge(left.map((t, i) => (i === joined ? big! : t)).filter((_, i) => i !== hour))
}

const roundExponent = (x: number): number => Math.round(x * 1e9) / 1e9

function unitOfTerms(given: readonly UnitTerm[]): Unit {
  const terms = merge(given)
  const powers: [number, number, number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  // factors above and below are multiplied apart, so that keV/eV is 1000 as nearly as doubles can say it
  let above = 1
  let below = 1
  for (const term of terms) {
    if (term.exponent > 0) above *= term.factor ** term.exponent
    else below *= term.factor ** -term.exponent
    for (let i = 0; i < 9; i++) powers[i] = roundExponent(powers[i]! + term.powers[i]! * term.exponent)
  }
  const alone = terms.length === 1 && terms[0]!.exponent === 1
  const factor = snapDecimal(above / below)
  if (!(factor > 0 && factor < Infinity) || !powers.every(Number.isFinite)) {
    throw new OperandoError('E_UNIT', `${quote(symbolOf(terms))} is no unit: its factor to SI units is ${factor}.`)
  }
  return Object.freeze({
    symbol: symbolOf(terms),
    factor,
    offset: alone ? terms[0]!.offset : 0,
    powers: Object.freeze(powers),
  })
}

function samePowers(a: UnitPowers, b: UnitPowers): boolean {
  for (let i = 0; i < 9; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * True if numbers in one unit can be told in the other: same powers, same reference of potential.
 * @param a One unit.
 * @param b The other.
 * @example
 * ```ts
 * import { compatible, unit } from 'operando'
 * compatible(unit('mAh'), unit('C')) // true: both are charges
 * ```
 */
export function compatible(a: Unit, b: Unit): boolean {
  const [one, other] = [asUnit(a, 'compatible'), asUnit(b, 'compatible')]
  return samePowers(one.powers, other.powers) && one.reference === other.reference
}

/**
 * The unit of a product. A reference of potential is kept only when the other factor is a plain number.
 * @param a One factor.
 * @param b The other.
 * @throws OperandoError `E_UNIT` for °C, which has no product: tell the temperature in K first.
 * @example
 * ```ts
 * import { multiplyUnits, unit } from 'operando'
 * multiplyUnits(unit('mA'), unit('h')).symbol // 'mA h' is 'mAh'
 * ```
 */
export function multiplyUnits(a: Unit, b: Unit): Unit {
  asUnit(a, 'multiplyUnits')
  if (asUnit(b, 'multiplyUnits').symbol === '') return a
  if (a.symbol === '') return b
  return unitOfTerms([...factorsOf(a), ...factorsOf(b)])
}

/**
 * The unit of a quotient.
 * @param a Dividend.
 * @param b Divisor.
 * @throws OperandoError `E_UNIT` for °C.
 * @example
 * ```ts
 * import { divideUnits, unit } from 'operando'
 * divideUnits(unit('mAh'), unit('g')).symbol // 'mAh/g'
 * ```
 */
export function divideUnits(a: Unit, b: Unit): Unit {
  return asUnit(b, 'divideUnits').symbol === '' ? a : multiplyUnits(withoutReference(a), powerUnit(b, -1))
}

const withoutReference = (u: Unit): Unit => (asUnit(u, 'a unit').reference === undefined ? u : withReference(u))

/**
 * The unit of a power.
 * @param u        The unit.
 * @param exponent Any number; 0.5 for the unit of a square root.
 * @throws OperandoError `E_UNIT` for °C, and for an exponent that no unit survives (NaN, 1e5).
 * @example
 * ```ts
 * import { powerUnit, unit } from 'operando'
 * powerUnit(unit('Å'), 3).symbol // 'Å³'
 * ```
 */
export function powerUnit(u: Unit, exponent: number): Unit {
  if (exponent === 1) return u
  return unitOfTerms(factorsOf(u).map(t => ({ ...t, exponent: roundExponent(t.exponent * exponent) })))
}

function factorsOf(u: Unit): UnitTerm[] {
  if (asUnit(u, 'a unit').offset === 0) return termsOf(u)
  throw new OperandoError(
    'E_UNIT',
    `${u.symbol} counts from its own zero: products and powers have no meaning. Convert to K first.`,
    {
      details: { found: u.symbol },
    },
  )
}

/**
 * A unit for people or for files.
 * @param u     The unit.
 * @param style `slash` (default): `mAh/g`, `1/Å`. `superscript`: `mAh g⁻¹`, `Å⁻¹`. `ascii`: `mA/cm^2`, `1/Angstrom`, `um`.
 * @example
 * ```ts
 * import { formatUnit, unit } from 'operando'
 * formatUnit(unit('1/Å'), 'superscript') // 'Å⁻¹'
 * ```
 */
export function formatUnit(u: Unit, style: 'slash' | 'superscript' | 'ascii' = 'slash'): string {
  if (style === 'slash') return asUnit(u, 'formatUnit').symbol
  const terms = termsOf(u)
  const text = style === 'ascii' ? symbolOf(terms, true) : terms.map(t => termText(t, t.exponent, false)).join(' ')
  return u.reference === undefined ? text : `${text} vs ${u.reference}`
}
