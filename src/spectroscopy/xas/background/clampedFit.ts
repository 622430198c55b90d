import { householderQr, solveUpper } from '../../../numeric/linear/householder.js'
import type { ClampConvention } from './autobkOptions.js'

/** What a fit with the clamps of Larch needs. */
export interface ClampedModel {
  /** Rows of the low bins, 2 bins x m. */
  readonly transform: Float64Array
  /** Basis splines on the even grid, columns x m. */
  readonly basis: Float64Array
  /** transform times basis, by columns. */
  readonly matrix: Float64Array
  /** Rows of it. */
  readonly rows: number
  /** Unknowns. */
  readonly columns: number
  /** Which scale. */
  readonly clamps: { readonly convention: ClampConvention }
  /** Points that are held. */
  readonly ends: readonly { readonly at: number; readonly weight: number }[]
}

/** Scale of the clamps: a + b times the mean of the squares. */
const SCALES: Readonly<Record<ClampConvention, readonly [number, number]>> = {
  fixed: [1, 0],
  'larch-0.9.58': [1, 100],
  'larch-2026.3': [0.1, 10],
}
const MOST_STEPS = 500

/**
 * Coefficients where the scale of the clamps depends on the residual, as in Larch: Gauss-Newton from the solution without clamps, steps halved where they would lead uphill.
 * @param model        The linear problem and its clamps.
 * @param y            mu on the even grid, m values.
 * @param coefficients Start; overwritten by the solution.
 */
export function clampedFit(model: ClampedModel, y: Float64Array, coefficients: Float64Array): void {
  const { transform, basis, matrix, rows, columns, ends } = model
  const [offset, slope] = SCALES[model.clamps.convention]
  const m = y.length
  const all = rows + ends.length
  const right = new Float64Array(rows)
  for (let t = 0; t < rows; t++) for (let i = 0; i < m; i++) right[t]! += transform[t * m + i]! * y[i]!
  const residual = new Float64Array(all)
  const jacobian = new Float64Array(all * columns)

  const evaluate = (c: Float64Array): { square: number; scale: number } => {
    let mean = 0
    for (let t = 0; t < rows; t++) {
      let value = right[t]!
      for (let j = 0; j < columns; j++) value -= c[j]! * matrix[j * rows + t]!
      residual[t] = value
      mean += (value * value) / rows
    }
    const scale = offset + slope * mean
    let square = mean * rows
    ends.forEach(({ at, weight }, e) => {
      let value = y[at]!
      for (let j = 0; j < columns; j++) value -= c[j]! * basis[j * m + at]!
      residual[rows + e] = weight * scale * value
      square += residual[rows + e]! ** 2
    })
    return { square, scale }
  }
  let now = evaluate(coefficients)
  for (let step = 0; step < MOST_STEPS; step++) {
    for (let j = 0; j < columns; j++) {
      let lean = 0
      for (let t = 0; t < rows; t++) {
        jacobian[j * all + t] = matrix[j * rows + t]!
        lean += matrix[j * rows + t]! * residual[t]!
      }
      ends.forEach(({ at, weight }, e) => {
        jacobian[j * all + rows + e] =
          weight * now.scale * basis[j * m + at]! + (residual[rows + e]! / now.scale) * ((2 * slope) / rows) * lean
      })
    }
    const move = residual.slice()
    householderQr(jacobian, all, columns, move)
    solveUpper(jacobian, all, columns, move)
    let part = 1
    let tried = coefficients
    let next = now
    for (; part > 1e-9; part /= 2) {
      tried = coefficients.map((c, j) => c + part * move[j]!)
      next = evaluate(tried)
      if (next.square <= now.square) break
    }
    if (!(next.square <= now.square)) {
      evaluate(coefficients)
      return
    }
    const gain = now.square - next.square
    coefficients.set(tried)
    now = next
    if (!(gain > 0)) return
  }
}
