import { choleskyFactor } from '../../../numeric/linear/cholesky.js'
import { solveUpper, solveUpperTransposed } from '../../../numeric/linear/householder.js'
import type { LineProfiles } from './patternModel.js'

/** Profiles whose cosine is above this cannot be told apart: their separate errors would be three times that of each alone, and more. */
const ALIKE = 0.95

/** The normal equations of the intensities, lines that overlap taken together. */
export interface LineEquations {
  /** How many groups. */
  readonly count: number
  /** Group of each line; -1 for lines that are not seen. */
  readonly groupOf: Int32Array
  /** Share of each line in its group. */
  readonly share: Float64Array
  /**
   * Weighted sums of a curve with the profile of each group.
   * @param curve  n values, already times the square roots of the weights.
   * @param weight Square roots of the weights.
   * @param out    Receives `count` values.
   */
  project(curve: Float64Array, weight: Float64Array, out: Float64Array): void
  /** Solves the normal equations in place. */
  solve(rhs: Float64Array): void
  /** Takes the profiles, times coefficients and weights, off a curve. */
  subtract(coefficients: Float64Array, weight: Float64Array, curve: Float64Array): void
}

/**
 * Sets up the normal equations of the intensities.
 * @param profiles Profiles of area 1.
 * @param centre   Where the lines lie.
 * @param weight   Square roots of the weights.
 * @param areas    Intensities, which say how lines of a group share it.
 * @param least    Lines of this intensity or less are left out. Default: none.
 */
export function createLineEquations(
  profiles: LineProfiles,
  centre: Float64Array,
  weight: Float64Array,
  areas: Float64Array,
  least: number = -Infinity,
): LineEquations {
  const { from, to, at, values } = profiles
  const lines = areas.length
  const dot = (k: number, l: number): number => {
    const [first, last] = [Math.max(from[k]!, from[l]!), Math.min(to[k]!, to[l]!)]
    const [kAt, lAt] = [at[k]! - from[k]!, at[l]! - from[l]!]
    let sum = 0
    for (let i = first; i < last; i++) sum += values[kAt + i]! * values[lAt + i]! * weight[i]! * weight[i]!
    return sum
  }
  const order = Array.from(areas.keys())
    .filter(k => to[k]! > from[k]! && areas[k]! > least)
    .sort((k, l) => centre[k]! - centre[l]!)
  const groupOf = new Int32Array(lines).fill(-1)
  const own = Float64Array.from(areas, (_, k) => dot(k, k))
  let count = 0
  order.forEach((k, position) => {
    const before = order[position - 1]
    const isAlike = before !== undefined && dot(k, before) > ALIKE * Math.sqrt(own[k]! * own[before]!)
    groupOf[k] = isAlike ? count - 1 : count++
  })
  const total = new Float64Array(count)
  const members = new Int32Array(count)
  for (const k of order) {
    total[groupOf[k]!]! += areas[k]!
    members[groupOf[k]!]!++
  }
  const share = Float64Array.from(areas, (area, k) => {
    const g = groupOf[k]!
    return g < 0 ? 0 : total[g]! > 0 ? area / total[g]! : 1 / members[g]!
  })

  const matrix = new Float64Array(count * count)
  order.forEach((k, position) => {
    for (let other = position; other < order.length; other++) {
      const l = order[other]!
      if (from[l]! >= to[k]!) continue
      const [g, h] = [groupOf[k]!, groupOf[l]!]
      const term = share[k]! * share[l]! * dot(k, l)
      matrix[g * count + h]! += g === h && k !== l ? 2 * term : term
    }
  })
  // lines that hardly a point sees may not be determined at all
  for (let g = 0; g < count; g++) matrix[g * count + g]! *= 1 + 1e-9
  const factor = new Float64Array(count * count)
  choleskyFactor(matrix, count, count, factor)

  return {
    count,
    groupOf,
    share,
    project(curve, weights, out) {
      out.fill(0)
      for (const k of order) {
        const shift = at[k]! - from[k]!
        let sum = 0
        for (let i = from[k]!; i < to[k]!; i++) sum += values[shift + i]! * curve[i]! * weights[i]!
        out[groupOf[k]!]! += share[k]! * sum
      }
    },
    solve(rhs) {
      solveUpperTransposed(factor, count, count, rhs)
      solveUpper(factor, count, count, rhs)
    },
    subtract(coefficients, weights, curve) {
      for (const k of order) {
        const c = share[k]! * coefficients[groupOf[k]!]!
        const shift = at[k]! - from[k]!
        for (let i = from[k]!; i < to[k]!; i++) curve[i]! -= c * values[shift + i]! * weights[i]!
      }
    },
  }
}
