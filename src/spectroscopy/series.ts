import { asFloat64 } from '../core/arrays.js'
import { convert } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { assertDataset } from '../model/assertDataset.js'
import type { Dataset, Variable } from '../model/dataset.js'
import { asEnergies } from './spectrum.js'

/** A series of spectra that has passed the door. */
export interface SpectrumSeries {
  /** eV, strictly rising. */
  readonly energy: Float64Array
  /** frames x energies, as given. */
  readonly values: Float32Array | Float64Array
  /** Frames. */
  readonly frames: number
  /** Coordinates on `frame`: time, voltage, x. */
  readonly coords: Readonly<Record<string, Variable>>
}

/**
 * The door of verbs that take a series of spectra on one grid of energies.
 * @param verb   For messages.
 * @param series Dataset with the dims `frame`, `energy`.
 * @param range  Energies where no point may be masked, eV. Default: all.
 * @throws OperandoError `E_SHAPE` for other dims, `E_AXIS` without energies, `E_NAN` for masked points in the range, and as `asEnergies`.
 */
export function readSeries(
  verb: string,
  series: Dataset,
  range: readonly [number, number] = [-Infinity, Infinity],
): SpectrumSeries {
  assertDataset(series, verb)
  const { dims, shape, mask } = series
  if (dims.length !== 2 || dims[0] !== 'frame' || dims[1] !== 'energy')
    throw new OperandoError(
      'E_SHAPE',
      `${verb}: a Dataset with the dims frame, energy was expected, found [${dims.join(', ')}]. seriesOf and openSeries make one; transpose turns it.`,
    )
  const axis = series.coords.energy
  if (!axis) throw new OperandoError('E_AXIS', `${verb}: the Dataset '${series.name}' has no coordinate 'energy'.`)
  const energy = asEnergies(
    axis.unit.symbol === 'eV'
      ? asFloat64(axis.values, 'energy')
      : Float64Array.from(axis.values, e => convert(e, axis.unit, 'eV')),
  )
  const n = energy.length
  const masked = mask?.findIndex((bad, i) => bad !== 0 && energy[i % n]! >= range[0] && energy[i % n]! <= range[1]) ?? -1
  if (masked >= 0)
    throw new OperandoError(
      'E_NAN',
      `${verb}: frame ${Math.floor(masked / n)} is masked at ${energy[masked % n]} eV. Narrow the range, leave the frame out with select, or interpolate.`,
    )
  const values = series.values instanceof Float32Array ? series.values : asFloat64(series.values, series.name, { allowNaN: true })
  const coords = Object.fromEntries(Object.entries(series.coords).filter(([, coord]) => coord.dims.every(dim => dim === 'frame')))
  return { energy, values, frames: shape[0]!, coords }
}
