/** A parameter as a fit leaves it. */
export interface FitParameter {
  /** Its name. */
  readonly name: string
  /** The value found (or held, or tied). */
  readonly value: number
  /** Standard error; `null` for parameters that did not vary, or where the problem does not determine it. Tied ones have theirs propagated. */
  readonly standardError: number | null
  /** Where it started. For a tied one, what the starts gave. */
  readonly initial: number
  /** Lower bound, -Infinity if none. */
  readonly min: number
  /** Upper bound, Infinity if none. */
  readonly max: number
  /** Whether the fit was free to change it. */
  readonly varied: boolean
  /** Which bound it rests on at the end, if any: its error is then one-sided at best. */
  readonly atBound?: 'min' | 'max' | undefined
  /** The expression or tie that sets it, if it is not free. */
  readonly tie?: string | undefined
  /** Correlation with each other varied parameter, by name. */
  readonly correlations: Readonly<Record<string, number>>
}

/** Why a fit stopped. The first three mean convergence. */
export type StopReason =
  | 'cost' // relative reduction of the cost below tolerance
  | 'step' // relative change of the parameters below tolerance
  | 'gradient' // the gradient vanishes (scaled) within tolerance
  | 'iterations' // the limit of iterations or evaluations was reached
  | 'stalled' // no step reduces the cost: rounding, or a wrong Jacobian
  | 'not-finite' // the model gives NaN or infinity wherever it turns
  | 'aborted'

/** What every fit returns. Not converging is a result: look at `converged` and `reason`. */
export interface FitResult {
  /** Parameters by name, in the order given. */
  readonly parameters: Readonly<Record<string, FitParameter>>
  /** Names of the varied parameters: the order of `covariance`. */
  readonly varied: readonly string[]
  /** Covariance of the varied parameters, row-major k x k; `null` when it is singular. */
  readonly covariance: Float64Array | null
  /** Weighted residuals (model - data) / sigma at the end, n values; deviance residuals for a Poisson likelihood. */
  readonly residual: Float64Array
  /** Sum of squares of `residual`. */
  readonly chiSquare: number
  /** chiSquare / (n - k); chiSquare itself where nothing is left over. */
  readonly reducedChiSquare: number
  /** What was made small: equal to `chiSquare` unless a robust loss was chosen. */
  readonly cost?: number | undefined
  /** Points used. */
  readonly points: number
  /** n - k. */
  readonly degreesOfFreedom: number
  /** Whether standard errors were multiplied by sqrt(cost / (n - k)), so that they follow from the scatter found. */
  readonly scaledErrors: boolean
  /** Relative misfit, where the technique defines one. */
  readonly rFactor?: number | undefined
  /** Whether the fit converged. */
  readonly converged: boolean
  /** Why it stopped. */
  readonly reason: StopReason
  /** One sentence that says it to a person. */
  readonly message: string
  /** Accepted steps. */
  readonly iterations: number
  /** Evaluations of the model. */
  readonly evaluations: number
  /** How the linear problem of the last step was solved. */
  readonly solver?: 'normal-equations' | 'qr' | undefined
  /** Where the derivatives of the last step, and so of the covariance, came from. */
  readonly derivatives?: 'analytic' | 'forward' | 'central' | undefined
}
