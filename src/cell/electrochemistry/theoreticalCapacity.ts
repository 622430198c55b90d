import { FARADAY_MAH } from '../../core/constants.js'
import { OperandoError } from '../../core/errors.js'
import { molarMass } from '../../core/formula.js'

/**
 * The charge that a formula unit can give, n F / M.
 *
 * @param material  A formula as `parseFormula` reads it, or its molar mass in g/mol.
 * @param electrons Electrons a formula unit, > 0. Default 1.
 * @returns mAh/g.
 * @throws OperandoError `E_FORMAT` for a formula that cannot be read, `E_RANGE` unless both numbers are finite and above 0.
 * @example
 * ```ts
 * import { theoreticalCapacity } from 'operando/cell'
 * theoreticalCapacity('LiFePO4') // 169.9 mAh/g
 * theoreticalCapacity('S', 2) // 1672 mAh/g
 * ```
 */
export function theoreticalCapacity(material: string | number, electrons: number = 1): number {
  const mass = typeof material === 'string' ? molarMass(material) : material
  if (!(mass > 0 && mass < Infinity && electrons > 0 && electrons < Infinity))
    throw new OperandoError(
      'E_RANGE',
      `theoreticalCapacity: a molar mass in g/mol and a number of electrons above 0 expected, found ${mass} and ${electrons}.`,
      { details: { molarMass: mass, electrons } },
    )
  return (electrons * FARADAY_MAH) / mass
}
