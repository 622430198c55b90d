import { asFloat64 } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { unit, withReference } from '../../core/unit.js'
import { valuesIn } from '../../model/align.js'
import type { Variable } from '../../model/dataset.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { restingRows } from '../../model/halfCycles.js'

/** The columns of a record as kernels want them: s, V, A, A h. */
export interface CyclingColumns {
  readonly time: Float64Array
  /** Of the working electrode, against what the record's unit says. */
  readonly potential: Float64Array
  /** What the cell delivers or takes: working minus counter electrode where both are recorded, else the potential. */
  readonly voltage: Float64Array
  readonly current: Float64Array
  /** Net charge; the last known value stands where the record has none. */
  readonly charge: Float64Array
  /** 1 where no current is imposed. */
  readonly resting: Uint8Array
  /** 1 where a file begins: nothing is known of the interval before. */
  readonly begins: Uint8Array
  /** What is doubtful. */
  readonly warnings: readonly Issue[]
}

/** Numbers of a potential in V, whatever its reference. */
export function inVolt(variable: Variable, name: string): Float64Array {
  const { reference } = variable.unit
  return asFloat64(valuesIn(variable, reference === undefined ? unit('V') : withReference(unit('V'), reference), name), name, {
    allowNaN: true,
  })
}

/**
 * Reads the columns of a record.
 * @param echem The record.
 * @throws OperandoError `E_ARGUMENT`, `E_MISSING` for what is no record, `E_TIME` where its clock runs backwards.
 */
export function cyclingColumns(echem: Electrochemistry): CyclingColumns {
  assertFields(echem, 'echem', ['time', 'potential', 'current', 'charge', 'mode'])
  const warnings: Issue[] = []
  const time = asFloat64(valuesIn(echem.time, unit('s'), 'echem.time'), 'echem.time')
  for (let i = 1; i < time.length; i++)
    if (time[i]! < time[i - 1]!)
      throw new OperandoError(
        'E_TIME',
        `echem.time falls at row ${i}: ${time[i]} s follows ${time[i - 1]} s. Split the record at that row, or join its parts with joinElectrochemistry.`,
        { details: { row: i } },
      )
  const potential = inVolt(echem.potential, 'echem.potential')
  const counter = echem.counterPotential && inVolt(echem.counterPotential, 'echem.counterPotential')
  const current = asFloat64(valuesIn(echem.current, unit('A'), 'echem.current'), 'echem.current', { allowNaN: true })
  const charge = Float64Array.from(valuesIn(echem.charge, unit('Ah'), 'echem.charge'))
  let unknown = 0
  for (let i = 0; i < charge.length; i++) {
    if (!Number.isNaN(charge[i])) continue
    charge[i] = i > 0 ? charge[i - 1]! : 0
    unknown++
  }
  if (unknown > 0)
    warnings.push({
      code: 'W_CHARGE_UNKNOWN',
      message: `The charge of ${unknown} rows is not known: the last known one stands there, so charge that flowed then counts at the next row that has it.`,
      place: 'column charge',
    })
  const begins = new Uint8Array(time.length)
  if (begins.length > 0) begins[0] = 1
  for (const segment of echem.segments) if (segment.from < begins.length) begins[segment.from] = 1
  const voltage = counter ? potential.map((v, i) => v - counter[i]!) : potential
  return { time, potential, voltage, current, charge, resting: restingRows(current, echem.mode), begins, warnings }
}
