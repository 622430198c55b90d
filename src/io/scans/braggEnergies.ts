import { HC_EV_ANGSTROM } from '../../core/constants.js'

/**
 * Energies in eV of the angles of a crystal monochromator, E = hc / (2 d sin theta). An angle of 0 gives infinity: it becomes NaN.
 * @param degrees Bragg angles.
 * @param spacing Distance of the reflecting planes in Å.
 */
export function braggEnergies(degrees: Float64Array, spacing: number): Float64Array {
  return degrees.map(angle => {
    const energy = HC_EV_ANGSTROM / (2 * spacing * Math.sin((angle * Math.PI) / 180))
    return Number.isFinite(energy) ? energy : Number.NaN
  })
}
