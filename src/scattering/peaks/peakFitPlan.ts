import type { NumbersLike } from '../../core/arrays.js'
import type { FieldsOf } from '../../core/fields.js'
import type { LeastSquaresOptions } from '../../numeric/leastSquares/types.js'
import type { PeakAxis } from '../bragg/dSpacingOfPeak.js'
import type { PeakModel } from './peakGuess.js'
import type { PeakFitResult } from './peakResult.js'

/** Options of `createPeakFit` and `fitPeaks`. */
export interface PeakFitOptions
  extends Pick<
    LeastSquaresOptions,
    'loss' | 'lossScale' | 'scaleErrors' | 'tolerances' | 'maxEvaluations' | 'kernels' | 'signal'
  > {
  /**
   * Weights: `'sigma'` 1/sigma² of the data, `'poisson'` 1/max(y, 1) for counts as measured, `'none'` all alike.
   * Default: sigma where the data have it, else none.
   */
  readonly weights?: 'sigma' | 'poisson' | 'none' | undefined
  /** What x is: gives `dSpacing`, and the place of the second line of a doublet. Default: the dim of a Dataset if it is `twoTheta`, `q` or `d`; else unknown. */
  readonly axis?: PeakAxis | undefined
  /** Wavelength in Å, for `dSpacing` from twoTheta. Default: that of the Dataset, or the first of the doublet. */
  readonly wavelength?: number | undefined
  /** Standard uncertainty of the wavelength in Å. Default 0. */
  readonly wavelengthSigma?: number | undefined
  /**
   * Significance below which a peak counts as weak: its centre and shape are held at their starts and the rest is fitted anew. 0 never. Default 4:
   * noise alone, with centre and width free, reaches 3 now and then.
   */
  readonly minSignificance?: number | undefined
  /** Range over which a peak is computed, in fwhm on either side. Default: all, where it is a Gaussian what 1e-26 of its height leaves. */
  readonly reach?: number | undefined
  /** Whether the result has the curves. Default: true for `fitPeaks`, false for `createPeakFit` and `peakFitter`. */
  readonly curves?: boolean | undefined
}

/** Names of all options of a peak fit, those of the model too: they may stand in one object. */
export const PEAK_FIT_FIELDS: FieldsOf<PeakFitOptions & PeakModel> = {
  loss: true,
  lossScale: true,
  scaleErrors: true,
  tolerances: true,
  maxEvaluations: true,
  kernels: true,
  signal: true,
  weights: true,
  axis: true,
  wavelength: true,
  wavelengthSigma: true,
  minSignificance: true,
  reach: true,
  curves: true,
  peaks: true,
  profile: true,
  shared: true,
  background: true,
  range: true,
  doublet: true,
  window: true,
  negativeAreas: true,
}

/** What belongs to one pattern of a plan. */
export interface PeakFitFrame {
  /** Standard uncertainties, as many as x. A point whose uncertainty is 0 or NaN is left out. */
  readonly sigma?: NumbersLike | undefined
  /** 0 = good, as many as x. */
  readonly mask?: ArrayLike<number> | undefined
  /** Starts by parameter name, those of another frame; names it does not know are passed over. Default: the model's, and what the data say. */
  readonly start?: Readonly<Record<string, number>> | undefined
}

/** A fit of peaks with its buffers, for many patterns on one axis. */
export interface PeakFitPlan {
  /** Names of the parameters that are fitted, in order. */
  readonly names: readonly string[]
  /**
   * Fits one pattern.
   * @param y     Values, as many as x; NaN where nothing was measured.
   * @param frame Uncertainties, mask, starts.
   * @throws OperandoError `E_SHAPE` on lengths, `E_NAN` on infinity, `E_RANGE` on a negative sigma, `E_ARGUMENT` for fewer points than parameters or weights without sigma.
   */
  fit(y: NumbersLike, frame?: PeakFitFrame): PeakFitResult
}
