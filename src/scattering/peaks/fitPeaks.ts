import type { NumbersLike } from '../../core/arrays.js'
import { assertKnown } from '../../core/fields.js'
import type { PeakAxis } from '../bragg/dSpacingOfPeak.js'
import { createPeakFit } from './createPeakFit.js'
import { type OpenPeakData, openPeakData, type PeakData } from './peakData.js'
import { PEAK_FIT_FIELDS, type PeakFitOptions, type PeakFitPlan } from './peakFitPlan.js'
import type { PeakGuess, PeakModel } from './peakGuess.js'
import type { PeakFitResult } from './peakResult.js'

/** Options of {@link fitPeaks} and {@link peakFitter}: the model but for its peaks, and how to fit it. */
export interface FitPeaksOptions extends Omit<PeakModel, 'peaks'>, PeakFitOptions {}

/**
 * Fits peaks and background to a pattern: areas, heights, centres, widths and shapes with standard errors, analytic derivatives throughout.
 *
 * A peak needs no more than its position to start from. Its centre stays within a window around that; areas stay above 0 unless `negativeAreas`; a
 * peak that is too weak to tell its position (`minSignificance`) keeps it and is marked `weak`, with an area and its error all the same.
 * Standard errors follow from the scatter found unless `scaleErrors: false` says that sigma is to be trusted.
 *
 * @param data    1-d Dataset (mask and sigma honoured), or `{ x, y, sigma, mask }`; NaN points are left out.
 * @param peaks   Positions, guesses (start, bounds, fixed, tied), or what `findPeaks` found.
 * @param options Profile, shared shapes, background, range, doublet, weights.
 * @returns Peaks with d-spacings where axis and wavelength are known, all parameters with covariance, R factors, curves.
 * @throws OperandoError `E_SHAPE`, `E_AXIS`, `E_NAN` for data, `E_ARGUMENT`, `E_RANGE` for a model that means nothing. Not converging is a result.
 * @see H. Toraya, J. Appl. Cryst. 19 (1986) 440, for fitting peaks and their errors
 * @example
 * ```ts
 * import { fitPeaks, pseudoVoigt } from 'operando/scattering'
 * const x = Array.from({ length: 401 }, (_, i) => 30 + 0.01 * i)
 * const y = pseudoVoigt(x, { centre: 32, fwhm: 0.2, eta: 0.4, area: 100 }).map((v, i) => v + 20 + ((i * 7) % 5) - 2)
 * const { peaks, rFactor } = fitPeaks({ x, y }, [31.9], { profile: 'pseudoVoigt', background: 1 })
 * console.log(peaks[0]!.centre, peaks[0]!.area, peaks[0]!.fwhm, rFactor)
 * ```
 */
export function fitPeaks(data: PeakData, peaks: readonly (number | PeakGuess)[], options: FitPeaksOptions = {}): PeakFitResult {
  assertKnown(options, 'fitPeaks options', PEAK_FIT_FIELDS)
  const open = openPeakData(data)
  return planFor(open, peaks, { curves: true, ...options }).fit(open.y, open)
}

/** Fits one frame of a series from the fit of another: what `sequence` of `operando/series` takes. */
export type PeakFitter = (frame: PeakData, seed?: Readonly<Record<string, number>>) => PeakFitResult

/**
 * The fit of peaks as `sequence` wants it: a series is fitted by `sequence(series, peakFitter(peaks, options))`. The set-up is made at the first
 * frame and kept as long as the axis stays the same; centres may go as far from one frame to the next as `window` says.
 *
 * @param peaks   Positions or guesses in the first frame.
 * @param options Profile, shared shapes, background, range, doublet, weights.
 * @example
 * ```ts
 * import { createDataset } from 'operando'
 * import { gaussian, peakFitter } from 'operando/scattering'
 * import { sequence } from 'operando/series'
 * const x = Float64Array.from({ length: 300 }, (_, i) => 18 + 0.01 * i)
 * const values = Float64Array.from([19, 19.05, 19.1].flatMap(centre => [...gaussian(x, { centre, fwhm: 0.2, area: 30 })]), (v, i) => v + 5 + (i % 2))
 * const coords = { twoTheta: { dims: ['twoTheta'], values: x, unit: 'deg' } }
 * const series = createDataset({ name: 'I', dims: ['frame', 'twoTheta'], shape: [3, 300], values, unit: 'counts', coords })
 * const run = await sequence(series, peakFitter([{ name: 'line', centre: 19 }], { profile: 'gaussian', wavelength: 0.7 }))
 * console.log(run.parameters['line.centre']!.values, run.parameters['line.dSpacing']!.sigma)
 * ```
 */
export function peakFitter(peaks: readonly (number | PeakGuess)[], options: FitPeaksOptions = {}): PeakFitter {
  assertKnown(options, 'peakFitter options', PEAK_FIT_FIELDS)
  let plan: PeakFitPlan | undefined
  let made: OpenPeakData | undefined
  return (frame, seed) => {
    const open = openPeakData(frame)
    if (!plan || !made || !sameAxis(open, made)) {
      plan = planFor(open, peaks, options)
      made = open
    }
    return plan.fit(open.y, { ...open, start: seed })
  }
}

function planFor(data: OpenPeakData, peaks: readonly (number | PeakGuess)[], options: FitPeaksOptions): PeakFitPlan {
  const axis = options.axis ?? (isPeakAxis(data.axis) ? data.axis : undefined)
  // a background curve is told along the whole axis, so it goes with the model as it is
  const model = { ...options, peaks, background: options.background as number | 'none' | NumbersLike | undefined }
  return createPeakFit(data.x, model, { ...options, axis, wavelength: options.wavelength ?? data.wavelength })
}

function isPeakAxis(name: string | undefined): name is PeakAxis {
  return name === 'twoTheta' || name === 'q' || name === 'd'
}

function sameAxis(a: OpenPeakData, b: OpenPeakData): boolean {
  if (a.axis !== b.axis || a.wavelength !== b.wavelength) return false
  return a.x === b.x || (a.x.length === b.x.length && a.x.every((v, i) => v === b.x[i]))
}
