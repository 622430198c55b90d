import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, toValue } from '../../core/quantity.js'

/** Options of {@link informationDepth}. */
export interface InformationDepthOptions {
  /** Share of the signal that comes from above the depth, between 0 and 1. Default 0.95. */
  readonly fraction?: number | undefined
  /** Angle between the emitted electrons and the surface normal: degrees, or `'60 deg'`. Default 0. */
  readonly emission?: Angle | undefined
}

const OPTIONS: FieldsOf<InformationDepthOptions> = { fraction: true, emission: true }

/**
 * Depth above which a share of the signal comes from, for electrons that go straight on until they lose energy: λ cos θ ln(1 / (1 - P)), 3.00 λ for 95 %. With
 * `fraction` 1 - 1/e it is the mean escape depth λ cos θ. Elastic scattering, which shortens it by some percent, is in it only if λ is an effective attenuation length.
 * @param meanFreePath Inelastic mean free path, or effective attenuation length, in any unit of length.
 * @param options      Share and angle.
 * @returns The depth, in the unit of `meanFreePath`.
 * @throws OperandoError `E_RANGE` for a length that is not above 0, a fraction outside 0 to 1, an angle not within 0 to below 90 degrees; `E_UNIT`.
 * @see ISO 18115-1; A. Jablonski, C. J. Powell, J. Vac. Sci. Technol. A 27 (2009) 253
 * @example
 * ```ts
 * import { informationDepth } from 'operando/matter'
 * informationDepth(2.5) // 7.5
 * informationDepth(2.5, { emission: 60 }) // 3.7
 * ```
 */
export function informationDepth(meanFreePath: number, options: InformationDepthOptions = {}): number {
  assertKnown(options, 'informationDepth options', OPTIONS)
  const { fraction = 0.95 } = options
  const emission = toValue(options.emission ?? 0, 'deg', 'emission')
  if (!(meanFreePath > 0 && meanFreePath < Infinity))
    throw new OperandoError('E_RANGE', `informationDepth: a mean free path above 0 expected, found ${meanFreePath}.`)
  if (!(fraction > 0 && fraction < 1))
    throw new OperandoError('E_RANGE', `informationDepth: a fraction between 0 and 1 expected, found ${fraction}.`)
  if (!(emission >= 0 && emission < 90))
    throw new OperandoError(
      'E_RANGE',
      `informationDepth: emission is counted from the surface normal, 0 to below 90 degrees; found ${emission}.`,
    )
  return -meanFreePath * Math.cos((emission * Math.PI) / 180) * Math.log1p(-fraction)
}
