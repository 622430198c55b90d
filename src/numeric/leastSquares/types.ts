import type { Kernels } from '../wasm/kernels.js'
import type { TieFunction } from './ties.js'

/** A parameter as the caller gives it. */
export interface ParameterInput {
  /** Its name: unique; letters, digits, `_` and `.`, not beginning with a digit, if an expression is to use it. */
  readonly name: string
  /** Where it starts. May be left out for a tied parameter. */
  readonly value?: number | undefined
  /** Whether the fit may change it. Default true; a tied parameter never varies by itself. */
  readonly vary?: boolean | undefined
  /** Lower bound. Default none. */
  readonly min?: number | undefined
  /** Upper bound. Default none. */
  readonly max?: number | undefined
  /**
   * What sets it instead of the fit: an expression of other parameters (`'2 * a + b'`, see `parseExpression`) or a function of all values
   * by name. A function is run once at set-up to see which values it reads; it must always read the same ones.
   */
  readonly tie?: string | TieFunction | undefined
  /** A change of it that matters, for difference Jacobians: needed only where the value passes through or starts at zero. Default its own size. */
  readonly scale?: number | undefined
}

/**
 * What is to be made small: `points` weighted residuals (model - data) / sigma. Arrays given to these functions belong to the fit: write
 * into them, do not keep them. Parameters come in the order of the list, tied and fixed ones included.
 */
export interface ResidualProblem {
  /** Number of residuals n. */
  readonly points: number
  /**
   * Fills the n weighted residuals.
   * @param parameters All parameters.
   * @param out        n values to fill.
   */
  residuals(parameters: Float64Array, out: Float64Array): void
  /**
   * Fills the derivatives of the weighted residuals, column-major: d residual_i / d parameter_j at `out[j * n + i]`, for all parameters.
   * Columns of parameters that do not vary may be left alone. Differences are taken where it is absent.
   * @param parameters All parameters.
   * @param out        n x (number of parameters) values to fill.
   */
  jacobian?(parameters: Float64Array, out: Float64Array): void
}

/** As {@link ResidualProblem}, with residuals and derivatives from one pass over the data: the fastest form. */
export interface CombinedProblem {
  /** Number of residuals n. */
  readonly points: number
  /**
   * Fills the residuals and, where `jacobian` is not null, the derivatives.
   * @param parameters All parameters.
   * @param residual   n values to fill.
   * @param jacobian   n x (number of parameters) values to fill, column-major, or null when they are not wanted.
   */
  evaluate(parameters: Float64Array, residual: Float64Array, jacobian: Float64Array | null): void
}

/** Either form of a least-squares problem. */
export type LeastSquaresProblem = ResidualProblem | CombinedProblem

/**
 * How a residual counts. `linear`: its square. `softL1`, `huber`, `cauchy`: nearly its square while small against `lossScale`, then less and
 * less, so that outliers pull weakly (definitions as scipy.optimize.least_squares). `{ poisson: counts }`: the likelihood of counted events;
 * the problem then gives model - counts WITHOUT weights, and the fit minimises the deviance 2 sum(m - y + y ln(y / m)) by Fisher scoring.
 */
export type Loss =
  | 'linear'
  | 'softL1'
  | 'huber'
  | 'cauchy'
  | {
      /** The counts, n values >= 0. */
      readonly poisson: ArrayLike<number>
    }

/** When to stop; all relative. */
export interface FitTolerances {
  /**
   * Reduction of the cost, predicted and achieved, by a step. Default 1e-14: some 1e-6 standard errors, before a last full step. Where full steps
   * promise ever less by a steady factor, the step after which less than this will be left is the last.
   */
  readonly cost?: number | undefined
  /** Step against the parameters, in the scaled norm. Default 1e-10. */
  readonly step?: number | undefined
  /** Largest cosine between the residual and a column of the Jacobian. Default 1e-10. */
  readonly gradient?: number | undefined
}

/** Options of `leastSquares` and `createLeastSquares`. */
export interface LeastSquaresOptions {
  /** How residuals count. Default `linear`. */
  readonly loss?: Loss | undefined
  /** Residual beyond which a robust loss begins to discount, in units of sigma. Default 1. */
  readonly lossScale?: number | undefined
  /**
   * Whether standard errors are multiplied by sqrt(cost / (n - k)), so that they follow from the scatter found, not from the sigmas given.
   * Default true, as in lmfit (`scale_covar`) and scipy (`absolute_sigma=False`): right when sigma is unknown or known up to a factor. Say
   * false when sigma is trusted (counting statistics). For a Poisson loss the default is false, since the likelihood has no free scale.
   */
  readonly scaleErrors?: boolean | undefined
  /** When to stop. */
  readonly tolerances?: FitTolerances | undefined
  /** Limit of trial evaluations, those for difference Jacobians not counted. Default 1000, or 100 (k + 1) if that is more. */
  readonly maxEvaluations?: number | undefined
  /**
   * Difference Jacobian, where the problem gives none. `auto` (default): forward on the way down, central for the last steps and for the
   * covariance. `forward` costs k evaluations a step, `central` 2 k.
   */
  readonly differences?: 'auto' | 'forward' | 'central' | undefined
  /**
   * How the linear problem of each step is solved. `auto` (default): normal equations by Cholesky, and Householder QR of the Jacobian from the
   * first ill-conditioned one on (a scaled pivot below 1e-7). The result says which one it ended with.
   */
  readonly solver?: 'auto' | 'normal-equations' | 'qr' | undefined
  /** First step bound as a multiple of the scaled length of the start, as MINPACK's `factor`. Default 1: cautious enough for all NIST sets. */
  readonly initialStep?: number | undefined
  /** Compare the analytic Jacobian with central differences at the start, and throw where they differ. Default false. */
  readonly checkJacobian?: boolean | undefined
  /**
   * SIMD kernels of `loadKernels()`; plain TypeScript if absent. The normal equations are then summed in another order, and the arrays that the
   * problem's functions fill lie in kernel memory, where profiles are computed by kernels too: results differ by rounding.
   */
  readonly kernels?: Kernels | undefined
  /** Ends the fit with reason `aborted` at its next step. */
  readonly signal?: AbortSignal | undefined
}
