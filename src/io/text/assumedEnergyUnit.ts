import type { ReadContext } from '../format.js'

/** Energies above this are eV where nothing tells: no beamline scans the energy of a monochromator at 500 keV. */
const SURELY_EV = 500

/**
 * The unit of energies whose file does not tell it: eV, with a doubt, where all are above 500 (they cannot be keV); else `undefined`.
 * @param values  The energies.
 * @param context Where the doubt goes.
 */
export function assumedEnergyUnit(values: Float64Array, context: ReadContext): 'eV' | undefined {
  if (values.length === 0 || !values.every(value => value > SURELY_EV)) return undefined
  context.warn(
    'W_UNIT_ASSUMED',
    "the unit of 'energy' is not told; all are above 500, so eV is meant. Else pass { units: { energy: '...' } }.",
  )
  return 'eV'
}
