import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { BeamStack } from './beamStack.js'
import { readBeam, sendThrough, TRANSMISSION_FIELDS, type TransmissionOptions } from './stackTransmission.js'

/** Transmission of a cell over energies. */
export interface TransmissionOver {
  /** Photon energies, eV, n values. */
  readonly energies: Float64Array
  /** Share of the flux that comes through, n values. */
  readonly transmission: Float64Array
  /** Share of the flux that each layer takes out, layers x n, row-major. */
  readonly absorbed: Float64Array
  /** Names of the layers. */
  readonly layers: readonly string[]
}

/** Options of {@link transmissionOver}. */
export interface TransmissionOverOptions extends TransmissionOptions {
  /** An earlier answer for as many energies and layers, whose arrays are written anew. Default: made. */
  out?: TransmissionOver | undefined
}

const OPTIONS: FieldsOf<TransmissionOverOptions> = { ...TRANSMISSION_FIELDS, out: true }

/**
 * Transmission and absorbed shares of a cell over many energies.
 * @param stack    The cell with its tables.
 * @param energies eV, n values in any order.
 * @param options  As {@link stackTransmission}; `out`.
 * @throws OperandoError as {@link stackTransmission}; `E_SHAPE` if `out` does not fit.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, transmissionOver } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'collector', electrode: 'counter', thickness: 10, material: { formula: 'Cu', density: 8.96 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * const { transmission } = transmissionOver(await createBeamStack(cell), [8950, 9000, 9050])
 * transmission // 0.70, 0.08, 0.09: the edge of the collector
 * ```
 */
export function transmissionOver(
  stack: BeamStack,
  energies: NumbersLike,
  options: TransmissionOverOptions = {},
): TransmissionOver {
  assertKnown(options, 'transmissionOver options', OPTIONS)
  const given = asFloat64(energies, 'energies')
  const { paths, parts } = readBeam(stack, options)
  const n = given.length
  const count = stack.layers.length
  const { transmission = new Float64Array(n), absorbed = new Float64Array(n * count) } = options.out ?? {}
  if (transmission.length !== n || absorbed.length !== n * count)
    throw new OperandoError(
      'E_SHAPE',
      `out is for ${transmission.length} energies and ${absorbed.length} shares: ${n} and ${n * count} expected.`,
    )
  const exponents = new Float64Array(n * count)
  for (const [i, layer] of stack.layers.entries()) {
    const row = exponents.subarray(i * n, (i + 1) * n)
    layer.attenuation.over(given, row)
    const path = paths[i]! * 1e-4
    for (let k = 0; k < n; k++) row[k]! *= path
  }
  sendThrough(exponents, parts, n, transmission, absorbed)
  return { energies: given, transmission, absorbed, layers: stack.layers.map(layer => layer.name) }
}
