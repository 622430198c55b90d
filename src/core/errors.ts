/**
 * Stable codes of the errors that operando throws. A program may branch on them; messages are for people and may change.
 *
 * `E_SHAPE` lengths or dims do not fit; `E_RANGE` a number outside what is meaningful; `E_NAN` NaN or infinity where none may be;
 * `E_UNIT` unknown or incompatible unit; `E_AXIS` missing, unsorted or mismatched axis; `E_TIME` clocks that cannot be related;
 * `E_FORMAT` a file that is not what it claims; `E_TRUNCATED` a file that ends too early; `E_CHECKSUM` bytes that fail their own check;
 * `E_LIMIT` a size cap was reached; `E_UNSUPPORTED` legal input that operando cannot handle; `E_MISSING` something named does not exist;
 * `E_DEPENDENCY` an optional peer is not installed; `E_ARGUMENT` options that contradict each other; `E_SINGULAR` an ill-posed problem;
 * `E_IO` the system refused; `E_ABORTED` the caller's signal.
 */
export type ErrorCode =
  | 'E_SHAPE'
  | 'E_RANGE'
  | 'E_NAN'
  | 'E_UNIT'
  | 'E_AXIS'
  | 'E_TIME'
  | 'E_FORMAT'
  | 'E_TRUNCATED'
  | 'E_CHECKSUM'
  | 'E_LIMIT'
  | 'E_UNSUPPORTED'
  | 'E_MISSING'
  | 'E_DEPENDENCY'
  | 'E_ARGUMENT'
  | 'E_SINGULAR'
  | 'E_IO'
  | 'E_ABORTED'

/** Facts that go with an error, for programs: plain data only, so that they survive `postMessage`. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>

/** What {@link OperandoError} takes besides code and message. */
export interface OperandoErrorOptions {
  /** Facts for programs: file, line, expected, found ... */
  details?: ErrorDetails | undefined
  /** The error underneath, if any. */
  cause?: unknown
}

/**
 * The one error class of the library. The message names the place, what was expected, what was found and the way out.
 *
 * Recognise it with {@link isOperandoError}, not with `instanceof`: two copies of the library (ESM beside CommonJS) have two classes.
 *
 * @example
 * ```ts
 * import { isOperandoError, unit } from 'operando'
 * try {
 *   unit('parsec per volt-ish')
 * } catch (error) {
 *   if (isOperandoError(error, 'E_UNIT')) console.log(error.message)
 * }
 * ```
 */
export class OperandoError extends Error {
  /** Stable code of the error. */
  readonly code: ErrorCode
  /** Facts for programs. */
  readonly details: ErrorDetails

  /**
   * An error of the library.
   * @param code    Stable code.
   * @param message For people: place, expected, found, way out.
   * @param options Details and cause.
   */
  constructor(code: ErrorCode, message: string, options: OperandoErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OperandoError'
    this.code = code
    this.details = options.details ?? {}
  }
}

/** The shape of an {@link OperandoError} after `postMessage`, where an error keeps its message but loses its class and fields. */
export interface ErrorRecord {
  /** Always `'OperandoError'`. */
  readonly name: 'OperandoError'
  /** Stable code. */
  readonly code: ErrorCode
  /** Text for people. */
  readonly message: string
  /** Facts for programs. */
  readonly details: ErrorDetails
}

/**
 * True if `error` is an {@link OperandoError} of this or another copy of the library, or one that came through `postMessage`
 * as an {@link ErrorRecord}; with `code`, only if it has that code.
 *
 * @param error Anything that was caught.
 * @param code  The code to look for; any if absent.
 * @example
 * ```ts
 * import { isOperandoError, unit } from 'operando'
 * try {
 *   unit('furlong')
 * } catch (error) {
 *   console.log(isOperandoError(error, 'E_UNIT')) // true
 * }
 * ```
 */
export function isOperandoError(error: unknown, code?: ErrorCode): error is OperandoError {
  if (typeof error !== 'object' || error === null) return false
  const candidate = error as Partial<ErrorRecord>
  if (candidate.name !== 'OperandoError' || typeof candidate.code !== 'string') return false
  return code === undefined || candidate.code === code
}

/**
 * The plain-data form of an error, ready for `postMessage`.
 * @param error An operando error.
 * @example
 * ```ts
 * import { isOperandoError, OperandoError, toErrorRecord } from 'operando'
 * const record = structuredClone(toErrorRecord(new OperandoError('E_RANGE', 'dose is -1 Gy: zero or more expected.')))
 * isOperandoError(record, 'E_RANGE') // true
 * ```
 */
export function toErrorRecord(error: OperandoError): ErrorRecord {
  return { name: 'OperandoError', code: error.code, message: error.message, details: error.details }
}
