import type { FitParameter, FitResult } from '../../numeric/fitResult.js'
import type { ParameterSpace } from '../../numeric/leastSquares/parameterSpace.js'
import { type DSpacingOptions, dSpacingOfPeak, type Estimate } from '../bragg/dSpacingOfPeak.js'
import type { PeakLayout, PeakPlaces } from './peakLayout.js'
import type { FittedPeak } from './peakResult.js'

/** What is needed to tell peaks from parameters. */
export interface PeakDescription {
  /** The parameters. */
  readonly layout: PeakLayout
  /** The same, compiled, as they varied in this fit. */
  readonly space: ParameterSpace
  /** How to get d; `undefined` where axis or wavelength are not known. */
  readonly bragg: DSpacingOptions | undefined
}

/**
 * The peaks of a result, derived numbers with errors from the full covariance.
 * @param fit          The result.
 * @param all          All parameter values.
 * @param weak         By peak: whether centre and shape were held.
 * @param significance By peak: see `FittedPeak`.
 * @param about        Layout, ties, axis.
 */
export function describePeaks(
  fit: FitResult,
  all: Float64Array,
  weak: readonly boolean[],
  significance: readonly number[],
  about: PeakDescription,
): FittedPeak[] {
  const { layout, bragg } = about
  const { profile, inputs } = layout
  const covariance = fit.covariance && covarianceOfAll(fit.covariance, all, about.space)
  const estimate = (value: number, indices: readonly number[], slopes: readonly number[]): Estimate => {
    if (!covariance) return { value, standardError: null }
    let variance = 0
    for (let a = 0; a < indices.length; a++) {
      for (let b = 0; b < indices.length; b++)
        variance += slopes[a]! * slopes[b]! * covariance[indices[a]! * inputs.length + indices[b]!]!
    }
    return { value, standardError: variance > 0 ? Math.sqrt(variance) : null }
  }
  return layout.peaks.map((places, p) => {
    const shape = Float64Array.from(places.shape, j => all[j]!)
    const area = all[places.area]!
    const height = profile.height(shape)
    const own = [places.area, ...places.shape]
    const shapeSlopes = (f: (shape: Float64Array) => number): number[] => slopesOf(f, shape)
    const heights = shapeSlopes(profile.height)
    const centre = estimate(all[places.centre]!, [places.centre], [1])
    const d = bragg && dSpacingOf(centre, bragg)
    return {
      name: places.name,
      centre,
      area: estimate(area, [places.area], [1]),
      height: estimate(area * height, own, [height, ...heights.map(s => area * s)]),
      fwhm: estimate(profile.fwhm(shape), [...places.shape], shapeSlopes(profile.fwhm)),
      breadth: estimate(
        1 / height,
        [...places.shape],
        heights.map(s => -s / (height * height)),
      ),
      shape: Object.fromEntries(profile.shape.map(({ name }, k) => [name, estimate(shape[k]!, [places.shape[k]!], [1])])),
      ...(d && { dSpacing: d }),
      significance: significance[p]!,
      weak: weak[p]!,
      atBound: boundsOf(fit, layout, places),
    }
  })
}

/** The parameters of a fit, and after them the derived ones, so that tables of results have both. */
export function withDerived(
  fitted: Readonly<Record<string, FitParameter>>,
  peaks: readonly FittedPeak[],
): Record<string, FitParameter> {
  const all: Record<string, FitParameter> = { ...fitted }
  const put = (name: string, { value, standardError }: Estimate, tie: string): void => {
    if (name in fitted) return
    all[name] = {
      name,
      value,
      standardError,
      initial: value,
      min: -Infinity,
      max: Infinity,
      varied: false,
      tie,
      correlations: {},
    }
  }
  for (const peak of peaks) {
    put(`${peak.name}.height`, peak.height, 'area x height of the profile')
    put(`${peak.name}.fwhm`, peak.fwhm, 'width of the profile')
    if (peak.dSpacing) put(`${peak.name}.dSpacing`, peak.dSpacing, "Bragg's law")
  }
  return all
}

function dSpacingOf(centre: Estimate, options: DSpacingOptions): Estimate | undefined {
  const upper = (options.axis ?? 'twoTheta') === 'twoTheta' ? 180 : Infinity
  return centre.value > 0 && centre.value <= upper ? dSpacingOfPeak(centre, options) : undefined
}

/** Central differences by the shape parameters. */
function slopesOf(f: (shape: Float64Array) => number, shape: Float64Array): number[] {
  const moved = shape.slice()
  const size = shape.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  return Array.from(shape, (value, k) => {
    const h = 1e-5 * (Math.abs(value) || size)
    // widths cannot go below 0: at 0 the difference is one-sided
    const [low, high] = [Math.max(value - h, Math.min(value, 0)), value + h]
    moved[k] = high
    const above = f(moved)
    moved[k] = low
    const below = f(moved)
    moved[k] = value
    return (above - below) / (high - low)
  })
}

/** Covariance of all parameters, P x P: that of the varied ones, carried through the ties; 0 for those held. */
function covarianceOfAll(varied: Float64Array, all: Float64Array, space: ParameterSpace): Float64Array {
  const k = space.free.length
  const size = space.names.length
  const rows = new Float64Array(size * k)
  for (let j = 0; j < k; j++) rows[space.free[j]! * k + j] = 1
  const slopes = new Float64Array(space.ties.length * k)
  if (space.ties.length > 0) space.slopes(all, slopes)
  space.ties.forEach((tie, t) => {
    rows.set(slopes.subarray(t * k, (t + 1) * k), tie.target * k)
  })
  const half = new Float64Array(size * k)
  for (let i = 0; i < size; i++) {
    for (let m = 0; m < k; m++) {
      const r = rows[i * k + m]!
      if (r !== 0) for (let j = 0; j < k; j++) half[i * k + j]! += r * varied[m * k + j]!
    }
  }
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0
      for (let m = 0; m < k; m++) sum += half[i * k + m]! * rows[j * k + m]!
      out[i * size + j] = sum
    }
  }
  return out
}

function boundsOf(fit: FitResult, { inputs }: PeakLayout, places: PeakPlaces): string[] {
  const own = [places.area, places.centre, ...places.shape].map(j => inputs[j]!.name)
  return own.filter(name => fit.parameters[name]!.atBound !== undefined)
}
