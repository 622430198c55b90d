import { type Temperature, toValue } from '../../core/quantity.js'
import { expansionOf, integralTo, type ThermalExpansion } from './thermalExpansion.js'

/** A lattice parameter at a known temperature: measured in the cell at rest, better than any table. */
export interface LatticeReference {
  /** Lattice parameter, Å. */
  readonly latticeParameter: number
  /** Its standard uncertainty, Å. Default 0. */
  readonly sigma?: number | undefined
  /** Temperature then: a number in K, or `'25 °C'`. */
  readonly temperature: Temperature
}

/**
 * Lattice parameter of a cubic metal at a temperature: a(T) = a(T0) exp(∫ α dT).
 * @param metal       `Cu`, `Al`, or a table of one's own.
 * @param temperature A number in K, or `'60 °C'`.
 * @param reference   A measured lattice parameter and its temperature. Default: those of the table.
 * @returns Å.
 * @throws OperandoError `E_RANGE` outside the table (150 to 600 K), `E_MISSING` for another metal.
 * @example
 * ```ts
 * import { latticeParameter } from 'operando/cell'
 * latticeParameter('Cu', '60 °C') // 3.6173
 * ```
 */
export function latticeParameter(
  metal: 'Cu' | 'Al' | ThermalExpansion,
  temperature: Temperature,
  reference?: LatticeReference,
): number {
  const table = expansionOf(metal)
  const a = reference?.latticeParameter ?? table.latticeParameter
  const from = reference ? toValue(reference.temperature, 'K', 'reference.temperature') : table.referenceTemperature
  const to = toValue(temperature, 'K', 'temperature')
  return a * Math.exp((integralTo(table, to) - integralTo(table, from)) * 1e-6)
}
