import { householderQr, solveUpper } from '../../../numeric/linear/householder.js'
import { median } from '../../../numeric/statistics/index.js'

/** Points to either side whose cubic tells what a point should be. */
const SIDE = 4
const DEGREE = 3
const PASSES = 6
/** Tukey's biweight gives no weight beyond so many scatters. */
const CUT = 4.7

/**
 * What each point should be, from its neighbours: a cubic through four points on either side, reweighted by Tukey's biweight, without the point itself and its next neighbours.
 * @param x    Abscissae, rising.
 * @param y    Values.
 * @param skip 1 for points that do not count.
 */
export function robustCurve(x: Float64Array, y: Float64Array, skip: Uint8Array): Float64Array {
  return y.map((_, i) => {
    const places: number[] = []
    for (let side = -1; side <= 1; side += 2) {
      let taken = 0
      for (let j = i + side; j >= 0 && j < x.length && taken < SIDE; j += side) {
        if (skip[j]) continue
        places.push(j)
        taken++
      }
    }
    places.sort((a, b) => a - b)
    return robustCubic(
      places.map(j => x[j]!),
      places.map(j => y[j]!),
      x[i]!,
    )
  })
}

/** Value of a robust cubic through some points at a place. */
function robustCubic(x: readonly number[], y: readonly number[], at: number): number {
  const n = x.length
  if (n <= DEGREE + 1) return median(y)
  const scale = x[n - 1]! - x[0]!
  const u = Float64Array.from([...x, at], v => (v - at) / scale)
  let weights = new Float64Array(n).fill(1)
  let value = 0
  for (let pass = 0; pass < PASSES; pass++) {
    const fit = weightedFit(u, y, weights)
    value = fit[n]!
    const off = y.map((v, j) => Math.abs(v - fit[j]!))
    const scatter = 1.4826 * median(off)
    if (!(scatter > 0)) break
    weights = Float64Array.from(off, d => Math.max(0, 1 - (d / (CUT * scatter)) ** 2) ** 2)
    if (weights.reduce((count, w) => count + +(w > 0), 0) <= DEGREE + 1) break
  }
  return value
}

/** Weighted cubic at the points and at one place more. */
function weightedFit(u: Float64Array, y: readonly number[], weights: Float64Array): Float64Array {
  const used = Array.from(y.keys()).filter(j => weights[j]! > 1e-6)
  const rows = used.length
  // powers are well conditioned on so few points of -1 to 1
  const columns = new Float64Array(rows * (DEGREE + 1))
  const right = Float64Array.from(used, j => Math.sqrt(weights[j]!) * y[j]!)
  used.forEach((j, k) => {
    for (let d = 0; d <= DEGREE; d++) columns[d * rows + k] = Math.sqrt(weights[j]!) * u[j]! ** d
  })
  householderQr(columns, rows, DEGREE + 1, right)
  solveUpper(columns, rows, DEGREE + 1, right)
  return u.map(v => right[0]! + v * (right[1]! + v * (right[2]! + v * right[3]!)))
}
