import { isElement } from './elements.js'
import { OperandoError } from './errors.js'
import { assertText } from './fields.js'

/** A formula, or a bracketed group or part of it, as it was written. */
export interface FormulaNode {
  /** Atoms of each element, inner groups included, for one such group. */
  readonly counts: Readonly<Record<string, number>>
  /** Charge of one such group in elementary charges. */
  readonly charge: number
  /** How often it stands in the formula around it. */
  readonly times: number
  /** Groups within. */
  readonly groups: readonly FormulaNode[]
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const COUNT = /^(?:\d+\.?\d*|\.\d+)/
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' }
/** `^3-`, `^{2-}`, `^-3`, `(2-)`, `(+)`, `³⁻`, `++`, `+3`: charges that cannot be taken for counts. */
const CHARGE = /^(?:\^\{?([+-]\d+(?:\.\d+)?|(?:\d+(?:\.\d+)?)?[+-])\}?|\(([+-]\d+|\d*[+-])\)|([⁰¹²³⁴⁵⁶⁷⁸⁹]*[⁺⁻])|([+-]\d|\++|-+))/
const END_OF_GROUP = /^(?:$|[)\]·*\s])/

/**
 * Reads a formula into its tree; `formula` and `parseFormula` are the faces of it.
 * @param formula As it was written.
 * @throws OperandoError `E_FORMAT` that tells the place.
 */
export function readFormula(formula: string): FormulaNode {
  assertText(formula, 'a formula')
  const text = plainSigns(String(formula).trimEnd())
  let at = text.length - text.trimStart().length
  const fail = (expected: string): never => {
    throw new OperandoError(
      'E_FORMAT',
      `Formula "${formula}", character ${at + 1}: ${expected} expected, as in "LiNi0.8Mn0.1Co0.1O2".`,
      { details: { found: text[at] ?? 'the end', place: at } },
    )
  }
  const skipBlanks = (): void => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const readCount = (): string | undefined => {
    const found = COUNT.exec(text.slice(at))?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const readCharge = (): number => {
    const found = CHARGE.exec(text.slice(at))
    if (!found) return 0
    const charge = chargeOf(found[1] ?? found[2] ?? found[3] ?? found[4]!)
    if (!END_OF_GROUP.test(text.slice(at + found[0].length))) fail('an element, "·" or the end')
    at += found[0].length
    return charge
  }
  /** A number before a sign: of `NH4+` it counts atoms, of `Fe3+` and `[Fe(CN)6]4-` it is the charge, of `SO42-` nobody knows. */
  const numberIsCharge = (digits: string, alone: boolean, bracket: string | undefined): boolean => {
    if (!/^[+-]/.test(text.slice(at))) return false
    if (/\d/.test(text[at + 1] ?? '')) return fail('"^" before the charge')
    if (!END_OF_GROUP.test(text.slice(at + 1))) return false
    const sign = text[at]!
    if (digits.length > 1 && !digits.includes('.'))
      return fail(`"^" before the charge, "${digits.slice(0, -1)}^${digits.at(-1)}${sign}" or "${digits}^${sign}",`)
    if (alone && bracket === '(') return fail(`a charge written as "^${digits}${sign}" or "^${sign}"`)
    return alone && /^[1-9]$/.test(digits)
  }
  /** Reads symbols and groups up to a closing bracket, a dot or the end. */
  const readGroup = (): Omit<FormulaNode, 'times'> => {
    const counts: Record<string, number> = {}
    const groups: FormulaNode[] = []
    const start = at
    let charge = 0
    while (!END_OF_GROUP.test(text.slice(at))) {
      const first = at === start
      if (!first && CHARGE.test(text.slice(at))) {
        charge += readCharge()
        break
      }
      const bracket = CLOSING[text[at]!] === undefined ? undefined : text[at]!
      let inner: Omit<FormulaNode, 'times'>
      if (bracket !== undefined) {
        at++
        inner = readGroup()
        if (text[at] !== CLOSING[bracket]) fail(`"${CLOSING[bracket]}"`)
        at++
      } else {
        const two = text.slice(at, at + 2)
        const symbol = /^[A-Z][a-z]$/.test(two) && isElement(two) ? two : text[at]!
        if (!isElement(symbol)) fail('the symbol of an element')
        at += symbol.length
        inner = { counts: { [symbol]: 1 }, charge: 0, groups: [] }
      }
      const place = at
      // the letter for the digit in 'NiO.8' is the commonest slip of all; 'N1.56O.42' means it
      if (/[A-Za-z]O$/.test(text.slice(0, at)) && /^\.\d/.test(text.slice(at)))
        fail('a digit before the full stop (is it "0.", with a zero?)')
      const digits = readCount()
      const isCharge = digits !== undefined && numberIsCharge(digits, first, bracket)
      if (isCharge) at = place + digits.length
      const times = digits === undefined || isCharge ? 1 : Number(digits)
      for (const [element, count] of Object.entries(inner.counts)) counts[element] = (counts[element] ?? 0) + count * times
      charge += inner.charge * times
      if (bracket !== undefined) groups.push({ ...inner, times })
      if (isCharge) {
        charge += chargeOf(digits + text[at])
        at++
        break
      }
    }
    if (at === start) fail('the symbol of an element')
    return { counts, charge, groups }
  }
  const parts: FormulaNode[] = []
  for (;;) {
    const times = Number(readCount() ?? 1)
    const part = readGroup()
    skipBlanks()
    const apart = /^\d?[+-]$/.exec(text.slice(at))?.[0]
    if (apart !== undefined) at = text.length
    parts.push({ ...part, charge: part.charge + (apart === undefined ? 0 : chargeOf(apart)), times })
    if (at >= text.length) break
    if (text[at] !== '·' && text[at] !== '*') fail('an element, "·" or the end')
    at++
    skipBlanks()
  }
  const tree = parts.length === 1 && parts[0]!.times === 1 ? parts[0]! : join(parts)
  // nobody cycles a compound of polonium and two more elements, but 'LiFePo4' is often written
  if ('Po' in tree.counts && Object.keys(tree.counts).length > 2) {
    at = text.indexOf('Po') + 1
    fail('"O" ("Po" is polonium)')
  }
  for (const [element, count] of Object.entries(tree.counts)) {
    if (!(count > 0 && count < Infinity))
      throw new OperandoError('E_RANGE', `Formula "${formula}": ${count} atoms of ${element}; more than 0 expected.`)
  }
  return tree
}

/** One sign a meaning, character by character, so that places stay what they were. */
const plainSigns = (text: string): string =>
  text.replace(/[₀-₉]/g, digit => String(SUBSCRIPTS.indexOf(digit))).replace(/[\u2212\u2013]/g, '-')

/** `3-`, `-3`, `--`, `³⁻` to -3, -3, -2, -3. */
function chargeOf(word: string): number {
  const plain = word
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, digit => String(SUPERSCRIPTS.indexOf(digit)))
    .replace('⁺', '+')
    .replace('⁻', '-')
  const size = plain.replace(/[+-]/g, '')
  return (plain.includes('-') ? -1 : 1) * (size === '' ? plain.length : Number(size))
}

function join(parts: readonly FormulaNode[]): FormulaNode {
  const counts: Record<string, number> = {}
  let charge = 0
  for (const part of parts) {
    for (const [element, count] of Object.entries(part.counts)) counts[element] = (counts[element] ?? 0) + count * part.times
    charge += part.charge * part.times
  }
  return { counts, charge, times: 1, groups: parts }
}
