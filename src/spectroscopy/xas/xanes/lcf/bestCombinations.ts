import type { NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertOneOf } from '../../../../core/fields.js'
import { asSpectrum } from '../../../spectrum.js'
import { createLinearCombination } from './createLinearCombination.js'
import type { LinearCombinationFit, LinearCombinationOptions } from './linearCombination.js'
import type { ReferenceSpectrum } from './references.js'

/** Options of {@link bestCombinations}. */
export interface BestCombinationsOptions extends LinearCombinationOptions {
  /** References at most in a combination. Default 3. */
  most?: number | undefined
  /** `'aicc'`, Akaike's criterion corrected for few points (default), or `'bic'`, which asks more of a further reference. */
  criterion?: 'aicc' | 'bic' | undefined
  /**
   * How many of the points are independent. Default: all. Points of a spectrum that was interpolated, averaged or broadened by the core hole are fewer: about the range over the resolution. With all of them
   * the criteria take too many references.
   */
  independentPoints?: number | undefined
  /** How many combinations to return, the best first. Default 10. */
  keep?: number | undefined
}

/** A combination of references, and what speaks for it. */
export interface RankedCombination {
  /** Names of its references. */
  readonly names: readonly string[]
  /** Its fit. */
  readonly fit: LinearCombinationFit
  /** The criterion; lower is better. */
  readonly criterion: number
  /** Criterion above that of the best. Below 2 it is as good, above 10 it is out (Burnham & Anderson). */
  readonly difference: number
  /** Share of the evidence among all that were tried. */
  readonly evidence: number
}

/** Combinations that are tried at most. */
const MOST_TRIED = 20_000

/**
 * Tries all combinations of a few out of many references, and ranks them by an information criterion: the residual alone always prefers one reference more.
 *
 * @param energy     eV, n values.
 * @param mu         Normalised absorption, n values.
 * @param references The candidates, normalised alike.
 * @param options    As for `linearCombinationFit`; how many at most, criterion, independent points.
 * @returns The best combinations, best first.
 * @throws OperandoError as `createLinearCombination`; `E_LIMIT` when more than 20 000 combinations would be tried.
 * @see K. P. Burnham, D. R. Anderson, Model Selection and Multimodel Inference (2002) ch. 2
 * @example
 * ```ts
 * import { bestCombinations } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 101 }, (_, i) => 2460 + 0.5 * i)
 * const line = (at: number) => energy.map(e => 0.5 + Math.atan(e - at - 4) / Math.PI + 2 / (1 + (e - at) ** 2))
 * const candidates = [2470, 2472, 2476, 2482].map(at => ({ name: `S ${at}`, energy, mu: line(at) }))
 * const mu = line(2470).map((v, i) => 0.4 * v + 0.6 * line(2482)[i]! + 0.001 * Math.sin(i * i))
 * bestCombinations(energy, mu, candidates)[0]!.names // S 2470, S 2482
 * ```
 */
export function bestCombinations(
  energy: NumbersLike,
  mu: NumbersLike,
  references: readonly ReferenceSpectrum[],
  { most = 3, criterion = 'aicc', independentPoints, keep = 10, ...options }: BestCombinationsOptions = {},
): RankedCombination[] {
  assertOneOf(criterion, 'criterion', ['aicc', 'bic'])
  if (!(Number.isInteger(most) && most >= 1))
    throw new OperandoError('E_RANGE', `most: a whole number from 1 on expected, found ${most}.`)
  const spectrum = asSpectrum(energy, mu)
  const sets = subsets(references?.length ?? 0, most)
  const tried = sets.map(indices => {
    const chosen = indices.map(i => references[i]!)
    const fit = createLinearCombination(spectrum.energy, chosen, options).fit(spectrum.mu)
    const points = independentPoints ?? fit.points
    if (!(points > fit.unknowns + 2))
      throw new OperandoError(
        'E_RANGE',
        `independentPoints: more than ${fit.unknowns + 2} expected for ${indices.length} references, found ${points}.`,
      )
    return { names: fit.components.map(c => c.name), fit, criterion: criterionOf(criterion, fit, points) }
  })
  tried.sort((a, b) => a.criterion - b.criterion)
  const best = tried[0]!.criterion
  const total = tried.reduce((sum, one) => sum + Math.exp((best - one.criterion) / 2), 0)
  return tried
    .slice(0, keep)
    .map(one => ({ ...one, difference: one.criterion - best, evidence: Math.exp((best - one.criterion) / 2) / total }))
}

/** Of a least-squares fit whose variance is estimated from its residual: that counts as an unknown. */
function criterionOf(kind: 'aicc' | 'bic', fit: LinearCombinationFit, points: number): number {
  const unknowns = fit.components.filter(c => !c.atBound).length - (fit.sumSigma === 0 ? 1 : 0) + (fit.shift ? 1 : 0) + 1
  const misfit = points * Math.log(Math.max(fit.chiSquare, Number.MIN_VALUE) / fit.points)
  if (kind === 'bic') return misfit + unknowns * Math.log(points)
  return misfit + 2 * unknowns + (2 * unknowns * (unknowns + 1)) / Math.max(1, points - unknowns - 1)
}

/** All sets of 1 to `most` out of n. */
function subsets(n: number, most: number): number[][] {
  if (n === 0) throw new OperandoError('E_ARGUMENT', 'bestCombinations: a list of reference spectra was expected, found none.')
  let count = 0
  for (let size = 1, ways = n; size <= Math.min(most, n); ways = (ways * (n - size)) / (size + 1), size++) count += ways
  if (count > MOST_TRIED)
    throw new OperandoError(
      'E_LIMIT',
      `bestCombinations: ${Math.round(count)} combinations of up to ${most} out of ${n}, more than ${MOST_TRIED}. Lower { most }, or leave out what cannot be there.`,
    )
  const found: number[][] = []
  const grow = (set: readonly number[], from: number): void => {
    for (let i = from; i < n; i++) {
      const next = [...set, i]
      found.push(next)
      if (next.length < most) grow(next, i + 1)
    }
  }
  grow([], 0)
  return found
}
