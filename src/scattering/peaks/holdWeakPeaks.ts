import type { FitResult } from '../../numeric/fitResult.js'
import type { OpenModel } from './openModel.js'
import type { PeakVariants } from './peakVariants.js'

/** A fit, with what became of its weak peaks. */
export interface WeakPeaks {
  /** The fit that counts. */
  readonly fit: FitResult
  /** By peak: whether centre and shape were held. */
  readonly weak: readonly boolean[]
  /** By peak: see `FittedPeak.significance`. */
  readonly significance: readonly number[]
}

/**
 * Looks which peaks a fit has found too weak, holds their centres and shapes where they started, and fits the rest anew: a peak that vanishes would
 * otherwise wander off after noise, and take the covariance with it.
 *
 * Their areas are first fitted without the bound at 0, which tells their significance, then with it where one falls below.
 *
 * @param fit             The fit of all parameters.
 * @param begun           Where it started.
 * @param minSignificance Below this a peak is weak.
 * @param open            The model and the pattern.
 * @param variants        Its plans.
 */
export function holdWeakPeaks(
  fit: FitResult,
  begun: Float64Array,
  minSignificance: number,
  open: OpenModel,
  variants: PeakVariants,
): WeakPeaks {
  const { inputs, peaks } = open.layout
  const { start, all, run } = variants
  const significance = significances(fit, open, all)
  const weak = peaks.map(({ area }, p) => {
    const { vary, tie } = inputs[area]!
    return vary !== false && tie === undefined && !(Math.abs(significance[p]!) >= minSignificance)
  })
  if (!weak.includes(true)) return { fit, weak, significance }
  start.set(all)
  const held = peaks.filter((_, p) => weak[p])
  for (const { area, centre, shape } of held) for (const j of [area, centre, ...shape]) start[j] = begun[j]!
  // what is shared with a peak that is not weak stays where the fit found it
  peaks.forEach(({ shape }, p) => {
    if (!weak[p]) for (const j of shape) start[j] = all[j]!
  })
  const { plan } = variants.of(weak)
  const bounded = held.map(({ area }) => area).filter(j => inputs[j]!.min === 0)
  for (const j of bounded) plan.bound(inputs[j]!.name, -Infinity, Infinity)
  let final = run(weak)
  const told = significances(final, open, all)
  for (const j of bounded) plan.bound(inputs[j]!.name, 0, Infinity)
  if (bounded.some(j => all[j]! < 0)) {
    start.set(all)
    final = run(weak)
  }
  return { fit: final, weak, significance: told }
}

/** Areas over the errors that they would have if all but the background were known: what stays meaningful where a covariance does not. */
function significances(fit: FitResult, { layout, problem, target, scratch }: OpenModel, all: Float64Array): number[] {
  const { weight, basis } = target
  const n = problem.points
  const scale = (fit.scaledErrors && Math.sqrt(fit.reducedChiSquare)) || 1
  const { axes, profile } = scratch
  axes.forEach((axis, k) => {
    for (let i = 0; i < n; i++) axis[i] = weight[i]! * basis[k * n + i]!
    const length = withoutParts(axis, axes, k)
    for (let i = 0; i < n; i++) axis[i]! /= length
  })
  return layout.peaks.map(({ area }, p) => {
    const value = all[area]!
    all[area] = 1
    profile.fill(0)
    problem.addPeak(p, all, profile)
    all[area] = value
    for (let i = 0; i < n; i++) profile[i]! *= weight[i]!
    return (value * withoutParts(profile, axes, axes.length)) / scale
  })
}

/** Takes the parts along the first few of some orthonormal vectors out of a vector (Gram-Schmidt); returns the length of what is left. */
function withoutParts(vector: Float64Array, orthonormal: readonly Float64Array[], count: number): number {
  const n = vector.length
  for (let k = 0; k < count; k++) {
    const axis = orthonormal[k]!
    let part = 0
    for (let i = 0; i < n; i++) part += vector[i]! * axis[i]!
    for (let i = 0; i < n; i++) vector[i]! -= part * axis[i]!
  }
  let square = 0
  for (let i = 0; i < n; i++) square += vector[i]! * vector[i]!
  return Math.sqrt(square)
}
