import { convertFactor } from '../../../core/convert.js'
import { isOperandoError } from '../../../core/errors.js'
import type { Instant } from '../../../core/instant.js'
import { parseInstant } from '../../../core/parseInstant.js'
import { type Unit, unit, withReference } from '../../../core/unit.js'
import { type Column, createElectrochemistry } from '../../../model/createElectrochemistry.js'
import type { Json } from '../../../model/dataset.js'
import { CYCLING_MODES, type CyclingMode, type Electrochemistry } from '../../../model/electrochemistry.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { addSteps, runsOf } from './addSteps.js'
import { netCharge } from './netCharge.js'
import { type CyclerColumn, parseColumns } from './parseColumns.js'
import type { CyclerQuantity } from './quantities.js'
import { signedCurrent } from './signedCurrent.js'
import { rowsInTime, rowsOfNumbers, rowsOfRows } from './soundRows.js'
import { startOf } from './startOf.js'
import type { CyclerTable } from './table.js'
import { type WallClock, wallClockOf } from './wallClock.js'

const WORDS: Readonly<Partial<Record<CyclerQuantity, string>>> = { time: 'time', potential: 'voltage', current: 'current' }
const DEFAULTS: Readonly<Partial<Record<CyclerQuantity, string>>> = {
  time: 's',
  potential: 'V',
  current: 'A',
  charge: 'Ah',
  discharge: 'Ah',
  netCharge: 'Ah',
}

/** Quantities that have a place of their own in the record. */
const USED: readonly CyclerQuantity[] = [
  'time',
  'potential',
  'current',
  'netCharge',
  'step',
  'cycle',
  'halfCycle',
  'counterPotential',
  'composition',
  'interpolated',
  'reference',
]

/** The columns of one file by what they are. */
interface Roles {
  get(quantity: CyclerQuantity): CyclerColumn | undefined
  taken: ReadonlySet<CyclerColumn>
}

/**
 * A cycler's table as Electrochemistry. The charge is the net of the maker's charge and discharge capacities if it has both (resets at cycles or steps are
 * bridged), else the integral of the current. Cycles are counted from 0. All further columns are kept.
 * @param table   The rows.
 * @param context Options and where doubts go.
 */
export function toElectrochemistry(table: CyclerTable, context: ReadContext): Electrochemistry {
  const wall = wallClockOf(table, context)
  const columns = parseColumns(table, context)
  const clock = wall?.timeOfDay === undefined ? undefined : table.labels[wall.timeOfDay]
  const roles = rolesOf(clock ? columns.filter(column => column.label !== clock) : columns)
  const time = timeOf(roles, wall, table, context)
  const potential = required(roles, 'potential', table, context)
  const current = required(roles, 'current', table, context)
  const lineOf = (row: number): string => `line ${table.lines[row]}`
  const finite = rowsOfNumbers(
    [
      ['time', time],
      ['potential', potential.values],
      ['current', current.values],
    ],
    lineOf,
    context,
  )
  const known = finite ? Float64Array.from(finite, i => time[i]!) : time
  const keep = rowsOfRows(
    finite,
    rowsInTime(known, i => lineOf(finite?.[i] ?? i), context),
  )
  const place = (row: number): string => lineOf(keep?.[row] ?? row)
  const pick = (values: Float64Array): Float64Array => (keep ? Float64Array.from(keep, i => values[i]!) : values)
  const inUnit = (column: CyclerColumn, quantity: CyclerQuantity): Column => ({
    values: pick(column.values),
    unit: unitFor(column, quantity, context),
    label: column.label.label,
  })
  const t = pick(time)
  const state = roles.get('state')
  const volts = againstReference(inUnit(potential, 'potential'), roles.get('reference'))
  const signed = signedCurrent(
    pick(current.values),
    pick(potential.values),
    state && { values: pick(state.values), words: state.words ?? [] },
    place,
    context,
  )
  const cycle = counterOf(roles.get('cycle'), pick)
  warnCycleGap(cycle, table, keep, context)
  return createElectrochemistry({
    time: t,
    potential: volts,
    current: { ...inUnit(current, 'current'), values: signed },
    charge: chargeOf(roles, pick, context),
    cycle,
    step: counterOf(roles.get('step'), pick, false),
    halfCycle: counterOf(roles.get('halfCycle'), pick, false),
    mode: modesOf(roles.get('controlMode'), pick) ?? impedanceOf(columns, pick),
    counterPotential: optional(roles.get('counterPotential'), 'V', pick),
    x: optional(roles.get('composition'), '', pick),
    interpolated: counterOf(roles.get('interpolated'), pick, false),
    columns: otherColumns(columns, roles.taken, pick),
    start: wall ? startOf(wall.first, pick(wall.seconds), t, place, context) : startOfHeader(table, context),
    file: context.name,
    meta: { sources: [context.source], extra: extraOf(table, columns) },
    warnings: context.warnings,
  })
}

function rolesOf(columns: readonly CyclerColumn[]): Roles {
  const best = new Map<CyclerQuantity, CyclerColumn>()
  for (const column of columns) {
    const { quantity, rank } = column.label
    if (quantity === undefined || (quantity in WORDS && column.values.every(Number.isNaN))) continue
    const other = best.get(quantity)
    if (!other || rank > other.label.rank) best.set(quantity, column)
  }
  const taken = new Set(USED.flatMap(quantity => best.get(quantity) ?? []))
  const modes = best.get('controlMode')
  if (modes && modesOf(modes, values => values)) taken.add(modes)
  // what is counted from 1970 stands in the clock
  for (const column of columns) if (/^(unix|epoch)/i.test(column.label.label)) taken.add(column)
  return { get: quantity => best.get(quantity), taken }
}

function required(roles: Roles, quantity: CyclerQuantity, table: CyclerTable, context: ReadContext): CyclerColumn {
  const found = roles.get(quantity)
  if (found) return found
  throw fileError(
    'E_MISSING',
    context.name,
    `no column for the ${WORDS[quantity]} among ${table.labels
      .map(label => label.raw)
      .filter(raw => raw !== '')
      .join(', ')}. If one is, name the columns with { columns: [...] }.`,
  )
}

function unitFor(column: CyclerColumn, quantity: CyclerQuantity, context: ReadContext): Unit {
  if (column.unit) return column.unit
  const assumed = DEFAULTS[quantity] ?? ''
  const place = `column ${column.label.raw}`
  const { unknownUnit } = column.label
  if (unknownUnit !== undefined)
    context.fault(
      'E_UNIT',
      `${JSON.stringify(unknownUnit)} is no known unit. Pass { units: { ${JSON.stringify(column.label.raw)}: '${assumed}' } } or what it is. Lenient mode takes ${assumed}.`,
      place,
    )
  if (context.warnings.some(w => w.code === 'W_UNIT_ASSUMED' && w.place === place)) return unit(assumed)
  context.warn(
    'W_UNIT_ASSUMED',
    `${column.label.raw} does not tell its unit: taken as ${assumed}. Pass { units: { ${JSON.stringify(column.label.raw)}: '...' } }.`,
    place,
  )
  return unit(assumed)
}

/** The running time, else that of the steps added up, else the wall clock. */
function timeOf(roles: Roles, wall: WallClock | undefined, table: CyclerTable, context: ReadContext): Float64Array {
  const column = roles.get('time')
  const steps = roles.get('stepTime')
  const counters = [roles.get('step'), roles.get('cycle')].flatMap(c => (c ? [c.values] : []))
  if (!column && steps && counters.length > 0) {
    const factor = convertFactor(unitFor(steps, 'time', context), unit('s'))
    context.warn('W_TIME', `the file has no running time: ${steps.label.raw} is added up over the steps. Pauses are not in it.`)
    return addSteps(
      steps.values.map(t => t * factor),
      runsOf(...counters),
    )
  }
  if (!column && wall) {
    context.warn('W_TIME', 'the file has no running time: it is counted from the wall clock of the first row.')
    return wall.seconds
  }
  const own = column ?? required(roles, 'time', table, context)
  const factor = convertFactor(unitByClock(own, wall, context) ?? unitFor(own, 'time', context), unit('s'))
  return factor === 1 ? own.values : own.values.map(t => t * factor)
}

/** A time that does not tell its unit, beside a wall clock that does (Maccor writes minutes or hours so). */
function unitByClock(column: CyclerColumn, wall: WallClock | undefined, context: ReadContext): Unit | undefined {
  if (column.unit || column.label.unknownUnit !== undefined || !wall) return undefined
  const last = column.values.length - 1
  const ratio = (wall.seconds[last]! - wall.seconds[0]!) / (column.values[last]! - column.values[0]!)
  const found = (['min', 'h', 'ms'] as const).find(u => Math.abs(ratio / convertFactor(unit(u), unit('s')) - 1) < 0.02)
  if (!found) return undefined
  context.warn(
    'W_UNIT_ASSUMED',
    `${column.label.raw} does not tell its unit: taken as ${found}, by which it runs with the wall clock. Pass { units: { ${JSON.stringify(column.label.raw)}: '...' } }.`,
    `column ${column.label.raw}`,
  )
  return unit(found)
}

/** The start that a header names in a place of its own. */
function startOfHeader(table: CyclerTable, context: ReadContext): Instant | undefined {
  if (table.start === undefined) return undefined
  const { zone, dateOrder } = context.options
  try {
    return parseInstant(table.start, { zone, dateOrder })
  } catch (error) {
    if (!isOperandoError(error)) throw error
    context.warn('W_TIME', `the start is left open: ${error.message}`)
    return undefined
  }
}

/** Counters of the file; cycles that begin at 1 are counted from 0. */
function counterOf(
  column: CyclerColumn | undefined,
  pick: (values: Float64Array) => Float64Array,
  fromZero = true,
): Float64Array | undefined {
  if (!column || column.words) return undefined
  const values = pick(column.values)
  if (!values.every(Number.isInteger)) return undefined
  const shift = fromZero && values.every(v => v >= 1) ? 1 : 0
  return shift === 0 ? values : values.map(v => v - shift)
}

function warnCycleGap(
  cycle: Float64Array | undefined,
  table: CyclerTable,
  keep: Uint32Array | undefined,
  context: ReadContext,
): void {
  const at = cycle ? cycle.findIndex((c, i) => i > 0 && c > cycle[i - 1]! + 1) : -1
  if (at > 0)
    context.warn(
      'W_CYCLE_GAP',
      `the cycle counter jumps by ${cycle![at]! - cycle![at - 1]!}: is a part of the file missing?`,
      `line ${table.lines[keep?.[at] ?? at]}`,
    )
}

function chargeOf(roles: Roles, pick: (values: Float64Array) => Float64Array, context: ReadContext): Column | undefined {
  const net = roles.get('netCharge')
  if (net) return { values: pick(net.values), unit: unitFor(net, 'netCharge', context) }
  const [up, down] = [roles.get('charge'), roles.get('discharge')]
  if (!up || !down) return undefined
  const factor = convertFactor(unitFor(down, 'discharge', context), unitFor(up, 'charge', context))
  const values = netCharge(pick(up.values), pick(down.values), factor)
  return values && { values, unit: unitFor(up, 'charge', context) }
}

function otherColumns(
  columns: readonly CyclerColumn[],
  taken: ReadonlySet<CyclerColumn>,
  pick: (values: Float64Array) => Float64Array,
): Record<string, Column> {
  const others: Record<string, Column> = {}
  columns.forEach((column, c) => {
    if (taken.has(column)) return
    const wanted = column.label.label === '' ? `unknown_${c + 1}` : column.label.label
    let name = wanted
    for (let n = 2; name in others; n++) name = `${wanted} (${n})`
    others[name] = { values: pick(column.values), unit: column.unit ?? unit('') }
  })
  return others
}

/** Modes that the file calls as operando does. */
function modesOf(state: CyclerColumn | undefined, pick: (values: Float64Array) => Float64Array): CyclingMode[] | undefined {
  const words = state?.words
  if (!words?.every(word => (CYCLING_MODES as readonly string[]).includes(word))) return undefined
  return Array.from(pick(state!.values), word => words[word] as CyclingMode)
}

/** Rows at a frequency are impedance. */
function impedanceOf(columns: readonly CyclerColumn[], pick: (values: Float64Array) => Float64Array): CyclingMode[] | undefined {
  const frequency = columns.find(({ label }) => /^freq(uency)?$/i.test(label.label) && label.unit?.symbol === 'Hz')
  return frequency && Array.from(pick(frequency.values), f => (f > 0 ? 'impedance' : 'unknown'))
}

function optional(
  column: CyclerColumn | undefined,
  to: string,
  pick: (values: Float64Array) => Float64Array,
): Column | undefined {
  return column && { values: pick(column.values), unit: column.unit ?? to }
}

function againstReference(volts: Column, reference: CyclerColumn | undefined): Column {
  const words = reference?.words
  if (words?.length !== 1 || typeof volts.unit === 'string') return volts
  return { ...volts, unit: withReference(volts.unit, words[0]!) }
}

function extraOf(table: CyclerTable, columns: readonly CyclerColumn[]): { [key: string]: Json } {
  const words = Object.fromEntries(columns.flatMap(column => (column.words ? [[column.label.label, column.words]] : [])))
  return {
    ...(Object.keys(table.fields).length > 0 ? { fields: table.fields } : {}),
    ...(Object.keys(words).length > 0 ? { words } : {}),
  }
}
