import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { HC_EV_ANGSTROM } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Angle, toValue } from '../../core/quantity.js'
import type { FitResult } from '../../numeric/fitResult.js'
import { leastSquares } from '../../numeric/leastSquares/leastSquares.js'
import { linearRegression } from '../../numeric/statistics/linearRegression.js'
import type { Estimate } from '../bragg/dSpacingOfPeak.js'
import { numberAndError } from '../bragg/quickLooks/measuredLine.js'

/** A line whose energy is known (fluorescence, a source), or whose spacing is (diffraction of a calibrant). */
export interface EnergyCalibrationLine {
  /** Its centre, channels. */
  readonly channel: number | Estimate
  /** Its energy, eV. */
  readonly energy?: number | undefined
  /** Spacing of the planes that make it, Å. */
  readonly spacing?: number | undefined
}

/** Options of {@link calibrateEnergy}. */
export interface EnergyCalibrationOptions {
  /** Whether energy bends with the channel. Default false; needs three lines of known energy or more. */
  quadratic?: boolean | undefined
  /** Angle of the detector, degrees: the start of its refinement where lines of known spacing are given. Needed then. */
  twoTheta?: Angle | undefined
  /** Whether the angle is refined. Default true where lines of known spacing are given. */
  refineAngle?: boolean | undefined
}

/** An energy-dispersive detector, calibrated. */
export interface EnergyCalibration {
  /** Energy at channel 0, eV. */
  readonly offset: Estimate
  /** eV a channel, at channel 0. */
  readonly gain: Estimate
  /** eV a channel². */
  readonly quadratic: Estimate
  /** Angle of the detector, degrees; where lines of known spacing were given. */
  readonly twoTheta?: Estimate | undefined
  /** By line: calibrated energy minus that of the line, eV. */
  readonly residuals: readonly number[]
  /** The fit. */
  readonly fit: FitResult
  /**
   * Energies of channels.
   * @param channels Channels, n values.
   * @returns eV.
   */
  energies(channels: NumbersLike): Float64Array
}

const OPTIONS: FieldsOf<EnergyCalibrationOptions> = { quadratic: true, twoTheta: true, refineAngle: true }

/**
 * Calibrates an energy-dispersive detector: energy against channel from lines of known energy, and the fixed angle from lines of a calibrant in the same fit, so that the error of the one is in the other.
 *
 * Lines of known spacing alone cannot do it: gain and angle then are one number. Centres without standard error count alike, and errors follow from how well all agree.
 * @param lines   Lines with their centres.
 * @param options Quadratic term, angle.
 * @throws OperandoError `E_ARGUMENT` for too few lines of known energy, lines that say both or neither, or spacings without `twoTheta`; `E_RANGE` for numbers that mean nothing.
 * @example
 * ```ts
 * import { calibrateEnergy } from 'operando/scattering'
 * // Pb and W fluorescence, and three lines of CeO2
 * const { gain, twoTheta, energies } = calibrateEnergy(
 *   [
 *     { channel: 1483.0, energy: 59318 }, { channel: 1874.4, energy: 74969 }, { channel: 2123.4, energy: 84936 },
 *     { channel: 2126.3, spacing: 3.1244 }, { channel: 2455.2, spacing: 2.7058 }, { channel: 3472.2, spacing: 1.9133 },
 *   ],
 *   { twoTheta: 2.7 },
 * )
 * console.log(gain, twoTheta, energies([1000]))
 * ```
 */
export function calibrateEnergy(
  lines: readonly EnergyCalibrationLine[],
  options: EnergyCalibrationOptions = {},
): EnergyCalibration {
  assertKnown(options, 'calibrateEnergy options', OPTIONS)
  if (!Array.isArray(lines as unknown))
    throw new OperandoError('E_ARGUMENT', 'calibrateEnergy: lines, as { channel, energy } or { channel, spacing }, expected.')
  for (const [i, line] of lines.entries()) {
    assertFields(line, `lines[${i}]`, ['channel'])
    if ((line.energy === undefined) === (line.spacing === undefined))
      throw new OperandoError('E_ARGUMENT', `lines[${i}]: an energy (eV) or a spacing (Å), one of the two, expected.`)
    if (!((line.energy ?? line.spacing!) > 0))
      throw new OperandoError('E_RANGE', `lines[${i}]: energy or spacing above 0 expected.`)
  }
  const { quadratic = false } = options
  const known = lines.filter(({ energy }) => energy !== undefined)
  const hasSpacings = known.length < lines.length
  if (known.length < 2 + Number(quadratic))
    throw new OperandoError(
      'E_ARGUMENT',
      `calibrateEnergy: ${2 + Number(quadratic)} lines of known energy or more expected, found ${known.length}: spacings alone cannot tell gain from angle.`,
    )
  if (hasSpacings && options.twoTheta === undefined)
    throw new OperandoError('E_ARGUMENT', 'calibrateEnergy: lines of known spacing need twoTheta, about, in degrees.')
  const start = options.twoTheta === undefined ? 0 : toValue(options.twoTheta, 'deg', 'twoTheta')
  if (hasSpacings && !(start > 0 && start < 180))
    throw new OperandoError('E_RANGE', `calibrateEnergy: twoTheta = ${start} degrees: above 0 and below 180 expected.`)
  const channels = lines.map(({ channel }) => numberAndError(channel))
  const { slope, intercept } = linearRegression(
    known.map(line => numberAndError(line.channel).value),
    known.map(line => line.energy!),
  )
  const trusted = channels.every(({ standardError }) => standardError !== null && standardError > 0)
  const target = (line: EnergyCalibrationLine, twoTheta: number): number =>
    line.energy ?? HC_EV_ANGSTROM / (2 * line.spacing! * Math.sin((twoTheta * Math.PI) / 360))
  // lines count by the errors of their centres, at the gain of the start
  const sigma = channels.map(({ standardError }) => (trusted ? standardError! : 1) * Math.abs(slope))
  const fit = leastSquares(
    {
      points: lines.length,
      residuals(p, out) {
        for (let i = 0; i < out.length; i++) {
          const c = channels[i]!.value
          out[i] = (p[0]! + c * (p[1]! + c * p[2]!) - target(lines[i]!, p[3]!)) / sigma[i]!
        }
      },
    },
    [
      { name: 'offset', value: intercept, scale: Math.abs(slope) },
      { name: 'gain', value: slope },
      { name: 'quadratic', value: 0, vary: quadratic, scale: Math.abs(slope) * 1e-6 },
      { name: 'twoTheta', value: start, vary: hasSpacings && (options.refineAngle ?? true), min: 0, max: 180, scale: 0.01 },
    ],
    { differences: 'central', scaleErrors: !trusted },
  )
  const estimate = (name: string): Estimate => {
    const { value, standardError } = fit.parameters[name]!
    return { value, standardError }
  }
  const [offset, gain, bend] = [estimate('offset'), estimate('gain'), estimate('quadratic')]
  return {
    offset,
    gain,
    quadratic: bend,
    ...(hasSpacings && { twoTheta: estimate('twoTheta') }),
    residuals: Array.from(fit.residual, (r, i) => r * sigma[i]!),
    fit,
    energies: given => asFloat64(given, 'channels').map(c => offset.value + c * (gain.value + c * bend.value)),
  }
}
