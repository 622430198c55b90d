import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { HBAR2_OVER_2M } from '../../../core/constants.js'
import { OperandoError } from '../../../core/errors.js'
import { outputOf } from '../../../numeric/outputOf.js'

/** k² of a photoelectron per eV of its kinetic energy, 1/(eV Å²): 0.26246843. CODATA 2022, 1.4e-9 above the 2018 value that peers use. */
export const K2_PER_EV: number = 1 / HBAR2_OVER_2M

/**
 * Wavenumbers of photoelectrons: k = sqrt(2 m (E - E0)) / ħ. Below the edge it counts as negative, k = -sqrt(2 m (E0 - E)) / ħ, so that it rises throughout.
 *
 * @param energy Photon energies, eV.
 * @param e0     Energy where k = 0, eV.
 * @param out    Receives as many values, 1/Å; made if absent.
 * @throws OperandoError `E_NAN`, `E_RANGE` for an e0 that is no number, `E_SHAPE` if out does not fit.
 * @example
 * ```ts
 * import { wavenumber } from 'operando/spectroscopy'
 * wavenumber([8979, 9079, 9979], 8979) // 0, 5.12, 16.2
 * ```
 */
export function wavenumber(energy: NumbersLike, e0: number, out?: Float64Array): Float64Array {
  const e = asFloat64(energy, 'energy')
  checkE0(e0)
  const k = outputOf(out, e.length)
  for (let i = 0; i < k.length; i++) {
    const kinetic = e[i]! - e0
    k[i] = Math.sign(kinetic) * Math.sqrt(Math.abs(kinetic) * K2_PER_EV)
  }
  return k
}

/**
 * Photon energies of wavenumbers, undoing {@link wavenumber}: E = E0 + ħ² k |k| / 2 m.
 *
 * @param k   Wavenumbers, 1/Å.
 * @param e0  Energy where k = 0, eV.
 * @param out Receives as many values, eV; made if absent.
 * @throws OperandoError `E_NAN`, `E_RANGE` for an e0 that is no number, `E_SHAPE` if out does not fit.
 * @example
 * ```ts
 * import { energyOfWavenumber } from 'operando/spectroscopy'
 * energyOfWavenumber([0, 10, 16], 8979) // 8979, 9360, 9954.4
 * ```
 */
export function energyOfWavenumber(k: NumbersLike, e0: number, out?: Float64Array): Float64Array {
  const wavenumbers = asFloat64(k, 'k')
  checkE0(e0)
  const energy = outputOf(out, wavenumbers.length)
  for (let i = 0; i < energy.length; i++) energy[i] = e0 + HBAR2_OVER_2M * wavenumbers[i]! * Math.abs(wavenumbers[i]!)
  return energy
}

function checkE0(e0: number): void {
  if (!Number.isFinite(e0)) throw new OperandoError('E_RANGE', `e0 is ${e0}: an energy in eV expected.`)
}
