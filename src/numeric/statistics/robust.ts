import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { asFloat64, type NumbersLike, OperandoError } from '../../core/index.js'
import { meanOf, squaresAbout } from './mean.js'
import { medianOfSorted } from './quantile.js'
import { NAN_FIELDS, type NanOptions, sampleOf } from './sample.js'

/** 1 / (the quantile 3/4 of the standard normal distribution): turns a median absolute deviation into a standard deviation. */
export const MAD_TO_SIGMA = 1.482602218505602

/** Median of |x - centre|. */
function deviationOf(x: Float64Array, centre: number): number {
  return medianOfSorted(x.map(v => Math.abs(v - centre)).sort())
}

/**
 * Median absolute deviation from the median, as it is: not yet a standard deviation.
 * @param x       Values, at least 1.
 * @param options What to do with NaN.
 * @throws OperandoError `E_SHAPE` for no values, `E_NAN`.
 * @see scipy.stats.median_abs_deviation
 * @example
 * ```ts
 * import { medianAbsoluteDeviation } from 'operando/numeric'
 * medianAbsoluteDeviation([1, 2, 3, 4, 100]) // 1
 * ```
 */
export function medianAbsoluteDeviation(x: NumbersLike, options: NanOptions = {}): number {
  assertKnown(options, 'medianAbsoluteDeviation options', NAN_FIELDS)
  const values = sampleOf(x, 'x', 1, options)
  return deviationOf(values, medianOfSorted(values.slice().sort()))
}

/**
 * Standard deviation that up to half of the values cannot spoil: 1.4826 times the median absolute deviation; right for normal noise.
 * @param x       Values, at least 1.
 * @param options What to do with NaN.
 * @throws OperandoError `E_SHAPE` for no values, `E_NAN`.
 * @see Rousseeuw & Croux, J. Am. Stat. Assoc. 88 (1993) 1273
 * @example
 * ```ts
 * import { robustSigma } from 'operando/numeric'
 * robustSigma([1, 2, 3, 4, 100]) // 1.482602218505602
 * ```
 */
export function robustSigma(x: NumbersLike, options: NanOptions = {}): number {
  assertKnown(options, 'robustSigma options', NAN_FIELDS)
  return MAD_TO_SIGMA * medianAbsoluteDeviation(x, options)
}

/** Options of {@link sigmaClip}. */
export interface SigmaClipOptions extends NanOptions {
  /** Deviation, in sigma, beyond which a value is taken out. Default 3 (astropy's) on both sides. */
  readonly limit?: number | readonly [below: number, above: number] | undefined
  /** From where deviations are counted. Default `'median'`. */
  readonly centre?: 'median' | 'mean' | undefined
  /** What sigma is: `'standard'` deviation with divisor n, as astropy and scipy have it (default), or `'robust'`. */
  readonly spread?: 'standard' | 'robust' | undefined
  /** Rounds at most; 0 for no limit. Default 5, as in astropy; scipy.stats.sigmaclip has no limit, centre `'mean'` and limit 4. */
  readonly maxRounds?: number | undefined
}

const OPTIONS: FieldsOf<SigmaClipOptions> = { ...NAN_FIELDS, limit: true, centre: true, spread: true, maxRounds: true }

/** What {@link sigmaClip} finds. */
export interface SigmaClipped {
  /** 1 where a value was taken out (NaN among them with `nan: 'omit'`), as long as x: fit to be a mask. */
  readonly mask: Uint8Array
  /** Values left. */
  readonly kept: number
  /** Their centre. */
  readonly centre: number
  /** Their spread. */
  readonly spread: number
  /** Rounds that took something out. */
  readonly rounds: number
}

/**
 * Takes out values that lie far from the others, round after round, until none does. A value is out if it is below centre - limit * spread or
 * above centre + limit * spread, both of the values still in: the definition of astropy.stats.sigma_clip. With the standard deviation one
 * outlier among n values never lies beyond (n - 1) / sqrt(n): fewer than 11 values can lose none at 3 sigma; use `'robust'` there.
 *
 * @param x       Values, at least 1.
 * @param options Limits, centre, spread, rounds, NaN.
 * @throws OperandoError `E_SHAPE` for no values, `E_NAN`, `E_RANGE` for a limit that is not positive.
 * @example
 * ```ts
 * import { sigmaClip } from 'operando/numeric'
 * const { mask, centre } = sigmaClip([10, 11, 9, 10, 500], { spread: 'robust' })
 * console.log([...mask], centre) // [0, 0, 0, 0, 1], 10
 * ```
 */
export function sigmaClip(x: NumbersLike, options: SigmaClipOptions = {}): SigmaClipped {
  assertKnown(options, 'sigmaClip options', OPTIONS)
  const { limit = 3, centre: centreKind = 'median', spread: spreadKind = 'standard', maxRounds = 5 } = options
  const [below, above] = typeof limit === 'number' ? [limit, limit] : limit
  if (!(below > 0 && above > 0)) throw new OperandoError('E_RANGE', `limit: positive numbers expected, found ${below}, ${above}.`)
  let left = sampleOf(x, 'x', 1, options).slice().sort()
  const all = asFloat64(x, 'x', { allowNaN: true })
  let rounds = 0
  let centre: number
  let spread: number
  let low: number
  let high: number
  for (;;) {
    centre = centreKind === 'median' ? medianOfSorted(left) : meanOf(left)
    spread =
      spreadKind === 'robust'
        ? MAD_TO_SIGMA * deviationOf(left, centre)
        : Math.sqrt(squaresAbout(left, meanOf(left)) / left.length)
    low = centre - below * spread
    high = centre + above * spread
    if (maxRounds > 0 && rounds >= maxRounds) break
    const inside = left.filter(v => v >= low && v <= high)
    if (inside.length === left.length || inside.length === 0) break
    left = inside
    rounds++
  }
  const [first, last] = [left[0]!, left.at(-1)!]
  const mask = Uint8Array.from(all, v => Number(!(v >= first && v <= last)))
  return { mask, kept: left.length, centre, spread, rounds }
}
