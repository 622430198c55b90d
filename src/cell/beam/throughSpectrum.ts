import { asFloat64, type NumbersLike } from '../../core/arrays.js'
import { ELEMENTARY_CHARGE } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { assertKnown } from '../../core/fields.js'
import type { BeamStack } from './beamStack.js'
import { TRANSMISSION_FIELDS, type TransmissionOptions } from './stackTransmission.js'
import { transmissionOver } from './transmissionOver.js'

/** A beam of many energies. */
export interface BeamSpectrum {
  /** Photon energies, eV, n values: lines, or the middles of bins. */
  readonly energies: NumbersLike
  /** Photons per second in each line or bin, n values. */
  readonly flux: NumbersLike
}

/** What becomes of a beam of many energies. */
export interface SpectrumThrough {
  /** Photons per second that come through in each bin, n values. */
  readonly flux: Float64Array
  /** Share of all photons that comes through. */
  readonly transmission: number
  /** Share of the power that comes through. */
  readonly powerTransmission: number
  /** Mean energy before the cell, eV. */
  readonly meanEnergyBefore: number
  /** Mean energy behind it, eV: higher, since soft photons are lost first; `null` if nothing comes through. */
  readonly meanEnergyBehind: number | null
  /** Layer by layer. */
  readonly layers: readonly {
    /** Name of the layer. */
    readonly name: string
    /** Share of all photons that it takes out. */
    readonly absorbed: number
    /** Power that it takes out of the beam, W; of this, scattered photons carry a part away. */
    readonly power: number
  }[]
}

/**
 * Sends a spectrum through a cell: white beam, pink beam, harmonics.
 * @param stack    The cell with its tables.
 * @param spectrum Energies and flux.
 * @param options  Tilt, offset, beam, holes.
 * @throws OperandoError `E_SHAPE` for other lengths, `E_RANGE` for a negative flux, no flux at all, or energies outside the table.
 * @example
 * ```ts
 * import { createCell } from 'operando'
 * import { createBeamStack, throughSpectrum } from 'operando/cell'
 * const cell = createCell({
 *   format: 'pouch',
 *   layers: [{ role: 'collector', electrode: 'counter', thickness: 100, material: { formula: 'Al', density: 2.7 } }],
 *   electrodes: { working: {}, counter: {} },
 * })
 * // a third harmonic of 1 % before the cell is 3 % behind it
 * const { flux } = throughSpectrum(await createBeamStack(cell), { energies: [8333, 24999], flux: [1e12, 1e10] })
 * ```
 */
export function throughSpectrum(stack: BeamStack, spectrum: BeamSpectrum, options: TransmissionOptions = {}): SpectrumThrough {
  assertKnown(options, 'throughSpectrum options', TRANSMISSION_FIELDS)
  const energies = asFloat64(spectrum.energies, 'energies')
  const before = asFloat64(spectrum.flux, 'flux', { length: energies.length })
  const n = energies.length
  let photons = 0
  let power = 0
  for (let k = 0; k < n; k++) {
    if (before[k]! < 0) throw new OperandoError('E_RANGE', `flux[${k}] = ${before[k]}: 0 or more photons per second expected.`)
    photons += before[k]!
    power += before[k]! * energies[k]!
  }
  if (!(photons > 0)) throw new OperandoError('E_RANGE', 'flux: at least one energy with photons expected.')
  const { transmission, absorbed } = transmissionOver(stack, energies, options)
  const flux = new Float64Array(n)
  let through = 0
  let powerThrough = 0
  for (let k = 0; k < n; k++) {
    flux[k] = before[k]! * transmission[k]!
    through += flux[k]!
    powerThrough += flux[k]! * energies[k]!
  }
  const layers = stack.layers.map(({ name }, i) => {
    let [lost, watts] = [0, 0]
    for (let k = 0; k < n; k++) {
      lost += before[k]! * absorbed[i * n + k]!
      watts += before[k]! * absorbed[i * n + k]! * energies[k]! * ELEMENTARY_CHARGE
    }
    return { name, absorbed: lost / photons, power: watts }
  })
  return {
    flux,
    transmission: through / photons,
    powerTransmission: powerThrough / power,
    meanEnergyBefore: power / photons,
    meanEnergyBehind: through > 0 ? powerThrough / through : null,
    layers,
  }
}
