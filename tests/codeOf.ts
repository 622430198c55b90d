import { isOperandoError } from 'operando'

/** Code and message of the OperandoError that a call throws; other errors pass through. */
export function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (isOperandoError(error)) return `${error.code} ${error.message}`
    throw error
  }
  return 'no error'
}
