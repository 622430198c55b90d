import { householderQr, solveUpper, solveUpperTransposed } from '../linear/householder.js'
import type { LocalModel } from './localModel.js'

/** Finds steps: see {@link createTrustStep}. */
export interface TrustStep {
  /** The step found last, k values. */
  readonly step: Float64Array
  /** Its scaled length. */
  length: number
  /** Levenberg-Marquardt parameter of the last step, 0 for a full Gauss-Newton step. */
  lambda: number
  /**
   * Finds the step that reduces |R d + q| most within the trust region |D d| <= delta and the bounds.
   * @param model    The reduced linear problem.
   * @param diagonal D, the scaling of the parameters.
   * @param delta    Radius of the trust region.
   * @param below    Lower bound minus value, 0 or negative.
   * @param above    Upper bound minus value, 0 or positive.
   * @returns The reduction of the cost that the linear problem predicts.
   */
  find(model: LocalModel, diagonal: Float64Array, delta: number, below: Float64Array, above: Float64Array): number
}

/**
 * The step of Moré's trust-region method (the parameter is found by a safeguarded Newton iteration so that the step is as long as the
 * region allows, within 10 %), extended to bounds by an active set: parameters that run into a bound are held there and the others solved
 * anew; those whose multiplier then has the wrong sign are released again. Bounds thus shape the step instead of cutting it off.
 *
 * @param k Number of varied parameters.
 * @see J. J. Moré, The Levenberg-Marquardt algorithm: implementation and theory, in Numerical Analysis, Lecture Notes in Mathematics 630 (1978) 105.
 */
export function createTrustStep(k: number): TrustStep {
  const rows = 2 * k
  const stacked = new Float64Array(rows * k)
  const rhs = new Float64Array(rows)
  const shifted = new Float64Array(k)
  const work = new Float64Array(k)
  const held = new Uint8Array(k)
  const released = new Uint8Array(k)
  const free = new Int32Array(k)

  /** Solves min |R d + q|^2 + lambda |D d|^2 over the free parameters, the held ones fixed as they are in `step`; gives |D d| of the free ones. */
  const solve = ({ r }: LocalModel, diagonal: Float64Array, count: number, lambda: number): number => {
    const step = trust.step
    const height = lambda > 0 ? k + count : k
    const root = Math.sqrt(lambda)
    for (let c = 0; c < count; c++) {
      const j = free[c]!
      for (let i = 0; i < k; i++) stacked[c * height + i] = i <= j ? r[j * k + i]! : 0
      for (let i = k; i < height; i++) stacked[c * height + i] = 0
      if (lambda > 0) stacked[c * height + k + c] = root * diagonal[j]!
    }
    for (let i = 0; i < k; i++) rhs[i] = -shifted[i]!
    for (let i = k; i < height; i++) rhs[i] = 0
    // with nothing held and no damping R is a triangle already
    if (lambda > 0 || count < k) householderQr(stacked, height, count, rhs)
    solveUpper(stacked, height, count, rhs)
    let square = 0
    for (let c = 0; c < count; c++) {
      const j = free[c]!
      step[j] = rhs[c]!
      square += (diagonal[j]! * rhs[c]!) ** 2
    }
    // Newton's derivative needs R_lambda^-T D^2 d / |D d|
    const length = Math.sqrt(square)
    for (let c = 0; c < count; c++) work[c] = (diagonal[free[c]!]! ** 2 * rhs[c]!) / length
    solveUpperTransposed(stacked, height, count, work)
    return length
  }

  /** Moré's search for lambda over the free parameters. */
  const search = (model: LocalModel, diagonal: Float64Array, count: number, delta: number): void => {
    const squareOfWork = (): number => {
      let s = 0
      for (let c = 0; c < count; c++) s += work[c]! * work[c]!
      return s
    }
    let length = solve(model, diagonal, count, 0)
    let excess = length - delta
    if (excess <= 0.1 * delta) {
      trust.lambda = 0
      return
    }
    // NaN and infinity (a singular R) fail the test above and leave the lower limit at 0
    let low = excess / delta / squareOfWork()
    if (!(low > 0 && Number.isFinite(low))) low = 0
    let steepest = 0
    for (let c = 0; c < count; c++) {
      const j = free[c]!
      let g = 0
      for (let i = 0; i <= j; i++) g += model.r[j * k + i]! * shifted[i]!
      steepest += (g / diagonal[j]!) ** 2
    }
    let high = Math.sqrt(steepest) / delta || Number.MIN_VALUE / Math.min(delta, 0.1)
    let lambda = Math.min(Math.max(trust.lambda, low), high)
    if (lambda === 0) lambda = Number.isFinite(length) && length > 0 ? Math.sqrt(steepest) / length : 0.001 * high
    for (let iteration = 0; iteration < 10; iteration++) {
      if (!(lambda > 0)) lambda = Math.max(Number.MIN_VALUE, 0.001 * high)
      length = solve(model, diagonal, count, lambda)
      const previous = excess
      excess = length - delta
      if (Math.abs(excess) <= 0.1 * delta || (low === 0 && excess <= previous && previous < 0)) break
      const correction = excess / delta / squareOfWork()
      if (excess > 0) low = Math.max(low, lambda)
      else high = Math.min(high, lambda)
      const newton = lambda + correction
      lambda = Number.isFinite(newton) ? Math.max(low, newton) : Math.sqrt(Math.max(low, 0.001 * high) * high)
    }
    trust.lambda = lambda
  }

  /** q plus what the held parameters contribute; the free ones listed. */
  const split = ({ r, q }: LocalModel): number => {
    shifted.set(q)
    let count = 0
    for (let j = 0; j < k; j++) {
      if (!held[j]) free[count++] = j
      else if (trust.step[j] !== 0) for (let i = 0; i <= j; i++) shifted[i]! += r[j * k + i]! * trust.step[j]!
    }
    return count
  }

  /** R d + q into `shifted`; returns |q|^2 - |R d + q|^2. */
  const predict = ({ r, q }: LocalModel): number => {
    shifted.set(q)
    for (let j = 0; j < k; j++) for (let i = 0; i <= j; i++) shifted[i]! += r[j * k + i]! * trust.step[j]!
    let reduction = 0
    for (let i = 0; i < k; i++) reduction += (q[i]! - shifted[i]!) * (q[i]! + shifted[i]!)
    return reduction
  }

  /** Releases the held parameter that most wants to come back from its bound, each at most once a step; false when none does. */
  const release = (model: LocalModel, diagonal: Float64Array, below: Float64Array): boolean => {
    if (!held.includes(1)) return false
    predict(model)
    let best = -1
    let strongest = 0
    for (let j = 0; j < k; j++) {
      if (!held[j] || released[j]) continue
      let slope = trust.lambda * diagonal[j]! ** 2 * trust.step[j]!
      for (let i = 0; i <= j; i++) slope += model.r[j * k + i]! * shifted[i]!
      const inward = (trust.step[j] === below[j] ? -slope : slope) / diagonal[j]!
      if (!(inward > strongest)) continue
      strongest = inward
      best = j
    }
    if (best < 0) return false
    held[best] = 0
    released[best] = 1
    return true
  }

  const trust: TrustStep = {
    step: new Float64Array(k),
    length: 0,
    lambda: 0,
    find(model, diagonal, delta, below, above) {
      const { step } = trust
      for (let j = 0; j < k; j++) {
        const g = model.gradient[j]!
        step[j] = 0
        released[j] = 0
        held[j] = (g > 0 && below[j]! >= 0) || (g < 0 && above[j]! <= 0) ? 1 : 0
      }
      for (let pass = 0; pass < 3 * k + 3; pass++) {
        const count = split(model)
        if (count > 0) {
          let used = 0
          for (let j = 0; j < k; j++) if (held[j]) used += (diagonal[j]! * step[j]!) ** 2
          search(model, diagonal, count, Math.max(Math.sqrt(Math.max(delta * delta - used, 0)), 0.1 * delta))
        }
        let violated = false
        for (let c = 0; c < count; c++) {
          const j = free[c]!
          const bound = step[j]! < below[j]! ? below[j]! : step[j]! > above[j]! ? above[j]! : Number.NaN
          if (Number.isNaN(bound)) continue
          step[j] = bound
          held[j] = 1
          violated = true
        }
        if (violated) continue
        if (!release(model, diagonal, below)) break
      }
      let square = 0
      for (let j = 0; j < k; j++) {
        step[j] = Math.min(Math.max(step[j]!, below[j]!), above[j]!)
        square += (diagonal[j]! * step[j]!) ** 2
      }
      trust.length = Math.sqrt(square)
      return predict(model)
    },
  }
  return trust
}
