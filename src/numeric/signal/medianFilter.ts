import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { EDGES, type Edges, edgeIndex } from './edges.js'

/** Options of {@link medianFilter}. */
export interface MedianFilterOptions {
  /** Points in the sliding window, odd. */
  window: number
  /** How the data continue beyond their ends. Default `'nearest'`. */
  edges?: Edges | undefined
}

const OPTIONS: FieldsOf<MedianFilterOptions> = { window: true, edges: true }

/**
 * Sliding median: removes spikes narrower than half the window and keeps steps.
 *
 * @param y       Values, n.
 * @param options Window and edges.
 * @param out     Receives n values; made if absent. Must not be `y`.
 * @throws OperandoError `E_RANGE` on a window that is even or < 1, `E_ARGUMENT` if out is y, `E_NAN`.
 * @example
 * ```ts
 * import { medianFilter } from 'operando/numeric'
 * medianFilter([1, 1, 9, 1, 2], { window: 3 }) // [1, 1, 1, 2, 2]
 * ```
 */
export function medianFilter(y: NumbersLike, options: MedianFilterOptions, out?: Float64Array | undefined): Float64Array {
  assertKnown(options, 'medianFilter options', OPTIONS)
  assertFields(options, 'medianFilter options', ['window'])
  const { window, edges = 'nearest' } = options
  assertOneOf(edges, 'edges', EDGES)
  const values = asFloat64(y, 'y')
  const n = values.length
  if (!Number.isInteger(window) || window < 1 || window % 2 === 0) {
    throw new OperandoError('E_RANGE', `window is ${window}: an odd whole number expected.`)
  }
  if (out !== undefined && out === values)
    throw new OperandoError('E_ARGUMENT', 'out must not be y: the filter reads it while writing.')
  const result = outputOf(out, n)
  const half = (window - 1) / 2
  const at = (i: number): number => {
    const k = edgeIndex(i, n, edges)
    return k < 0 ? 0 : values[k]!
  }
  if (n === 0) return result
  // the window kept sorted: one value leaves, one enters, those between move by one place
  const sorted = new Float64Array(window)
  for (let j = 0; j < window; j++) sorted[j] = at(j - half)
  sorted.sort()
  for (let i = 0; i < n; i++) {
    if (i > 0) replace(sorted, at(i - 1 - half), at(i + half))
    result[i] = sorted[half]!
  }
  return result
}

function replace(sorted: Float64Array, leaves: number, enters: number): void {
  if (leaves === enters) return
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < leaves) low = middle + 1
    else high = middle
  }
  let k = low
  while (k + 1 < sorted.length && sorted[k + 1]! < enters) {
    sorted[k] = sorted[k + 1]!
    k++
  }
  while (k > 0 && sorted[k - 1]! > enters) {
    sorted[k] = sorted[k - 1]!
    k--
  }
  sorted[k] = enters
}
