import type { NumbersLike } from '../../core/index.js'
import type { FitResult } from '../fitResult.js'
import type { LeastSquaresOptions, Loss, ParameterInput } from '../leastSquares/types.js'

/** Values of parameters by name. */
export type CurveValues<Name extends string> = Readonly<Record<Name, number>>

/** A parameter of a curve: its start, or start with bounds, hold, tie. */
export type CurveParameter = number | Omit<ParameterInput, 'name'>

/**
 * A curve point by point.
 * @param x One abscissa.
 * @param p Parameters by name.
 */
export type PointModel<Name extends string> = (x: number, p: CurveValues<Name>) => number

/** A curve as a whole array at once: for models with common terms, convolutions, integrals. */
export interface ArrayModel<Name extends string> {
  /**
   * Fills the curve.
   * @param x   Abscissae.
   * @param p   Parameters by name.
   * @param out Receives as many values.
   */
  evaluate(x: Float64Array, p: CurveValues<Name>, out: Float64Array): void
}

/** Either form of a curve. */
export type CurveModel<Name extends string> = PointModel<Name> | ArrayModel<Name>

/**
 * Derivatives of a curve at one abscissa by its parameters, by name; those of parameters that do not vary may be left out.
 * @param x One abscissa.
 * @param p Parameters by name.
 */
export type CurveDerivatives<Name extends string> = (x: number, p: CurveValues<Name>) => Readonly<Partial<Record<Name, number>>>

/** What another method of search is given: whitened, so that it needs no weights. */
export interface CurveSearch {
  /** Parameters: varied, fixed, tied. */
  readonly space: CurveSpace
  /** y / sigma. */
  readonly data: Float64Array
  /**
   * The curve over sigma.
   * @param all All parameters.
   * @param out Receives as many values as there are data.
   */
  model(all: Float64Array, out: Float64Array): void
  /** Limit of iterations, if the caller has one. */
  readonly maxIterations?: number | undefined
  /** Ends the search. */
  readonly signal?: AbortSignal | undefined
}

/** The parameters, as a search needs them. */
export interface CurveSpace {
  /** Indices of the varied ones, k of them. */
  readonly free: Int32Array
  /** Lower bounds of the varied ones, -Infinity for none. */
  readonly lower: Float64Array
  /** Upper bounds of the varied ones, Infinity for none. */
  readonly upper: Float64Array
  /** A size of each varied one that matters, 0 where only its value can tell. */
  readonly scale: Float64Array
  /** Start values of all. */
  readonly start: Float64Array
  /**
   * Puts varied values into their places and computes the ties.
   * @param varied k values.
   * @param all    All values; fixed ones are left as they are.
   */
  expand(varied: Float64Array, all: Float64Array): void
}

/** Where a search ended. */
export interface CurveSearchEnd {
  /** Values of the varied parameters. */
  readonly varied: Float64Array
  /** Why. */
  readonly reason: 'cost' | 'iterations' | 'not-finite' | 'aborted'
  /** Iterations in all. */
  readonly iterations: number
}

/** Another method of search for `fitCurve`: it finds the values; errors come from our own Jacobian. */
export interface CurveMethod {
  /** What the result calls it. */
  readonly name: string
  /**
   * Finds the values that make the sum of squares smallest.
   * @param problem Data, curve, parameters.
   */
  readonly search: (problem: CurveSearch) => CurveSearchEnd
}

/** Options of `fitCurve`. */
export interface FitCurveOptions<Name extends string> {
  /** Standard uncertainties of y, > 0: one for all, or one each. Default: equal and unknown. */
  readonly sigma?: NumbersLike | number | undefined
  /** Whether errors follow from the scatter found (default, as lmfit and scipy) or from sigma as it is (false: sigma is trusted). */
  readonly scaleErrors?: boolean | undefined
  /** Analytic derivatives: faster, and better errors. Default: differences. */
  readonly derivatives?: CurveDerivatives<Name> | undefined
  /** How residuals count: outliers, see `Loss`. Default `linear`. Only for the default method. */
  readonly loss?: Loss | undefined
  /** Residual in sigma beyond which a robust loss discounts. Default 1. */
  readonly lossScale?: number | undefined
  /** Another method of search, `levenbergMarquardt`. Default: our own `leastSquares`. */
  readonly method?: CurveMethod | undefined
  /** Limit of trial evaluations (default method) or iterations (`levenbergMarquardt`, default 300). */
  readonly maxEvaluations?: number | undefined
  /** Further options of `leastSquares` for the default method. */
  readonly solver?: LeastSquaresOptions['solver']
  /** Ends the fit with reason `aborted`. */
  readonly signal?: AbortSignal | undefined
}

/** A band about a fitted curve. */
export interface ConfidenceBand {
  /** Abscissae. */
  readonly x: Float64Array
  /** The fitted curve. */
  readonly value: Float64Array
  /** Its standard error. */
  readonly standardError: Float64Array
  /** Lower edge. */
  readonly lower: Float64Array
  /** Upper edge. */
  readonly upper: Float64Array
  /** Probability that the curve lies within, at each x by itself. */
  readonly level: number
}

/** A fitted curve: a `FitResult` with what belongs to curves. Its two functions stay behind when it is cloned or posted; all data go along. */
export interface CurveFit<Name extends string> extends FitResult {
  /** The curve at the abscissae of the data. */
  readonly fitted: Float64Array
  /** Which method found it: `leastSquares`, or the name of another. */
  readonly method: string
  /**
   * The fitted curve anywhere.
   * @param x Abscissae.
   */
  evaluate(x: NumbersLike): Float64Array
  /**
   * Confidence band of the curve (not of future points), from the covariance of the parameters: Student's t where errors follow from the scatter,
   * normal where sigma is trusted; as lmfit's `eval_uncertainty`.
   * @param x     Abscissae.
   * @param level Probability, default 0.95.
   * @throws OperandoError `E_SINGULAR` when the fit has no covariance, `E_RANGE` for a level outside (0, 1).
   */
  confidenceBand(x: NumbersLike, level?: number): ConfidenceBand
  /** Values of the parameters by name. */
  readonly values: CurveValues<Name>
}
