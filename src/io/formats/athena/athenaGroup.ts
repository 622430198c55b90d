/** One group of an Athena project, of either dialect. */
export interface AthenaGroup {
  /** Athena's own name of it: `trafq`. */
  readonly key: string
  /** Parameters by Athena's names: `bkg_e0`, `bkg_rbkg`, `fft_kmin` ... */
  readonly args: Readonly<Record<string, unknown>>
  /** `x`, `y`, and where there are any `i0`, `signal`, `stddev`. */
  readonly arrays: Readonly<Record<string, readonly unknown[]>>
  /** Where it begins, for messages. */
  readonly place: string
  /** False where the file ends in it. */
  readonly whole: boolean
}
