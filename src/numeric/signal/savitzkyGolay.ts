import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import { asFloat64, assertRising, type NumbersLike, OperandoError } from '../../core/index.js'
import { outputOf } from '../outputOf.js'
import { EDGES, type Edges, edgeIndex } from './edges.js'
import { localPolynomialScratch, localPolynomialWeights } from './localPolynomial.js'

/** Options of {@link savitzkyGolay}. */
export interface SavitzkyGolayOptions {
  /** Points in the sliding window, odd, above degree. */
  window: number
  /** Degree of the polynomial. Default 2. */
  degree?: number | undefined
  /** Which derivative, 0 (smoothing, default) to degree. */
  derivative?: number | undefined
  /** Step of an even grid, to scale derivatives. Default 1. */
  step?: number | undefined
  /** Abscissae of an uneven grid, n values, strictly rising: each window gets a polynomial of its own. Goes with edges `'fit'` only, without step. */
  x?: NumbersLike | undefined
  /** At the ends: `'fit'` (default) evaluates the polynomial of the first and last full window, the others continue the data. */
  edges?: 'fit' | Edges | undefined
}

const OPTIONS: FieldsOf<SavitzkyGolayOptions> = { window: true, degree: true, derivative: true, step: true, x: true, edges: true }

/**
 * Savitzky-Golay filter: each point becomes the value, or a derivative, of the least-squares polynomial through the window around it.
 *
 * @param y       Values, n >= window (any n with edges other than `'fit'`).
 * @param options Window, degree, derivative, grid, edges.
 * @param out     Receives n values; made if absent. Must not be `y`.
 * @throws OperandoError `E_RANGE` on a bad window, degree or derivative, `E_SHAPE` on too few points, `E_AXIS` on unsorted x,
 * `E_ARGUMENT` on x with step or with edges other than `'fit'`, or out = y, `E_NAN`.
 * @see Savitzky & Golay, Anal. Chem. 36 (1964) 1627; Gorry, Anal. Chem. 62 (1990) 570, for the ends
 * @example
 * ```ts
 * import { savitzkyGolay } from 'operando/numeric'
 * savitzkyGolay([0, 1, 4, 9, 16, 25], { window: 5, derivative: 1 }) // [0, 2, 4, 6, 8, 10]
 * ```
 */
export function savitzkyGolay(y: NumbersLike, options: SavitzkyGolayOptions, out?: Float64Array | undefined): Float64Array {
  assertKnown(options, 'savitzkyGolay options', OPTIONS)
  assertFields(options, 'savitzkyGolay options', ['window'])
  const { window, degree = 2, derivative = 0, edges = 'fit' } = options
  assertOneOf(edges, 'edges', ['fit', ...EDGES])
  const values = asFloat64(y, 'y')
  const n = values.length
  checkWindow(window, degree, derivative)
  if (out !== undefined && out === values)
    throw new OperandoError('E_ARGUMENT', 'out must not be y: the filter reads it while writing.')
  if (options.x !== undefined && (options.step !== undefined || edges !== 'fit')) {
    throw new OperandoError('E_ARGUMENT', "x goes with edges 'fit' only, and without step.")
  }
  if (edges === 'fit' && n < window) {
    throw new OperandoError('E_SHAPE', `y: at least window = ${window} values expected with edges 'fit', ${n} found.`)
  }
  const result = outputOf(out, n)
  const half = (window - 1) / 2
  const weights = new Float64Array(window)
  const scratch = localPolynomialScratch(window, derivative)
  if (options.x !== undefined) {
    const x = asFloat64(options.x, 'x', { length: n })
    assertRising(x, 'x')
    for (let i = 0; i < n; i++) {
      const first = Math.min(Math.max(i - half, 0), n - window)
      localPolynomialWeights(x, first, window, degree, x[i]!, derivative, weights, scratch)
      result[i] = dot(weights, values, first)
    }
    return result
  }
  const grid = new Float64Array(window)
  for (let j = 0; j < window; j++) grid[j] = (j - half) * (options.step ?? 1)
  localPolynomialWeights(grid, 0, window, degree, 0, derivative, weights, scratch)
  for (let i = half; i < n - half; i++) result[i] = dot(weights, values, i - half)
  if (edges === 'fit') {
    for (let k = 0; k < half; k++) {
      localPolynomialWeights(grid, 0, window, degree, grid[k]!, derivative, weights, scratch)
      result[k] = dot(weights, values, 0)
      localPolynomialWeights(grid, 0, window, degree, grid[window - 1 - k]!, derivative, weights, scratch)
      result[n - 1 - k] = dot(weights, values, n - window)
    }
    return result
  }
  for (let i = 0; i < n; i++) {
    if (i >= half && i < n - half) continue
    let sum = 0
    for (let j = 0; j < window; j++) {
      const from = edgeIndex(i + j - half, n, edges)
      if (from >= 0) sum += weights[j]! * values[from]!
    }
    result[i] = sum
  }
  return result
}

function dot(weights: Float64Array, values: Float64Array, first: number): number {
  let sum = 0
  for (let j = 0; j < weights.length; j++) sum += weights[j]! * values[first + j]!
  return sum
}

function checkWindow(window: number, degree: number, derivative: number): void {
  if (!Number.isInteger(window) || window < 1 || window % 2 === 0) {
    throw new OperandoError('E_RANGE', `window is ${window}: an odd whole number expected.`)
  }
  if (!Number.isInteger(degree) || degree < 0 || degree >= window) {
    throw new OperandoError('E_RANGE', `degree is ${degree}: a whole number from 0 to window - 1 = ${window - 1} expected.`)
  }
  if (!Number.isInteger(derivative) || derivative < 0 || derivative > degree) {
    throw new OperandoError('E_RANGE', `derivative is ${derivative}: a whole number from 0 to degree = ${degree} expected.`)
  }
}
