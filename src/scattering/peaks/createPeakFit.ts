import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown } from '../../core/fields.js'
import { finishPeakFit } from './finishPeakFit.js'
import { holdWeakPeaks } from './holdWeakPeaks.js'
import { type OpenModel, openModel } from './openModel.js'
import { PEAK_FIT_FIELDS, type PeakFitOptions, type PeakFitPlan } from './peakFitPlan.js'
import { guessOf, type PeakModel } from './peakGuess.js'
import { createPeakVariants, type PeakVariants } from './peakVariants.js'
import { startFromData } from './startFromData.js'

/**
 * Prepares the fit of a model to patterns on one axis: {@link fitPeaks} for many frames, without setting up anew.
 *
 * @param x       Abscissae of all patterns, n values, strictly rising.
 * @param model   Peaks, profile, background, range.
 * @param options Weights, axis, errors.
 * @throws OperandoError `E_AXIS`, `E_NAN`; `E_ARGUMENT` for a model that contradicts itself; `E_RANGE` for a range without data or centres outside it.
 * @example
 * ```ts
 * import { createPeakFit, gaussian } from 'operando/scattering'
 * const x = Float64Array.from({ length: 201 }, (_, i) => 30 + 0.01 * i)
 * const plan = createPeakFit(x, { peaks: [{ centre: 31, fwhm: 0.2 }], profile: 'gaussian', background: 1 })
 * let start: Record<string, number> | undefined
 * for (const centre of [31, 31.05, 31.1]) {
 *   const y = gaussian(x, { centre, fwhm: 0.2, area: 50 }).map((v, i) => v + 10 + 0.1 * (i % 3))
 *   const { peaks, parameters } = plan.fit(y, { start })
 *   start = Object.fromEntries(Object.values(parameters).map(p => [p.name, p.value]))
 *   console.log(peaks[0]!.centre.value, peaks[0]!.centre.standardError)
 * }
 * ```
 */
export function createPeakFit(x: NumbersLike, model: PeakModel, options: PeakFitOptions = {}): PeakFitPlan {
  assertKnown(options, 'fitPeaks options', PEAK_FIT_FIELDS)
  assertFields(model, 'fitPeaks', ['peaks'])
  assertKnown(model, 'fitPeaks', PEAK_FIT_FIELDS)
  const open = openModel(x, model, options)
  const variants = createPeakVariants(open, model, options)
  const { inputs, peaks } = open.layout
  const none = peaks.map(() => false)
  const { minSignificance = 4, curves = false } = options
  variants.of(none) // what contradicts itself shows at once
  return {
    names: inputs.map(input => input.name),
    fit(y, frame = {}) {
      const good = open.load(asFloat64(y, 'y', { length: open.total, allowNaN: true }), frame)
      if (good < inputs.length) {
        throw new OperandoError(
          'E_ARGUMENT',
          `fitPeaks: ${good} good points in the range cannot determine ${inputs.length} parameters: widen the range, share shapes or hold parameters.`,
        )
      }
      begin(open, variants, frame.start)
      const begun = variants.start.slice()
      const found = holdWeakPeaks(variants.run(none), begun, minSignificance, open, variants)
      return finishPeakFit(found, good, curves, open, variants)
    },
  }
}

/** Fills the starts: from a seed, or from the model and the data, areas and background by a linear fit with all else held. */
function begin(open: OpenModel, { start, all, run }: PeakVariants, seed: Readonly<Record<string, number>> | undefined): void {
  const { inputs, peaks } = open.layout
  startFromData(start, open.layout, open.target, seed === undefined)
  if (seed) {
    inputs.forEach(({ name }, j) => {
      const value = seed[name]
      if (value !== undefined && Number.isFinite(value)) start[j] = value
    })
  } else {
    run(peaks.map(() => true))
    start.set(all)
  }
  for (const { area, guess } of peaks) {
    const given = guessOf(guess.area).value
    if (!seed && given !== undefined) start[area] = given
    if (start[area] === 0 && inputs[area]!.vary !== false) start[area] = smallArea(open)
  }
}

/** An area that the noise of a few points would just hide: for peaks that start at nothing, where no derivative could widen or move them. */
function smallArea({ target: { data, weight }, step }: OpenModel): number {
  let [low, high, most] = [Infinity, -Infinity, 0]
  for (let i = 0; i < data.length; i++) {
    if (weight[i] === 0) continue
    low = Math.min(low, data[i]!)
    high = Math.max(high, data[i]!)
    most = Math.max(most, weight[i]!)
  }
  return step * (Math.min(1e-3 * (high - low), 1 / most) || 1)
}
