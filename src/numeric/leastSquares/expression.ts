import { assertText } from '../../core/fields.js'
import { OperandoError } from '../../core/index.js'

/** A parsed expression: numbers by index of their name, no text left, no code generated. */
export interface Expression {
  /** The text it came from. */
  readonly text: string
  /** Indices (into the list of names) of what it reads, each once. */
  readonly reads: readonly number[]
  /**
   * Its value.
   * @param values Value of each name.
   */
  value(values: Float64Array): number
  /**
   * Its derivative along a direction: the sum of d expression / d name_i times direction_i, exact.
   * @param values    Value of each name.
   * @param direction Change of each name.
   */
  slope(values: Float64Array, direction: Float64Array): number
}

/** A function that the caller adds to those of an expression. */
export type ExpressionFunction = (...args: number[]) => number

type Term = Pick<Expression, 'value' | 'slope'>

const constant = (c: number): Term => ({ value: () => c, slope: () => 0 })

/** A function of one argument with its derivative. */
const unary = (f: (x: number) => number, derivative: (x: number) => number) => (a: Term) => ({
  value: (v: Float64Array) => f(a.value(v)),
  slope: (v: Float64Array, d: Float64Array) => derivative(a.value(v)) * a.slope(v, d),
})

const FUNCTIONS: Readonly<Record<string, (a: Term) => Term>> = {
  sqrt: unary(Math.sqrt, x => 0.5 / Math.sqrt(x)),
  exp: unary(Math.exp, Math.exp),
  log: unary(Math.log, x => 1 / x),
  sin: unary(Math.sin, Math.cos),
  cos: unary(Math.cos, x => -Math.sin(x)),
  tan: unary(Math.tan, x => 1 / Math.cos(x) ** 2),
  abs: unary(Math.abs, Math.sign),
}

const EXTREMES = ['min', 'max']

const extreme = (name: string, a: Term, b: Term): Term => {
  const takesFirst = (v: Float64Array): boolean => (name === 'min' ? a.value(v) <= b.value(v) : a.value(v) >= b.value(v))
  return {
    value: v => (takesFirst(v) ? a : b).value(v),
    slope: (v, d) => (takesFirst(v) ? a : b).slope(v, d),
  }
}

const CUBE_ROOT_EPSILON = Math.cbrt(Number.EPSILON)

/** A function of the caller's, its slope by central differences of each argument. */
const foreign = (f: ExpressionFunction, args: readonly Term[]): Term => {
  const at = (v: Float64Array): number[] => args.map(a => a.value(v))
  return {
    value: v => f(...at(v)),
    slope: (v, d) => {
      const x = at(v)
      let sum = 0
      args.forEach((a, i) => {
        const change = a.slope(v, d)
        if (change === 0) return
        const h = CUBE_ROOT_EPSILON * (Math.abs(x[i]!) || 1)
        const shifted = (by: number): number => f(...x.with(i, x[i]! + by))
        sum += (change * (shifted(h) - shifted(-h))) / (2 * h)
      })
      return sum
    },
  }
}

const OPERATORS: Readonly<Record<string, (a: Term, b: Term) => Term>> = {
  '+': (a, b) => ({ value: v => a.value(v) + b.value(v), slope: (v, d) => a.slope(v, d) + b.slope(v, d) }),
  '-': (a, b) => ({ value: v => a.value(v) - b.value(v), slope: (v, d) => a.slope(v, d) - b.slope(v, d) }),
  '*': (a, b) => ({
    value: v => a.value(v) * b.value(v),
    slope: (v, d) => a.slope(v, d) * b.value(v) + a.value(v) * b.slope(v, d),
  }),
  '/': (a, b) => ({
    value: v => a.value(v) / b.value(v),
    slope: (v, d) => (a.slope(v, d) - (a.value(v) / b.value(v)) * b.slope(v, d)) / b.value(v),
  }),
  '^': (a, b) => ({
    value: v => a.value(v) ** b.value(v),
    slope: (v, d) => {
      const base = a.value(v)
      const power = b.value(v)
      const ofPower = b.slope(v, d)
      // the logarithm only where the power changes: (-2)^2 is legal
      return power * base ** (power - 1) * a.slope(v, d) + (ofPower === 0 ? 0 : base ** power * Math.log(base) * ofPower)
    },
  }),
}

const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(\*\*|[-+*/^(),]))/y

/**
 * Parses an arithmetic expression of named values: + - * / ^ (or **) with the usual precedence (`-a^2` is `-(a^2)`, `a^b^c` is `a^(b^c)`),
 * parentheses, numbers, `pi`, and sqrt, exp, log (natural), sin, cos, tan, abs, min, max. A parser of its own: a strict security policy forbids
 * building functions from text.
 *
 * @param text  The expression.
 * @param names What it may refer to; `values` and `direction` are in this order.
 * @param functions Further functions by name; their slopes are central differences.
 * @throws OperandoError `E_ARGUMENT` naming the column on bad syntax or a wrong number of arguments, `E_MISSING` on an unknown name.
 * @example
 * ```ts
 * import { parseExpression } from 'operando/numeric'
 * parseExpression('2 * a + sqrt(b)', ['a', 'b']).value(Float64Array.of(1, 9)) // 5
 * ```
 */
export function parseExpression(
  text: string,
  names: readonly string[],
  functions: Readonly<Record<string, ExpressionFunction>> = {},
): Expression {
  assertText(text, 'an expression')
  let column = 0
  let token = ''
  let kind: 'number' | 'name' | 'symbol' | 'end' = 'end'
  const reads = new Set<number>()

  const fail = (expected: string): never => {
    const found = kind === 'end' ? 'the end' : `"${token}"`
    throw new OperandoError('E_ARGUMENT', `Expression "${text}", column ${column + 1}: ${expected} expected, ${found} found.`, {
      details: { expression: text, column: column + 1 },
    })
  }
  const next = (): void => {
    TOKEN.lastIndex = column + token.length
    while (/\s/.test(text[TOKEN.lastIndex] ?? '')) TOKEN.lastIndex++
    column = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    token = match ? match[0] : text.slice(column, column + 1)
    kind = match ? (match[1] !== undefined ? 'number' : match[2] !== undefined ? 'name' : 'symbol') : 'end'
    if (!match && token !== '') {
      kind = 'symbol'
      fail('a number, a name or an operator')
    }
  }
  const take = (symbol: string): boolean => {
    if (kind !== 'symbol' || token !== symbol) return false
    next()
    return true
  }
  const need = (symbol: string): void => {
    if (!take(symbol)) fail(`"${symbol}"`)
  }

  const call = (name: string): Term => {
    const first = sum()
    let result: Term
    if (EXTREMES.includes(name)) {
      result = first
      if (!(kind === 'symbol' && token === ',')) fail('"," and a second argument')
      while (take(',')) result = extreme(name, result, sum())
    } else result = FUNCTIONS[name]!(first)
    need(')')
    return result
  }
  const callForeign = (name: string): Term => {
    const f = functions[name]!
    const args = [sum()]
    while (take(',')) args.push(sum())
    need(')')
    if (args.length === f.length) return foreign(f, args)
    throw new OperandoError('E_ARGUMENT', `Expression "${text}": ${name} takes ${f.length} arguments, ${args.length} found.`, {
      details: { expression: text, name },
    })
  }
  const atom = (): Term => {
    const [what, word] = [kind, token]
    if (take('(')) {
      const inner = sum()
      need(')')
      return inner
    }
    if (what !== 'number' && what !== 'name') return fail('a number, a name or "("')
    next()
    if (what === 'number') return constant(Number(word))
    if ((Object.hasOwn(FUNCTIONS, word) || EXTREMES.includes(word)) && take('(')) return call(word)
    if (Object.hasOwn(functions, word) && take('(')) return callForeign(word)
    const index = names.indexOf(word)
    if (index < 0 && word === 'pi') return constant(Math.PI)
    if (index < 0) {
      throw new OperandoError('E_MISSING', `Expression "${text}": "${word}" is not among the names ${names.join(', ')}.`, {
        details: { expression: text, name: word },
      })
    }
    reads.add(index)
    return { value: v => v[index]!, slope: (_, d) => d[index]! }
  }
  const power = (): Term => {
    const base = atom()
    return take('^') || take('**') ? OPERATORS['^']!(base, signed()) : base
  }
  const signed = (): Term => (take('-') ? OPERATORS['-']!(constant(0), signed()) : take('+') ? signed() : power())
  const chain = (symbols: readonly string[], operand: () => Term): Term => {
    let left = operand()
    for (;;) {
      const symbol = symbols.find(take)
      if (symbol === undefined) return left
      left = OPERATORS[symbol]!(left, operand())
    }
  }
  const product = (): Term => chain(['*', '/'], signed)
  const sum = (): Term => chain(['+', '-'], product)

  next()
  const root = sum()
  if ((kind as string) !== 'end') fail('an operator or the end')
  return { text, reads: [...reads], value: root.value, slope: root.slope }
}
