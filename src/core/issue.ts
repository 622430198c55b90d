import type { ErrorCode } from './errors.js'

/**
 * Something wrong or doubtful that did not stop the work: readers in lenient mode and reductions collect these in `warnings`.
 * Codes beginning with `W_` are doubts; error codes tell what a strict call would have thrown.
 */
export interface Issue {
  /** Stable code. */
  readonly code: ErrorCode | `W_${string}`
  /** For people: what is wrong, what was expected, what was found. */
  readonly message: string
  /** The file, if one is to blame. */
  readonly file?: string | undefined
  /** Where: `line 37`, `byte 512`, `column <I>/mA`, `frame 12`. */
  readonly place?: string | undefined
}
