import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { linearLeastSquares } from '../../../numeric/linear/linearLeastSquares.js'
import { normalQuantile } from '../../../numeric/statistics/normalDistribution.js'
import { asPattern, type PatternOptions, pick } from '../../pattern.js'
import { estimateNoise } from '../../peaks/estimateNoise.js'
import { pseudoVoigt } from '../../profiles/pseudoVoigt.js'

/** Options of {@link measureWeakLines}. */
export interface WeakLinesOptions extends PatternOptions {
  /** Full width at half maximum of the lines, unit of x; that of strong lines near. */
  fwhm: number
  /** Lorentzian fraction. Default 0.5. */
  eta?: number | undefined
  /** Standard uncertainties, n values. Default: from the scatter of neighbouring points. */
  sigma?: NumbersLike | undefined
  /** How far on either side the straight background is drawn, in widths. Default 5. */
  window?: number | undefined
}

/** A line looked for at a known place. */
export interface WeakLine {
  /** Where. */
  readonly centre: number
  /** Its area, unit(y) x unit(x); below 0 where noise has it so. `null` where too few points are there. */
  readonly area: number | null
  /** Standard error of the area, background known no better than the window tells. */
  readonly standardError: number | null
  /** Area over standard error. */
  readonly significance: number
  /** Whether it is beyond what noise would have at one of so many places in 1 of 100 patterns. */
  readonly isSeen: boolean
  /** Area that would be seen in 95 of 100 cases, for one line: 3.29 standard errors. */
  readonly detectionLimit: number | null
}

const OPTIONS: FieldsOf<WeakLinesOptions> = { fwhm: true, eta: true, sigma: true, window: true, mask: true }

/**
 * Looks for weak lines at places where they must be if they are there, such as those of a superstructure: area of a line of known width over a straight background, each with its error and limit of detection. Best on a
 * stack of frames ({@link stackFrames}).
 *
 * Strong lines within the window spoil the background: mask them.
 * @param x       Abscissae, n values, rising.
 * @param y       Values.
 * @param centres Places.
 * @param options Width; sigma.
 * @throws OperandoError `E_RANGE` for a width that is not positive, `E_AXIS`, `E_SHAPE`, `E_NAN`.
 * @see L. A. Currie, Anal. Chem. 40 (1968) 586
 * @example
 * ```ts
 * import { createRandom } from 'operando/numeric'
 * import { gaussian, measureWeakLines } from 'operando/scattering'
 * const x = Float64Array.from({ length: 500 }, (_, i) => 10 + 0.02 * i)
 * const y = createRandom(1).counts(gaussian(x, { centre: 14, fwhm: 0.12, area: 4 }).map(v => v + 100))
 * for (const { centre, significance, isSeen } of measureWeakLines(x, y, [12, 14, 16], { fwhm: 0.12, eta: 0 })) console.log(centre, significance, isSeen)
 * ```
 */
export function measureWeakLines(
  x: NumbersLike,
  y: NumbersLike,
  centres: ArrayLike<number>,
  options: WeakLinesOptions,
): WeakLine[] {
  assertKnown(options, 'measureWeakLines options', OPTIONS)
  const { fwhm, eta = 0.5, window = 5 } = options ?? {}
  if (!(fwhm > 0 && window >= 1.5))
    throw new OperandoError(
      'E_RANGE',
      `measureWeakLines: fwhm = ${fwhm}, window = ${window}: above 0, and 1.5 or more, expected.`,
    )
  const places = asFloat64(centres, 'centres')
  const pattern = asPattern(x, y, { mask: options.mask })
  const noise =
    options.sigma === undefined
      ? estimateNoise(pattern.x, pattern.y, { mask: options.mask })
      : asFloat64(options.sigma, 'sigma', { length: pattern.x.length, allowNaN: true })
  // chance of one false line at all places together
  const limit = normalQuantile(0.01 / Math.max(1, places.length), 'upper')
  return Array.from(places, (centre): WeakLine => {
    const near = pattern.good.filter(i => Math.abs(pattern.x[i]! - centre) <= window * fwhm && noise[i]! > 0)
    const inside = near.filter(i => Math.abs(pattern.x[i]! - centre) <= fwhm)
    const nothing = { centre, area: null, standardError: null, significance: 0, isSeen: false, detectionLimit: null }
    if (inside.length < 2 || near.length < inside.length + 4) return nothing
    const at = pick(pattern.x, near)
    const line = pseudoVoigt(at, { centre, fwhm, eta, area: 1 })
    const matrix = new Float64Array(3 * near.length)
    for (let i = 0; i < near.length; i++) matrix.set([line[i]!, 1, (at[i]! - centre) / fwhm], 3 * i)
    const { x: solution, covariance } = linearLeastSquares(matrix, near.length, 3, pick(pattern.y, near), {
      sigma: pick(noise, near),
      scaleErrors: false,
    })
    const variance = covariance?.[0]
    if (variance === undefined || !(variance > 0)) return nothing
    const standardError = Math.sqrt(variance)
    const significance = solution[0]! / standardError
    return {
      centre,
      area: solution[0]!,
      standardError,
      significance,
      isSeen: significance > limit,
      detectionLimit: 3.29 * standardError,
    }
  })
}
