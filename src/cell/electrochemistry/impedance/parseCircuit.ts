import { OperandoError } from '../../../core/errors.js'
import { CIRCUIT_ELEMENTS, type CircuitElementKind } from './circuitElements.js'

/** A circuit as a tree. */
export type CircuitNode =
  | {
      /** An element. */
      readonly kind: 'element'
      /** Its name: kind and number. */
      readonly name: string
      /** What it is. */
      readonly element: CircuitElementKind
      /** Index of its first parameter. */
      readonly at: number
    }
  | {
      /** Parts one after another, or side by side. */
      readonly kind: 'series' | 'parallel'
      /** The parts. */
      readonly parts: readonly CircuitNode[]
    }

/** Deepest nesting of parallels: a circuit is a model, not an attack on the stack. */
const DEEPEST = 50
const ELEMENT = /^([A-Za-z]+)(\d+)/

/**
 * Reads a circuit: elements (`R0`, `CPE1`) joined by `-` in series, parallels as `p(a,b)`, nested as one likes.
 * @param text Such as `R0-p(R1,CPE1)-W1`.
 * @throws OperandoError `E_FORMAT` that tells the place.
 */
export function parseCircuit(text: string): { readonly root: CircuitNode; readonly names: readonly string[] } {
  if (typeof text !== 'string')
    throw new OperandoError('E_ARGUMENT', `A circuit such as 'R0-p(R1,CPE1)-W1' expected, found ${typeof text}.`)
  let at = 0
  let parameters = 0
  const names: string[] = []
  const skip = (): void => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const fail = (expected: string): never => {
    throw new OperandoError(
      'E_FORMAT',
      `Circuit '${text}', character ${at + 1}: ${expected} expected, as in 'R0-p(R1,CPE1)-W1'.`,
      {
        details: { place: at, found: text[at] ?? 'the end' },
      },
    )
  }
  const part = (depth: number): CircuitNode => {
    skip()
    if (depth > DEEPEST) fail(`at most ${DEEPEST} levels of brackets`)
    if (/^p\s*\(/.test(text.slice(at))) {
      at = text.indexOf('(', at) + 1
      const parts: CircuitNode[] = [series(depth + 1)]
      while (text[at] === ',') {
        at++
        parts.push(series(depth + 1))
      }
      if (text[at] !== ')') fail('"," or ")"')
      if (parts.length < 2) fail('a second branch of the parallel')
      at++
      skip()
      return { kind: 'parallel', parts }
    }
    const match = ELEMENT.exec(text.slice(at, at + 20))
    if (!match || !Object.hasOwn(CIRCUIT_ELEMENTS, match[1]!))
      return fail(`an element ${Object.keys(CIRCUIT_ELEMENTS).join(', ')} with a number, or p(...)`)
    const name = match[0]
    if (names.includes(name)) fail(`another number than that of the ${name} before`)
    names.push(name)
    const element = match[1] as CircuitElementKind
    const node: CircuitNode = { kind: 'element', name, element, at: parameters }
    parameters += CIRCUIT_ELEMENTS[element].parameters.length
    at += name.length
    skip()
    return node
  }
  const series = (depth: number): CircuitNode => {
    const parts = [part(depth)]
    while (text[at] === '-') {
      at++
      parts.push(part(depth))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'series', parts }
  }
  const root = series(0)
  if (at < text.length) fail('"-" or the end')
  return { root, names }
}
