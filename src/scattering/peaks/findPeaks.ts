import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { localMaxima } from '../../numeric/signal/localMaxima.js'
import { vertexOf } from '../../numeric/signal/vertex.js'
import { asPattern, type PatternOptions, pick } from '../pattern.js'
import { estimateNoise } from './estimateNoise.js'
import { type Filtered, localFilter } from './localFilter.js'
import { peakProminences, peakWidths } from './prominence.js'

/** A peak as {@link findPeaks} sees it: good enough to start a fit. */
export interface FoundPeak {
  /** Position of its top, of its strongest curvature for a shoulder; between the points. */
  readonly centre: number
  /** Smoothed value at its top, with what lies beneath. */
  readonly height: number
  /** How far it stands above the higher of its bases; for a shoulder a lower bound of it from its curvature. */
  readonly prominence: number
  /** Full width at half prominence; where that would take in a neighbour, the width that its inflections tell. For a shoulder at least the typical width. */
  readonly fwhm: number
  /** The point nearest to it. */
  readonly index: number
  /** Its curvature over the standard deviation that noise gives to curvatures. */
  readonly snr: number
  /** Whether it has a maximum of its own, or shows only as a shoulder of another. */
  readonly kind: 'maximum' | 'shoulder'
}

/** Options of {@link findPeaks}. */
export interface FindPeaksOptions extends PatternOptions {
  /** Typical full width at half maximum in x. Default: that at which the strongest peak stands out most. Peaks up to 2 times narrower or wider are found well. */
  fwhm?: number | undefined
  /** Standard uncertainties, n values or one. Default: {@link estimateNoise}. */
  sigma?: NumbersLike | number | undefined
  /** Least signal to noise. Default 5. */
  minSnr?: number | undefined
  /** Least prominence, unit of y. Default 0. */
  minProminence?: number | undefined
  /** Least height, unit of y. Default none. */
  minHeight?: number | undefined
  /** Of peaks closer than this in x the lower ones go. Default 0. */
  minDistance?: number | undefined
  /** Whether shoulders count. Default true. */
  shoulders?: boolean | undefined
  /** Part of the pattern to look at: from, to in x. Default all. */
  range?: readonly [number, number] | undefined
}

const OPTIONS: FieldsOf<FindPeaksOptions> = {
  fwhm: true,
  sigma: true,
  minSnr: true,
  minProminence: true,
  minHeight: true,
  minDistance: true,
  shoulders: true,
  range: true,
  mask: true,
}

/** Half of the window of the second derivative, in fwhm: wide enough to see a peak against noise, narrow enough to tell two apart. */
const CURVATURE_WINDOW = 0.9
/** A window this many times wider sees a lone peak best of all. */
const BEST_OVER_WINDOW = 1.75
/** Widest peak looked for without being told, in steps of x. */
const WIDEST = 60
/** Half of the window of the smoothing, in fwhm. */
const SMOOTH_WINDOW = 0.4
/** Fwhm of a Gaussian over the distance of its inflections, with what this window adds to the latter taken off. */
const INFLECTIONS_TO_FWHM = 0.868
/** Curvature of a Gaussian of height 1 and fwhm 1 as this window sees it. */
const CURVATURE_OF_HEIGHT = 2.364

/**
 * Finds peaks by their curvature: where the second derivative (local quadratics, Savitzky and Golay) is more negative than noise explains. A sloping
 * or curved background does not matter, shoulders are found as well as maxima, and the threshold has one meaning for all patterns.
 *
 * With the default threshold of 5 pure noise of known or estimated standard deviation gives a false peak in about one of a hundred patterns of 2000 points.
 *
 * @param x       Abscissae, n values, strictly rising, even or not.
 * @param y       Values, n; NaN and masked points are left out.
 * @param options Width, noise, thresholds, range.
 * @returns Peaks by rising centre.
 * @throws OperandoError `E_AXIS`, `E_NAN`, `E_SHAPE`; `E_RANGE` for a sigma or fwhm that is not positive or an empty range.
 * @see M. A. Mariscotti, Nucl. Instr. Meth. 50 (1967) 309
 * @example
 * ```ts
 * import { findPeaks, gaussian } from 'operando/scattering'
 * const x = Array.from({ length: 400 }, (_, i) => 20 + 0.02 * i)
 * const y = gaussian(x, { centre: 23.5, fwhm: 0.2, area: 100 }).map((v, i) => v + 50 + (i % 2)) // 1 of noise
 * findPeaks(x, y) // one peak: centre 23.5, fwhm about 0.2
 * ```
 */
export function findPeaks(x: NumbersLike, y: NumbersLike, options: FindPeaksOptions = {}): FoundPeak[] {
  assertKnown(options, 'findPeaks options', OPTIONS)
  const { minSnr = 5, minProminence = 0, minHeight = -Infinity, minDistance = 0, shoulders = true } = options
  const pattern = asPattern(x, y, options)
  const [from, to] = options.range ?? [-Infinity, Infinity]
  const used = pattern.good.filter(i => pattern.x[i]! >= from && pattern.x[i]! <= to)
  if (used.length === 0) throw new OperandoError('E_RANGE', `findPeaks: no data between ${from} and ${to}.`)
  if (used.length < 5) return []
  const [at, v, noise] = [pick(pattern.x, used), pick(pattern.y, used), pick(noiseOf(pattern, options), used)]
  const { fwhm, curvature, significance } = bestScale(at, v, noise, options.fwhm)
  const smooth = localFilter(at, v, noise, SMOOTH_WINDOW * fwhm, 0).values
  const bumps = localMaxima(significance)
  const prominent = peakProminences(significance, bumps).prominence
  const tops = localMaxima(smooth)
  const topsOf = { ...peakProminences(smooth, tops), ...peakWidths(at, smooth, tops) }
  const strong = bumps.filter((i, k) => significance[i]! >= minSnr && prominent[k]! >= minSnr)
  const found: FoundPeak[] = []
  for (const bump of strong) {
    const between = inflections(at, curvature, bump)
    const narrow = INFLECTIONS_TO_FWHM * (between[1] - between[0])
    const k = topOf(at, tops, topsOf.prominence, strong, bump, between)
    const alone = k >= 0 && !strong.some(other => other !== bump && at[other]! > topsOf.left[k]! && at[other]! < topsOf.right[k]!)
    const index = k < 0 ? bump : tops[k]!
    const shape = k < 0 ? curvature : smooth
    found.push({
      centre: vertexOf(at, shape, index),
      height: smooth[index]!,
      prominence: k < 0 ? (curvature[bump]! * narrow * narrow) / CURVATURE_OF_HEIGHT : topsOf.prominence[k]!,
      // noise may cut a weak peak's top off
      fwhm: alone ? Math.max(topsOf.width[k]!, 0.5 * narrow) : k < 0 ? Math.max(narrow, fwhm) : narrow,
      index: used[index]!,
      snr: significance[bump]!,
      kind: k < 0 ? 'shoulder' : 'maximum',
    })
  }
  const wanted = found.filter(p => p.prominence >= minProminence && p.height >= minHeight && (shoulders || p.kind === 'maximum'))
  return spread(wanted, minDistance)
}

function noiseOf(pattern: { x: Float64Array; y: Float64Array }, { sigma, mask }: FindPeaksOptions): Float64Array {
  const n = pattern.x.length
  if (sigma === undefined) {
    // data without noise, as a simulation gives them, have nothing but rounding for it
    const size = pattern.y.reduce((most, v) => Math.max(most, Math.abs(v) || 0), 0)
    return estimateNoise(pattern.x, pattern.y, { mask }).map(s => Math.max(s, 1e-9 * size))
  }
  const given =
    typeof sigma === 'number' ? new Float64Array(n).fill(sigma) : asFloat64(sigma, 'sigma', { length: n, allowNaN: true })
  for (let i = 0; i < n; i++) {
    if (given[i]! > 0 || mask?.[i] || Number.isNaN(pattern.y[i])) continue
    throw new OperandoError(
      'E_RANGE',
      `findPeaks: sigma${typeof sigma === 'number' ? '' : `[${i}]`} = ${given[i]}, numbers above 0 expected.`,
    )
  }
  return given
}

interface Scale {
  readonly fwhm: number
  /** Minus the second derivative. */
  readonly curvature: Float64Array
  /** The same over its standard deviation. */
  readonly significance: Float64Array
}

/** The curvature at a given width, or at the one, of a geometric sequence, at which the strongest peak is most significant. */
function bestScale(x: Float64Array, y: Float64Array, noise: Float64Array, given: number | undefined): Scale {
  const at = (fwhm: number): Scale => {
    const filtered = localFilter(x, y, noise, CURVATURE_WINDOW * fwhm, 2)
    return { fwhm, curvature: filtered.values.map(v => -v), significance: significanceOf(x, filtered, CURVATURE_WINDOW * fwhm) }
  }
  if (given !== undefined) {
    if (given > 0) return at(given)
    throw new OperandoError('E_RANGE', `findPeaks: fwhm = ${given}, a number above 0 expected.`)
  }
  const span = x[x.length - 1]! - x[0]!
  const step = span / (x.length - 1)
  const widest = Math.max(Math.min(span / 8, WIDEST * step), 3 * step)
  let best = 0
  let most = -Infinity
  for (let fwhm = 3 * step; fwhm <= widest * BEST_OVER_WINDOW; fwhm *= 1.6) {
    const top = at(fwhm).significance.reduce((a, b) => Math.max(a, b), -Infinity)
    if (top > most) [best, most] = [fwhm, top]
  }
  return at(best / BEST_OVER_WINDOW)
}

/** Minus curvature over its standard deviation; 0 near the ends, where less than half of the window lies on one side, and where nothing varies. */
function significanceOf(x: Float64Array, { values, sigma }: Filtered, halfWidth: number): Float64Array {
  const out = new Float64Array(x.length)
  const [low, high] = [x[0]! + 0.5 * halfWidth, x[x.length - 1]! - 0.5 * halfWidth]
  for (let i = 0; i < out.length; i++) {
    if (x[i]! >= low && x[i]! <= high && sigma[i]! > 0) out[i] = -values[i]! / sigma[i]!
  }
  return out
}

/** Where the curvature around a bump goes through zero. */
function inflections(x: Float64Array, curvature: Float64Array, bump: number): [number, number] {
  const crossing = (step: 1 | -1): number => {
    let i = bump
    while (i + step >= 0 && i + step < x.length && curvature[i + step]! > 0) i += step
    const j = i + step
    if (j < 0 || j >= x.length) return x[i]!
    return x[i]! + ((x[j]! - x[i]!) * curvature[i]!) / (curvature[i]! - curvature[j]!)
  }
  return [crossing(-1), crossing(1)]
}

/** The most prominent maximum that belongs to a bump of the curvature: between its inflections, nearer to it than to any other bump. -1 if none does. */
function topOf(
  x: Float64Array,
  tops: Int32Array,
  prominence: Float64Array,
  strong: Int32Array,
  bump: number,
  [low, high]: readonly [number, number],
): number {
  let best = -1
  for (let k = 0; k < tops.length; k++) {
    const top = x[tops[k]!]!
    const distance = Math.abs(top - x[bump]!)
    if (top < low || top > high || strong.some(other => Math.abs(x[other]! - top) < distance)) continue
    if (best < 0 || prominence[k]! > prominence[best]!) best = k
  }
  return best
}

function spread(peaks: readonly FoundPeak[], distance: number): FoundPeak[] {
  if (!(distance > 0)) return [...peaks]
  const kept: FoundPeak[] = []
  for (const peak of [...peaks].sort((a, b) => b.height - a.height)) {
    if (kept.every(other => Math.abs(other.centre - peak.centre) >= distance)) kept.push(peak)
  }
  return kept.sort((a, b) => a.centre - b.centre)
}
