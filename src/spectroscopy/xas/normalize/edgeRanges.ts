import { OperandoError } from '../../../core/errors.js'
import type { Issue } from '../../../core/issue.js'
import { nearestPlace, placeBelow } from '../places.js'

/** Where the lines below and above an edge are fitted, in eV from E0, and which lines. */
export interface EdgeRanges {
  /** Begin of the pre-edge range. */
  readonly pre1: number
  /** End of the pre-edge range. */
  readonly pre2: number
  /** Begin of the post-edge range. */
  readonly norm1: number
  /** End of the post-edge range. */
  readonly norm2: number
  /** Degree of the post-edge polynomial, 0 to 5. */
  readonly nnorm: number
  /** Power of the energy in the pre-edge line: it goes through mu E^nvict. */
  readonly nvict: number
  /** Degree of the pre-edge line: 1, or 0 where too few points are there. */
  readonly npre: 0 | 1
}

/** What a caller may give of {@link EdgeRanges}. */
export interface EdgeRangeOptions {
  /** Begin of the pre-edge range, eV from E0, negative. Default: the second point, rounded to 5 eV. */
  pre1?: number | undefined
  /** End of the pre-edge range, eV from E0. Default: half of pre1 (Larch 2026.3), a third of it (0.9.58). */
  pre2?: number | undefined
  /** Begin of the post-edge range, eV from E0. Default: a third of norm2, but at most 25 eV (2026.3), 150 eV (0.9.58). */
  norm1?: number | undefined
  /** End of the post-edge range, eV from E0. Default: the last point, rounded to 5 eV. Negative: so far below the last point. */
  norm2?: number | undefined
  /** Degree of the post-edge polynomial, 0 to 5. Default: 2, for ranges below 300 eV 1, below 30 eV 0 (2026.3); the limits are 350 and 50 eV (0.9.58). */
  nnorm?: number | undefined
  /** Power of the energy in the pre-edge line. Default 0. */
  nvict?: number | undefined
  /** Which version of Larch the defaults follow. Default `'larch-2026.3'`. */
  defaults?: LarchDefaults | undefined
}

/** Versions of Larch whose defaults can be had: `2026.3` and `0.9.58`. The same file gets edge steps that differ by 1 to 18 %. */
export type LarchDefaults = 'larch-2026.3' | 'larch-0.9.58'

/** Indices of the ranges, the second of each pair exclusive. */
export interface EdgePlaces {
  /** Pre-edge. */
  readonly pre: readonly [number, number]
  /** Post-edge. */
  readonly post: readonly [number, number]
  /** Point nearest to E0. */
  readonly edge: number
}

/** Python's round: halves go to the even neighbour. */
const roundEven = (x: number): number => {
  const down = Math.floor(x)
  const rest = x - down
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down
}

/**
 * Ranges as given, completed as Larch does.
 * @param energy  eV, rising.
 * @param e0      Edge, eV.
 * @param options What is given.
 * @throws OperandoError `E_RANGE` for a range that holds no data, saying which.
 */
export function edgeRanges(
  energy: Float64Array,
  e0: number,
  options: EdgeRangeOptions,
): { ranges: EdgeRanges; warnings: Issue[] } {
  const newer = options.defaults !== 'larch-0.9.58'
  const last = energy.length - 1
  const [begin, end] = [energy[0]! - e0, energy[last]! - e0]
  const warnings: Issue[] = []
  const grain = nearestPlace(energy, e0) > 20 ? 5 : 2
  let pre1 = Math.max(options.pre1 ?? grain * roundEven((energy[1]! - e0) / grain), begin)
  let pre2 = options.pre2 ?? (newer ? pre1 / 2 : 5 * roundEven(pre1 / 15))
  if (pre1 > pre2) [pre1, pre2] = [pre2, pre1]
  let norm2 = options.norm2 ?? 5 * roundEven(end / 5)
  if (norm2 < 0) norm2 = end + norm2
  norm2 = Math.min(norm2, end)
  let norm1 = options.norm1 ?? Math.min(newer ? 25 : 150, 5 * roundEven(norm2 / 15))
  if (norm1 > norm2) [norm1, norm2] = [norm2, norm1]
  if (newer && options.norm1 === undefined) norm1 = Math.min(norm1, norm2 - 2)
  const span = norm2 - norm1
  const nnorm = options.nnorm ?? (span < (newer ? 30 : 50) ? 0 : span < (newer ? 300 : 350) ? 1 : 2)
  checkGiven(options, { begin, end, nnorm })
  const pre = preEdgePlaces(energy, e0, pre1, pre2)
  const npre = pre[1] - pre[0] < 3 ? 0 : 1
  if (npre === 0) {
    warnings.push({
      code: 'W_SHORT_PRE_EDGE',
      message: `Only ${pre[1] - pre[0]} points below the edge: a constant was taken for the pre-edge line.`,
    })
  }
  return { ranges: { pre1, pre2, norm1, norm2, nnorm, nvict: npre === 0 ? 0 : (options.nvict ?? 0), npre }, warnings }
}

function preEdgePlaces(energy: Float64Array, e0: number, pre1: number, pre2: number): [number, number] {
  const from = placeBelow(energy, pre1 + e0)
  const to = nearestPlace(energy, pre2 + e0)
  return [from, to - from < 2 ? Math.min(energy.length, from + 2) : to]
}

/**
 * Where ranges lie on a grid: half open, from the last point at or below their begin up to, without it, the point nearest to their end.
 * @param energy eV, rising.
 * @param e0     Edge, eV.
 * @param ranges Ranges.
 * @throws OperandoError `E_RANGE` where the post-edge range has too few points for its polynomial.
 */
export function edgePlaces(energy: Float64Array, e0: number, ranges: EdgeRanges): EdgePlaces {
  const from = placeBelow(energy, ranges.norm1 + e0)
  const to = nearestPlace(energy, ranges.norm2 + e0)
  if (to - from < ranges.nnorm + 1 || to - from < 2) {
    throw new OperandoError(
      'E_RANGE',
      `The post-edge range, ${ranges.norm1} to ${ranges.norm2} eV above ${e0.toFixed(2)} eV, holds ${Math.max(0, to - from)} points; a polynomial of degree ${ranges.nnorm} needs ${Math.max(2, ranges.nnorm + 1)}. The data end ${(energy.at(-1)! - e0).toFixed(1)} eV above the edge: set norm1, norm2, nnorm.`,
    )
  }
  return { pre: preEdgePlaces(energy, e0, ranges.pre1, ranges.pre2), post: [from, to], edge: nearestPlace(energy, e0) }
}

function checkGiven(given: EdgeRangeOptions, { begin, end, nnorm }: { begin: number; end: number; nnorm: number }): void {
  for (const name of ['pre1', 'pre2', 'norm1', 'norm2', 'nvict'] as const) {
    const value = given[name]
    if (value !== undefined && !Number.isFinite(value))
      throw new OperandoError('E_RANGE', `${name} is ${value}: eV from E0 expected (nvict: a power).`)
  }
  const wrong = (name: 'pre2' | 'norm1', hint: string): never => {
    throw new OperandoError(
      'E_RANGE',
      `${name} = ${given[name]} lies outside the data, which reach from ${begin.toFixed(1)} to ${end.toFixed(1)} eV around E0. ${hint}`,
    )
  }
  if (given.pre2 !== undefined && given.pre2 < begin) wrong('pre2', 'Ranges are eV relative to E0; pre1 < pre2 < 0.')
  if (given.norm1 !== undefined && given.norm1 >= end) wrong('norm1', 'Ranges are eV relative to E0; 0 < norm1 < norm2.')
  if (!Number.isInteger(nnorm) || nnorm < 0 || nnorm > 5)
    throw new OperandoError('E_RANGE', `nnorm is ${nnorm}: the degree of a polynomial, 0 to 5, expected.`)
}
