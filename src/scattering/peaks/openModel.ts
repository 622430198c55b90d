import { asFloat64, assertRising, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { chebyshevBasis } from '../background/chebyshev.js'
import type { DSpacingOptions } from '../bragg/dSpacingOfPeak.js'
import { lowerBound } from '../lowerBound.js'
import type { PeakFitFrame, PeakFitOptions } from './peakFitPlan.js'
import { guessOf, type PeakModel } from './peakGuess.js'
import { layOut, type PeakLayout } from './peakLayout.js'
import { createPeakProblem, type PeakProblem, type PeakTarget } from './peakProblem.js'

/** A model that has met its axis: parameters, buffers, and the problem to solve. */
export interface OpenModel {
  /** Points of the whole axis. */
  readonly total: number
  /** Smallest step of x in the range. */
  readonly step: number
  /** Parameters. */
  readonly layout: PeakLayout
  /** The pattern in the range: filled by `load`. */
  readonly target: PeakTarget
  /** The fixed background in the range, zeros without. */
  readonly fixedBackground: Float64Array
  /** Residuals and derivatives. */
  readonly problem: PeakProblem
  /** Buffers for what is told after a fit: one per background coefficient, one for a peak. */
  readonly scratch: { readonly axes: readonly Float64Array[]; readonly profile: Float64Array }
  /** How to get d; `undefined` where axis or wavelength are not known. */
  readonly bragg: DSpacingOptions | undefined
  /**
   * Takes a pattern in.
   * @param y     Values on the whole axis.
   * @param frame Uncertainties, mask.
   * @returns How many points count.
   */
  load(y: Float64Array, frame: PeakFitFrame): number
}

/** A Gaussian has 1e-26 of its height left there. */
const GAUSSIAN_REACH = 4.65

/** Opens a model on an axis; see `createPeakFit`. */
export function openModel(x: NumbersLike, model: PeakModel, options: PeakFitOptions): OpenModel {
  const everywhere = asFloat64(x, 'x')
  assertRising(everywhere, 'x')
  const total = everywhere.length
  const [low, high] = model.range ?? [-Infinity, Infinity]
  const first = lowerBound(everywhere, low)
  const last = lowerBound(everywhere, high)
  const at = everywhere.slice(first, everywhere[last] === high ? last + 1 : last)
  const n = at.length
  if (n < 2) {
    const where = total > 0 ? `x goes from ${everywhere[0]} to ${everywhere[total - 1]}` : 'x is empty'
    throw new OperandoError('E_RANGE', `fitPeaks: fewer than 2 points between ${low} and ${high}; ${where}.`)
  }
  const ends = [at[0]!, at[n - 1]!] as const
  const { background = 1, doublet } = model
  const degree = typeof background === 'number' ? background : -1
  const fixedBackground =
    typeof background === 'object'
      ? asFloat64(background, 'background', { length: total }).slice(first, first + n)
      : new Float64Array(n)
  let step = Infinity
  for (let i = 1; i < n; i++) step = Math.min(step, at[i]! - at[i - 1]!)
  const layout = layOut(model, degree, step, ends[1] - ends[0])
  checkCentres(layout, ends)
  const target = {
    x: at,
    data: new Float64Array(n),
    weight: new Float64Array(n),
    basis: degree >= 0 ? chebyshevBasis(at, degree, ends) : new Float64Array(0),
  }
  const { axis, wavelengthSigma, reach = layout.profile.name === 'gaussian' ? GAUSSIAN_REACH : Infinity } = options
  const wavelength = options.wavelength ?? doublet?.wavelengths[0]
  const known = axis !== undefined && (axis !== 'twoTheta' || wavelength !== undefined)
  return {
    total,
    step,
    layout,
    target,
    fixedBackground,
    problem: createPeakProblem(layout, target, { doublet, axis: axis === 'q' ? 'q' : 'twoTheta', reach }),
    scratch: { axes: Array.from({ length: degree + 1 }, () => new Float64Array(n)), profile: new Float64Array(n) },
    bragg: known ? { axis, wavelength, wavelengthSigma } : undefined,
    load(y, frame) {
      const sigma = frame.sigma && asFloat64(frame.sigma, 'sigma', { length: total, allowNaN: true })
      const weights = options.weights ?? (sigma ? 'sigma' : 'none')
      if (weights === 'sigma' && !sigma) throw new OperandoError('E_ARGUMENT', "fitPeaks: weights 'sigma' need data with sigma.")
      if (weights === 'none' && options.scaleErrors === false) {
        throw new OperandoError('E_ARGUMENT', 'fitPeaks: scaleErrors: false trusts sigma, but the weights come from none.')
      }
      if (frame.mask && frame.mask.length !== total) {
        throw new OperandoError('E_SHAPE', `mask: ${total} values expected, one per point, ${frame.mask.length} found.`)
      }
      let good = 0
      for (let i = 0, at = first; i < n; i++, at++) {
        const value = y[at]!
        const s = weights === 'sigma' ? sigma![at]! : weights === 'poisson' ? Math.sqrt(Math.max(value, 1)) : 1
        if (s < 0)
          throw new OperandoError('E_RANGE', `fitPeaks: sigma[${at}] = ${s}, an uncertainty above 0 expected (0: leave out).`)
        const counts = !Number.isNaN(value) && !frame.mask?.[at] && s > 0
        target.data[i] = counts ? value - fixedBackground[i]! : 0
        target.weight[i] = counts ? 1 / s : 0
        if (counts) good++
      }
      return good
    },
  }
}

function checkCentres({ peaks }: PeakLayout, [low, high]: readonly [number, number]): void {
  for (const { guess, name } of peaks) {
    const { value, tie } = guessOf(guess.centre)
    if (tie !== undefined || (value! >= low && value! <= high)) continue
    throw new OperandoError(
      'E_RANGE',
      `${name}: its centre ${value} does not lie between ${low} and ${high}, where it is to be fitted.`,
    )
  }
}
