import { asFloat64 } from '../../../core/arrays.js'
import type { Instant } from '../../../core/instant.js'
import { createElectrochemistry } from '../../../model/createElectrochemistry.js'
import type { Json } from '../../../model/dataset.js'
import { CYCLING_MODES, type CyclingMode, type Electrochemistry } from '../../../model/electrochemistry.js'
import type { BinaryColumn } from '../../bytes/readColumn.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
import { rowsInTime } from '../cycler/soundRows.js'
import { type BiologicTable, biologicUnit } from './table.js'

/** What a BioLogic file says besides its rows. */
export interface BiologicHeader {
  readonly technique?: string | undefined
  readonly start?: Instant | undefined
  readonly instrument?: string | undefined
  readonly extra: { readonly [key: string]: Json | undefined }
}

const POTENTIALS = ['Ewe/V', '<Ewe>/V', '<Ewe/V>', 'Ecell/V', '<Ecell>/V', '<Ecell/V>', 'Ewe-Ece/V']
const COUNTER = ['Ece/V', '<Ece>/V', '<Ece/V>']
const CURRENTS = ['<I>/mA', '<I/mA>', 'I/mA']

/**
 * Columns of EC-Lab as an Electrochemistry. BioLogic counts current and charge positive for oxidation at the working electrode, as operando does.
 * Charge is (Q-Qo), else the sum of dq, else the integral of the current; half-cycles and cycles are counted from the current (EC-Lab's own counters stay among the columns); a file without current has it from the charge of each interval.
 * @param table   The columns.
 * @param header  What the file says besides.
 * @param context Where doubts go.
 */
export function toElectrochemistry(table: BiologicTable, header: BiologicHeader, context: ReadContext): Electrochemistry {
  const { rows, columns } = table
  const pick = (names: readonly string[]): { name: string; values: BinaryColumn } | undefined => {
    const name = names.find(n => columns.has(n))
    return name === undefined ? undefined : { name, values: columns.get(name)! }
  }
  const found = columns.get('time/s')
  if (!found)
    throw fileError(
      'E_MISSING',
      context.name,
      `no column time/s among ${[...columns.keys()].join(', ')}. Export it with the file.`,
    )
  const time = asFloat64(found, 'time/s', { allowNaN: true, allowInfinite: true })
  const keep = rowsInTime(time, row => `row ${row + 1}`, context)
  if (keep) return toElectrochemistry(rowsOfTable(columns, keep), header, context)
  const potential = pick(POTENTIALS)
  if (!potential) throw fileError('E_MISSING', context.name, `no potential among the columns ${[...columns.keys()].join(', ')}.`)
  const charge = chargeOf(table, time)
  const measured = pick(CURRENTS)
  const counter = pick(COUNTER)
  const taken = new Set(['time/s', 'x', potential.name, counter?.name, measured?.name])
  return createElectrochemistry({
    time: { values: time, unit: 's', label: 'Time' },
    potential: { values: potential.values, unit: 'V', label: potential.name.replace(/[<>]|\/V/g, '') },
    current: {
      values: measured ? scaled(measured.values, 0, 1000) : currentOf(charge, time, header, context),
      unit: 'A',
      label: 'Current',
    },
    charge: charge && { values: charge, unit: 'Ah', label: 'Charge' },
    counterPotential: counter && { values: counter.values, unit: 'V', label: 'Ece' },
    x: columns.get('x'),
    step: columns.get('Ns'),
    mode: modesOf(columns, rows, header.technique),
    columns: Object.fromEntries(
      [...columns].filter(([name]) => !taken.has(name)).map(([name, values]) => [name, { values, unit: biologicUnit(name) }]),
    ),
    start: header.start,
    file: context.name,
    meta: {
      instrument: header.instrument,
      start: header.start,
      sources: [context.source],
      extra: header.extra,
    },
    warnings: context.warnings,
  })
}

/** Some rows of a column, in its type. */
function pickRows<T extends BinaryColumn>(values: T, keep: Uint32Array): T {
  const out = values.slice(0, keep.length) as T
  for (let i = 0; i < keep.length; i++) out[i] = values[keep[i]!]!
  return out
}

/** Some rows of a table. */
function rowsOfTable(columns: ReadonlyMap<string, BinaryColumn>, keep: Uint32Array): BiologicTable {
  return {
    rows: keep.length,
    columns: new Map([...columns].map(([name, values]) => [name, pickRows(values, keep)])),
  }
}

/** (values - zero) / unit. A loop: a function for each number costs ten times as much. */
function scaled(values: BinaryColumn, zero: number, unit: number): Float64Array {
  const out = new Float64Array(values.length)
  for (let i = 0; i < out.length; i++) out[i] = (values[i]! - zero) / unit
  return out
}

/** Net charge in A h since the first row, as the file has it. */
function chargeOf({ columns }: BiologicTable, time: Float64Array): Float64Array | undefined {
  const total = columns.get('(Q-Qo)/mA.h')
  if (total) return scaled(total, total[0]!, 1000)
  const coulombs = columns.get('(Q-Qo)/C')
  if (coulombs) return scaled(coulombs, coulombs[0]!, 3600)
  const steps = columns.get('dq/mA.h')
  if (!steps) return undefined
  const out = new Float64Array(time.length)
  for (let i = 1; i < out.length; i++) out[i] = out[i - 1]! + steps[i]! / 1000
  return out
}

/** The current that ends in each row, from the charge of the interval before it; 0 where neither is recorded (open circuit). */
function currentOf(
  charge: Float64Array | undefined,
  time: Float64Array,
  header: BiologicHeader,
  context: ReadContext,
): Float64Array {
  const out = new Float64Array(time.length)
  if (!charge) {
    const rest = /open circuit|wait|ocv/i.test(header.technique ?? '')
    if (!rest && time.length > 0)
      context.warn(
        'W_CURRENT',
        'the file has neither current nor charge: the current is taken as 0. Export <I>/mA if that is wrong.',
      )
    return out
  }
  for (let i = 1; i < out.length; i++) {
    const dt = time[i]! - time[i - 1]!
    out[i] = dt > 0 ? ((charge[i]! - charge[i - 1]!) * 3600) / dt : out[i - 1]!
  }
  context.warn(
    'W_CURRENT',
    'the file has no current: it is the charge of each interval over its duration. Export <I>/mA to have it as measured.',
  )
  return out
}

const code = (mode: CyclingMode): number => CYCLING_MODES.indexOf(mode)

/** Codes of the modes 0 to 3 that EC-Lab keeps in two bits of the flags. */
const MODES = [code('unknown'), code('constant-current'), code('constant-voltage'), code('rest')]

function modesOf(
  columns: ReadonlyMap<string, BinaryColumn>,
  rows: number,
  technique: string | undefined,
): Uint8Array | undefined {
  const raw = columns.get('mode')
  const frequency = columns.get('freq/Hz')
  if (!raw && !frequency) return undefined
  const codes = /voltammetry|sweep/i.test(technique ?? '') ? MODES.with(2, code('sweep')) : MODES
  const impedance = code('impedance')
  const out = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    if (frequency && frequency[i]! > 0) out[i] = impedance
    else out[i] = codes[raw ? raw[i]! : 0] ?? 0
  }
  return out
}
