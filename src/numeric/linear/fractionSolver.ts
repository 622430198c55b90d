import { createOrthogonalBasis } from './orthogonalBasis.js'

/** What fractions must obey. */
export interface FractionConstraints {
  /** Whether they add up to one. */
  readonly closed: boolean
  /** Whether none may be negative. */
  readonly nonNegative: boolean
}

/** The solution as a linear function of the data while a certain set of fractions is free and the others are 0. */
export interface FractionOperator {
  /** w = matrix c + offset; row-major k x k. The covariance of w is matrix matrix^T times the variance of a point. */
  readonly matrix: Float64Array
  /** k values. */
  readonly offset: Float64Array
  /** Diagonal of matrix matrix^T, k values. */
  readonly variance: Float64Array
  /** Quantities that the data determine: free fractions, less one where they are closed. */
  readonly unknowns: number
}

/** Solver of many small problems with one matrix. */
export interface FractionSolver {
  /**
   * Finds the fractions w that make |R w - c| smallest under the constraints.
   * @param c  Data in the basis, k values from `at` on.
   * @param at First of them.
   * @param w  Receives k values from `wAt` on.
   * @param wAt First of them.
   * @returns Which fractions are free, one bit each.
   */
  solve(c: Float64Array, at: number, w: Float64Array, wAt: number): number
  /**
   * The operator of a set of free fractions; `undefined` where their columns depend on each other.
   * @param free One bit each.
   */
  operatorOf(free: number): FractionOperator | undefined
}

/** Sets of free fractions are numbered by their bits, and all are kept: not for more than this. */
export const MOST_FRACTIONS = 12

/**
 * A solver for fractions of a few references: free or closed (sum one), of any sign or non-negative. The operator of each set of free fractions is worked out once; a frame
 * then costs some k x k products. Sets are found by pivoting on signs and multipliers; where that turns in circles, all sets are tried, so that the answer is the optimum
 * in any case.
 * @param triangle    R by columns, k values each.
 * @param k           Fractions, 1 to {@link MOST_FRACTIONS}.
 * @param constraints Closed, non-negative.
 * @see C. L. Lawson, R. J. Hanson, Solving Least Squares Problems (1974) ch. 20, 23; L. F. Portugal et al., Math. Comput. 63 (1994) 625 (block pivoting)
 */
export function createFractionSolver(
  triangle: Float64Array,
  k: number,
  { closed, nonNegative }: FractionConstraints,
): FractionSolver {
  const full = 2 ** k - 1
  const operators: (FractionOperator | null | undefined)[] = []
  const residual = new Float64Array(k)
  const best = new Float64Array(k)

  const operatorOf = (free: number): FractionOperator | undefined => {
    const known = operators[free]
    if (known !== undefined) return known ?? undefined
    const made = operatorFor(triangle, k, free, closed)
    operators[free] = made ?? null
    return made
  }

  const apply = ({ matrix, offset }: FractionOperator, c: Float64Array, at: number, w: Float64Array, wAt: number): void => {
    for (let j = 0; j < k; j++) {
      let sum = offset[j]!
      for (let i = 0; i < k; i++) sum += matrix[j * k + i]! * c[at + i]!
      w[wAt + j] = sum
    }
  }

  /** residual = R w - c; returns its square. */
  const misfit = (c: Float64Array, at: number, w: Float64Array, wAt: number): number => {
    let square = 0
    for (let i = 0; i < k; i++) {
      let sum = -c[at + i]!
      for (let j = 0; j < k; j++) sum += triangle[j * k + i]! * w[wAt + j]!
      residual[i] = sum
      square += sum * sum
    }
    return square
  }

  const gradient = (j: number): number => {
    let sum = 0
    for (let i = 0; i < k; i++) sum += triangle[j * k + i]! * residual[i]!
    return sum
  }

  /** The bound fraction that would lower the misfit most per unit, or -1 at the optimum. */
  const worthFreeing = (free: number, c: Float64Array, at: number): number => {
    let size = 0
    for (let i = 0; i < k; i++) size += c[at + i]! * c[at + i]!
    const level = closed ? gradient(31 - Math.clz32(free & -free)) : 0
    let least = -1e-13 * (size + 1)
    let found = -1
    for (let j = 0; j < k; j++) {
      if (free & (1 << j)) continue
      const g = gradient(j) - level
      if (g < least) {
        least = g
        found = j
      }
    }
    return found
  }

  const tryAll = (c: Float64Array, at: number, w: Float64Array, wAt: number): number => {
    let lowest = Infinity
    let found = 0
    if (!closed) {
      w.fill(0, wAt, wAt + k)
      lowest = misfit(c, at, w, wAt)
    }
    for (let free = 1; free <= full; free++) {
      const operator = operatorOf(free)
      if (!operator) continue
      apply(operator, c, at, best, 0)
      if (best.some(value => value < 0)) continue
      const square = misfit(c, at, best, 0)
      if (square >= lowest) continue
      lowest = square
      found = free
      w.set(best, wAt)
    }
    return found
  }

  return {
    operatorOf,
    solve(c, at, w, wAt): number {
      let free = full
      for (let turn = 0; turn < 3 * k; turn++) {
        const operator = operatorOf(free)
        if (!operator) break
        apply(operator, c, at, w, wAt)
        if (!nonNegative) return free
        let negative = 0
        for (let j = 0; j < k; j++) if (w[wAt + j]! < 0) negative |= 1 << j
        if (negative === 0) {
          if (free === full) return free
          misfit(c, at, w, wAt)
          const j = worthFreeing(free, c, at)
          if (j < 0) return free
          free |= 1 << j
        } else {
          free &= ~negative
          if (free === 0) {
            if (!closed) break
            free = 1 << largestOf(w, wAt, k)
          }
        }
      }
      return tryAll(c, at, w, wAt)
    },
  }
}

function largestOf(w: Float64Array, at: number, k: number): number {
  let largest = 0
  for (let j = 1; j < k; j++) if (w[at + j]! > w[at + largest]!) largest = j
  return largest
}

/** The operator for a set of free fractions: with closure the last free one is 1 minus the others. */
function operatorFor(triangle: Float64Array, k: number, free: number, closed: boolean): FractionOperator | undefined {
  const members: number[] = []
  for (let j = 0; j < k; j++) if (free & (1 << j)) members.push(j)
  const last = closed ? members.pop() : undefined
  if (members.length === 0 && last === undefined) return undefined
  const m = members.length
  const basis = createOrthogonalBasis(k, Math.max(m, 1))
  const columns = new Float64Array(m * k)
  const lengths = new Float64Array(m)
  for (let a = 0; a < m; a++) {
    let square = 0
    for (let i = 0; i < k; i++) {
      const value = triangle[members[a]! * k + i]! - (last === undefined ? 0 : triangle[last * k + i]!)
      columns[a * k + i] = value
      square += value * value
    }
    lengths[a] = Math.sqrt(square)
    for (let i = 0; i < k; i++) columns[a * k + i]! /= lengths[a]!
    if (!(square > 0) || !basis.append(columns, a * k, 1e-12)) return undefined
  }
  const matrix = new Float64Array(k * k)
  const offset = new Float64Array(k)
  const work = new Float64Array(k)
  const solveFor = (put: (a: number, value: number) => void): void => {
    basis.rotate(work)
    basis.solve(work)
    for (let a = 0; a < m; a++) put(a, work[a]! / lengths[a]!)
  }
  for (let i = 0; i < k; i++) {
    work.fill(0)
    work[i] = 1
    solveFor((a, value) => {
      matrix[members[a]! * k + i] = value
      if (last !== undefined) matrix[last * k + i]! -= value
    })
  }
  if (last !== undefined) {
    offset[last] = 1
    for (let i = 0; i < k; i++) work[i] = triangle[last * k + i]!
    solveFor((a, value) => {
      offset[members[a]!] = -value
      offset[last]! += value
    })
  }
  const variance = new Float64Array(k)
  for (let j = 0; j < k; j++) for (let i = 0; i < k; i++) variance[j]! += matrix[j * k + i]! ** 2
  return { matrix, offset, variance, unknowns: m }
}
