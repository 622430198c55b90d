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
    const variant = { plan: createLeastSquares(problem, parameters, options), space: createParameterSpace(parameters) }
    made.set(key, variant)
    return variant
  }

  /** Brings the starts inside their bounds, and puts the windows around the centres where they start now. */
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
