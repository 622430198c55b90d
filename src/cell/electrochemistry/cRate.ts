import { OperandoError } from '../../core/errors.js'
import { type CRate, type Current, type Mass, type SpecificCharge, toValue } from '../../core/quantity.js'

/** What a C-rate is counted by: the charge that stands for one hour at 1C. */
export type NominalCharge =
  | {
      /** Charge of the cell in Ah. */
      readonly charge: number
    }
  | {
      /** Mass of active material in g, or `'6.84 mg'`. */
      readonly activeMass: Mass
      /** Nominal specific charge in mAh/g, or `'225 mAh/g'`. */
      readonly specificCharge: SpecificCharge
    }

/** A nominal charge in A h. */
function nominalCharge(nominal: NominalCharge): number {
  const charge =
    'charge' in nominal
      ? toValue(nominal.charge, 'Ah', 'charge')
      : (toValue(nominal.activeMass, 'g', 'activeMass') * toValue(nominal.specificCharge, 'mAh/g', 'specificCharge')) / 1000
  if (charge > 0) return charge
  throw new OperandoError('E_RANGE', `The nominal charge is ${charge} Ah: more than 0 expected.`, { details: { charge } })
}

/**
 * How fast a current is for a cell: 1 moves the nominal charge in an hour, 0.1 is C/10. The sign of the current stays.
 *
 * @param current A current in A, or `'154 µA'`.
 * @param nominal The charge behind 1C.
 * @returns C-rate in 1/h.
 * @throws OperandoError `E_RANGE` unless the nominal charge is above 0; `E_NAN`, `E_UNIT` as `toValue`.
 * @example
 * ```ts
 * import { cRate } from 'operando/cell'
 * cRate('154 µA', { activeMass: '6.8376 mg', specificCharge: 225 }) // 0.1001: C/10
 * ```
 */
export function cRate(current: Current, nominal: NominalCharge): number {
  return toValue(current, 'A', 'current') / nominalCharge(nominal)
}

/**
 * The current of a C-rate: the inverse of {@link cRate}.
 *
 * @param rate    C-rate: a number, `'C/10'`, `'2C'`.
 * @param nominal The charge behind 1C.
 * @returns Current in A.
 * @throws OperandoError as {@link cRate}.
 * @example
 * ```ts
 * import { currentOfRate } from 'operando/cell'
 * currentOfRate('C/10', { activeMass: '6.8376 mg', specificCharge: 225 }) // 153.8e-6 A
 * ```
 */
export function currentOfRate(rate: CRate, nominal: NominalCharge): number {
  return toValue(rate, 'C-rate', 'rate') * nominalCharge(nominal)
}
