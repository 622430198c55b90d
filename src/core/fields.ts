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
