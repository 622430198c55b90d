import { assumeZone, differenceSeconds, type Instant } from '../../../core/instant.js'
import { instantFromEpoch } from '../../../core/parseInstant.js'
import { type Column, createElectrochemistry } from '../../../model/createElectrochemistry.js'
import type { Json } from '../../../model/dataset.js'
import { fileError } from '../../context.js'
import type { Format, OpenedElectrochemistry, ReadContext } from '../../format.js'
import { latin1 } from '../../text/scanRows.js'
import { netCharge } from '../cycler/netCharge.js'
import { rowsInTime, rowsOfNumbers, rowsOfRows } from '../cycler/soundRows.js'
import { startOf } from '../cycler/startOf.js'
import { type AccessDatabase, type AccessRow, openAccess } from './access.js'

const ROWS = 'Channel_Normal_Table'

/** Columns with a place of their own in the record, and the units of the others: Arbin writes SI units and A h, W h. */
const TAKEN = ['Test_ID', 'Test_Time', 'Current', 'Voltage', 'Step_Index', 'DateTime']
const UNITS: Readonly<Record<string, string>> = {
  Step_Time: 's',
  Charge_Capacity: 'Ah',
  Discharge_Capacity: 'Ah',
  Charge_Energy: 'Wh',
  Discharge_Energy: 'Wh',
  'dV/dt': 'V/s',
  Internal_Resistance: 'Ω',
  AC_Impedance: 'Ω',
  ACI_Phase_Angle: 'deg',
}

/** Arbin's .res, an Access database. Needs the optional package mdb-reader. */
export const arbinRes: Format = {
  id: 'arbin-res',
  name: 'Arbin .res (Microsoft Access)',
  extensions: ['res'],
  sniff: head => (/^Standard (Jet|ACE) DB/.test(latin1(head, 4, 20)) ? 0.99 : 0),
  async read(bytes: Uint8Array, context: ReadContext): Promise<OpenedElectrochemistry> {
    const database = await openAccess(bytes, context)
    if (!database.tables.includes(ROWS))
      throw fileError(
        'E_FORMAT',
        context.name,
        `an Access database without the table ${ROWS}: it has ${database.tables.join(', ')}. Is it of an Arbin cycler?`,
      )
    const electrochemistry = toElectrochemistry(database, context)
    return { kind: 'electrochemistry', format: 'arbin-res', electrochemistry, warnings: electrochemistry.warnings }
  },
}

function toElectrochemistry(database: AccessDatabase, context: ReadContext): OpenedElectrochemistry['electrochemistry'] {
  const { rows, test } = rowsOfTest(database.rows(ROWS), context)
  if (rows.length === 0) throw fileError('E_TRUNCATED', context.name, `${ROWS} has no rows: nothing was recorded.`)
  const names = Object.keys(rows[0]!)
  for (const name of ['Test_Time', 'Current', 'Voltage'])
    if (!names.includes(name)) throw fileError('E_MISSING', context.name, `no ${name} among ${names.join(', ')} of ${ROWS}.`)
  const all = new Map(names.map(name => [name, Float64Array.from(rows, row => numberOf(row[name]))]))
  const time = all.get('Test_Time')!
  const point = (row: number): string => `Data_Point ${all.get('Data_Point')?.[row] ?? row + 1}`
  const finite = rowsOfNumbers(
    [
      ['time', time],
      ['potential', all.get('Voltage')!],
      ['current', all.get('Current')!],
    ],
    point,
    context,
  )
  const known = finite ? Float64Array.from(finite, i => time[i]!) : time
  const keep = rowsOfRows(
    finite,
    rowsInTime(known, i => point(finite?.[i] ?? i), context),
  )
  const pick = (name: string): Float64Array | undefined => {
    const values = all.get(name)
    return values && keep ? Float64Array.from(keep, i => values[i]!) : values
  }
  const [charge, discharge] = [pick('Charge_Capacity'), pick('Discharge_Capacity')]
  const net = charge && discharge && netCharge(charge, discharge)
  const t = pick('Test_Time')!
  const cycle = pick('Cycle_Index')
  const columns: Record<string, Column> = {}
  for (const name of names)
    if (!TAKEN.includes(name)) columns[name.replace(/_/g, ' ')] = { values: pick(name)!, unit: UNITS[name] ?? '' }
  const about = database.tables.includes('Global_Table')
    ? database.rows('Global_Table').find(row => test === undefined || row.Test_ID === test)
    : undefined
  return createElectrochemistry({
    time: t,
    potential: { values: pick('Voltage')!, unit: 'V', label: 'Voltage' },
    current: { values: pick('Current')!, unit: 'A', label: 'Current' },
    charge: net && { values: net, unit: 'Ah' },
    cycle: cycle?.every(c => c >= 1) ? cycle.map(c => c - 1) : cycle,
    step: pick('Step_Index'),
    columns,
    start: startFrom(pick('DateTime'), t, row => point(keep?.[row] ?? row), context),
    file: context.name,
    meta: { sources: [context.source], instrument: 'Arbin', extra: extraOf(about) },
    warnings: context.warnings,
  })
}

/** The rows of one test in order of their number; a file of several tests wants one named. */
function rowsOfTest(rows: readonly AccessRow[], context: ReadContext): { rows: readonly AccessRow[]; test: unknown } {
  const tests = [...new Set(rows.map(row => row.Test_ID))]
  const { block } = context.options
  if (tests.length > 1 && block === undefined)
    throw fileError(
      'E_ARGUMENT',
      context.name,
      `${tests.length} tests in one file (Test_ID ${tests.slice(0, 8).join(', ')}). Choose one with { block: 0 } to { block: ${tests.length - 1} }.`,
    )
  if (block !== undefined && block >= tests.length)
    throw fileError('E_ARGUMENT', context.name, `block ${block} of ${tests.length} tests: they count from 0.`)
  const test = tests[block ?? 0]
  const own = tests.length > 1 ? rows.filter(row => row.Test_ID === test) : rows
  // Access keeps rows where there is room; their number tells the order
  const points = own.map(row => numberOf(row.Data_Point))
  const ordered = points.every((p, i) => i === 0 || p > points[i - 1]!)
  const sorted = ordered ? own : [...own].sort((a, b) => numberOf(a.Data_Point) - numberOf(b.Data_Point))
  if (!ordered)
    context.warn(
      'W_ORDER',
      'the database does not hold the rows in order of Data_Point: they were put in order.',
      `table ${ROWS}`,
    )
  const missing =
    own.length > 0 ? numberOf(sorted[own.length - 1]!.Data_Point) - numberOf(sorted[0]!.Data_Point) + 1 - own.length : 0
  if (missing > 0)
    context.warn('W_ROWS', `${missing} rows are missing by their Data_Point: is a part of the file lost?`, `table ${ROWS}`)
  return { rows: sorted, test }
}

/** Dates are days since 1899-12-30 of the wall clock, to the second. */
function startFrom(
  days: Float64Array | undefined,
  time: Float64Array,
  place: (row: number) => string,
  context: ReadContext,
): Instant | undefined {
  if (!days?.every(d => d > 20000 && d < 80000)) return undefined
  const { zone } = context.options
  const first = instantFromEpoch(days[0]!, 'ole')
  const zoned = zone === undefined ? first : assumeZone(first, zone)
  const seconds = days.map(d => differenceSeconds(instantFromEpoch(d, 'ole'), first))
  return startOf(zoned, seconds, time, place, context)
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : Number.NaN

/** What the operator wrote; Arbin keeps the mass in g. */
function extraOf(about: AccessRow | undefined): { [key: string]: Json } {
  const extra: { [key: string]: Json } = {}
  for (const key of ['Test_Name', 'Channel_Index', 'Creator', 'Comments', 'Schedule_File_Name', 'Serial_Number', 'Item_ID']) {
    const value = about?.[key]
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') extra[key] = value
  }
  const mass = numberOf(about?.MASS)
  if (mass > 0) extra.activeMass_mg = mass * 1000
  return extra
}
