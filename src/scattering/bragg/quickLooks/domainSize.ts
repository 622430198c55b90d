import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import { type Length, toValue } from '../../../core/quantity.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import { type InstrumentOptions, type MeasuredLine, sampleBreadth } from './measuredLine.js'

/** Options of {@link domainSize}. */
export interface DomainSizeOptions extends InstrumentOptions {
  /** Wavelength, Å. */
  wavelength: Length
  /** Scherrer's constant: 0.9 for a fwhm, 0.94 to 1 for an integral breadth. Default 0.9. */
  constant?: number | undefined
}

const OPTIONS: FieldsOf<DomainSizeOptions> = { wavelength: true, constant: true, instrument: true, shape: true }

/**
 * Size of the domains that broaden one line (Scherrer), the instrument's width taken off, with the standard error that follows from that of the width. Strain is taken for size: see {@link williamsonHall}.
 * @param line    Centre and width, as a peak fit gives them.
 * @param options Wavelength, instrument.
 * @returns Å; infinite where the instrument explains all of the width.
 * @throws OperandoError `E_RANGE` for angles, widths or a wavelength that mean nothing.
 * @see P. Scherrer, Goett. Nachr. 2 (1918) 98
 * @example
 * ```ts
 * import { domainSize } from 'operando/scattering'
 * const size = domainSize({ centre: 11, fwhm: { value: 0.08, standardError: 0.002 } }, { wavelength: 0.4066, instrument: () => 0.02 })
 * console.log(size.value, size.standardError) // 351, 12 Å
 * ```
 */
export function domainSize(line: MeasuredLine, options: DomainSizeOptions): Estimate {
  assertFields(options, 'domainSize options', ['wavelength'])
  assertKnown(options, 'domainSize options', OPTIONS)
  const { constant = 0.9, shape = 'lorentzian' } = options
  assertOneOf(shape, 'shape', ['lorentzian', 'gaussian'])
  const wavelength = toValue(options.wavelength, 'Å', 'wavelength')
  if (!(wavelength > 0 && constant > 0))
    throw new OperandoError('E_RANGE', `domainSize: wavelength = ${wavelength} Å, constant = ${constant}: both above 0 expected.`)
  const { theta, beta, sigma } = sampleBreadth(line, 'domainSize: the line', options)
  const value = (constant * wavelength) / (beta * Math.cos(theta))
  return { value, standardError: sigma === null || beta === 0 ? null : (value * sigma) / beta }
}
