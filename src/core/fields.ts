import { OperandoError } from './errors.js'
import { quote } from './quote.js'

/**
 * Throws unless an object has the fields that its type asks for: callers from plain JavaScript have no compiler to tell them.
 * @param given  What the caller passed.
 * @param name   What it is, for the message.
 * @param fields The fields it must have.
 * @throws OperandoError `E_ARGUMENT` if it is no object, `E_MISSING` naming the field that is absent.
 */
export function assertFields(given: unknown, name: string, fields: readonly string[]): void {
  if (typeof given !== 'object' || given === null) {
    const found = given === null ? 'null' : typeof given
    throw new OperandoError(
      'E_ARGUMENT',
      `${name}: an object${fields.length > 0 ? ` with ${fields.join(', ')}` : ''} was expected, found ${found}.`,
      {
        details: { name },
      },
    )
  }
  const absent = fields.filter(field => (given as Readonly<Record<string, unknown>>)[field] === undefined)
  if (absent.length === 0) return
  throw new OperandoError(
    'E_MISSING',
    `${name}: ${absent.join(' and ')} ${absent.length > 1 ? 'are' : 'is'} missing; an object with ${fields.join(', ')} was expected.`,
    { details: { name, missing: absent } },
  )
}

/**
 * Throws unless a choice is one of those there are: a misspelt word must not fall through to some default.
 * @param given   What the caller chose.
 * @param name    The option, for the message.
 * @param choices The words there are.
 * @throws OperandoError `E_ARGUMENT`.
 */
export function assertOneOf(given: unknown, name: string, choices: readonly string[]): void {
  if (choices.includes(given as string)) return
  const words = choices.map(choice => `'${choice}'`)
  throw new OperandoError(
    'E_ARGUMENT',
    `${name} is ${quote(String(given))}: ${words.slice(0, -1).join(', ')} or ${words.at(-1)} expected.`,
    {
      details: { name, found: String(given) },
    },
  )
}

/** The names of all fields of `T`, for {@link assertKnown}: the compiler tells when one is missing, or one too many. */
export type FieldsOf<T> = { readonly [Name in keyof T]-?: true }

/**
 * Throws unless an object of options holds names that are known only: a mistyped name would leave a default standing in silence, and callers from plain
 * JavaScript, or with options out of a file, have no compiler to tell them.
 * @param given What the caller passed; absent options are known.
 * @param name  What it is, for the message.
 * @param known The names there are.
 * @throws OperandoError `E_ARGUMENT` that lists the known names, and which was probably meant.
 */
export function assertKnown(given: unknown, name: string, known: Readonly<Record<string, true>>): void {
  if (given === undefined) return
  assertFields(given, name, [])
  for (const [field, value] of Object.entries(given as object)) {
    if (value === undefined || Object.hasOwn(known, field)) continue
    const names = Object.keys(known)
    const word = field.toLowerCase()
    const meant = names.find(other => other.toLowerCase() === word) ?? names.find(other => areAlike(word, other.toLowerCase()))
    throw new OperandoError(
      'E_ARGUMENT',
      `${name}: ${quote(field)} is not known${meant === undefined ? '' : `; '${meant}' was probably meant`}. Known are ${names.join(', ')}.`,
      { details: { name, found: field, known: names } },
    )
  }
}

/** Whether two words differ by one letter that is wrong, missing or too many, by two that are swapped, or by an ending. */
function areAlike(one: string, other: string): boolean {
  let begin = 0
  while (begin < one.length && begin < other.length && one[begin] === other[begin]) begin++
  if (begin > 3 && (begin === one.length || begin === other.length)) return true
  let end = 0
  while (end < Math.min(one.length, other.length) - begin && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  const [left, right] = [one.slice(begin, one.length - end), other.slice(begin, other.length - end)]
  if (Math.max(left.length, right.length) === 1) return Math.max(one.length, other.length) > 2
  return left.length === 2 && left[0] === right[1] && left[1] === right[0]
}

/**
 * Throws unless something is text.
 * @param given What the caller passed.
 * @param name  What it is, for the message.
 * @throws OperandoError `E_ARGUMENT`.
 */
export function assertText(given: unknown, name: string): asserts given is string {
  if (typeof given === 'string') return
  throw new OperandoError('E_ARGUMENT', `${name}: text was expected, found ${given === null ? 'null' : typeof given}.`, {
    details: { name },
  })
}

/**
 * Throws unless something is bytes.
 * @param given What the caller passed.
 * @param name  What it is, for the message.
 * @throws OperandoError `E_ARGUMENT`.
 */
export function assertBytes(given: unknown, name: string): asserts given is Uint8Array {
  if (given instanceof Uint8Array) return
  const found = given === null ? 'null' : Object.prototype.toString.call(given).slice(8, -1)
  throw new OperandoError('E_ARGUMENT', `${name}: bytes (Uint8Array) were expected, found ${found}.`, { details: { name } })
}
