import type { Instant } from '../../../core/instant.js'
import { unit } from '../../../core/unit.js'
import type { Json, Variable } from '../../../model/dataset.js'
import { CYCLING_MODES, type CyclingMode, type Electrochemistry } from '../../../model/electrochemistry.js'
import { fileError } from '../../context.js'
import type { ReadContext } from '../../format.js'
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
 * Charge is (Q-Qo), else the sum of dq, else the integral of the current; a file without current has it from the charge of each interval.
 * @param table   The columns.
 * @param header  What the file says besides.
 * @param context Where doubts go.
 */
export function toElectrochemistry(table: BiologicTable, header: BiologicHeader, context: ReadContext): Electrochemistry {
  const { rows, columns } = table
  const pick = (names: readonly string[]): { name: string; values: Float64Array } | undefined => {
    const name = names.find(n => columns.has(n))
    return name === undefined ? undefined : { name, values: columns.get(name)! }
  }
  const time = columns.get('time/s')
  if (!time)
    throw fileError(
      'E_MISSING',
      context.name,
      `no column time/s among ${[...columns.keys()].join(', ')}. Export it with the file.`,
    )
  const backwards = time.findIndex((t, i) => i > 0 && t < time[i - 1]!)
  if (backwards > 0)
    context.fault('E_AXIS', `time runs backwards: ${time[backwards]} s follows ${time[backwards - 1]} s.`, `row ${backwards + 1}`)
  const potential = pick(POTENTIALS)
  if (!potential) throw fileError('E_MISSING', context.name, `no potential among the columns ${[...columns.keys()].join(', ')}.`)
  const charge = chargeOf(table, time)
  const measured = pick(CURRENTS)
  const current = measured ? measured.values.map(i => i / 1000) : currentOf(charge, time, header, context)
  const counter = pick(COUNTER)
  const variable = (values: Float64Array, symbol: string, label?: string): Variable<'row'> => ({
    dims: ['row'],
    shape: [rows],
    values,
    unit: unit(symbol),
    ...(label === undefined ? {} : { label }),
  })
  const taken = new Set(['time/s', 'x', potential.name, counter?.name, measured?.name])
  const x = columns.get('x')
  return Object.freeze({
    time: variable(time, 's', 'Time'),
    potential: variable(potential.values, 'V', potential.name.replace(/[<>]|\/V/g, '')),
    ...(counter ? { counterPotential: variable(counter.values, 'V', 'Ece') } : {}),
    current: variable(current, 'A', 'Current'),
    charge: variable(charge ?? integrate(current, time), 'Ah', 'Charge'),
    ...(x ? { x: variable(x, '', 'x') } : {}),
    step: toInts(columns.get('Ns'), rows),
    cycle: fromZero(toInts(columns.get('cycle number'), rows)),
    halfCycle: halfCycles(columns.get('half cycle'), current),
    mode: modesOf(columns, rows, header.technique),
    columns: Object.fromEntries(
      [...columns]
        .filter(([name]) => !taken.has(name))
        .map(([name, values]) => [name, { dims: ['row' as const], shape: [rows], values, unit: biologicUnit(name) }]),
    ),
    clock: { ...(header.start ? { start: header.start } : {}), offset: 0, rate: 1, sigma: null, pairs: [] },
    segments: [{ file: context.name, from: 0, to: rows }],
    meta: {
      ...(header.instrument ? { instrument: header.instrument } : {}),
      ...(header.start ? { start: header.start } : {}),
      sources: [context.source],
      extra: header.extra,
    },
    warnings: context.warnings,
  })
}

/** Net charge in A h since the first row, as the file has it. */
function chargeOf({ columns }: BiologicTable, time: Float64Array): Float64Array | undefined {
  const total = columns.get('(Q-Qo)/mA.h')
  if (total) return total.map(q => (q - total[0]!) / 1000)
  const coulombs = columns.get('(Q-Qo)/C')
  if (coulombs) return coulombs.map(q => (q - coulombs[0]!) / 3600)
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

/** A row's current is that of the interval which it ends. */
function integrate(current: Float64Array, time: Float64Array): Float64Array {
  const out = new Float64Array(time.length)
  for (let i = 1; i < out.length; i++) out[i] = out[i - 1]! + (current[i]! * (time[i]! - time[i - 1]!)) / 3600
  return out
}

function toInts(values: Float64Array | undefined, rows: number): Int32Array {
  return values ? Int32Array.from(values, v => Math.round(v)) : new Int32Array(rows)
}

function fromZero(cycle: Int32Array): Int32Array {
  const first = cycle[0] ?? 0
  return first === 0 ? cycle : cycle.map(c => c - first)
}

/** EC-Lab's labels skip numbers at rests (0, 2, 3 ...): counted anew without gaps. Without them a half-cycle begins where the current changes sign. */
function halfCycles(labels: Float64Array | undefined, current: Float64Array): Int32Array {
  const out = new Int32Array(current.length)
  let sign = 0
  for (let i = 0; i < out.length; i++) {
    const now = Math.sign(current[i]!)
    const changed = labels ? i > 0 && labels[i] !== labels[i - 1] : now !== 0 && sign !== 0 && now !== sign
    if (now !== 0) sign = now
    out[i] = (out[i - 1] ?? 0) + (changed ? 1 : 0)
  }
  return out
}

const MODES: Readonly<Record<number, CyclingMode>> = { 1: 'constant-current', 2: 'constant-voltage', 3: 'rest' }

function modesOf(columns: ReadonlyMap<string, Float64Array>, rows: number, technique: string | undefined): Uint8Array {
  const code = (mode: CyclingMode): number => CYCLING_MODES.indexOf(mode)
  const raw = columns.get('mode')
  const frequency = columns.get('freq/Hz')
  const sweep = /voltammetry|sweep/i.test(technique ?? '')
  return Uint8Array.from({ length: rows }, (_, i) => {
    if (frequency && frequency[i]! > 0) return code('impedance')
    const mode = MODES[raw?.[i] ?? 0] ?? 'unknown'
    return code(sweep && mode === 'constant-voltage' ? 'sweep' : mode)
  })
}
