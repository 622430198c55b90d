/** One kernel under guard. */
export interface Bench {
  /** Its name: kernel, size, twin. */
  readonly name: string
  /**
   * What a call must allocate, in a word (its result). Left away for kernels that allocate nothing: a garbage collection during their runs is a
   * fault then.
   */
  readonly allocates?: string | undefined
  /**
   * Makes inputs, plans and outputs.
   * @returns The call that is timed.
   */
  prepare(): (() => void) | Promise<() => void>
}
