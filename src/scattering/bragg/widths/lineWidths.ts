import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../../core/fields.js'
import { thompsonCoxHastingsAt } from '../../profiles/thompsonCoxHastings.js'

/**
 * How wide the lines of a pattern are: fwhm in degrees 2theta. Gaussian fwhm² = u tan² + v tan + w + p / cos², Lorentzian fwhm = size / cos + strain tan + constant, of theta.
 * Parameters of GSAS and FullProf come by {@link widthsOfGsas} and {@link widthsOfFullProf}: they name the same letters for other things.
 */
export interface LineWidthParameters {
  /** Of tan² theta, degrees². Default 0. */
  readonly u?: number | undefined
  /** Of tan theta, degrees². Default 0. */
  readonly v?: number | undefined
  /** Constant, degrees². Default 0. */
  readonly w?: number | undefined
  /** Of 1/cos² theta, degrees²: Gaussian size broadening. Default 0. */
  readonly p?: number | undefined
  /** Lorentzian of 1/cos theta, degrees: broadening by size. Default 0. */
  readonly size?: number | undefined
  /** Lorentzian of tan theta, degrees: broadening by strain. Default 0. */
  readonly strain?: number | undefined
  /** Lorentzian that does not change, degrees. Default 0. */
  readonly constant?: number | undefined
}

const OPTIONS: FieldsOf<LineWidthParameters> = { u: true, v: true, w: true, p: true, size: true, strain: true, constant: true }

/** Widths along a pattern, n values each. */
export interface LineWidths {
  /** Gaussian fwhm in degrees. */
  readonly gaussian: Float64Array
  /** Lorentzian fwhm in degrees. */
  readonly lorentzian: Float64Array
  /** Fwhm of the Thompson-Cox-Hastings pseudo-Voigt of the two, degrees. */
  readonly fwhm: Float64Array
  /** Its Lorentzian fraction. */
  readonly eta: Float64Array
}

/**
 * Widths of lines at scattering angles: Caglioti's Gaussian, Lorentzian size and strain, and the pseudo-Voigt of both.
 * @param twoTheta   Scattering angles in degrees, n values.
 * @param parameters The widths' parameters.
 * @throws OperandoError `E_RANGE` where fwhm² of the Gaussian or the Lorentzian is negative, or both widths are 0; the message says at which angle.
 * @see G. Caglioti, A. Paoletti, F. P. Ricci, Nucl. Instrum. 3 (1958) 223; P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79
 * @example
 * ```ts
 * import { lineWidths } from 'operando/scattering'
 * const { fwhm, eta } = lineWidths([10, 40, 80], { u: 0.0011, v: -0.0009, w: 0.0016, size: 0.004, strain: 0.02 })
 * ```
 */
export function lineWidths(twoTheta: NumbersLike, parameters: LineWidthParameters): LineWidths {
  assertKnown(parameters, 'lineWidths options', OPTIONS)
  const angles = asFloat64(twoTheta, 'twoTheta')
  const { u = 0, v = 0, w = 0, p = 0, size = 0, strain = 0, constant = 0 } = parameters
  const { length } = angles
  const widths = {
    gaussian: new Float64Array(length),
    lorentzian: new Float64Array(length),
    fwhm: new Float64Array(length),
    eta: new Float64Array(length),
  }
  const both = new Float64Array(6)
  for (let i = 0; i < length; i++) {
    const theta = (angles[i]! * Math.PI) / 360
    const tan = Math.tan(theta)
    const cos = Math.cos(theta)
    const square = u * tan * tan + v * tan + w + p / (cos * cos)
    const lorentzian = size / cos + strain * tan + constant
    if (!(square >= 0 && lorentzian >= 0 && square + lorentzian > 0))
      throw new OperandoError(
        'E_RANGE',
        `Widths at 2theta = ${angles[i]} degrees: Gaussian fwhm² = ${square} degrees², Lorentzian fwhm = ${lorentzian} degrees; not below 0, and not both 0, expected. ` +
          'Are u, v, w in degrees²? Those of GSAS are not: widthsOfGsas.',
        { details: { twoTheta: angles[i]!, square, lorentzian } },
      )
    widths.gaussian[i] = Math.sqrt(square)
    widths.lorentzian[i] = lorentzian
    thompsonCoxHastingsAt(widths.gaussian[i]!, lorentzian, both)
    widths.fwhm[i] = both[0]!
    widths.eta[i] = both[1]!
  }
  return widths
}
