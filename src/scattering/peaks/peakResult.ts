import type { FitResult } from '../../numeric/fitResult.js'
import type { Estimate } from '../bragg/dSpacingOfPeak.js'

/** A peak as a fit leaves it. Standard errors of derived numbers follow from the full covariance. */
export interface FittedPeak {
  /** Its name. */
  readonly name: string
  /** Position of the maximum, unit of x. */
  readonly centre: Estimate
  /** Area, unit(y) x unit(x). */
  readonly area: Estimate
  /** Height of the maximum above the background, unit of y. */
  readonly height: Estimate
  /** Full width at half maximum, unit of x. */
  readonly fwhm: Estimate
  /** Integral breadth, area over height, unit of x. */
  readonly breadth: Estimate
  /** Shape parameters of its profile by name: `fwhm`, `eta` ... */
  readonly shape: Readonly<Record<string, Estimate>>
  /** Spacing of the planes, Å; where axis and wavelength are known. */
  readonly dSpacing?: Estimate | undefined
  /** Area over the error that it would have if all but the background were known; for a weak peak the area is taken without its bound, so this may be below 0. */
  readonly significance: number
  /** Whether it is too weak to tell where it is and how wide: centre and shape are then held at their starts and have no errors. */
  readonly weak: boolean
  /** Names of its parameters that rest on a bound: their values are limits rather than results. */
  readonly atBound: readonly string[]
}

/** The curves of a fit at the points of its range. */
export interface PeakCurves {
  /** Abscissae. */
  readonly x: Float64Array
  /** What was fitted. */
  readonly data: Float64Array
  /** Peaks and background. */
  readonly fitted: Float64Array
  /** Background, fixed and fitted. */
  readonly background: Float64Array
  /** Each peak alone. */
  readonly peaks: readonly Float64Array[]
}

/**
 * What `fitPeaks` returns: a `FitResult` whose `parameters` hold, after those of the fit (`peak1.centre` ...), the derived `peak1.height`, `peak1.fwhm`
 * and `peak1.dSpacing`; so it serves `sequence` as the fit of a frame.
 */
export interface PeakFitResult extends FitResult {
  /** The peaks in the order given. */
  readonly peaks: readonly FittedPeak[]
  /** Weighted profile R factor: sqrt(sum w (y - fit)² / sum w y²). */
  readonly rFactor: number
  /** The same with the background taken off y below: does not look good merely because the background is high. */
  readonly rFactorAboveBackground: number
  /** Curves, if asked for. */
  readonly curves?: PeakCurves | undefined
}
