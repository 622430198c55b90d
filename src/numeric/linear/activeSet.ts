import { createOrthogonalBasis } from './orthogonalBasis.js'

/** The solver behind `nnls` and `boundedLinearLeastSquares`, with its buffers. */
export interface ActiveSet {
  /** Solution of the last call. */
  readonly x: Float64Array
  /** R^T (R x - c) of the last call. */
  readonly gradient: Float64Array
  /** -1 at the lower bound, 1 at the upper one, 0 inside. */
  readonly state: Int8Array
  /** Whether the last call reached the optimum. */
  readonly converged: boolean
  /** Changes of the active set in the last call. */
  readonly iterations: number
  /**
   * Finds x within the bounds that makes |R x - c| smallest.
   * @param c    `rows` values or more.
   * @param size Length of the right-hand side that `c` is the essence of: what rounding is relative to.
   * @returns |R x - c|².
   */
  solve(c: Float64Array, size: number): number
}

/**
 * Active set method of Lawson and Hanson in the form for lower and upper bounds of Stark and Parker. From all variables at a bound, that one
 * is freed which lowers the residual most per unit; the free ones are solved for, and those that would leave their bounds are put there.
 *
 * @param r             Matrix by columns of unit length (or zero), rows x columns.
 * @param rows          Values of a column.
 * @param columns       Number of variables.
 * @param lower         Lower bounds.
 * @param upper         Upper bounds.
 * @param tolerance     Rounding of the problem, relative.
 * @param maxIterations Limit of changes.
 * @see Lawson & Hanson, Solving Least Squares Problems (1974) ch. 23; Stark & Parker, Comput. Stat. 10 (1995) 129
 */
export function createActiveSet(
  r: Float64Array,
  rows: number,
  columns: number,
  lower: Float64Array,
  upper: Float64Array,
  tolerance: number,
  maxIterations: number,
): ActiveSet {
  const x = new Float64Array(columns)
  const gradient = new Float64Array(columns)
  const state = new Int8Array(columns)
  const basis = createOrthogonalBasis(rows, columns)
  const whole = createOrthogonalBasis(rows, columns)
  for (let j = 0; j < columns; j++) whole.append(r, j * rows, tolerance)
  /** Free variables in the order of the basis. */
  const free: number[] = []
  const trial = new Float64Array(rows)
  const residual = new Float64Array(rows)
  const isFree = new Uint8Array(columns)
  const barred = new Uint8Array(columns)
  let converged = false
  let iterations = 0

  /** residual = R x - c; returns its square. */
  const misfit = (c: Float64Array): number => {
    for (let i = 0; i < rows; i++) residual[i] = -c[i]!
    for (let j = 0; j < columns; j++) {
      const value = x[j]!
      if (value !== 0) for (let i = 0; i < rows; i++) residual[i]! += r[j * rows + i]! * value
    }
    let square = 0
    for (let i = 0; i < rows; i++) square += residual[i]! * residual[i]!
    return square
  }

  const findGradient = (): void => {
    for (let j = 0; j < columns; j++) {
      let g = 0
      for (let i = 0; i < rows; i++) g += r[j * rows + i]! * residual[i]!
      gradient[j] = g
    }
  }

  /** The free variables' best values, given the others, into `trial`. */
  const solveFree = (c: Float64Array): void => {
    for (let i = 0; i < rows; i++) trial[i] = c[i]!
    for (let j = 0; j < columns; j++) {
      const value = x[j]!
      if (value === 0 || isFree[j]) continue
      for (let i = 0; i < rows; i++) trial[i]! -= r[j * rows + i]! * value
    }
    basis.rotate(trial)
    basis.solve(trial)
  }

  const clear = (): void => {
    free.length = 0
    isFree.fill(0)
    basis.clear()
  }

  const release = (j: number): boolean => {
    if (!basis.append(r, j * rows, tolerance)) return false
    free.push(j)
    isFree[j] = 1
    return true
  }

  /** The basis anew, from those of the free variables that are at no bound. */
  const rebuild = (): void => {
    const kept = free.filter(j => state[j] === 0)
    clear()
    for (const j of kept) release(j)
  }

  /** All at a bound, the nearer to zero; those without bounds at zero, and free. */
  const begin = (): void => {
    clear()
    for (let j = 0; j < columns; j++) {
      const low = lower[j]!
      const high = upper[j]!
      state[j] = low === -Infinity && high === Infinity ? 0 : Math.abs(low) <= Math.abs(high) ? -1 : 1
      x[j] = state[j] === 0 ? 0 : state[j]! < 0 ? low : high
      if (state[j] === 0) release(j)
    }
  }

  /** The unbounded solution is the bounded one where it lies within: the usual case of a good model. */
  const tryWithoutBounds = (c: Float64Array): boolean => {
    if (whole.count < columns) return false
    for (let i = 0; i < rows; i++) trial[i] = c[i]!
    whole.rotate(trial)
    whole.solve(trial)
    for (let j = 0; j < columns; j++) if (!(trial[j]! > lower[j]! && trial[j]! < upper[j]!)) return false
    for (let j = 0; j < columns; j++) x[j] = trial[j]!
    state.fill(0)
    return true
  }

  /** The bound variable that pays most for being freed, or -1. */
  const mostPromising = (threshold: number): number => {
    let best = -1
    let most = threshold
    for (let j = 0; j < columns; j++) {
      if (state[j] === 0 || barred[j] || lower[j] === upper[j]) continue
      const gain = state[j]! < 0 ? -gradient[j]! : gradient[j]!
      if (gain > most) {
        most = gain
        best = j
      }
    }
    return best
  }

  /** Moves the free variables towards `trial` as far as the bounds allow; true when all arrived. */
  const advance = (): boolean => {
    let share = 1
    let blocking = -1
    for (let k = 0; k < free.length; k++) {
      const j = free[k]!
      const step = trial[k]! - x[j]!
      const room = (step < 0 ? lower[j]! : upper[j]!) - x[j]!
      if (Math.abs(step) > Math.abs(room) && room / step < share) {
        share = room / step
        blocking = k
      }
    }
    if (blocking >= 0) state[free[blocking]!] = trial[blocking]! < x[free[blocking]!]! ? -1 : 1
    for (let k = 0; k < free.length; k++) {
      const j = free[k]!
      x[j]! += share * (trial[k]! - x[j]!)
      if (state[j]! < 0 || x[j]! < lower[j]!) x[j] = lower[j]!
      else if (state[j]! > 0 || x[j]! > upper[j]!) x[j] = upper[j]!
    }
    return blocking < 0
  }

  const settle = (c: Float64Array): void => {
    for (;;) {
      solveFree(c)
      if (advance()) return
      iterations++
      rebuild()
    }
  }

  return {
    x,
    gradient,
    state,
    get converged(): boolean {
      return converged
    },
    get iterations(): number {
      return iterations
    },
    solve(c, size): number {
      iterations = 0
      converged = true
      if (tryWithoutBounds(c)) {
        const square = misfit(c)
        findGradient()
        return square
      }
      begin()
      if (free.length > 0) settle(c)
      barred.fill(0)
      for (;;) {
        const square = misfit(c)
        findGradient()
        let most = size
        for (let i = 0; i < columns; i++) most = Math.max(most, Math.abs(x[i]!))
        const j = mostPromising(tolerance * most)
        if (j < 0) return square
        if (iterations >= maxIterations) {
          converged = false
          return square
        }
        iterations++
        // a column that depends on the free ones, or that would turn back at once, is rounding: not again before something has changed
        let step = 0
        if (release(j)) {
          solveFree(c)
          step = trial[free.length - 1]! - x[j]!
        }
        if (!(step * state[j]! < 0)) {
          rebuild()
          barred[j] = 1
          continue
        }
        state[j] = 0
        if (!advance()) {
          rebuild()
          settle(c)
        }
        barred.fill(0)
      }
    },
  }
}
