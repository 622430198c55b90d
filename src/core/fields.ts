import { OperandoError } from './errors.js'

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
    throw new OperandoError('E_ARGUMENT', `${name}: an object with ${fields.join(', ')} was expected, found ${found}.`, {
      details: { name },
    })
  }
  const absent = fields.filter(field => (given as Readonly<Record<string, unknown>>)[field] === undefined)
  if (absent.length === 0) return
  throw new OperandoError(
    'E_MISSING',
    `${name}: ${absent.join(' and ')} ${absent.length > 1 ? 'are' : 'is'} missing; an object with ${fields.join(', ')} was expected.`,
    { details: { name, missing: absent } },
  )
}
