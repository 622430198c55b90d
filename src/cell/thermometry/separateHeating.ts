import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { type Length, type Temperature, toValue } from '../../core/quantity.js'
import { type FitResult, leastSquares } from '../../numeric/index.js'
import { coefficientAt, expansionOf, integralTo, type ThermalExpansion } from './thermalExpansion.js'

/** A reflection of a collector, at rest and now. */
export interface CollectorPeak {
  /** `Cu`, `Al`, or a table of one's own. */
  readonly metal: 'Cu' | 'Al' | ThermalExpansion
  /** Position at the reference temperature, cell in place: 2θ in degrees. */
  readonly reference: number
  /** Position now: 2θ in degrees. */
  readonly twoTheta: number
  /** Standard uncertainty of their difference, degrees. Default: the same for all, from the scatter if there are more than two peaks. */
  readonly sigma?: number | undefined
}

/** Options of {@link separateHeating}. */
export interface SeparateHeatingOptions {
  /** Distance from sample to detector: a number in m, or `'1200 mm'`. */
  readonly distance: Length
  /** Temperature of the reference positions: a number in K, or `'25 °C'`. Default 293.15. */
  readonly referenceTemperature?: Temperature | undefined
}

const OPTIONS: FieldsOf<SeparateHeatingOptions> = { distance: true, referenceTemperature: true }

/** Heating and displacement, told apart. */
export interface HeatingAndDisplacement {
  /** Temperature, K. */
  readonly temperature: number
  /** Standard uncertainty, K, that of the expansion tables included; `null` where two peaks without sigma leave it open. */
  readonly temperatureSigma: number | null
  /** How far the cell moved towards the detector, µm. */
  readonly displacement: number
  /** Standard uncertainty, µm; `null` as above. */
  readonly displacementSigma: number | null
  /** Correlation of the two: near 1 where the metals hardly tell them apart. */
  readonly correlation: number | null
  /** The fit behind: parameters `temperature` and `displacement`. */
  readonly fit: FitResult
}

const RADIAN = Math.PI / 180

/**
 * Tells heating from a shift of the cell along the beam by reflections of two metals (or of one, far apart in angle).
 *
 * Heating moves a peak by -2 tan θ α ΔT, a cell that moves by dL towards a flat detector normal to the beam by -(dL / L) sin 2θ cos 2θ. At small
 * angles both are in proportion to 2θ: one peak, or several of one metal at small angles, cannot tell them apart; the different α of two metals
 * can. Both are fitted here, without approximation for small shifts.
 * @param peaks   At least two.
 * @param options Distance, reference temperature.
 * @throws OperandoError `E_ARGUMENT` for fewer than two peaks, `E_SINGULAR` when they do not tell the two apart, `E_RANGE` for angles not between 0 and 90
 *   degrees or a temperature outside the tables.
 * @example
 * ```ts
 * import { separateHeating } from 'operando/cell'
 * const { temperature, displacement } = separateHeating(
 *   [
 *     { metal: 'Cu', reference: 5.492667, twoTheta: 5.491744, sigma: 2e-5 },
 *     { metal: 'Al', reference: 4.902802, twoTheta: 4.901493, sigma: 2e-5 },
 *   ],
 *   { distance: '1 m', referenceTemperature: 293 },
 * )
 * console.log(temperature - 293, displacement) // 15 K, -80 µm
 * ```
 */
export function separateHeating(peaks: readonly CollectorPeak[], options: SeparateHeatingOptions): HeatingAndDisplacement {
  assertKnown(options, 'separateHeating options', OPTIONS)
  const distance = toValue(options.distance, 'm', 'distance')
  const start = toValue(options.referenceTemperature ?? 293.15, 'K', 'referenceTemperature')
  if (!(distance > 0)) throw new OperandoError('E_RANGE', `distance = ${distance} m: above 0 expected.`)
  if (!Array.isArray(peaks) || peaks.length < 2)
    throw new OperandoError('E_ARGUMENT', 'Heating and displacement are two unknowns: at least two peaks expected.')
  const tables = peaks.map(peak => expansionOf(peak.metal))
  for (const [i, { reference, twoTheta, sigma = 1 }] of peaks.entries())
    if (!(reference > 0 && reference < 90 && twoTheta > 0 && twoTheta < 90 && sigma > 0))
      throw new OperandoError(
        'E_RANGE',
        `peaks[${i}]: 2θ ${reference} and ${twoTheta} degrees, sigma ${sigma}: angles between 0 and 90 and a sigma above 0 expected.`,
      )
  if (!tellApart(peaks, tables, start))
    throw new OperandoError(
      'E_SINGULAR',
      'These peaks shift in one proportion, whether heated or moved. Add a peak of another metal, or one at a high angle.',
    )
  const trusted = peaks.every(peak => peak.sigma !== undefined)
  const from = tables.map(table => integralTo(table, start))
  const coldest = Math.max(...tables.map(table => table.temperatures[0]!))
  const hottest = Math.min(...tables.map(table => table.temperatures[table.temperatures.length - 1]!))
  const fit = leastSquares(
    {
      points: peaks.length,
      residuals(p, out) {
        for (let i = 0; i < peaks.length; i++) {
          const { reference, twoTheta, sigma = 1e-4 } = peaks[i]!
          const strain = (integralTo(tables[i]!, p[0]!) - from[i]!) * 1e-6
          const heated = 2 * Math.asin(Math.sin((reference * RADIAN) / 2) * Math.exp(-strain))
          const seen = Math.atan(Math.tan(heated) * (1 - (p[1]! * 1e-6) / distance))
          out[i] = (seen / RADIAN - twoTheta) / sigma
        }
      },
    },
    [
      { name: 'temperature', value: start, min: coldest, max: hottest, scale: 1 },
      { name: 'displacement', value: 0, scale: 10 },
    ],
    { scaleErrors: !trusted, differences: 'central' },
  )
  const { temperature, displacement } = fit.parameters as Record<'temperature' | 'displacement', FitResult['parameters'][string]>
  // two peaks fix two unknowns and leave no scatter to judge by
  const known = (error: number | null): number | null => (trusted || peaks.length > 2 ? error : null)
  const fromPeaks = known(temperature.standardError)
  const worst = Math.max(...tables.map(table => table.relativeSigma)) * Math.abs(temperature.value - start)
  return {
    temperature: temperature.value,
    temperatureSigma: fromPeaks === null ? null : Math.hypot(fromPeaks, worst),
    displacement: displacement.value,
    displacementSigma: known(displacement.standardError),
    correlation: temperature.correlations.displacement ?? null,
    fit,
  }
}

/** Whether the directions of the two shifts differ by more than rounding: the sine of the angle between their columns. */
function tellApart(peaks: readonly CollectorPeak[], tables: readonly ThermalExpansion[], temperature: number): boolean {
  let [hh, dd, hd] = [0, 0, 0]
  for (let i = 0; i < peaks.length; i++) {
    const { reference, sigma = 1 } = peaks[i]!
    const angle = reference * RADIAN
    const heat = (2 * Math.tan(angle / 2) * coefficientAt(tables[i]!, temperature)) / sigma
    const shift = (Math.sin(angle) * Math.cos(angle)) / sigma
    hh += heat * heat
    dd += shift * shift
    hd += heat * shift
  }
  return 1 - (hd * hd) / (hh * dd) > 1e-8
}
