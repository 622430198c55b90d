import { asFloat64 } from '../core/arrays.js'
import { convert } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { unit } from '../core/unit.js'
import type { Dataset } from '../model/dataset.js'
import { asEnergies } from './spectrum.js'

/** Spectra of a Dataset one by one. */
export interface SpectraOf {
  /** eV, n values. */
  readonly energy: Float64Array
  /** Spectra. */
  readonly count: number
  /**
   * One of them.
   * @param index From 0, the last leading dim fastest.
   */
  row(index: number): Float64Array
}

/**
 * The door of verbs that take one spectrum or a series of them as a Dataset.
 * @param verb Name of the function, for messages.
 * @param data Absorption, its last dim `energy`.
 * @throws OperandoError `E_SHAPE` for another last dim, `E_AXIS` for energies that are missing or do not rise, `E_NAN`, `E_UNIT`.
 */
export function seriesOf(verb: string, data: Dataset): SpectraOf {
  if (data.dims.at(-1) !== 'energy') {
    throw new OperandoError(
      'E_SHAPE',
      `${verb}: a Dataset whose last dim is 'energy' was expected, found [${data.dims.join(', ')}]. transpose changes their order.`,
    )
  }
  const axis = data.coords.energy
  if (!axis) throw new OperandoError('E_AXIS', `${verb}: the Dataset '${data.name}' has no coordinate 'energy'.`)
  const own = asFloat64(axis.values, 'energy')
  const energy = asEnergies(axis.unit.symbol === 'eV' ? own : own.map(e => convert(e, axis.unit, unit('eV'))))
  const n = energy.length
  if (n !== data.shape.at(-1)) {
    throw new OperandoError(
      'E_AXIS',
      `${verb}: an energy for each of ${data.shape.at(-1)} points expected, ${n} found: edges of bins are no energies of points.`,
    )
  }
  const values = asFloat64(data.values, data.name)
  return { energy, count: values.length / n, row: index => values.subarray(index * n, (index + 1) * n) }
}
