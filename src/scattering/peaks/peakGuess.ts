import type { NumbersLike } from '../../core/arrays.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import type { TieFunction } from '../../numeric/leastSquares/ties.js'
import type { Doublet } from '../bragg/doublet.js'
import type { Profile } from '../profiles/profile.js'
import type { ProfileName } from '../profiles/profileOf.js'
import type { FoundPeak } from './findPeaks.js'

/** Where a parameter of a peak starts, and what it may do. A plain number is a start. */
export interface Guess {
  /** Where it starts. Default: what the data say. */
  readonly value?: number | undefined
  /** Lower bound. */
  readonly min?: number | undefined
  /** Upper bound. */
  readonly max?: number | undefined
  /** Whether the fit may change it. Default true. */
  readonly vary?: boolean | undefined
  /** What sets it instead of the fit: an expression of other parameters (`'peak1.centre + 0.3'`) or a function of all by name. */
  readonly tie?: string | TieFunction | undefined
}

/** What is known of a peak before the fit; what `findPeaks` returns is one. */
export interface PeakGuess {
  /** Its name: prefix of its parameters. Default `peak1`, `peak2` ... */
  readonly name?: string | undefined
  /** Position of its maximum: always needed. */
  readonly centre: number | Guess
  /** Area in unit(y) x unit(x). Default: what the data say. */
  readonly area?: number | Guess | undefined
  /** Full width at half maximum. Unless it has bounds it stays within 5 times its start. For profiles that have other widths a start only. */
  readonly fwhm?: number | Guess | undefined
  /** Lorentzian fraction, for (split) pseudo-Voigts. */
  readonly eta?: number | Guess | undefined
  /** Width of the Gaussian, for Voigt and Thompson-Cox-Hastings. */
  readonly fwhmG?: number | Guess | undefined
  /** Width of the Lorentzian, for Voigt and Thompson-Cox-Hastings. */
  readonly fwhmL?: number | Guess | undefined
  /** Full width that the left half shows, for split profiles. */
  readonly fwhmLeft?: number | Guess | undefined
  /** Full width that the right half shows, for split profiles. */
  readonly fwhmRight?: number | Guess | undefined
  /** How far the centre may go from its start, unit of x. Default: `window` of the model. */
  readonly window?: number | undefined
}

/** What a pattern is made of: peaks and a background. */
export interface PeakModel {
  /** The peaks: positions, or more that is known of them. */
  readonly peaks: readonly (number | PeakGuess)[]
  /** Shape of all peaks. Default `'pseudoVoigt'`. */
  readonly profile?: ProfileName | Profile | undefined
  /** Shape parameters that all peaks have in common, by name, or `true` for all of them. Default none. Their guesses are those of the first peak. */
  readonly shared?: boolean | readonly string[] | undefined
  /** Background: degree of a Chebyshev series that is fitted along, `'none'`, or a fixed curve, one value per point of the pattern. Default 1, a line. */
  readonly background?: number | 'none' | NumbersLike | undefined
  /** Part of the pattern to fit: from, to in x. Default all. */
  readonly range?: readonly [number, number] | undefined
  /** A second line of the X-ray tube: see `K_ALPHA`. Centre and area are then those of the first line. Widths are taken to be equal. Default none. */
  readonly doublet?: Doublet | undefined
  /** How far a centre may go from its start, unit of x. Default 2 full widths of the start. */
  readonly window?: number | undefined
  /** Whether areas may fall below 0. Default false. */
  readonly negativeAreas?: boolean | undefined
}

const GUESS: FieldsOf<Guess> = { value: true, min: true, max: true, vary: true, tie: true }
/** Of a peak that was found, what is no guess is passed over. */
const PEAK: FieldsOf<PeakGuess & FoundPeak> = {
  name: true,
  centre: true,
  area: true,
  fwhm: true,
  eta: true,
  fwhmG: true,
  fwhmL: true,
  fwhmLeft: true,
  fwhmRight: true,
  window: true,
  height: true,
  prominence: true,
  index: true,
  snr: true,
  kind: true,
}

/** The full form of a guess. */
export const guessOf = (given: number | Guess | undefined): Guess =>
  typeof given === 'number' ? { value: given } : (given ?? {})

/** The full form of a peak. @throws OperandoError `E_ARGUMENT` for names that mean nothing, `E_MISSING` without a centre. */
export function peakOf(peak: number | PeakGuess, index: number): PeakGuess {
  if (typeof peak === 'number') return { centre: peak }
  const place = `peaks[${index}]`
  assertFields(peak, place, ['centre'])
  assertKnown(peak, place, PEAK)
  for (const [name, guess] of Object.entries(peak)) if (typeof guess === 'object') assertKnown(guess, `${place}.${name}`, GUESS)
  return peak
}
