import { assumeZone, type Instant, instantFromUnix } from '../../../core/instant.js'
import { type Column, createElectrochemistry } from '../../../model/createElectrochemistry.js'
import type { Json } from '../../../model/dataset.js'
import type { CyclingMode, Electrochemistry } from '../../../model/electrochemistry.js'
import type { ReadContext } from '../../format.js'
import { addSteps, runsOf } from '../cycler/addSteps.js'
import { netCharge } from '../cycler/netCharge.js'
import { warnContradiction } from '../cycler/signedCurrent.js'
import { type PlaceOf, rowsInTime, rowsOfNumbers, rowsOfRows } from '../cycler/soundRows.js'
import { startOf } from '../cycler/startOf.js'
import { orderByIndex } from './orderByIndex.js'
import { type NewareColumns, type NewareQuantity, pickRows } from './rows.js'
import { STEP_TYPES } from './stepTypes.js'
import { withCapacities } from './withCapacities.js'

/** A sensor beside the cell. */
export interface NewareAux {
  /** Number of its channel. */
  readonly name: string
  /** What its bare numbers are, if the file tells. */
  readonly sensor?: string | undefined
  /** Its values by index of the row. */
  readonly columns: NewareColumns
}

/** What a Neware file holds. */
export interface NewareFile {
  /** Its rows. */
  readonly rows: NewareColumns
  /** 1 where time and capacity were not recorded. */
  readonly interpolated?: Uint8Array | undefined
  /** Its sensors. */
  readonly aux: readonly NewareAux[]
  /** Whether its wall clock counts from 1970 (UTC) rather than showing a local time. */
  readonly zoned: boolean
  /** Where a row stands. */
  readonly place: PlaceOf
  /** What it says besides. */
  readonly extra: { readonly [key: string]: Json }
}

const OTHERS: readonly (readonly [NewareQuantity, string, string])[] = [
  ['index', 'Index', ''],
  ['stepIndex', 'Step Index', ''],
  ['stepTime', 'Step Time', 's'],
  ['charge', 'Charge Capacity', 'mAh'],
  ['discharge', 'Discharge Capacity', 'mAh'],
  ['chargeEnergy', 'Charge Energy', 'mWh'],
  ['dischargeEnergy', 'Discharge Energy', 'mWh'],
]

/**
 * A Neware file as Electrochemistry. Neware counts a discharge negative. Step times, which begin anew, are added up to the time as the maker's software does; pauses are not in them, so the wall
 * clock stays as a column. Steps and cycles are those of the file, from 1 and from 0.
 * @param file    Rows and what is known of them.
 * @param context Options and where doubts go.
 */
export function toElectrochemistry(file: NewareFile, context: ReadContext): Electrochemistry {
  const order = orderByIndex(file.rows.index!, file.place, context)
  const sorted = order ? pickRows(file.rows, order) : file.rows
  const all = withCapacities(sorted, file.place, context)
  const stepCount = runsOf(all.stepCount ?? all.stepIndex!)
  const time = timeOf(all, stepCount)
  const placeOf = (row: number): string => file.place(order?.[row] ?? row)
  const finite = rowsOfNumbers(
    [
      ['time', time],
      ['potential', all.potential!],
      ['current', all.current!],
    ],
    placeOf,
    context,
  )
  const rising = rowsInTime(finite ? Float64Array.from(finite, i => time[i]!) : time, i => placeOf(finite?.[i] ?? i), context)
  const keep = rowsOfRows(finite, rising) ?? Uint32Array.from(time.keys())
  const rows = pickRows(all, keep)
  const t = Float64Array.from(keep, i => time[i]!)
  const steps = Float64Array.from(keep, i => stepCount[i]!)
  const wall = wallOf(rows, file.zoned, context)
  const place = (row: number): string => placeOf(keep[row]!)
  const { names, codes } = stepNames(rows.stepType!, place, context)
  const signs = Int8Array.from(rows.stepType!, type => STEP_TYPES[type]?.sign ?? 0)
  warnContradiction(rows.current!, signs, place, context)
  const charge = netCharge(rows.charge!, rows.discharge!)
  const columns: Record<string, Column> = { 'Step Type': { values: codes, unit: '' } }
  for (const [quantity, name, unit] of OTHERS) if (rows[quantity]) columns[name] = { values: rows[quantity], unit }
  if (wall) columns['Wall Clock'] = { values: wall.seconds, unit: 's' }
  const flags = file.interpolated
  return createElectrochemistry({
    time: t,
    potential: { values: rows.potential!, unit: 'V', label: 'Voltage' },
    current: { values: rows.current!, unit: 'mA', label: 'Current' },
    charge: charge && { values: charge, unit: 'mAh' },
    step: steps,
    cycle: cyclesOf(rows.cycle, place, context),
    mode: Array.from(rows.stepType!, (type): CyclingMode => STEP_TYPES[type]?.mode ?? 'unknown'),
    interpolated: flags && Uint8Array.from(keep, i => flags[order?.[i] ?? i]!),
    columns: { ...columns, ...auxColumns(file.aux, rows.index!) },
    start: wall && startOf(wall.first, wall.seconds, t, place, context),
    file: context.name,
    meta: { sources: [context.source], instrument: 'Neware', extra: { ...file.extra, words: { 'Step Type': names } } },
    warnings: context.warnings,
  })
}

/** Cycles from 0. */
function cyclesOf(counted: Float64Array | undefined, place: PlaceOf, context: ReadContext): Float64Array | undefined {
  const odd = counted?.findIndex(c => c >= 2 ** 31) ?? -1
  if (odd >= 0) {
    context.fault(
      'E_FORMAT',
      `the cycle is ${counted![odd]}: the file is damaged. Lenient mode counts the cycles itself.`,
      place(odd),
    )
    return undefined
  }
  return counted?.every(c => c >= 1) ? counted.map(c => c - 1) : counted
}

/** Time since the start: the running time of the file, else that of the steps added up. */
function timeOf(rows: NewareColumns, step: Float64Array): Float64Array {
  const { totalTime, nanoseconds, stepTime } = rows
  return totalTime ? totalTime.map((t, i) => t + (nanoseconds?.[i] ?? 0) / 1e9) : addSteps(stepTime!, step)
}

/** The wall clock: first moment, and seconds since then. */
function wallOf(
  rows: NewareColumns,
  zoned: boolean,
  context: ReadContext,
): { first: Instant; seconds: Float64Array } | undefined {
  const { unixTime, unixNanoseconds, year, month, day, hour, minute, second } = rows
  const unix = zoned
    ? unixTime!.map((t, i) => t + (unixNanoseconds?.[i] ?? 0) / 1e9)
    : year?.map((y, i) => Date.UTC(y, month![i]! - 1, day![i]!, hour![i]!, minute![i]!, second![i]!) / 1000)
  // before 1990 the clock had not been set
  if (!unix || unix.length === 0 || !unix.every(t => t > 6e8 && t < 1e10)) {
    if (unix && unix.length > 0) context.warn('W_TIME', 'the wall clock of some rows is no date: the start is left open.')
    return undefined
  }
  const { zone } = context.options
  const moment = instantFromUnix(unix[0]!, zoned ? 'utc' : 'naive')
  const first = zoned || zone === undefined ? moment : assumeZone(moment, zone)
  return { first, seconds: unix.map(t => t - unix[0]!) }
}

/** Types of steps in words, and the number of the word for each row. */
function stepNames(types: Float64Array, place: PlaceOf, context: ReadContext): { names: string[]; codes: Float64Array } {
  const unknown = types.findIndex(type => STEP_TYPES[type] === undefined)
  if (unknown >= 0)
    context.warn('W_STEP_TYPE', `step type ${types[unknown]} is not known: its mode is left open.`, place(unknown))
  const kinds = [...new Set(types)]
  const names = kinds.map(type => STEP_TYPES[type]?.name ?? `type ${type}`)
  return { names, codes: types.map(type => kinds.indexOf(type)) }
}

const AUX: readonly (readonly [NewareQuantity, string, string])[] = [
  ['auxVoltage', 'V', 'V'],
  ['temperature', 'T', '°C'],
  ['setTemperature', 't', '°C'],
]

const BARE: Readonly<Record<string, readonly [string, string]>> = {
  temperature: ['T', '°C'],
  setTemperature: ['t', '°C'],
  humidity: ['H', '%'],
}

/** Sensors on the rows, NaN where one has no record: `T1` in °C, `V1` in V; those that are zero throughout are not connected. */
function auxColumns(aux: readonly NewareAux[], index: Float64Array): Record<string, Column> {
  const found: Record<string, Column> = {}
  for (const { name, sensor, columns } of aux) {
    const at = new Map(Array.from(columns.index!, (i, row) => [i, row]))
    const add = (letter: string, unit: string, values: Float64Array | undefined): void => {
      if (!values?.some(v => v !== 0)) return
      found[`${letter}${name}`] = {
        values: Float64Array.from(index, i => {
          const row = at.get(i)
          return row === undefined ? Number.NaN : values[row]!
        }),
        unit,
      }
    }
    for (const [quantity, letter, unit] of AUX) add(letter, unit, columns[quantity])
    const [letter, unit] = BARE[sensor ?? ''] ?? ['aux ', '']
    add(letter, unit, columns.auxValue)
  }
  return found
}
