import { isOperandoError } from 'operando'

/**
 * Code of the OperandoError that a call throws; `'none'` if it throws nothing. Any other error passes through: a mistake is no refusal.
 * @param run The call.
 */
export function errorCode(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (isOperandoError(error)) return error.code
    throw error
  }
  return 'none'
}

/**
 * Code and message of the OperandoError that a call throws; `'none'` if it throws nothing.
 * @param run The call.
 */
export function errorText(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (isOperandoError(error)) return `${error.code} ${error.message}`
    throw error
  }
  return 'none'
}

/**
 * Code and message of the OperandoError with which a promise is rejected; `'none'` if it is fulfilled.
 * @param promise What was begun.
 */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (isOperandoError(error)) return `${error.code} ${error.message}`
    throw error
  }
  return 'none'
}
