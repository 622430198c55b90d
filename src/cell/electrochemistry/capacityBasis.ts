import { OperandoError } from '../../core/errors.js'
import { type Area, type Mass, toValue } from '../../core/quantity.js'

/**
 * What capacities are divided by. A number alone says too little: mAh/g of the active material, of the whole electrode, of both electrodes and
 * of the cell differ by factors, so the divisor stays with every result.
 */
export type CapacityPer =
  | 'cell'
  | {
      /** Mass of active material in g, or `'6.84 mg'`. */
      readonly activeMass: Mass
    }
  | {
      /** Mass of all that is meant (electrode with binder and carbon, both electrodes ...) in g, or `'12 mg'`. */
      readonly totalMass: Mass
    }
  | {
      /** Geometric area in cm², or `'1.13 cm²'`. */
      readonly area: Area
    }

/** A divisor of capacities, as results keep it. */
export interface CapacityBasis {
  /** What is meant. */
  readonly per: 'cell' | 'active mass' | 'total mass' | 'area'
  /** The divisor in g or cm²; 1 for the cell. */
  readonly divisor: number
  /** Unit of capacities on this basis. */
  readonly unit: 'mAh' | 'mAh/g' | 'mAh/cm²'
  /** Unit of energies on this basis. */
  readonly energyUnit: 'mWh' | 'mWh/g' | 'mWh/cm²'
}

/**
 * Reads a divisor of capacities.
 * @param per What capacities are divided by. Default the cell: no division.
 * @throws OperandoError `E_RANGE` unless it is above 0, `E_ARGUMENT` for anything else; `E_NAN`, `E_UNIT` as `toValue`.
 */
export function capacityBasis(per: CapacityPer = 'cell'): CapacityBasis {
  if (per === 'cell') return { per, divisor: 1, unit: 'mAh', energyUnit: 'mWh' }
  if (typeof per === 'object' && per !== null) {
    if ('activeMass' in per && per.activeMass !== undefined)
      return { per: 'active mass', divisor: positive(per.activeMass, 'g', 'activeMass'), unit: 'mAh/g', energyUnit: 'mWh/g' }
    if ('totalMass' in per && per.totalMass !== undefined)
      return { per: 'total mass', divisor: positive(per.totalMass, 'g', 'totalMass'), unit: 'mAh/g', energyUnit: 'mWh/g' }
    if ('area' in per && per.area !== undefined)
      return { per: 'area', divisor: positive(per.area, 'cm²', 'area'), unit: 'mAh/cm²', energyUnit: 'mWh/cm²' }
  }
  throw new OperandoError('E_ARGUMENT', "per: 'cell', { activeMass }, { totalMass } or { area } expected.")
}

function positive(quantity: number | string, unit: string, name: string): number {
  const value = toValue(quantity, unit, name)
  if (value > 0) return value
  throw new OperandoError('E_RANGE', `${name} is ${value} ${unit}: more than 0 expected.`, { details: { [name]: value } })
}
