import { atomicWeight, isElement } from './elements.js'
import { OperandoError } from './errors.js'

/** Atoms by element symbol, in the order in which the formula names them first. */
export type ElementCounts = Readonly<Record<string, number>>

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉'
const COUNT = /^(?:\d+\.?\d*|\.\d+)/
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' }

/**
 * The atoms of a formula unit: `LiNi0.8Mn0.1Co0.1O2`, `Li(NiMnCo)0.333O2`, `(C2H4O)n` without the n, `CuSO4·5H2O`. Counts may be fractions; letters
 * for unknown amounts (x, 1-x, δ) and charges are refused.
 *
 * @param formula Element symbols with counts, round or square brackets, `·` between parts. Subscript digits pass; a full stop is
 *   a decimal point, never a dot between parts.
 * @returns Atoms of each element, `D` and `T` apart from `H`.
 * @throws OperandoError `E_FORMAT` that tells the place, `E_RANGE` if nothing is left of an element's count.
 * @example
 * ```ts
 * import { parseFormula } from 'operando'
 * parseFormula('LiFePO4') // { Li: 1, Fe: 1, P: 1, O: 4 }
 * ```
 */
export function parseFormula(formula: string): ElementCounts {
  const text = formula.trim().replace(/[₀-₉]/g, digit => String(SUBSCRIPTS.indexOf(digit)))
  const counts: Record<string, number> = {}
  let at = 0
  const fail = (expected: string): never => {
    throw new OperandoError(
      'E_FORMAT',
      `Formula "${formula}", character ${at + 1}: ${expected} expected, as in "LiNi0.8Mn0.1Co0.1O2".`,
      {
        details: { found: text[at] ?? 'the end', place: at },
      },
    )
  }
  const readCount = (): number | undefined => {
    const found = COUNT.exec(text.slice(at))
    if (!found) return undefined
    at += found[0].length
    return Number(found[0])
  }
  const add = (into: Record<string, number>, element: string, count: number): void => {
    into[element] = (into[element] ?? 0) + count
  }
  /** Reads symbols and groups up to a closing bracket, a dot or the end. */
  const readGroup = (): Record<string, number> => {
    const group: Record<string, number> = {}
    const start = at
    while (at < text.length && !/[)\]·*\s]/.test(text[at]!)) {
      const closing = CLOSING[text[at]!]
      if (closing !== undefined) {
        at++
        const inner = readGroup()
        if (text[at] !== closing) fail(`"${closing}"`)
        at++
        const times = readCount() ?? 1
        for (const [element, count] of Object.entries(inner)) add(group, element, count * times)
        continue
      }
      const two = text.slice(at, at + 2)
      const symbol = /^[A-Z][a-z]$/.test(two) && isElement(two) ? two : text[at]!
      if (!isElement(symbol)) fail('the symbol of an element')
      at += symbol.length
      add(group, symbol, readCount() ?? 1)
    }
    if (at === start) fail('the symbol of an element')
    return group
  }
  for (;;) {
    const times = readCount() ?? 1
    for (const [element, count] of Object.entries(readGroup())) add(counts, element, count * times)
    while (/\s/.test(text[at] ?? '')) at++
    if (at >= text.length) break
    if (text[at] !== '·' && text[at] !== '*') fail('an element, "·" or the end')
    at++
    while (/\s/.test(text[at] ?? '')) at++
  }
  for (const [element, count] of Object.entries(counts)) {
    if (!(count > 0))
      throw new OperandoError('E_RANGE', `Formula "${formula}": ${count} atoms of ${element}; more than 0 expected.`)
  }
  return Object.freeze(counts)
}

/**
 * Molar mass of a formula unit, with standard atomic weights.
 * @param formula A formula as {@link parseFormula} reads it.
 * @returns g/mol.
 * @throws OperandoError as {@link parseFormula}.
 * @example
 * ```ts
 * import { molarMass } from 'operando'
 * molarMass('LiFePO4') // 157.76
 * ```
 */
export function molarMass(formula: string): number {
  return Object.entries(parseFormula(formula)).reduce((sum, [element, count]) => sum + count * atomicWeight(element), 0)
}
