import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, assertOneOf, type FieldsOf } from '../../../core/fields.js'
import { type Length, toValue } from '../../../core/quantity.js'
import { linearRegression } from '../../../numeric/statistics/linearRegression.js'
import type { Estimate } from '../dSpacingOfPeak.js'
import { type InstrumentOptions, type MeasuredLine, sampleBreadth } from './measuredLine.js'

/** Options of {@link williamsonHall}. */
export interface WilliamsonHallOptions extends InstrumentOptions {
  /** Wavelength, Å. */
  wavelength: Length
  /** Scherrer's constant: 0.9 for a fwhm, 0.94 to 1 for an integral breadth. Default 0.9. */
  constant?: number | undefined
  /** Whether errors follow from how well the lines agree. Default true; without errors of the widths they always do. */
  scaleErrors?: boolean | undefined
}

/** A line in the plot of Williamson and Hall. */
export interface WilliamsonHallPoint {
  /** 1/d = 2 sin theta / lambda, 1/Å. */
  readonly inverseSpacing: number
  /** beta cos theta / lambda, 1/Å: breadth in reciprocal space, the instrument's taken off. */
  readonly breadth: number
  /** The line's own breadth minus that of the result, 1/Å. */
  readonly residual: number
}

/** What {@link williamsonHall} finds. */
export interface WilliamsonHall {
  /** Size of domains, Å; `null` where the widths leave nothing for it: see `sizeAbove`. */
  readonly size: Estimate | null
  /** Size that domains have at least, Å, two standard errors from the intercept; `null` where errors are not known. */
  readonly sizeAbove: number | null
  /** Apparent strain, e of beta = 4 e tan theta: Stokes and Wilson's upper limit, no root mean square. 0 with its error where the widths fall with the angle. */
  readonly strain: Estimate
  /** Correlation of intercept and slope. */
  readonly correlation: number | null
  /** Chi² of the line through the widths over its degrees of freedom; far above 1: the broadening hangs on hkl, or on more than size and strain. `null` for two lines. */
  readonly reducedChiSquare: number | null
  /** The lines, for a figure. */
  readonly points: readonly WilliamsonHallPoint[]
}

/** Names of options, for `assertKnown`. */
export const WILLIAMSON_HALL_FIELDS: FieldsOf<WilliamsonHallOptions> = {
  wavelength: true,
  constant: true,
  scaleErrors: true,
  instrument: true,
  shape: true,
}

/**
 * Size and strain from the widths of several lines by Williamson and Hall: beta cos theta / lambda = K / size + 2 strain / d for Lorentzian lines; the squares of the three for Gaussian ones. A quick look:
 * lines of one direction (00l) or a cubic phase follow it, others scatter by their indices, which `reducedChiSquare` tells.
 *
 * @param lines   Two lines or more of one phase.
 * @param options Wavelength, instrument, shape.
 * @throws OperandoError `E_ARGUMENT` for fewer than two lines, `E_SINGULAR` where all stand at one angle, `E_RANGE` for numbers that mean nothing.
 * @see G. K. Williamson, W. H. Hall, Acta Metall. 1 (1953) 22
 * @example
 * ```ts
 * import { williamsonHall } from 'operando/scattering'
 * const lines = [20, 40, 60, 80].map(centre => ({ centre, fwhm: { value: 0.2 + 0.3 * Math.tan((centre * Math.PI) / 360), standardError: 0.002 } }))
 * const { size, strain } = williamsonHall(lines, { wavelength: 1.5406, instrument: () => 0.05 })
 * console.log(size, strain)
 * ```
 */
export function williamsonHall(lines: readonly MeasuredLine[], options: WilliamsonHallOptions): WilliamsonHall {
  assertFields(options, 'williamsonHall options', ['wavelength'])
  assertKnown(options, 'williamsonHall options', WILLIAMSON_HALL_FIELDS)
  const { constant = 0.9, shape = 'lorentzian', scaleErrors = true } = options
  assertOneOf(shape, 'shape', ['lorentzian', 'gaussian'])
  const wavelength = toValue(options.wavelength, 'Å', 'wavelength')
  if (!(wavelength > 0 && constant > 0))
    throw new OperandoError(
      'E_RANGE',
      `williamsonHall: wavelength = ${wavelength} Å, constant = ${constant}: both above 0 expected.`,
    )
  if (!Array.isArray(lines as unknown) || lines.length < 2)
    throw new OperandoError('E_ARGUMENT', `williamsonHall: two lines or more expected, found ${lines?.length ?? 'none'}.`)
  const power = shape === 'gaussian' ? 2 : 1
  const breadths = lines.map((line, i) => sampleBreadth(line, `williamsonHall: lines[${i}]`, options))
  const s = breadths.map(({ theta }) => (2 * Math.sin(theta)) / wavelength)
  const width = breadths.map(({ theta, beta }) => (beta * Math.cos(theta)) / wavelength)
  const known = breadths.every(({ sigma }) => sigma !== null && sigma > 0)
  // the square of a width that is 0 within its error is not known any better than the error's own square
  const sigma = breadths.map(({ theta, sigma: e }, i) => {
    const error = ((e ?? 0) * Math.cos(theta)) / wavelength
    return power === 2 ? Math.max(2 * width[i]! * error, error * error) : error
  })
  const fit = linearRegression(
    s.map(v => v ** power),
    width.map(v => v ** power),
    { scaleErrors, ...(known && { sigma }) },
  )
  // y = intercept + slope x with intercept = (K / size)^power, slope = (2 strain)^power
  const root = (value: number, error: number | null): Estimate => {
    const v = Math.max(0, value) ** (1 / power)
    if (error === null) return { value: v, standardError: null }
    return { value: v, standardError: v > 0 ? (error * v) / (power * value) : error ** (1 / power) }
  }
  const bySize = root(fit.intercept, fit.interceptError)
  const byStrain = root(fit.slope, fit.slopeError)
  const isSeen = fit.intercept > 0 && !(fit.interceptError !== null && fit.intercept < 2 * fit.interceptError)
  const most = fit.interceptError === null ? null : (Math.max(0, fit.intercept) + 2 * fit.interceptError) ** (1 / power)
  return {
    size: isSeen
      ? {
          value: constant / bySize.value,
          standardError: bySize.standardError === null ? null : (constant * bySize.standardError) / bySize.value ** 2,
        }
      : null,
    sizeAbove: most === null || most === 0 ? null : constant / most,
    strain: { value: byStrain.value / 2, standardError: byStrain.standardError === null ? null : byStrain.standardError / 2 },
    correlation:
      fit.covariance === null || !(fit.slopeError! > 0 && fit.interceptError! > 0)
        ? null
        : fit.covariance / (fit.slopeError! * fit.interceptError!),
    reducedChiSquare: known && lines.length > 2 ? fit.chiSquare / (lines.length - 2) : null,
    points: s.map((inverseSpacing, i) => ({
      inverseSpacing,
      breadth: width[i]!,
      residual: width[i]! - Math.max(0, fit.intercept + fit.slope * inverseSpacing ** power) ** (1 / power),
    })),
  }
}
