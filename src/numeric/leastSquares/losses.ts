import { asFloat64, OperandoError } from '../../core/index.js'
import type { Loss } from './types.js'

/** A loss, ready for the kernels. */
export interface LossKernel {
  /** True when residuals count by their squares and nothing needs to be changed. */
  readonly linear: boolean
  /** Whether standard errors follow from the scatter unless told otherwise. */
  readonly scaleErrors: boolean
  /**
   * The cost, infinite or NaN where the model is not legal; for the linear loss the sum of squares.
   * @param raw Residuals as the problem gives them.
   */
  cost(raw: Float64Array): number
  /**
   * Scaled residuals f and row factors w such that the columns w * J and f make a linear problem with the cost's exact gradient and a
   * positive approximation of its curvature.
   * @param raw     Residuals as the problem gives them.
   * @param scaled  f, n values to fill.
   * @param factors w, n values to fill.
   */
  scale(raw: Float64Array, scaled: Float64Array, factors: Float64Array): void
  /**
   * Residuals as the result shows them: raw, or deviance residuals for counts.
   * @param raw Residuals as the problem gives them.
   */
  report(raw: Float64Array): Float64Array
}

function sumOfSquares(raw: Float64Array): number {
  let sum = 0
  for (let i = 0; i < raw.length; i++) sum += raw[i]! * raw[i]!
  return sum
}

const LINEAR: LossKernel = {
  linear: true,
  scaleErrors: true,
  cost: sumOfSquares,
  scale(raw, scaled, factors) {
    scaled.set(raw)
    factors.fill(1)
  },
  report: raw => raw.slice(),
}

/** rho(z) and its derivatives for z = (residual / lossScale)^2, as in scipy.optimize.least_squares. */
type Rho = readonly [rho: (z: number) => number, first: (z: number) => number, second: (z: number) => number]

const RHO: Readonly<Record<'softL1' | 'huber' | 'cauchy', Rho>> = {
  softL1: [z => 2 * (Math.sqrt(1 + z) - 1), z => 1 / Math.sqrt(1 + z), z => -0.5 * (1 + z) ** -1.5],
  huber: [
    z => (z <= 1 ? z : 2 * Math.sqrt(z) - 1),
    z => (z <= 1 ? 1 : 1 / Math.sqrt(z)),
    z => (z <= 1 ? 0 : -0.5 / (z * Math.sqrt(z))),
  ],
  cauchy: [z => Math.log1p(z), z => 1 / (1 + z), z => -1 / (1 + z) ** 2],
}

/** Triggs' correction: curvature of the loss goes into the row factors, kept positive. */
function robust([rho, first, second]: Rho, lossScale: number): LossKernel {
  const inverse = 1 / (lossScale * lossScale)
  return {
    linear: false,
    scaleErrors: true,
    cost(raw) {
      let sum = 0
      for (let i = 0; i < raw.length; i++) sum += rho(raw[i]! * raw[i]! * inverse)
      return sum / inverse
    },
    scale(raw, scaled, factors) {
      for (let i = 0; i < raw.length; i++) {
        const z = raw[i]! * raw[i]! * inverse
        const slope = first(z)
        const factor = Math.sqrt(Math.max(slope + 2 * second(z) * z, Number.EPSILON))
        factors[i] = factor
        scaled[i] = (raw[i]! * slope) / factor
      }
    },
    report: raw => raw.slice(),
  }
}

/** Deviance of counts y under means m, half a term: m - y + y ln(y / m). */
function halfDeviance(m: number, y: number): number {
  if (!(m > 0)) return m === 0 && y === 0 ? 0 : Infinity
  return y === 0 ? m : m - y + y * Math.log(y / m)
}

/** Fisher scoring: rows weighted by 1 / sqrt(m) give the exact gradient and the expected curvature of the likelihood. */
function poisson(counts: Float64Array): LossKernel {
  return {
    linear: false,
    scaleErrors: false,
    cost(raw) {
      let sum = 0
      for (let i = 0; i < raw.length; i++) sum += halfDeviance(raw[i]! + counts[i]!, counts[i]!)
      return 2 * sum
    },
    scale(raw, scaled, factors) {
      for (let i = 0; i < raw.length; i++) {
        const m = raw[i]! + counts[i]!
        const factor = m > 0 ? 1 / Math.sqrt(m) : 0
        factors[i] = factor
        scaled[i] = raw[i]! * factor
      }
    },
    report: raw => raw.map((r, i) => Math.sign(r) * Math.sqrt(2 * Math.max(0, halfDeviance(r + counts[i]!, counts[i]!)))),
  }
}

/**
 * Prepares a loss.
 * @param loss      As the caller gives it.
 * @param lossScale Residual beyond which a robust loss discounts.
 * @param points    Number of residuals.
 * @throws OperandoError `E_RANGE` for a scale that is not positive or negative counts, `E_SHAPE`, `E_ARGUMENT` for an unknown loss.
 */
export function createLoss(loss: Loss, lossScale: number, points: number): LossKernel {
  if (!(lossScale > 0 && Number.isFinite(lossScale))) {
    throw new OperandoError('E_RANGE', `lossScale: a positive number expected, found ${lossScale}.`)
  }
  if (loss === 'linear') return LINEAR
  if (typeof loss === 'string') {
    if (!Object.hasOwn(RHO, loss)) {
      throw new OperandoError(
        'E_ARGUMENT',
        `loss: linear, softL1, huber, cauchy or { poisson: counts } expected, found "${loss}".`,
      )
    }
    return robust(RHO[loss], lossScale)
  }
  const counts = asFloat64(loss.poisson, 'loss.poisson', { length: points })
  const negative = counts.findIndex(y => y < 0)
  if (negative >= 0) {
    throw new OperandoError('E_RANGE', `loss.poisson[${negative}] is ${counts[negative]}: counts of 0 or more expected.`, {
      details: { index: negative },
    })
  }
  return poisson(counts)
}
