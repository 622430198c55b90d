import type { NumbersLike } from '../../../../core/arrays.js'
import type { FieldsOf } from '../../../../core/fields.js'

/** Options of linear combination fits. */
export interface LinearCombinationOptions {
  /** Lowest and highest energy that count, eV; both ends count. Default: all. */
  range?: readonly [number, number] | undefined
  /** Whether the weights add up to one: `'one'` by elimination, or `'free'` (default): a sum beside one tells of normalisation or of a missing reference. */
  sum?: 'free' | 'one' | undefined
  /** Whether weights may be negative. Default true: a weight below 0 is information. */
  negative?: boolean | undefined
  /** Lower and upper bound of the weights, for all alike or by name. Instead of `negative`. */
  bounds?: readonly [number, number] | Readonly<Record<string, readonly [number, number]>> | undefined
  /** Standard uncertainties of mu, n values. Default: equal and unknown. */
  sigma?: NumbersLike | undefined
  /** Whether errors follow from the scatter of the residual. Default true; say false when `sigma` is trusted. */
  scaleErrors?: boolean | undefined
  /**
   * How many eV the data may be moved, up or down, to fit best. Default 0. The shift is added to the energies of the data; its error and its correlation with the weights are in the
   * covariance. Only for single spectra.
   */
  shift?: number | undefined
}

/** Names of {@link LinearCombinationOptions}. */
export const LINEAR_COMBINATION_FIELDS: FieldsOf<LinearCombinationOptions> = {
  range: true,
  sum: true,
  negative: true,
  bounds: true,
  sigma: true,
  scaleErrors: true,
  shift: true,
}

/** What one reference contributes. */
export interface LinearComponent {
  /** Of the reference. */
  readonly name: string
  /** Its share. */
  readonly weight: number
  /** Standard error from the full covariance; absent at a bound, where there is none, and without degrees of freedom. */
  readonly sigma?: number | undefined
  /** Whether the weight ended at a bound. */
  readonly atBound: boolean
}

/** How far the energies of the data were moved. */
export interface EnergyShift {
  /** eV, added to the energies of the data. */
  readonly value: number
  /** Its standard error, eV. */
  readonly sigma: number
  /** Whether it ended at the limit that was given. */
  readonly atLimit: boolean
}

/** A linear combination fit of one spectrum. */
export interface LinearCombinationFit {
  /** The references in their order. */
  readonly components: readonly LinearComponent[]
  /** Sum of the weights. */
  readonly sum: number
  /** Standard error of the sum; 0 when it is closed. */
  readonly sumSigma: number
  /** Covariance of the weights, row-major k x k; zero where a weight is at a bound. With `shift` a last row and column for it. */
  readonly covariance: Float64Array
  /** The shift that was added to the energies of the data, eV, and its standard error. */
  readonly shift?: EnergyShift | undefined
  /** Energies of the fit, eV. */
  readonly energy: Float64Array
  /** The sum of the references. */
  readonly fit: Float64Array
  /** Data minus fit. */
  readonly residual: Float64Array
  /** Points of the fit. */
  readonly points: number
  /** Free quantities: weights (one less when closed), and the shift. */
  readonly unknowns: number
  /** Sum of (residual / sigma)². */
  readonly chiSquare: number
  /** chiSquare / (points - unknowns). Points of an averaged scan are correlated: it is then too small, and so are the errors. */
  readonly reducedChiSquare: number
  /** Sum of residual² over sum of data². */
  readonly rFactor: number
}

/** Linear combination fits of many spectra. */
export interface LinearCombinationSeries {
  /** Names of the k references. */
  readonly names: readonly string[]
  /** frames x k. */
  readonly weights: Float64Array
  /** Standard errors, frames x k; NaN at a bound. */
  readonly sigma: Float64Array
  /** Sum of (residual / sigma)², one a frame. */
  readonly chiSquare: Float64Array
  /** Sum of residual² over sum of data², weighted alike; one a frame. */
  readonly rFactor: Float64Array
  /** Points of a fit. */
  readonly points: number
}
