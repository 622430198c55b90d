import { localPolynomialScratch, localPolynomialWeights } from '../../numeric/signal/localPolynomial.js'

/** What a local polynomial filter gives: values, and the standard deviations that the noise leaves in them. */
export interface Filtered {
  /** The derivative asked for, n values. */
  readonly values: Float64Array
  /** Its standard deviation, n values. */
  readonly sigma: Float64Array
}

const FEWEST = 5

/**
 * Savitzky-Golay filter of degree 2 whose window is a length of x, not a number of points: right on uneven grids and beside gaps; noise propagated.
 *
 * @param x          Abscissae, strictly rising.
 * @param y          Values.
 * @param noise      Standard deviations.
 * @param halfWidth  Half of the window in x; at least 5 points are taken.
 * @param derivative 0 or 2.
 */
export function localFilter(
  x: Float64Array,
  y: Float64Array,
  noise: Float64Array,
  halfWidth: number,
  derivative: 0 | 2,
): Filtered {
  const n = x.length
  const values = new Float64Array(n)
  const sigma = new Float64Array(n)
  const even = isEven(x)
  const fewest = Math.min(FEWEST, n)
  let weights = new Float64Array(fewest)
  let scratch = localPolynomialScratch(fewest, derivative)
  let known = -1 // shape of the window that `weights` are for, on an even grid
  let from = 0
  let to = 0
  for (let i = 0; i < n; i++) {
    while (x[from]! < x[i]! - halfWidth) from++
    while (to < n && x[to]! <= x[i]! + halfWidth) to++
    let [first, last] = [from, to]
    while (last - first < fewest) {
      if (last === n || (first > 0 && x[i]! - x[first - 1]! <= x[last]! - x[i]!)) first--
      else last++
    }
    const count = last - first
    if (count > weights.length) {
      weights = new Float64Array(2 * count)
      scratch = localPolynomialScratch(2 * count, derivative)
      known = -1
    }
    const shape = count * n + (i - first)
    if (!even || shape !== known) {
      localPolynomialWeights(x, first, count, Math.min(2, count - 1), x[i]!, derivative, weights, scratch)
      known = shape
    }
    let sum = 0
    let variance = 0
    for (let j = 0; j < count; j++) {
      const w = weights[j]!
      sum += w * y[first + j]!
      variance += (w * noise[first + j]!) ** 2
    }
    values[i] = sum
    sigma[i] = Math.sqrt(variance)
  }
  return { values, sigma }
}

function isEven(x: Float64Array): boolean {
  const step = (x[x.length - 1]! - x[0]!) / (x.length - 1)
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]! - x[i - 1]! - step) > 1e-3 * step) return false
  return true
}
