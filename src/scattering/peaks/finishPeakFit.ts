import type { FitResult } from '../../numeric/fitResult.js'
import { frozenFit } from '../../numeric/frozenFit.js'
import { describePeaks, withDerived } from './describePeaks.js'
import type { WeakPeaks } from './holdWeakPeaks.js'
import type { OpenModel } from './openModel.js'
import type { PeakCurves, PeakFitResult } from './peakResult.js'
import type { PeakVariants } from './peakVariants.js'

/**
 * The result of a fit for people: peaks with errors, R factors, curves.
 * @param found    The fit.
 * @param good     Points that count.
 * @param curves   Whether curves are wanted.
 * @param open     The model and the pattern.
 * @param variants Its plans.
 */
export function finishPeakFit(
  { fit, weak, significance }: WeakPeaks,
  good: number,
  curves: boolean,
  open: OpenModel,
  variants: PeakVariants,
): PeakFitResult {
  const { target, fixedBackground } = open
  const { all } = variants
  const counted = recount(fit, good)
  const peaks = describePeaks(counted, all, weak, significance, { ...open, space: variants.of(weak).space })
  const fitted = open.scratch.profile.fill(0)
  open.problem.addBackground(all, fitted)
  let [square, above] = [0, 0]
  for (let i = 0; i < fitted.length; i++) {
    const w = target.weight[i]! ** 2
    square += w * (target.data[i]! + fixedBackground[i]!) ** 2
    above += w * (target.data[i]! - fitted[i]!) ** 2
  }
  for (const peak of peaks) Object.freeze(peak)
  return frozenFit({
    ...counted,
    parameters: withDerived(counted.parameters, peaks),
    peaks: Object.freeze(peaks),
    rFactor: square > 0 ? Math.sqrt(counted.chiSquare / square) : 0,
    rFactorAboveBackground: above > 0 ? Math.sqrt(counted.chiSquare / above) : 0,
    ...(curves && { curves: curvesOf(open, all) }),
  })
}

function curvesOf({ target, fixedBackground, problem, layout }: OpenModel, all: Float64Array): PeakCurves {
  const n = target.x.length
  const background = fixedBackground.slice()
  problem.addBackground(all, background)
  const fitted = background.slice()
  const peaks = layout.peaks.map((_, p) => {
    const alone = new Float64Array(n)
    problem.addPeak(p, all, alone)
    for (let i = 0; i < n; i++) fitted[i]! += alone[i]!
    return alone
  })
  const data = target.data.map((v, i) => (target.weight[i] === 0 ? Number.NaN : v + fixedBackground[i]!))
  return { x: target.x.slice(), data, fitted, background, peaks }
}

/** Points that do not count are rows of zeros to the fit: its degrees of freedom, and what was scaled by them, are put right. */
function recount(fit: FitResult, good: number): FitResult {
  if (good === fit.points) return fit
  const freedom = good - fit.varied.length
  const factor = fit.scaledErrors ? fit.degreesOfFreedom / Math.max(1, freedom) : 1
  const parameters = Object.fromEntries(
    Object.entries(fit.parameters).map(([name, p]) => {
      const standardError = p.standardError === null ? null : p.standardError * Math.sqrt(factor)
      return [name, { ...p, standardError }]
    }),
  )
  return {
    ...fit,
    parameters,
    covariance: fit.covariance?.map(c => c * factor) ?? null,
    points: good,
    degreesOfFreedom: freedom,
    reducedChiSquare: fit.chiSquare / Math.max(1, freedom),
  }
}
