import { asFloat64, firstNonMonotonic, type NumbersLike } from '../core/arrays.js'
import { convert } from '../core/convert.js'
import { OperandoError } from '../core/errors.js'
import { unit } from '../core/unit.js'
import type { Dataset } from '../model/dataset.js'

/** A spectrum that has passed the door. */
export interface Spectrum {
  /** eV, n values, strictly rising. */
  readonly energy: Float64Array
  /** Absorption (or whatever was measured), n values, all finite. */
  readonly mu: Float64Array
}

/** What a verb on one spectrum was called with, sorted out: `(energy, mu, options)` or `(dataset, options)`. */
export interface SpectrumCall<Options> extends Spectrum {
  /** The options, an empty object where none were given. */
  readonly options: Options
}

/** Lowest energy that can be one of an absorption spectrum (Li K lies at 55 eV): less is keV or degrees. */
const LOWEST = 40

/**
 * The door of verbs that take one spectrum as two arrays or as a Dataset.
 * @param verb   Name of the function, for messages.
 * @param first  Energies, or a Dataset with the one dim `energy`.
 * @param second Absorption, or the options.
 * @param third  The options.
 * @throws OperandoError `E_ARGUMENT`, `E_SHAPE`, `E_NAN`, `E_AXIS` for energies that do not rise, `E_UNIT` for keV and angles, `E_RANGE` for less than 5 points or a constant.
 */
export function readSpectrum<Options extends object>(
  verb: string,
  first: NumbersLike | Dataset,
  second?: NumbersLike | Options,
  third?: Options,
): SpectrumCall<Options> {
  if (isDataset(first)) {
    const options = (second ?? {}) as Options
    if (first.dims.length !== 1 || first.dims[0] !== 'energy') {
      throw new OperandoError(
        'E_SHAPE',
        `${verb}: a Dataset with the dim 'energy' was expected, found [${first.dims.join(', ')}]. Take one spectrum of a series with select or frameAt.`,
      )
    }
    const axis = first.coords.energy
    if (!axis) throw new OperandoError('E_AXIS', `${verb}: the Dataset '${first.name}' has no coordinate 'energy'.`)
    const own = asFloat64(axis.values, 'energy')
    const energy = axis.unit.symbol === 'eV' ? own : own.map(e => convert(e, axis.unit, unit('eV')))
    return { ...asSpectrum(energy, first.values), options }
  }
  return { ...asSpectrum(first, second as NumbersLike), options: third ?? ({} as Options) }
}

function isDataset(given: unknown): given is Dataset {
  return typeof given === 'object' && given !== null && 'dims' in given && 'coords' in given
}

/**
 * The door of functions that take one spectrum.
 * @param energy eV, n values.
 * @param mu     Absorption, n values.
 * @throws OperandoError as {@link readSpectrum}.
 */
export function asSpectrum(energy: NumbersLike, mu: NumbersLike): Spectrum {
  const at = asEnergies(energy)
  const values = asFloat64(mu, 'mu', { length: at.length })
  if (values.every(v => v === values[0])) {
    throw new OperandoError(
      'E_RANGE',
      `mu is ${values[0]} at all ${values.length} energies: no spectrum. Look at the counters that it was made of.`,
    )
  }
  return { energy: at, mu: values }
}

/**
 * The door of energies.
 * @param energy eV.
 * @throws OperandoError `E_AXIS` if they do not rise strictly, `E_UNIT` if they cannot be eV, `E_RANGE` for less than 5 of them.
 */
export function asEnergies(energy: NumbersLike): Float64Array {
  const at = asFloat64(energy, 'energy')
  if (at.length < 5) throw new OperandoError('E_RANGE', `energy: at least 5 points are a spectrum, ${at.length} found.`)
  const highest = at.reduce((a, b) => Math.max(a, b))
  if (highest < LOWEST) {
    const falls = at[0]! > at[at.length - 1]!
    throw new OperandoError(
      'E_UNIT',
      `energy reaches from ${at[0]} to ${at[at.length - 1]}: these are no eV. ${falls ? 'Falling numbers look like angles of a monochromator: monoEnergy converts them.' : 'Multiply keV by 1000.'}`,
    )
  }
  const stray = firstNonMonotonic(at)
  if (stray >= 0) {
    throw new OperandoError(
      'E_AXIS',
      `energy must rise strictly, but energy[${stray}] = ${at[stray]} follows ${at[stray - 1]}. orderScan sorts, merges and drops such points and tells which.`,
      { details: { index: stray } },
    )
  }
  return at
}
