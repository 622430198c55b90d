import { OperandoError } from './errors.js'
import { quote } from './quote.js'
import { type NamedUnit, namedUnits, PREFIXES } from './unitTable.js'

/** One factor of a unit: a named unit with its prefix, raised to an exponent. */
export interface UnitTerm {
  /** Normalised name with prefix: `µm`, `mAh`; a number such as `1e-6` is its own name. */
  readonly name: string
  /** Factor to SI base units, prefix included, exponent not. */
  readonly factor: number
  /** Offset to SI base units; only °C has one. */
  readonly offset: number
  /** Exponents of the base units for exponent 1. */
  readonly powers: NamedUnit['powers']
  /** The exponent. */
  readonly exponent: number
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** One spelling for what Unicode and keyboards spell in several ways. */
export function normaliseSpelling(text: string): string {
  return text
    .replaceAll('\u03bc', '\u00b5')
    .replaceAll('\u212b', '\u00c5')
    .replaceAll('A\u030a', '\u00c5')
    .replaceAll('\u2126', '\u03a9')
    .replaceAll('\u2103', '°C')
    .replaceAll('\u00ba', '°')
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\u00a0\u2009\u202f\s]+/g, ' ')
    .replace(/(?:°|\bdeg(?:rees?)?) C\b(?!-)/g, '°C')
    .trim()
}

/** A product of powers of ten is a decimal (1000, 1e-4), but made of doubles it may miss it in the last bits: this puts it right. */
export function snapDecimal(ratio: number): number {
  const short = Number(ratio.toPrecision(12))
  return Math.abs(short - ratio) <= 4 * Number.EPSILON * Math.abs(ratio) ? short : ratio
}

function fail(text: string, why: string): never {
  throw new OperandoError('E_UNIT', `${quote(text)} is no unit: ${why}`, { details: { found: text } })
}

function lookUp(word: string): Omit<UnitTerm, 'exponent'> | undefined {
  const table = namedUnits()
  const exact = table.get(word)
  if (exact) return exact
  const prefix = word[0] === 'u' ? 'µ' : word[0]!
  const power = PREFIXES[prefix]
  const base = table.get(word.slice(1))
  // only the short symbol takes a prefix letter: 'mV', not 'mvolt'
  if (power === undefined || !base?.prefixable || base.name !== word.slice(1)) return undefined
  return { name: prefix + base.name, factor: power * base.factor, offset: base.offset, powers: base.powers }
}

function suggestion(word: string): string {
  const lower = word.toLowerCase()
  for (const [name, entry] of namedUnits()) {
    if (name.toLowerCase() === lower) return ` Did you mean '${name}'? Case counts.`
    if (!entry.prefixable) continue
    for (const prefix of Object.keys(PREFIXES))
      if ((prefix + name).toLowerCase() === lower) return ` Did you mean '${prefix + entry.name}'? Case counts.`
  }
  return ` Expected a product of units such as 'mAh/g', '1/Å', 'µm', 'counts/s', 'V vs Li/Li+'.`
}

const TOKEN =
  /\s*(?:(\()|(\))|(\/)|([*·⋅×.])|(C-rate)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(arb\.u\.|°C|[A-Za-zÅåöÖµΩ°%_]+))(?:(?:\^|\*\*)\s*(\(\s*[+-]?\d+(?:\.\d+)?(?:\/\d+)?\s*\)|[+-]?\d+(?:\.\d+)?(?!\d|\.\d|[eE][+-]?\d))|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|([+-]?\d+)(?!\d|\.\d|[eE][+-]?\d))?/y

function exponentOf(match: RegExpExecArray): number | undefined {
  const [caret, superscript, plain] = [match[8], match[9], match[10]]
  if (caret !== undefined) {
    const [top, bottom] = caret.replace(/[()]/g, '').split('/')
    return Number(top) / Number(bottom ?? 1)
  }
  if (superscript === undefined) return plain === undefined ? undefined : Number(plain)
  const digits = superscript.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, d => String(SUPERSCRIPTS.indexOf(d)))
  return Number(digits.replace('⁻', '-').replace('⁺', ''))
}

/**
 * Splits a unit into its factors. Products by blank, `*`, `·` or `.`; quotients by `/`; exponents as `^-1`, `**2`, `⁻¹`, `cm-1`, `cm2`.
 * A product after a slash (`J/g K`) is refused, since readers disagree on it: write `J/(g K)` or `J/g/K`.
 * @param source The unit, any spelling.
 * @throws OperandoError `E_UNIT`.
 */
export function parseUnitTerms(source: string): UnitTerm[] {
  const text = normaliseSpelling(source)
  const terms: UnitTerm[] = []
  let at = 0
  let depth = 0
  let sign = 1 // of the group we stand in
  let slash = 0 // 0: none yet in this group; 1: the next factor is below it; 2: that factor has been read
  const outer: number[] = []
  let expectFactor = true
  while (at < text.length) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match) fail(source, `character '${text.slice(at).trim()[0]}' was not expected at position ${at + 1}.`)
    at = TOKEN.lastIndex
    const exponent = exponentOf(match)
    if (match[2] !== undefined) {
      if (depth === 0 || expectFactor) fail(source, `')' was not expected at position ${at}.`)
      if (exponent !== undefined) fail(source, 'an exponent on brackets is not understood; put it on each unit.')
      depth--
      slash = outer.pop()!
      sign = outer.pop()!
      if (slash === 1) slash = 2
    } else if (match[3] !== undefined) {
      if (expectFactor) fail(source, `a unit was expected before '/' at position ${at}.`)
      slash = 1
      expectFactor = true
    } else if (match[4] !== undefined) {
      if (expectFactor) fail(source, `a unit was expected before '${match[4]}' at position ${at}.`)
      expectFactor = true
    } else {
      if (slash === 2) fail(source, `a product after '/' is ambiguous; write brackets, as in 'J/(g K)'.`)
      if (match[1] !== undefined) {
        outer.push(sign, slash)
        if (slash === 1) sign = -sign
        depth++
        slash = 0
        expectFactor = true
        continue
      }
      const word = match[5] ?? match[6] ?? match[7]!
      if (word !== '1') terms.push(factorOf(source, word, match[6] !== undefined, (exponent ?? 1) * (slash === 1 ? -sign : sign)))
      if (slash === 1) slash = 2
      expectFactor = false
    }
  }
  if (depth > 0) fail(source, `a ')' is missing.`)
  if (expectFactor && text !== '') fail(source, 'it ends where a unit was expected.')
  return terms
}

/** A number as a factor of a unit: `1e-6` in `1e-6/Å²`. */
export function numberTerm(factor: number): UnitTerm {
  return { name: String(factor), factor, offset: 0, powers: [0, 0, 0, 0, 0, 0, 0, 0, 0], exponent: 1 }
}

function factorOf(source: string, word: string, isNumber: boolean, exponent: number): UnitTerm {
  if (!Number.isFinite(exponent)) fail(source, 'its exponent is no number.')
  if (isNumber) {
    const factor = Number(word)
    if (!(factor > 0)) fail(source, 'a number in a unit must be above 0.')
    return numberTerm(snapDecimal(factor ** exponent))
  }
  const found = lookUp(word)
  if (!found) fail(source, `'${word}' is not known.${suggestion(word)}`)
  return { name: found.name, factor: found.factor, offset: found.offset, powers: found.powers, exponent }
}
