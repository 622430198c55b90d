import { lowerBound } from '../../lowerBound.js'
import type { LineProfiles } from './patternModel.js'
import type { LinePlaces } from './placeLines.js'
import { addSpan, dotSpans } from './spans.js'

/**
 * Normal equations of free intensities: near their centres lines overlap with few others, so that the matrix is a band. What lies in their far tails is left out: it hardly changes
 * which step is best. Positions are those of the lines by angle.
 */
export interface LineBand {
  /** Lines that are free and seen. */
  count: number
  /** Line of each position. */
  readonly order: Int32Array
  /** Diagonal of the matrix, by position. */
  readonly diagonal: Float64Array
  /**
   * Lists the lines and how far each is counted.
   * @param x      2theta.
   * @param free   1 for lines whose intensity is free.
   * @param near   Fwhm on either side.
   */
  settle(x: Float64Array, free: Uint8Array, places: LinePlaces, profiles: LineProfiles, near: number): void
  /** Takes the profiles as they are and sums up the matrix. */
  load(profiles: LineProfiles, weight: Float64Array): void
  /**
   * Factorises the matrix.
   * @param active By position: 0 for lines that are held.
   * @param ridge  Part of the diagonal that is added to it.
   */
  factor(active: Uint8Array, ridge: number): void
  /** Solves in place, count values by position; 0 for held lines. */
  solve(rhs: Float64Array): void
  /**
   * The matrix times a vector.
   * @param values By position.
   * @param ridge  Part of the diagonal that is added to it.
   * @param out    Receives the product.
   */
  multiply(values: Float64Array, ridge: number, out: Float64Array): void
  /** Solves for a unit vector and returns what stands in its own place: the variance of that intensity, all else known. */
  variance(position: number): number
  /**
   * Takes off a weighted curve what the intensities would make good.
   * @param curve  Values, n of them from `row` on.
   * @param row    Where they begin.
   * @param change Receives the intensities' changes, count values by position from `at` on.
   * @param at     Where they begin.
   */
  project(curve: Float64Array, row: number, change: Float64Array, at: number): void
  /** Cosine of two lines. */
  cosine(one: number, other: number): number
}

/**
 * Makes the normal equations.
 * @param lines Lines of the pattern.
 */
export function createLineBand(lines: number): LineBand {
  const order = new Int32Array(lines)
  const [from, to, at] = [new Int32Array(lines), new Int32Array(lines), new Int32Array(lines + 1)]
  // row i of the band holds columns first[i] to i, at rowAt[i]
  const [first, rowAt] = [new Int32Array(lines), new Int32Array(lines + 1)]
  let values = new Float64Array(0)
  let matrix = new Float64Array(0)
  let triangle = new Float64Array(0)
  let held = new Uint8Array(lines)
  const unit = new Float64Array(lines)

  const dot = (i: number, j: number): number => {
    const begin = Math.max(from[i]!, from[j]!)
    const end = Math.min(to[i]!, to[j]!)
    return dotSpans(values, at[i]! - from[i]! + begin, values, at[j]! - from[j]! + begin, end - begin)
  }

  const solveFrom = (rhs: Float64Array, offset: number, begin: number): void => {
    for (let i = begin; i < band.count; i++) {
      const row = rowAt[i]! - first[i]!
      const low = Math.max(first[i]!, begin)
      const sum = low < i ? rhs[offset + i]! - dotSpans(triangle, row + low, rhs, offset + low, i - low) : rhs[offset + i]!
      rhs[offset + i] = held[i] === 1 ? 0 : sum / triangle[row + i]!
    }
    for (let i = band.count - 1; i >= 0; i--) {
      const row = rowAt[i]! - first[i]!
      const value = held[i] === 1 ? 0 : rhs[offset + i]! / triangle[row + i]!
      rhs[offset + i] = value
      if (value !== 0) addSpan(-value, triangle, row + first[i]!, rhs, offset + first[i]!, i - first[i]!)
    }
  }

  const band: LineBand = {
    count: 0,
    order,
    diagonal: new Float64Array(lines),
    settle(x, free, places, profiles, near) {
      const { sources } = places
      const seen = Array.from(free.keys())
        .filter(line => free[line] === 1 && profiles.to[line]! > profiles.from[line]!)
        .sort((k, l) => places.centre[k * sources.length]! - places.centre[l * sources.length]!)
      band.count = seen.length
      seen.forEach((line, i) => {
        order[i] = line
        let [low, high] = [Infinity, -Infinity]
        for (let s = 0; s < sources.length; s++) {
          const m = line * sources.length + s
          if (!(places.sin[m]! < 1)) continue
          low = Math.min(low, places.centre[m]! - near * places.fwhm[m]!)
          high = Math.max(high, places.centre[m]! + near * places.fwhm[m]!)
        }
        from[i] = Math.max(profiles.from[line]!, lowerBound(x, low))
        to[i] = Math.max(from[i]!, Math.min(profiles.to[line]!, lowerBound(x, high)))
        at[i + 1] = at[i]! + to[i]! - from[i]!
        first[i] = i
        for (let j = i - 1; j >= 0; j--) if (to[j]! > from[i]!) first[i] = j
        rowAt[i + 1] = rowAt[i]! + i - first[i]! + 1
      })
      if (values.length < at[band.count]!) values = new Float64Array(Math.ceil(1.2 * at[band.count]!))
      if (matrix.length < rowAt[band.count]!) {
        matrix = new Float64Array(Math.ceil(1.2 * rowAt[band.count]!))
        triangle = new Float64Array(matrix.length)
      }
    },
    load(profiles, weight) {
      for (let i = 0; i < band.count; i++) {
        const line = order[i]!
        const own = at[i]! - from[i]!
        const theirs = profiles.at[line]! - profiles.from[line]!
        for (let k = from[i]!; k < to[i]!; k++) values[own + k] = profiles.values[theirs + k]! * weight[k]!
        const row = rowAt[i]! - first[i]!
        for (let j = first[i]!; j <= i; j++) matrix[row + j] = dot(i, j)
        band.diagonal[i] = matrix[row + i]!
      }
    },
    factor(active, ridge) {
      held = held.length < band.count ? new Uint8Array(band.count) : held
      for (let i = 0; i < band.count; i++) {
        held[i] = active[i] === 1 && band.diagonal[i]! > 0 ? 0 : 1
        const row = rowAt[i]! - first[i]!
        if (held[i] === 1) {
          for (let j = first[i]!; j < i; j++) triangle[row + j] = 0
          triangle[row + i] = 1
          continue
        }
        for (let j = first[i]!; j < i; j++) {
          if (held[j] === 1) {
            triangle[row + j] = 0
            continue
          }
          const other = rowAt[j]! - first[j]!
          const begin = Math.max(first[i]!, first[j]!)
          const sum = matrix[row + j]! - dotSpans(triangle, row + begin, triangle, other + begin, j - begin)
          triangle[row + j] = sum / triangle[other + j]!
        }
        const own = band.diagonal[i]!
        const begin = row + first[i]!
        const sum = own * (1 + ridge) - dotSpans(triangle, begin, triangle, begin, i - first[i]!)
        triangle[row + i] = Math.sqrt(Math.max(sum, 1e-12 * own))
      }
    },
    solve(rhs) {
      solveFrom(rhs, 0, 0)
    },
    multiply(vector, ridge, out) {
      for (let i = 0; i < band.count; i++) {
        const row = rowAt[i]! - first[i]!
        const own = vector[i]!
        let sum = band.diagonal[i]! * (1 + ridge) * own
        for (let j = first[i]!; j < i; j++) {
          sum += matrix[row + j]! * vector[j]!
          out[j]! += matrix[row + j]! * own
        }
        out[i] = sum
      }
    },
    variance(position) {
      unit.fill(0, 0, band.count)
      unit[position] = 1
      solveFrom(unit, 0, position)
      return unit[position]!
    },
    project(curve, row, change, offset) {
      for (let i = 0; i < band.count; i++) {
        const isFree = held[i] === 0
        change[offset + i] = isFree ? dotSpans(values, at[i]!, curve, row + from[i]!, to[i]! - from[i]!) : 0
      }
      solveFrom(change, offset, 0)
      for (let i = 0; i < band.count; i++) {
        const c = change[offset + i]!
        if (c !== 0) addSpan(-c, values, at[i]!, curve, row + from[i]!, to[i]! - from[i]!)
      }
    },
    cosine(i, j) {
      return dot(i, j) / Math.sqrt(band.diagonal[i]! * band.diagonal[j]!)
    },
  }
  return band
}
