import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import type { PlaceOf } from '../cycler/soundRows.js'
import type { NewareColumns, NewareQuantity } from './rows.js'
import { currentScale, STEP_TYPES } from './stepTypes.js'

const RANGED: readonly NewareQuantity[] = ['current', 'charge', 'discharge', 'chargeEnergy', 'dischargeEnergy']

/**
 * Brings the ways of Neware's versions to count to one: currents in mA, charge and discharge as two counters in mAh that do not fall below zero.
 * @param rows    As the file has them.
 * @param place   Where a row stands.
 * @param context Names the file.
 * @throws OperandoError `E_UNSUPPORTED` for a range of the current that is not known.
 */
export function withCapacities(rows: NewareColumns, place: PlaceOf, context: ReadContext): NewareColumns {
  const scaled: NewareColumns = rows.range ? { ...rows, ...byRange(rows, rows.range, place, context) } : { ...rows }
  const size = (values: Float64Array | undefined): Float64Array => values?.map(Math.abs) ?? new Float64Array(rows.index!.length)
  if (!rows.capacity) {
    for (const name of ['charge', 'discharge', 'chargeEnergy', 'dischargeEnergy'] as const) scaled[name] = size(scaled[name])
    return scaled
  }
  const split = (values: Float64Array, sign: 1 | -1): Float64Array => values.map(v => Math.max(0, sign * v) + 0)
  const signed = (values: Float64Array): Float64Array =>
    rows.unsigned ? values.map((v, i) => v * (STEP_TYPES[rows.stepType![i]!]?.sign || Math.sign(rows.current![i]!))) : values
  const [charge, energy] = [signed(rows.capacity), signed(rows.energy!)]
  return {
    ...scaled,
    charge: split(charge, 1),
    discharge: split(charge, -1),
    chargeEnergy: split(energy, 1),
    dischargeEnergy: split(energy, -1),
  }
}

/** Integers in units of the range in which each was measured. */
function byRange(rows: NewareColumns, range: Float64Array, place: PlaceOf, context: ReadContext): NewareColumns {
  const scale = range.map((r, i) => {
    const found = currentScale(r)
    if (found === undefined || (found === 0 && rows.current![i] !== 0))
      throw fileError(
        'E_UNSUPPORTED',
        context.name,
        `the current is in units of the range ${r}, which no known instrument has. Export the file as csv from Neware's BTSDA; please report it.`,
        place(i),
      )
    return found
  })
  return Object.fromEntries(RANGED.map(name => [name, rows[name]!.map((v, i) => v * scale[i]!)]))
}
