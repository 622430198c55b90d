import { OperandoError } from '../../core/errors.js'
import type { ParameterInput } from '../../numeric/leastSquares/types.js'
import type { Profile } from '../profiles/profile.js'
import { profileOf } from '../profiles/profileOf.js'
import { type Guess, guessOf, type PeakGuess, type PeakModel, peakOf } from './peakGuess.js'

/** Where the parameters of one peak stand in the list. */
export interface PeakPlaces {
  /** The peak's name. */
  readonly name: string
  /** What was said of it. */
  readonly guess: PeakGuess
  /** Index of its area. */
  readonly area: number
  /** Index of its centre. */
  readonly centre: number
  /** Indices of its shape parameters; those shared are the same for all peaks. */
  readonly shape: Int32Array
}

/** The list of parameters of a model, and who is where in it. */
export interface PeakLayout {
  /** Shape of the peaks. */
  readonly profile: Profile
  /** Names, bounds, ties; starts only where the model gives them. */
  readonly inputs: readonly ParameterInput[]
  /** The peaks, in the order given. */
  readonly peaks: readonly PeakPlaces[]
  /** Index of the first background coefficient: the rest of the list is background. */
  readonly background: number
}

/**
 * Lists the parameters of a model: for each peak area, centre, then its own shape parameters; shared shape parameters and the background last.
 * @param model The model.
 * @param degree Degree of the fitted background, -1 for none.
 * @param step  Smallest step of x: no width can be told below half of it.
 * @param span  Range of x: no width can be told above it.
 * @throws OperandoError `E_ARGUMENT` for shared names that the profile does not have, no peaks, or two peaks of one name.
 */
export function layOut(model: PeakModel, degree: number, step: number, span: number): PeakLayout {
  const profile = profileOf(model.profile ?? 'pseudoVoigt')
  if (!Array.isArray(model.peaks))
    throw new OperandoError('E_ARGUMENT', `fitPeaks: a list of peaks, as [18.5], expected, found ${typeof model.peaks}.`)
  const guesses = (model.peaks as readonly (number | PeakGuess)[]).map(peakOf)
  if (guesses.length === 0) throw new OperandoError('E_ARGUMENT', 'fitPeaks: at least one peak expected, none found.')
  const names = profile.shape.map(s => s.name)
  const shared = model.shared === true ? names : model.shared || []
  for (const name of shared) {
    if (names.includes(name)) continue
    throw new OperandoError('E_ARGUMENT', `shared: the profile ${profile.name} has no '${name}', but ${names.join(', ')}.`)
  }
  const inputs: ParameterInput[] = []
  const put = (name: string, guess: Guess, defaults: { value: number; min: number; max: number }): number => {
    const value = guess.value ?? clamp(defaults.value, guess.min ?? defaults.min, guess.max ?? defaults.max)
    if (guess.tie !== undefined) inputs.push({ name, tie: guess.tie, ...(guess.value !== undefined && { value }) })
    else inputs.push({ name, value, vary: guess.vary, min: guess.min ?? defaults.min, max: guess.max ?? defaults.max })
    return inputs.length - 1
  }
  const putShape = (prefix: string, peak: PeakGuess, k: number): number => {
    const { name, kind, min, max } = profile.shape[k]!
    const fwhm = guessOf(peak.fwhm).value ?? span / 10
    const limits = kind === 'width' ? { min: min === 0 ? 0 : Math.max(min, 0.3 * step), max: Math.min(max, span) } : { min, max }
    const guess = guessOf(peak[name as 'fwhm'])
    return put(prefix + name, guess, { value: profile.guess(fwhm)[k]!, ...limits })
  }
  const areas = model.negativeAreas ? { min: -Infinity, max: Infinity } : { min: 0, max: Infinity }
  const own = guesses.map((guess, p) => {
    const name = guess.name ?? `peak${p + 1}`
    const area = put(`${name}.area`, guessOf(guess.area), { value: 1, ...areas })
    const centre = put(`${name}.centre`, guessOf(guess.centre), { value: Number.NaN, min: -Infinity, max: Infinity })
    const shape = Int32Array.from(names, (shapeName, k) => (shared.includes(shapeName) ? -1 : putShape(`${name}.`, guess, k)))
    return { name, guess, area, centre, shape }
  })
  assertApart(own, step)
  names.forEach((name, k) => {
    if (!shared.includes(name)) return
    const at = putShape('', guesses[0]!, k)
    for (const peak of own) peak.shape[k] = at
  })
  const background = inputs.length
  for (let k = 0; k <= degree; k++) inputs.push({ name: `background${k}`, value: 0 })
  return { profile, inputs, peaks: own, background }
}

/** Two peaks that start alike in all are one peak to the fit: nothing would part them, and their areas would mean nothing. */
function assertApart(peaks: readonly PeakPlaces[], step: number): void {
  const key = ({ guess: { name: _, window: __, centre: ___, ...rest } }: PeakPlaces): string => JSON.stringify(rest)
  for (const [i, one] of peaks.entries()) {
    for (const other of peaks.slice(i + 1)) {
      const [a, b] = [guessOf(one.guess.centre), guessOf(other.guess.centre)]
      if (a.tie !== undefined || b.tie !== undefined || !(Math.abs(a.value! - b.value!) < 1e-3 * step) || key(one) !== key(other))
        continue
      throw new OperandoError(
        'E_ARGUMENT',
        `fitPeaks: ${one.name} and ${other.name} start at the same place, ${a.value}, with the same shape: nothing can part them. Give them starts apart, or different widths.`,
        { details: { peaks: [one.name, other.name] } },
      )
    }
  }
}

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max)
