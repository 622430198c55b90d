import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'

/** A number with its standard error. */
export interface Estimate {
  /** The number. */
  readonly value: number
  /** Its standard error; `null` where it is not known. */
  readonly standardError: number | null
}

/** What the positions of peaks are. */
export type PeakAxis = 'twoTheta' | 'q' | 'd'

/** Options of {@link dSpacingOfPeak}. */
export interface DSpacingOptions {
  /** What the centre is: degrees `twoTheta` (default), `q` in Å⁻¹, or `d` in Å. */
  axis?: PeakAxis | undefined
  /** Wavelength in Å; needed for `twoTheta`. */
  wavelength?: number | undefined
  /** Photon energy in eV, instead of a wavelength. */
  energy?: number | undefined
  /** Standard uncertainty of the wavelength in Å. Default 0. It is common to all peaks of an experiment: averaging does not make it smaller. */
  wavelengthSigma?: number | undefined
}

/** Their names, for `assertKnown`. */
export const DSPACING_FIELDS: FieldsOf<DSpacingOptions> = { axis: true, wavelength: true, energy: true, wavelengthSigma: true }

const HALF_RADIANS = Math.PI / 360

/**
 * Spacing of the planes that make a peak, by Bragg's law, with the standard error that follows from the centre's and the wavelength's.
 *
 * @param centre  Centre of the peak: a number, or with its standard error as a fit gives it.
 * @param options Axis, wavelength or energy, uncertainty of the wavelength.
 * @returns Å.
 * @throws OperandoError `E_ARGUMENT` where the wavelength is missing, `E_RANGE` for a centre outside 0 to 180 degrees or not above 0.
 * @example
 * ```ts
 * import { dSpacingOfPeak } from 'operando/scattering'
 * dSpacingOfPeak({ value: 28.4423, standardError: 0.001 }, { wavelength: 1.5405929 }) // 3.1355 +/- 0.0001 Å: silicon 111
 * ```
 */
export function dSpacingOfPeak(centre: number | Estimate, options: DSpacingOptions = {}): Estimate {
  assertKnown(options, 'dSpacingOfPeak options', DSPACING_FIELDS)
  const { axis = 'twoTheta', wavelengthSigma = 0 } = options
  if (typeof centre !== 'number') assertFields(centre, 'dSpacingOfPeak: a centre', ['value'])
  const { value, standardError } = typeof centre === 'number' ? { value: centre, standardError: null } : centre
  const upper = axis === 'twoTheta' ? 180 : Infinity
  if (!(value > 0 && value <= upper)) {
    throw new OperandoError(
      'E_RANGE',
      `dSpacingOfPeak: centre = ${value}, a ${axis} above 0${upper === 180 ? ', at most 180 degrees' : ''} expected.`,
    )
  }
  // d and its relative change with the centre
  let d = value
  let slope = 1 / value
  if (axis === 'q') d = (2 * Math.PI) / value
  if (axis === 'twoTheta') {
    const theta = value * HALF_RADIANS
    d = wavelengthOf(options) / (2 * Math.sin(theta))
    slope = HALF_RADIANS / Math.tan(theta)
  }
  if (standardError === null) return { value: d, standardError: null }
  const scale = wavelengthSigma === 0 ? 0 : wavelengthSigma / wavelengthOf(options)
  return { value: d, standardError: d * Math.hypot(slope * standardError, scale) }
}

/**
 * The wavelength of options that give it or an energy.
 * @param options Wavelength in Å or energy in eV.
 * @throws OperandoError `E_ARGUMENT` where neither is there, `E_RANGE` where it is not positive.
 */
export function wavelengthOf({ wavelength, energy }: Pick<DSpacingOptions, 'wavelength' | 'energy'>): number {
  const value = wavelength ?? (energy === undefined ? undefined : HC_EV_ANGSTROM / energy)
  if (value === undefined) {
    throw new OperandoError('E_ARGUMENT', 'A twoTheta needs a wavelength: pass { wavelength } in Å or { energy } in eV.')
  }
  if (value > 0) return value
  throw new OperandoError('E_RANGE', `A wavelength above 0 Å expected, found ${value}.`)
}
