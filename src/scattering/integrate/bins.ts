import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'

/** Half-open bins side by side. */
export interface Bins {
  /** Edges, one more than bins, rising. */
  readonly edges: Float64Array
  /** Number of bins. */
  readonly count: number
  /** Width of all bins, or 0 where they differ. */
  readonly step: number
}

/**
 * Even bins.
 * @throws OperandoError `E_RANGE` for an empty range or a count that is no count.
 */
export function evenBins(low: number, high: number, count: number): Bins {
  if (!(Number.isInteger(count) && count > 0 && count < 2 ** 26))
    throw new OperandoError('E_RANGE', `${count} bins: a whole number above 0 expected.`)
  if (!(high > low && Number.isFinite(high - low)))
    throw new OperandoError('E_RANGE', `The range ${low} to ${high} is empty: the lower limit must lie below the upper one.`)
  const step = (high - low) / count
  const edges = new Float64Array(count + 1)
  for (let i = 0; i < count; i++) edges[i] = low + i * step
  edges[count] = high
  return { edges, count, step }
}

/**
 * Bins of any widths.
 * @throws OperandoError `E_AXIS` for edges that do not rise, `E_SHAPE` for fewer than two.
 */
export function unevenBins(given: NumbersLike): Bins {
  const edges = asFloat64(given, 'edges')
  if (edges.length < 2) throw new OperandoError('E_SHAPE', `edges: two or more expected, ${edges.length} found.`)
  assertRising(edges, 'edges')
  return { edges: edges.slice(), count: edges.length - 1, step: 0 }
}

/** The bin that a place lies in; below 0 or from `count` on where it lies in none. */
export function binOf({ edges, count, step }: Bins, x: number): number {
  if (step > 0) return Math.floor((x - edges[0]!) / step)
  if (!(x >= edges[0]!)) return -1
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle + 1]! <= x) low = middle + 1
    else high = middle
  }
  return low
}

/** Middles of the bins. */
export function binCentres({ edges, count, step }: Bins): Float64Array {
  const centres = new Float64Array(count)
  for (let i = 0; i < count; i++) centres[i] = step > 0 ? edges[0]! + (i + 0.5) * step : 0.5 * (edges[i]! + edges[i + 1]!)
  return centres
}
