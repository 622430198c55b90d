import { OperandoError } from '../../core/index.js'
import { type Expression, parseExpression } from './expression.js'

/** A tie as a function of all values by name. */
export type TieFunction = (values: Readonly<Record<string, number>>) => number

/** A tied parameter, ready to be computed. */
export interface Tie extends Expression {
  /** Index of the parameter that it sets. */
  readonly target: number
}

const CUBE_ROOT_EPSILON = Math.cbrt(Number.EPSILON)

/**
 * A function of named values in the form of an expression; its slope by a central difference along the direction.
 * @param f     The function; run once here, to see what it reads.
 * @param name  What it sets, for messages.
 * @param names What it may read.
 * @param start Values to run it with.
 */
export function functionExpression(f: TieFunction, name: string, names: readonly string[], start: Float64Array): Expression {
  const record: Record<string, number> = {}
  const evaluate = (values: Float64Array): number => {
    for (let i = 0; i < names.length; i++) record[names[i]!] = values[i]!
    return f(record)
  }
  const reads = new Set<number>()
  const watched = new Proxy(record, {
    get(target, key): number | undefined {
      const index = names.indexOf(String(key))
      if (index < 0) {
        throw new OperandoError(
          'E_MISSING',
          `The tie of "${name}" reads "${String(key)}", which is not among ${names.join(', ')}.`,
          {
            details: { parameter: name, name: String(key) },
          },
        )
      }
      reads.add(index)
      return target[String(key)]
    },
  })
  for (let i = 0; i < names.length; i++) record[names[i]!] = start[i]!
  f(watched)
  const moved = new Float64Array(names.length)
  const along = (values: Float64Array, direction: Float64Array, h: number): number => {
    for (let i = 0; i < moved.length; i++) moved[i] = values[i]! + h * direction[i]!
    return evaluate(moved)
  }
  return {
    text: f.name && f.name !== 'tie' ? f.name : 'function',
    reads: [...reads],
    value: evaluate,
    slope(values, direction) {
      let size = 0
      let change = 0
      for (const i of reads) {
        size = Math.max(size, Math.abs(values[i]!))
        change = Math.max(change, Math.abs(direction[i]!))
      }
      if (change === 0) return 0
      const h = (CUBE_ROOT_EPSILON * (size || 1)) / change
      return (along(values, direction, h) - along(values, direction, -h)) / (2 * h)
    },
  }
}

/**
 * Parses the ties and puts them into an order in which each finds what it reads already computed.
 * @param ties   By parameter: its tie, if any.
 * @param names  Names of all parameters.
 * @param start  Start values of all parameters, NaN for tied ones without.
 * @throws OperandoError `E_ARGUMENT` when ties refer to each other in a circle.
 */
export function orderTies(
  ties: readonly (string | TieFunction | undefined)[],
  names: readonly string[],
  start: Float64Array,
): readonly Tie[] {
  const parsed = ties.map((tie, target): Tie | undefined => {
    if (tie === undefined) return undefined
    const expression =
      typeof tie === 'string' ? parseExpression(tie, names) : functionExpression(tie, names[target]!, names, start)
    return { ...expression, target }
  })
  const ordered: Tie[] = []
  const state = new Map<number, 'open' | 'done'>()
  const visit = (index: number, path: readonly string[]): void => {
    const tie = parsed[index]
    if (!tie || state.get(index) === 'done') return
    const here = [...path, names[index]!]
    if (state.get(index) === 'open') {
      throw new OperandoError('E_ARGUMENT', `Ties go in a circle: ${here.join(' -> ')}. One of them must be free or fixed.`, {
        details: { names: here },
      })
    }
    state.set(index, 'open')
    for (const other of tie.reads) visit(other, here)
    state.set(index, 'done')
    ordered.push(tie)
  }
  parsed.forEach((_, index) => {
    visit(index, [])
  })
  return ordered
}
