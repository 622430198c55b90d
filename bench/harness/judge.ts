/** Ratios that were stored on one machine. */
export interface StoredRatios {
  /** Day, `2026-01-31`. */
  readonly date: string
  /** Version of Node. */
  readonly node: string
  /** Ratio by name of the bench. */
  readonly ratios: Readonly<Record<string, number>>
}

/** bench/ratios.json: stored ratios by CPU model. */
export type RatioFile = Readonly<Record<string, StoredRatios>>

/** Limit over the stored ratio on the same CPU model. */
export const sameCpu = 1.25
/** Limit over the largest stored ratio where this CPU model has none. */
export const otherCpu = 1.6

/** Bytes a call: less is what the process itself allocates meanwhile, shared out among hundreds of calls. */
const leastBuffer = 200

/**
 * The largest ratio that passes.
 * @param stored What is known.
 * @param cpu    This machine's CPU model.
 * @param name   The bench.
 * @returns Infinity for a bench that nobody has stored yet.
 */
export function limitOf(stored: RatioFile, cpu: string, name: string): number {
  const here = stored[cpu]?.ratios[name]
  if (here !== undefined) return sameCpu * here
  const elsewhere = Object.values(stored).flatMap(({ ratios }) => ratios[name] ?? [])
  return elsewhere.length > 0 ? otherCpu * Math.max(...elsewhere) : Infinity
}

/** What a bench came to. */
export interface Outcome {
  readonly name: string
  readonly ratio: number
  readonly collections: number
  readonly bufferBytes: number
  readonly allocates?: string | undefined
}

/**
 * What is wrong with an outcome.
 * @param outcome The outcome.
 * @param limit   See {@link limitOf}.
 * @returns Sentences; none if all is well.
 */
export function faultsOf({ name, ratio, collections, bufferBytes, allocates }: Outcome, limit: number): string[] {
  const faults: string[] = []
  if (limit === Infinity) faults.push(`${name}: no stored ratio. Store one with: npm run bench -- --update`)
  if (!(ratio <= limit)) faults.push(`${name}: ratio ${ratio.toPrecision(4)}, at most ${limit.toPrecision(4)} was expected`)
  if (allocates) return faults
  if (collections > 0) faults.push(`${name}: ${collections} garbage collections in a kernel that should allocate nothing`)
  if (bufferBytes > leastBuffer)
    faults.push(`${name}: ${Math.round(bufferBytes)} bytes of arrays a call in a kernel that should make none`)
  return faults
}
