import type { FitResult } from '../../numeric/fitResult.js'
import { createLeastSquares, type LeastSquaresPlan } from '../../numeric/leastSquares/createLeastSquares.js'
import { createParameterSpace, type ParameterSpace } from '../../numeric/leastSquares/parameterSpace.js'
import type { OpenModel } from './openModel.js'
import type { PeakFitOptions } from './peakFitPlan.js'
import { guessOf, type PeakModel } from './peakGuess.js'

/** A least-squares plan in which centres and shapes of some peaks are held. */
interface Variant {
  readonly plan: LeastSquaresPlan
  readonly space: ParameterSpace
}

/** Enough for any fit that knows where it goes; a peak that is not there would use up the usual thousand. */
const MOST_EVALUATIONS = 300
/** After a step that promises less there is one more, taken in full: what is left is below a ten-thousandth of a standard error. */
const COST_TOLERANCE = 1e-10
/** How many times a width may grow or shrink from its start. */
const WIDTH_WINDOW = 5

/** The least-squares plans of a model, one for each set of peaks that were ever held. */
export interface PeakVariants {
  /** Where the next fit starts; written by the caller. */
  readonly start: Float64Array
  /** All parameters after the last fit. */
  readonly all: Float64Array
  /** Fits with centres and shapes of the peaks marked held at their starts. */
  run(held: readonly boolean[]): FitResult
  /** The plan for a set of held peaks. */
  of(held: readonly boolean[]): Variant
}

/** Makes the plans of a model, each when it is first needed. */
export function createPeakVariants(open: OpenModel, model: PeakModel, options: PeakFitOptions): PeakVariants {
  const { layout, problem, target } = open
  const { inputs, peaks, profile } = layout
  const low = target.x[0]!
  const high = target.x[target.x.length - 1]!
  const start = new Float64Array(inputs.length)
  const all = new Float64Array(inputs.length)
  const made = new Map<string, Variant>()

  const of = (held: readonly boolean[]): Variant => {
    const key = held.map(Number).join('')
    const known = made.get(key)
    if (known) return known
    const places = (which: boolean): number[] => peaks.flatMap((p, k) => (held[k] === which ? [p.centre, ...p.shape] : []))
    // a shared shape is held only when all peaks are
    const free = new Set(places(false))
    const fixed = new Set(places(true).filter(j => !free.has(j)))
    const parameters = inputs.map((input, j) => (fixed.has(j) && input.tie === undefined ? { ...input, vary: false } : input))
    const { loss, lossScale, scaleErrors, kernels, signal } = options
    const limited = {
      ...{ loss, lossScale, scaleErrors, kernels, signal },
      maxEvaluations: options.maxEvaluations ?? MOST_EVALUATIONS,
      tolerances: { cost: COST_TOLERANCE, ...options.tolerances },
    }
    const variant = { plan: createLeastSquares(problem, parameters, limited), space: createParameterSpace(parameters) }
    made.set(key, variant)
    return variant
  }

  /** Brings the starts inside their bounds, and puts the windows around centres and widths where they start now. */
  const settle = ({ plan, space }: Variant): void => {
    inputs.forEach(({ min = -Infinity, max = Infinity }, j) => {
      start[j] = Math.min(Math.max(start[j]!, min), max)
    })
    for (const { centre } of peaks) start[centre] = Math.min(Math.max(start[centre]!, low), high)
    for (const { guess, centre, shape } of peaks) {
      if (!space.free.includes(centre)) continue
      const { min, max } = guessOf(guess.centre)
      const bounded = min !== undefined || max !== undefined
      const width = 2 * profile.fwhm(Float64Array.from(shape, j => start[j]!))
      const window = guess.window ?? model.window ?? (bounded ? Infinity : width)
      const from = Math.max(start[centre]! - window, low, min ?? -Infinity)
      const to = Math.min(start[centre]! + window, high, max ?? Infinity)
      plan.bound(inputs[centre]!.name, from, to)
      shape.forEach((j, k) => {
        const { name, kind, min: least } = profile.shape[k]!
        const own = guessOf(guess[name as 'fwhm'])
        if (kind !== 'width' || !space.free.includes(j) || own.min !== undefined || own.max !== undefined) return
        // widths that may be 0 are judged by the whole
        const size = least === 0 ? 0.5 * width : start[j]!
        plan.bound(
          inputs[j]!.name,
          least === 0 ? 0 : Math.max(start[j]! / WIDTH_WINDOW, inputs[j]!.min!),
          Math.min(size * WIDTH_WINDOW, inputs[j]!.max!),
        )
      })
    }
  }

  return {
    start,
    all,
    of,
    run(held) {
      const variant = of(held)
      settle(variant)
      const fit = variant.plan.fit(start)
      inputs.forEach(({ name }, j) => {
        all[j] = fit.parameters[name]!.value
      })
      return fit
    },
  }
}
