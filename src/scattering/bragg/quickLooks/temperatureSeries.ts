import { OperandoError } from '../../../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../../../core/fields.js'
import { createDataset } from '../../../model/createDataset.js'
import type { LatticeSystem } from '../../../model/crystal/latticeSystem.js'
import type { Hkl } from '../../../model/crystal/matrix3.js'
import type { Dataset } from '../../../model/dataset.js'
import { type CellFromPeaks, cellFromPeaks } from '../cellFromPeaks.js'
import type { DSpacingOptions } from '../dSpacingOfPeak.js'
import { SYSTEM_NUMBERS } from '../lineProblem.js'
import type { SeriesColumn } from './sizeAndStrainSeries.js'

/** What turns a lattice parameter into a temperature, such as `(a, { sigma }) => latticeTemperature('Cu', a, { sigma, reference })` of `operando/cell`. */
export type Thermometer = (
  a: number,
  options: { sigma: number },
) => {
  /** K. */
  readonly temperature: number
  /** Its standard uncertainty, K. */
  readonly sigma: number
}

/** A line of the collector along a series. */
export interface CollectorLine {
  /** Miller indices. */
  readonly hkl: Hkl
  /** Its centre by frame, on the axis of the options: `run.parameters['Cu111.centre']` of a sequence of peak fits. */
  readonly centre: SeriesColumn
}

/** Options of {@link temperatureSeries}. */
export interface TemperatureSeriesOptions extends DSpacingOptions {
  /** What turns a lattice parameter into a temperature. */
  thermometer: Thermometer
  /** Lattice system of the collector. Default `'cubic'`. */
  system?: LatticeSystem | undefined
  /** Whether a displacement of the sample is refined in each frame, so that it does not look like heat: twoTheta, and lines far apart. Default false. */
  displacement?: boolean | undefined
}

/** Temperature along a series. */
export interface TemperatureSeries {
  /** K by frame; masked where lines were missing or no temperature belongs to the lattice parameter. */
  readonly temperature: Dataset<'frame'>
  /** Lattice parameter a, Å, by frame. */
  readonly latticeParameter: Dataset<'frame'>
  /** Frame by frame, why there is no temperature; `null` where there is. */
  readonly problems: readonly (string | null)[]
}

const OPTIONS: FieldsOf<TemperatureSeriesOptions> = {
  thermometer: true,
  system: true,
  displacement: true,
  axis: true,
  wavelength: true,
  energy: true,
  wavelengthSigma: true,
}

/**
 * Temperature in the cell along a series from lines of its collector: lattice parameter of each frame by least squares over the lines, then the thermometer that is passed in.
 *
 * 1 K is 1.7e-5 of copper's lattice parameter: sample and detector must not move by more, or two metals, or `displacement`, must tell it apart (`separateHeating` of `operando/cell` does for one pair of states).
 * Errors are those of the centres (scaled by the scatter of lines where more than needed are there) and of the thermometer.
 * @param lines   Lines with indices, n frames each.
 * @param options Thermometer, axis, wavelength.
 * @throws OperandoError `E_ARGUMENT` without lines or thermometer, `E_SHAPE` for columns of other lengths, and as {@link cellFromPeaks} for options that make no sense.
 * @see X. Yu et al., J. Electrochem. Soc. 165 (2018) A1578
 * @example
 * ```ts
 * import { latticeTemperature } from 'operando/cell'
 * import { temperatureSeries } from 'operando/scattering'
 * const reference = { latticeParameter: 3.6149, temperature: '25 °C' } as const
 * const q = (a: number) => (2 * Math.PI * Math.sqrt(3)) / a
 * const { temperature } = temperatureSeries(
 *   [{ hkl: [1, 1, 1], centre: { values: [q(3.6149), q(3.6155)], sigma: [2e-5, 2e-5] } }],
 *   { axis: 'q', thermometer: (a, { sigma }) => latticeTemperature('Cu', a, { sigma, reference }) },
 * )
 * console.log(temperature.values, temperature.sigma) // 298.1, 308.1; 0.4 K each
 * ```
 */
export function temperatureSeries(lines: readonly CollectorLine[], options: TemperatureSeriesOptions): TemperatureSeries {
  assertKnown(options, 'temperatureSeries options', OPTIONS)
  assertFields(options, 'temperatureSeries options', ['thermometer'])
  if (!Array.isArray(lines as unknown) || lines.length === 0 || typeof options.thermometer !== 'function')
    throw new OperandoError('E_ARGUMENT', 'temperatureSeries: lines of the collector and a thermometer, a function, expected.')
  const { thermometer, system = 'cubic', displacement = false, ...axis } = options
  for (const [i, line] of lines.entries()) {
    assertFields(line, `lines[${i}]`, ['hkl', 'centre'])
    assertFields(line.centre, `lines[${i}].centre`, ['values'])
  }
  const count = lines[0]!.centre.values.length
  for (const [i, { centre }] of lines.entries())
    if (centre.values.length !== count)
      throw new OperandoError(
        'E_SHAPE',
        `lines[${i}]: ${count} frames expected, as the first line has; found ${centre.values.length}.`,
      )
  const [t, a] = [0, 1].map(() => ({
    values: new Float64Array(count).fill(Number.NaN),
    sigma: new Float64Array(count).fill(Number.NaN),
  }))
  const problems: (string | null)[] = []
  const needed = SYSTEM_NUMBERS[system].length + Number(displacement)
  for (let k = 0; k < count; k++) {
    const there = lines.flatMap(({ hkl, centre }) => {
      const value = centre.values[k]!
      const error = centre.sigma?.[k]
      return value > 0 ? [{ hkl, centre: { value, standardError: error !== undefined && error > 0 ? error : null } }] : []
    })
    if (there.length < needed) {
      problems.push(`${there.length} lines, ${needed} needed`)
      continue
    }
    const { cell }: CellFromPeaks = cellFromPeaks(there, { ...axis, system, displacement })
    a!.values[k] = cell.a
    // with no error known the thermometer tells its own only
    const sigma = cell.sigma?.[0] ?? 0
    a!.sigma[k] = sigma || Number.NaN
    try {
      const read = thermometer(cell.a, { sigma })
      t!.values[k] = read.temperature
      t!.sigma[k] = read.sigma
      problems.push(null)
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  const dataset = (
    name: string,
    unit: string,
    { values, sigma }: { values: Float64Array; sigma: Float64Array },
  ): Dataset<'frame'> =>
    createDataset({
      name,
      dims: ['frame'],
      shape: [count],
      values,
      sigma,
      unit,
      mask: Uint8Array.from(values, v => Number(!Number.isFinite(v))),
    })
  return { temperature: dataset('temperature', 'K', t!), latticeParameter: dataset('a', 'Å', a!), problems }
}
