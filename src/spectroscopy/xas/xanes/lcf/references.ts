import type { NumbersLike } from '../../../../core/arrays.js'
import { convert } from '../../../../core/convert.js'
import { OperandoError } from '../../../../core/errors.js'
import { assertFields } from '../../../../core/fields.js'
import type { Dataset } from '../../../../model/dataset.js'
import { createSpline } from '../../../../numeric/interpolate/spline.js'
import { asSpectrum } from '../../../spectrum.js'

/** A normalised spectrum of a known compound: by name, or as a Dataset with the dim `energy`, which has a name. */
export type ReferenceSpectrum =
  | Dataset<'energy'>
  | Dataset
  | {
      /** What it is. */
      readonly name: string
      /** eV, strictly rising. */
      readonly energy: NumbersLike
      /** Normalised absorption. */
      readonly mu: NumbersLike
    }

/** References on the energies of the data. */
export interface ReferenceRows {
  /** Their names. */
  readonly names: readonly string[]
  /** k rows of n values. */
  readonly rows: Float64Array
}

/**
 * Brings references onto other energies by cubic splines.
 * @param references The spectra.
 * @param energy     Where they are wanted.
 * @param verb       For messages.
 * @throws OperandoError `E_RANGE` for a reference that does not reach as far, naming it; `E_ARGUMENT` for none, or two of one name; `E_AXIS`, `E_NAN`, `E_SHAPE`.
 */
export function referenceRows(references: readonly ReferenceSpectrum[], energy: Float64Array, verb: string): ReferenceRows {
  if (!Array.isArray(references) || references.length === 0)
    throw new OperandoError(
      'E_ARGUMENT',
      `${verb}: a list of reference spectra was expected, found ${Array.isArray(references) ? 'an empty one' : typeof references}.`,
    )
  const n = energy.length
  const rows = new Float64Array(references.length * n)
  const names = references.map((reference, j) => {
    const { name, energy: at, mu } = openReference(reference, verb)
    const first = at[0]!
    const last = at[at.length - 1]!
    if (first > energy[0]! || last < energy[n - 1]!)
      throw new OperandoError(
        'E_RANGE',
        `${verb}: the reference '${name}' reaches from ${first} to ${last} eV, the fit from ${energy[0]} to ${energy[n - 1]} eV. Narrow { range }.`,
        { details: { name } },
      )
    createSpline(at, mu).evaluate(energy, rows.subarray(j * n, (j + 1) * n))
    return name
  })
  const twin = names.find((name, j) => names.indexOf(name) !== j)
  if (twin !== undefined)
    throw new OperandoError('E_ARGUMENT', `${verb}: two references are called '${twin}'. Give them names of their own.`)
  return { names, rows }
}

function openReference(reference: ReferenceSpectrum, verb: string): { name: string; energy: Float64Array; mu: Float64Array } {
  if (typeof reference === 'object' && reference !== null && 'coords' in reference) {
    const axis = reference.coords.energy
    if (!axis || reference.dims.length !== 1 || reference.dims[0] !== 'energy')
      throw new OperandoError(
        'E_SHAPE',
        `${verb}: the reference '${reference.name}' should have the dim energy, found [${reference.dims.join(', ')}].`,
      )
    const energy = Float64Array.from(axis.values, e => convert(e, axis.unit, 'eV'))
    return { name: reference.name, ...asSpectrum(energy, reference.values) }
  }
  assertFields(reference, `${verb}: a reference`, ['name', 'energy', 'mu'])
  return { name: String(reference.name), ...asSpectrum(reference.energy, reference.mu) }
}
