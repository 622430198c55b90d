import { type BinaryType, readColumn } from '../../bytes/readColumn.js'

/** A number in a record of a Neware file: its place and type. */
export type RecordField = readonly [at: number, type: BinaryType]

/** What records may hold. `kind` tells records of rows from others; `unsigned` is there where capacity and energy have no sign. Times in s, potentials in V, currents in mA, capacities in mAh, energies in mWh, temperatures in °C, once scaled. */
export type NewareQuantity =
  | 'index'
  | 'cycle'
  | 'stepIndex'
  | 'stepCount'
  | 'stepType'
  | 'stepTime'
  | 'totalTime'
  | 'interval'
  | 'potential'
  | 'current'
  | 'range'
  | 'capacity'
  | 'energy'
  | 'unsigned'
  | 'charge'
  | 'discharge'
  | 'chargeEnergy'
  | 'dischargeEnergy'
  | 'unixTime'
  | 'nanoseconds'
  | 'unixNanoseconds'
  | 'unixMilliseconds'
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'temperature'
  | 'setTemperature'
  | 'auxVoltage'
  | 'auxValue'
  | 'channel'
  | 'kind'

/** Where the quantities of a record stand, and by what the numbers are multiplied; 1 where nothing is said. */
export interface RecordLayout {
  /** Bytes of a record. */
  readonly length: number
  /** Fields by quantity. */
  readonly fields: Readonly<Partial<Record<NewareQuantity, RecordField>>>
  /** Factor to the units of {@link NewareQuantity}. */
  readonly scales?: Readonly<Partial<Record<NewareQuantity, number>>> | undefined
}

/**
 * Scales of capacities and energies.
 * @param factor From the unit of the file to mAh and mWh: 1/3600 for mA s.
 */
export const capacityScales = (factor: number): RecordLayout['scales'] => ({
  charge: factor,
  discharge: factor,
  chargeEnergy: factor,
  dischargeEnergy: factor,
})

/** Columns of numbers by what they are. */
export type NewareColumns = Partial<Record<NewareQuantity, Float64Array>>

/** Records without a gap: where they begin, and how many. */
export type RecordRun = readonly [begin: number, count: number]

/**
 * The fields of records as columns.
 * @param view   The bytes.
 * @param runs   Where records lie.
 * @param layout Their fields.
 */
export function readRecords(view: DataView, runs: readonly RecordRun[], layout: RecordLayout): NewareColumns {
  const total = runs.reduce((sum, [, count]) => sum + count, 0)
  const columns: NewareColumns = {}
  for (const [name, [at, type]] of Object.entries(layout.fields) as [NewareQuantity, RecordField][]) {
    const out = new Float64Array(total)
    const scale = layout.scales?.[name] ?? 1
    let row = 0
    for (const [begin, count] of runs) {
      const values = readColumn(view, begin + at, layout.length, count, type)
      for (let i = 0; i < count; i++) out[row++] = values[i]! * scale
    }
    columns[name] = out
  }
  return columns
}

/**
 * Some rows of columns.
 * @param columns The columns.
 * @param rows    Which, in this order.
 */
export function pickRows(columns: NewareColumns, rows: Uint32Array): NewareColumns {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(rows, row => values[row]!)]))
}
