import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { Estimate } from '../dSpacingOfPeak.js'

/** A line whose width was measured, as `fitPeaks` leaves it. */
export interface MeasuredLine {
  /** Scattering angle, degrees. */
  readonly centre: number | Estimate
  /** Full width at half maximum (or integral breadth), degrees 2theta, with that of the instrument in it. */
  readonly fwhm: number | Estimate
  /** Miller indices, to know the line again. */
  readonly hkl?: Hkl | undefined
}

/** How the instrument's own width is taken off. */
export interface InstrumentOptions {
  /** Width of the instrument in degrees at a scattering angle in degrees, of the same kind as `fwhm`: from a standard, `x => lineWidths([x], standard).fwhm[0]`. Default 0. */
  instrument?: ((twoTheta: number) => number) | undefined
  /** How widths add: Lorentzian ones by themselves, Gaussian ones by their squares. Default `'lorentzian'`. */
  shape?: 'lorentzian' | 'gaussian' | undefined
}

/** A line with the breadth that the sample gives it. */
export interface SampleBreadth {
  /** Bragg angle, radians. */
  readonly theta: number
  /** Breadth by the sample, radians of 2theta; 0 where the instrument explains all. */
  readonly beta: number
  /** Its standard uncertainty, radians; `null` where that of the width is not known. */
  readonly sigma: number | null
}

const RADIANS = Math.PI / 180

/** A number and its standard uncertainty, however it was given. */
export function numberAndError(given: number | Estimate): Estimate {
  return typeof given === 'number' ? { value: given, standardError: null } : given
}

/**
 * Takes the instrument's width off a line.
 * @throws OperandoError `E_RANGE` for an angle outside 0 to 180 degrees or widths that are none.
 */
export function sampleBreadth(
  line: MeasuredLine,
  name: string,
  { instrument, shape = 'lorentzian' }: InstrumentOptions,
): SampleBreadth {
  assertFields(line, name, ['centre', 'fwhm'])
  const { value: twoTheta } = numberAndError(line.centre)
  const { value: fwhm, standardError } = numberAndError(line.fwhm)
  const own = instrument?.(twoTheta) ?? 0
  if (!(twoTheta > 0 && twoTheta < 180))
    throw new OperandoError('E_RANGE', `${name}: centre = ${twoTheta} degrees: above 0 and below 180 expected.`)
  if (!(fwhm > 0 && fwhm < 180 && own >= 0))
    throw new OperandoError(
      'E_RANGE',
      `${name}: fwhm = ${fwhm}, instrument = ${own} degrees: a width above 0, and one from 0, expected.`,
    )
  const rest = shape === 'gaussian' ? Math.sqrt(Math.max(0, fwhm * fwhm - own * own)) : Math.max(0, fwhm - own)
  // d(rest)/d(fwhm); where nothing is left the error is that of the width
  const slope = shape === 'gaussian' && rest > 0 ? fwhm / rest : 1
  return {
    theta: (twoTheta * RADIANS) / 2,
    beta: rest * RADIANS,
    sigma: standardError === null ? null : standardError * slope * RADIANS,
  }
}
