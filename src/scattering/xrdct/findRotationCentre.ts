import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import { linearLeastSquares } from '../../numeric/linear/linearLeastSquares.js'
import type { Estimate } from '../bragg/dSpacingOfPeak.js'

/** A sinogram. */
export interface SinogramInput {
  /** Values, angles x translations, row after row; what lies outside the sample is 0. */
  readonly values: NumbersLike
  /** Angles of rotation, degrees. */
  readonly angles: NumbersLike
  /** Translations of the sample across the beam, any unit. */
  readonly translations: NumbersLike
}

/**
 * Where the axis of rotation lies on the scale of translations: the centre of mass of a sample that scatters goes round it, centre + a cos(angle) + b sin(angle). Works for the sum of all bins, or a bin that only the sample has.
 * @param sinogram Values, angles, translations; background subtracted.
 * @returns In the unit of the translations, with the error that the scatter about the wave gives.
 * @throws OperandoError `E_SHAPE`; `E_ARGUMENT` for fewer than four angles, or projections without mass.
 * @see S. G. Azevedo et al., IEEE Trans. Nucl. Sci. 37 (1990) 1525
 * @example
 * ```ts
 * import { findRotationCentre } from 'operando/scattering'
 * const angles = Array.from({ length: 20 }, (_, i) => 9 * i)
 * const translations = Array.from({ length: 50 }, (_, i) => i)
 * // a point that goes round 25.5 at a distance of 8
 * const values = angles.flatMap(a => translations.map(t => Math.exp(-((t - 25.5 - 8 * Math.cos((a * Math.PI) / 180)) ** 2) / 4)))
 * console.log(findRotationCentre({ values, angles, translations }).value) // 25.5
 * ```
 */
export function findRotationCentre(sinogram: SinogramInput): Estimate {
  assertFields(sinogram, 'findRotationCentre', ['values', 'angles', 'translations'])
  const angles = asFloat64(sinogram.angles, 'angles')
  const translations = asFloat64(sinogram.translations, 'translations')
  const n = translations.length
  const values = asFloat64(sinogram.values, 'values', { length: angles.length * n, allowNaN: true })
  const centres: number[] = []
  const rows: number[] = []
  for (let k = 0; k < angles.length; k++) {
    let [mass, moment] = [0, 0]
    for (let i = 0; i < n; i++) {
      const v = values[k * n + i]! || 0
      mass += v
      moment += v * translations[i]!
    }
    if (!(mass > 0)) continue
    const angle = (angles[k]! * Math.PI) / 180
    centres.push(moment / mass)
    rows.push(1, Math.cos(angle), Math.sin(angle))
  }
  if (centres.length < 4)
    throw new OperandoError(
      'E_ARGUMENT',
      `findRotationCentre: four angles or more with something in the beam expected, found ${centres.length}.`,
    )
  const fit = linearLeastSquares(rows, centres.length, 3, centres)
  if (fit.rank < 3)
    throw new OperandoError(
      'E_SINGULAR',
      'findRotationCentre: these angles do not tell a rotation: give them over 90 degrees or more.',
    )
  return { value: fit.x[0]!, standardError: fit.standardErrors?.[0] ?? null }
}
