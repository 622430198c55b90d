import { OperandoError } from '../core/errors.js'

/**
 * Throws unless something looks like a Dataset: the common door of what takes one.
 * @param given What the caller passed.
 * @param name  What it is, for the message.
 * @throws OperandoError `E_ARGUMENT`.
 */
export function assertDataset(given: unknown, name = 'data'): void {
  const data = given as { readonly dims?: unknown } | null | undefined
  if (typeof data === 'object' && Array.isArray(data?.dims)) return
  const found = given === null ? 'null' : Array.isArray(given) ? 'a list' : typeof given
  throw new OperandoError('E_ARGUMENT', `${name}: a Dataset was expected, found ${found}. createDataset makes one.`, {
    details: { name, found },
  })
}
