import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { type Angle, type Length, toValue } from '../../../core/quantity.js'

/** Options of {@link scherrerSize}. */
export interface ScherrerOptions {
  /** Scherrer's constant: 0.9 for a fwhm, 0.94 to 1 for an integral breadth. Default 0.9. */
  constant?: number | undefined
}

const OPTIONS: FieldsOf<ScherrerOptions> = { constant: true }

/**
 * Size of the domains that broaden a line, after Scherrer: K lambda / (beta cos theta). A quick look: the instrument's own width must be taken off before, and
 * strain broadens, too.
 * @param twoTheta   Scattering angle, degrees.
 * @param breadth    Width of the line by size alone, degrees 2theta.
 * @param wavelength Wavelength, Å.
 * @param options    Scherrer's constant.
 * @returns Å.
 * @throws OperandoError `E_RANGE` for angles outside 0 to 180 degrees, or a breadth or wavelength that is not positive.
 * @see P. Scherrer, Goett. Nachr. 2 (1918) 98; J. I. Langford, A. J. C. Wilson, J. Appl. Cryst. 11 (1978) 102
 * @example
 * ```ts
 * import { scherrerSize } from 'operando/scattering'
 * scherrerSize(11, 0.06, 0.4066) // 351 Å
 * ```
 */
export function scherrerSize(twoTheta: Angle, breadth: Angle, wavelength: Length, options: ScherrerOptions = {}): number {
  assertKnown(options, 'scherrerSize options', OPTIONS)
  const { theta, beta } = checked(twoTheta, breadth)
  const lambda = toValue(wavelength, 'Å', 'wavelength')
  if (!(lambda > 0)) throw new OperandoError('E_RANGE', `wavelength = ${lambda} Å: above 0 expected.`)
  return ((options.constant ?? 0.9) * lambda) / (beta * Math.cos(theta))
}

/**
 * Apparent strain if strain alone broadens a line: beta / (4 tan theta). Stokes and Wilson's upper limit, not a root mean square.
 * @param twoTheta Scattering angle, degrees.
 * @param breadth  Width of the line by strain alone, degrees 2theta.
 * @throws OperandoError `E_RANGE` as {@link scherrerSize}.
 * @see A. R. Stokes, A. J. C. Wilson, Proc. Phys. Soc. 56 (1944) 174
 * @example
 * ```ts
 * import { apparentStrain } from 'operando/scattering'
 * apparentStrain(44, 0.32) // 0.0035
 * ```
 */
export function apparentStrain(twoTheta: Angle, breadth: Angle): number {
  const { theta, beta } = checked(twoTheta, breadth)
  return beta / (4 * Math.tan(theta))
}

function checked(twoTheta: Angle, breadth: Angle): { theta: number; beta: number } {
  const angle = toValue(twoTheta, 'deg', 'twoTheta')
  const width = toValue(breadth, 'deg', 'breadth')
  if (!(angle > 0 && angle < 180))
    throw new OperandoError('E_RANGE', `twoTheta = ${angle} degrees: above 0 and below 180 expected.`)
  if (!(width > 0)) throw new OperandoError('E_RANGE', `breadth = ${width} degrees: above 0 expected.`)
  return { theta: (angle * Math.PI) / 360, beta: (width * Math.PI) / 180 }
}
