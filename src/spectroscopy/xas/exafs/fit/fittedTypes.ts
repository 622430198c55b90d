import type { Issue } from '../../../../core/issue.js'
import type { FitResult } from '../../../../numeric/fitResult.js'
import type { EachPathParameter } from '../pathParameters.js'

/** Data and model, or a path, as curves. */
export interface ExafsCurve {
  /** chi(k), n values. */
  readonly chi: Float64Array
  /** chi(R), real part, m values; with the first k-weight. */
  readonly re: Float64Array
  /** Imaginary part. */
  readonly im: Float64Array
  /** Magnitude. */
  readonly magnitude: Float64Array
}

/** Curves of a spectrum. */
export interface ExafsCurves {
  /** Wavenumbers, 1/Å, even from 0, n values. */
  readonly k: Float64Array
  /** Window at `k`. */
  readonly kwin: Float64Array
  /** Distances, Å, m values. */
  readonly r: Float64Array
  /** What was measured. */
  readonly data: ExafsCurve
  /** What was fitted to it. */
  readonly model: ExafsCurve
  /** What each path contributes, by label. */
  readonly paths: Readonly<Record<string, ExafsCurve>>
}

/** A number with its standard error; `null` where nothing determines it. */
export interface WithError {
  /** The value. */
  readonly value: number
  /** Its standard error, from the covariance of the parameters it follows from; `null` without one, 0 for what is given. */
  readonly standardError: number | null
}

/** A path as the fit leaves it. */
export interface FittedPath extends EachPathParameter<WithError> {
  /** Its label. */
  readonly label: string
  /** Half the length of the way in the calculation, Å. */
  readonly reff: number
  /** reff + deltar, Å: the distance. */
  readonly r: WithError
}

/** A spectrum as the fit leaves it. */
export interface FittedSet {
  /** Its name. */
  readonly name: string
  /** Sum of squares of the misfit over that of the data, in the space of the fit. */
  readonly rFactor: number
  /** Independent points, 1 + 2 (kmax - kmin) (rmax - rmin) / pi. */
  readonly independent: number
  /** Uncertainty of chi(k), one a k-weight; the mean where it was given for each point. */
  readonly epsilonK: readonly number[]
  /** Uncertainty of chi(R), one a k-weight. */
  readonly epsilonR: readonly number[]
  /** Its paths. */
  readonly paths: readonly FittedPath[]
  /** Curves, if asked for. */
  readonly curves?: ExafsCurves | undefined
}

/**
 * What `fitExafs` returns. `residual` is (model - data) / epsilon over the root of the oversampling, so that `chiSquare` is Larch's chi_square (sum of squares times independent points over
 * points), `degreesOfFreedom` independent points less variables, and standard errors those of Larch and IFEFFIT. `parameters` hold, after those of the fit, `label.r`, `label.sigma2` ... of paths.
 */
export interface ExafsFit extends FitResult {
  /** Independent points of all spectra. */
  readonly independent: number
  /** Akaike's criterion: independent ln(chi² / independent) + 2 variables. */
  readonly aic: number
  /** Bayes' criterion: independent ln(chi² / independent) + ln(independent) variables. */
  readonly bic: number
  /** Sum of squares of the misfit over that of the data, all spectra. */
  readonly rFactor: number
  /** The spectra, in order. */
  readonly sets: readonly FittedSet[]
  /** More variables than independent points, parameters at bounds, names that were translated ... */
  readonly warnings: readonly Issue[]
}
