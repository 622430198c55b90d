import { asFloat64, type NumbersLike } from '../../../../core/arrays.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../../core/fields.js'
import type { FitResult } from '../../../../numeric/fitResult.js'
import { leastSquares } from '../../../../numeric/leastSquares/leastSquares.js'
import { asSpectrum } from '../../../spectrum.js'
import { momentsOfPeaks, type PrePeakMoments } from './momentsOfPeaks.js'
import { addEdgeFoot, addVoigt, type PreEdgeBaseline } from './prePeakModel.js'
import { startOfPrePeaks } from './startOfPrePeaks.js'

/** Where a pre-edge peak is looked for. */
export interface PrePeakStart {
  /** eV. */
  readonly centre: number
  /** Full width at half maximum of the whole line, eV. Default 2. */
  readonly fwhm?: number | undefined
}

/** Options of {@link fitPrePeaks}. */
export interface PrePeakOptions {
  /** Lowest and highest energy of the fit, eV: from the flat below the peaks to the foot of the edge. */
  range: readonly [number, number]
  /** The peaks. */
  peaks: readonly PrePeakStart[]
  /** Foot of the edge under them. Default `'arctan'`. */
  baseline?: PreEdgeBaseline | undefined
  /** FWHM of the Lorentzian part of all lines, eV: the core-hole width. Fitted, one for all, if absent. */
  lorentzian?: number | undefined
  /** Where the edge rises, eV. Default: the highest energy of the range. */
  edge?: number | undefined
  /** Standard uncertainties of mu, n values. Default: equal, from the scatter. */
  sigma?: NumbersLike | undefined
}

const OPTIONS: FieldsOf<PrePeakOptions> = { range: true, peaks: true, baseline: true, lorentzian: true, edge: true, sigma: true }
const PEAK: FieldsOf<PrePeakStart> = { centre: true, fwhm: true }

/** Fitted pre-edge peaks. */
export interface PrePeakFit extends PrePeakMoments {
  /** The fit: parameters `centre1`, `gaussian1`, `area1` ..., `lorentzian`, `offset`, `slope`, `edge`, `edgeWidth`, `edgeHeight`. */
  readonly fit: FitResult
  /** Energies of the fit, eV. */
  readonly energy: Float64Array
  /** Line and foot of the edge. */
  readonly baseline: Float64Array
  /** Data less baseline. */
  readonly peaks: Float64Array
  /** Sum of the fitted lines. */
  readonly model: Float64Array
}

/**
 * Fits pre-edge peaks (1s to 3d and the like): Voigt lines on a straight line and the foot of the edge, all at once, so that the errors of areas and centroid contain what the baseline leaves open.
 *
 * All lines share one Lorentzian width, that of the core hole. The centroid is the mean of the centres weighted by area.
 *
 * @param energy  eV, n values, strictly rising.
 * @param mu      Normalised absorption, n values.
 * @param options Range, peaks, baseline.
 * @throws OperandoError `E_RANGE` for a range with fewer points than parameters or a peak outside it; `E_ARGUMENT` without peaks; `E_AXIS`, `E_NAN`, `E_SHAPE`.
 * @see M. Wilke et al., Am. Mineral. 86 (2001) 714, for what area and centroid tell
 * @example
 * ```ts
 * import { fitPrePeaks } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 121 }, (_, i) => 7100 + 0.2 * i)
 * const mu = energy.map(e => 0.5 + Math.atan((e - 7126) / 2) / Math.PI + 0.08 * Math.exp(-(((e - 7113.4) / 0.9) ** 2)))
 * const { centroid, area } = fitPrePeaks(energy, mu, { range: [7105, 7119], peaks: [{ centre: 7113 }], edge: 7126 })
 * console.log(centroid.value, centroid.sigma, area.value, area.sigma)
 * ```
 */
export function fitPrePeaks(energy: NumbersLike, mu: NumbersLike, options: PrePeakOptions): PrePeakFit {
  assertFields(options, 'fitPrePeaks options', ['range', 'peaks'])
  assertKnown(options, 'fitPrePeaks options', OPTIONS)
  const all = asSpectrum(energy, mu)
  const { range, peaks: starts, baseline: kind = 'arctan' } = options
  assertOneOf(kind, 'baseline', ['arctan', 'erf', 'lorentzian'])
  if (starts.length === 0) throw new OperandoError('E_ARGUMENT', 'fitPrePeaks: at least one peak was expected in { peaks }.')
  const from = all.energy.findIndex(e => e >= range[0])
  const to = all.energy.findLastIndex(e => e <= range[1]) + 1
  const x = all.energy.slice(Math.max(0, from), to)
  const y = all.mu.subarray(Math.max(0, from), to)
  for (const peak of starts) {
    assertKnown(peak, 'fitPrePeaks: a peak', PEAK)
    if (!(peak.centre > range[0] && peak.centre < range[1]))
      throw new OperandoError(
        'E_RANGE',
        `fitPrePeaks: the peak at ${peak.centre} eV lies outside the range, ${range[0]} to ${range[1]} eV.`,
      )
  }
  const needed = 3 * starts.length + 7
  if (from < 0 || x.length < needed)
    throw new OperandoError(
      'E_RANGE',
      `fitPrePeaks: ${x.length} points lie between ${range[0]} and ${range[1]} eV, at least ${needed} are needed for ${starts.length} peaks.`,
    )
  const given =
    options.sigma === undefined ? undefined : asFloat64(options.sigma, 'sigma', { length: all.energy.length }).subarray(from, to)
  const parameters = startOfPrePeaks(x, y, options, kind)
  const names = parameters.map(p => p.name)
  const model = (p: Float64Array, base: Float64Array, lines: Float64Array): void => {
    const at = (name: string): number => p[names.indexOf(name)]!
    for (let i = 0; i < x.length; i++) base[i] = at('offset') + at('slope') * (x[i]! - x[0]!)
    addEdgeFoot(kind, x, at('edge'), at('edgeWidth'), at('edgeHeight'), base)
    lines.fill(0)
    for (let k = 1; k <= starts.length; k++)
      addVoigt(x, at(`centre${k}`), at(`gaussian${k}`), at('lorentzian'), at(`area${k}`), lines)
  }
  const base = new Float64Array(x.length)
  const lines = new Float64Array(x.length)
  const fit = leastSquares(
    {
      points: x.length,
      residuals(p, out): void {
        model(p, base, lines)
        for (let i = 0; i < x.length; i++) out[i] = (base[i]! + lines[i]! - y[i]!) / (given ? given[i]! : 1)
      },
    },
    parameters,
    given ? { scaleErrors: false } : {},
  )
  model(
    Float64Array.from(names, name => fit.parameters[name]!.value),
    base,
    lines,
  )
  return Object.freeze({
    ...momentsOfPeaks(fit, starts.length),
    fit,
    energy: x,
    baseline: base,
    peaks: y.map((v, i) => v - base[i]!),
    model: lines,
  })
}
