import type { FitResult, LeastSquaresOptions, leastSquares } from 'operando/numeric'
import { NIST_MODELS } from './nistModels.js'

/** One set of the NIST StRD suite. */
export interface NistSet {
  readonly name: string
  readonly y: readonly number[]
  /** Predictors of each point. */
  readonly x: readonly (readonly number[])[]
  readonly starts: readonly (readonly number[])[]
  readonly certified: readonly number[]
  readonly errors: readonly number[]
  readonly residualSumOfSquares: number
}

/**
 * Parses a data file of the suite.
 * @param name Name of the set.
 * @param text The file.
 */
export function parseNist(name: string, text: string): NistSet {
  const lines = text.split(/\r?\n/)
  const parameters = lines
    .map(line => /^\s*b\d+\s*=\s*(.*)$/.exec(line)?.[1])
    .filter(row => row !== undefined)
    .map(row => row.trim().split(/\s+/).map(Number))
    .filter(row => row.length === 4 && row.every(Number.isFinite))
  const heading = lines.findLastIndex(line => /^Data:\s+y/.test(line))
  const rows = lines
    .slice(heading + 1)
    .filter(line => line.trim() !== '')
    .map(line => line.trim().split(/\s+/).map(Number))
  const isNelson = name === 'Nelson'
  return {
    name,
    y: rows.map(row => (isNelson ? Math.log(row[0]!) : row[0]!)),
    x: rows.map(row => row.slice(1)),
    starts: [parameters.map(p => p[0]!), parameters.map(p => p[1]!)],
    certified: parameters.map(p => p[2]!),
    errors: parameters.map(p => p[3]!),
    residualSumOfSquares: Number(/Residual Sum of Squares:\s+(\S+)/.exec(text)![1]),
  }
}

/**
 * Digits of agreement (log relative error), at most 11, since the suite certifies 11.
 * @param got      What came out.
 * @param expected What is certified.
 */
export function digits(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 11
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs(got[i]! - expected[i]!) / Math.abs(expected[i]!)
    worst = Math.min(worst, Number.isNaN(off) ? 0 : off === 0 ? 11 : -Math.log10(off))
  }
  return Math.max(0, worst)
}

/**
 * Fits a set from one of its starts.
 * @param solve   The function under test.
 * @param set     The set.
 * @param start   1 or 2.
 * @param options Passed on.
 */
export function fitNist(solve: typeof leastSquares, set: NistSet, start: number, options: LeastSquaresOptions = {}): FitResult {
  const model = NIST_MODELS[set.name]!
  return solve(
    {
      points: set.y.length,
      residuals(p, out) {
        for (let i = 0; i < out.length; i++) out[i] = model(p, set.x[i]!) - set.y[i]!
      },
    },
    set.starts[start - 1]!.map((value, i) => ({ name: `b${i + 1}`, value })),
    options,
  )
}
