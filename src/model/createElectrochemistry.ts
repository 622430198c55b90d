import { asFloat64, type NumbersLike } from '../core/arrays.js'
import { OperandoError } from '../core/errors.js'
import { assertFields, assertKnown, type FieldsOf } from '../core/fields.js'
import type { Instant } from '../core/instant.js'
import type { Issue } from '../core/issue.js'
import { type Unit, unit, withReference } from '../core/unit.js'
import { valuesIn } from './align.js'
import { createVariable, VARIABLE_FIELDS } from './createVariable.js'
import type { Meta, Variable } from './dataset.js'
import { freezeData } from './derive.js'
import {
  type ClockRelation,
  CYCLING_MODES,
  type CyclingMode,
  type CyclingSegment,
  type Electrochemistry,
} from './electrochemistry.js'
import { cyclesOf, halfCyclesOf, largestCurrent, REST_SHARE } from './halfCycles.js'

/** A column of numbers with its unit. */
export interface Column {
  /** The numbers, one a row. */
  readonly values: NumbersLike
  /** Unit or its symbol. */
  readonly unit: Unit | string
  /** Standard uncertainty, one a row. */
  readonly sigma?: NumbersLike | undefined
  /** For people. */
  readonly label?: string | undefined
}

/** What {@link createElectrochemistry} takes. Bare numbers are in the unit said; columns with a unit are converted to it. */
export interface ElectrochemistryInput {
  /** Time in s, not falling. */
  readonly time: NumbersLike | Column
  /** Potential of the working electrode in V, or with a unit that tells the reference (`V vs Li/Li+`). */
  readonly potential: NumbersLike | Column
  /** Current in A, + = oxidation at the working electrode. Makers who write it otherwise are put right by the reader. */
  readonly current: NumbersLike | Column
  /** Net charge in A h, + = oxidation, running on over steps and cycles. Absent: the current is integrated. */
  readonly charge?: NumbersLike | Column | undefined
  /** Potential of the counter electrode in V. */
  readonly counterPotential?: NumbersLike | Column | undefined
  /** Composition, if the file tells it. */
  readonly x?: NumbersLike | Column | undefined
  /** Step of the programme. Default 0 throughout. */
  readonly step?: ArrayLike<number> | undefined
  /** Cycle from 0. Default: two half-cycles each. */
  readonly cycle?: ArrayLike<number> | undefined
  /** Half-cycle from 0. Default: from the sign of the current, rests included in the half-cycle before. */
  readonly halfCycle?: ArrayLike<number> | undefined
  /** Control mode of each row, code or name. Default: rest where the current is below a thousandth of the largest, else unknown. */
  readonly mode?: ArrayLike<number> | readonly CyclingMode[] | undefined
  /** 1 where the maker's software interpolated the row. */
  readonly interpolated?: ArrayLike<number> | undefined
  /** All other columns. */
  readonly columns?: Readonly<Record<string, Column>> | undefined
  /** Wall-clock moment of time 0. */
  readonly start?: Instant | undefined
  /** What is known of the clocks besides. */
  readonly clock?: Partial<ClockRelation> | undefined
  /** Name of the file. */
  readonly file?: string | undefined
  /** Files and rows, where there are several. Default: one, all rows. */
  readonly segments?: readonly CyclingSegment[] | undefined
  /** What else the file said. */
  readonly meta?: Meta | undefined
  /** What was doubtful before. */
  readonly warnings?: readonly Issue[] | undefined
}

const COLUMN: FieldsOf<Column> = { values: true, unit: true, sigma: true, label: true }
const RECORD: FieldsOf<ElectrochemistryInput> = {
  time: true,
  potential: true,
  current: true,
  charge: true,
  counterPotential: true,
  x: true,
  step: true,
  cycle: true,
  halfCycle: true,
  mode: true,
  interpolated: true,
  columns: true,
  start: true,
  clock: true,
  file: true,
  segments: true,
  meta: true,
  warnings: true,
}

const isColumn = (x: NumbersLike | Column): x is Column => typeof x === 'object' && x !== null && 'unit' in x && !('dims' in x)

function column(given: NumbersLike | Column, to: string, name: string, length?: number): Variable<'row'> {
  const raw = isColumn(given) ? given : { values: given, unit: to }
  assertFields(raw, name, ['values', 'unit'])
  assertKnown(raw, name, COLUMN)
  const values = asFloat64(raw.values, name, { length, allowNaN: true, allowInfinite: false })
  const variable = createVariable({ dims: ['row'], values, unit: raw.unit, sigma: raw.sigma, label: raw.label ?? name }, name)
  const reference = variable.unit.reference
  const target = reference === undefined ? unit(to) : withReference(unit(to), reference)
  const converted = valuesIn(variable, target, name)
  const factor = variable.unit.factor / target.factor
  const sigma = variable.sigma && Float64Array.from(variable.sigma, s => s * factor)
  return createVariable({ ...variable, values: converted, sigma, unit: target }, name)
}

const INTEGER_ARRAYS = [Uint8Array, Int8Array, Uint16Array, Int16Array, Int32Array]

function integers(given: ArrayLike<number> | undefined, length: number, name: string): Int32Array | undefined {
  if (given === undefined) return undefined
  // whole numbers already, and within range
  if (given.length === length && INTEGER_ARRAYS.some(type => given instanceof type)) return new Int32Array(given)
  const values = asFloat64(given, name, { length })
  const out = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    if (values[i] !== (values[i]! | 0))
      throw new OperandoError('E_ARGUMENT', `${name}[${i}] is ${values[i]}: whole numbers below 2^31 expected.`, {
        details: { name, index: i },
      })
    out[i] = values[i]!
  }
  return out
}

function modesOf(given: ElectrochemistryInput['mode'], current: Float64Array): Uint8Array {
  const out = new Uint8Array(current.length)
  if (given === undefined) {
    const limit = REST_SHARE * largestCurrent(current)
    for (let i = 0; i < out.length; i++) out[i] = Math.abs(current[i]!) <= limit ? CYCLING_MODES.indexOf('rest') : 0
    return out
  }
  if (given.length !== out.length) throw new OperandoError('E_SHAPE', `mode: ${out.length} rows expected, ${given.length} found.`)
  for (let i = 0; i < out.length; i++) {
    const mode = given[i]!
    const code = typeof mode === 'string' ? CYCLING_MODES.indexOf(mode) : mode
    if (CYCLING_MODES[code] === undefined)
      throw new OperandoError(
        'E_ARGUMENT',
        `mode[${i}] is ${mode}: one of ${CYCLING_MODES.join(', ')}, or its code, was expected.`,
      )
    out[i] = code
  }
  return out
}

function assertNotFalling(time: Float64Array): void {
  for (let i = 0; i < time.length; i++) {
    // false for NaN, which is told apart below
    if (i > 0 ? time[i]! >= time[i - 1]! : time[i]! <= Infinity) continue
    if (Number.isNaN(time[i]))
      throw new OperandoError('E_NAN', `time of row ${i} is NaN. Drop such rows first.`, { details: { row: i } })
    throw new OperandoError(
      'E_TIME',
      `time falls at row ${i}: ${time[i]} s follows ${time[i - 1]} s. Are these several files, or a time that starts anew at each step?`,
      { details: { row: i } },
    )
  }
}

/**
 * Charge in A h by integration. A row ends the interval it reports: its current flowed since the row before (the trapezoid is wrong by half an
 * interval at every switch).
 */
function integrate(time: Float64Array, current: Float64Array): Float64Array {
  const charge = new Float64Array(time.length)
  for (let i = 0; i < time.length; i++) {
    if (Number.isNaN(current[i]))
      throw new OperandoError(
        'E_NAN',
        `current of row ${i} is NaN, so the charge cannot be integrated. Give the charge, or drop such rows.`,
        { details: { row: i } },
      )
    if (i > 0) charge[i] = charge[i - 1]! + (current[i]! * (time[i]! - time[i - 1]!)) / 3600
  }
  return charge
}

/** The charge counted from its first known value. */
function fromZero(charge: Float64Array): Float64Array {
  const first = charge.find(q => !Number.isNaN(q)) ?? 0
  if (first === 0) return charge
  const out = new Float64Array(charge.length)
  for (let i = 0; i < out.length; i++) out[i] = charge[i]! - first
  return out
}

/** A doubt where a given charge is not the integral of the current: another sign, another unit, resets at steps. */
function checkCharge(time: Float64Array, current: Float64Array, charge: Float64Array): Issue | undefined {
  let passed = 0
  let missed = 0
  let mirrored = 0
  for (let i = 1; i < time.length; i++) {
    const step = (current[i]! * (time[i]! - time[i - 1]!)) / 3600
    const told = charge[i]! - charge[i - 1]!
    if (Number.isNaN(step) || Number.isNaN(told)) continue
    passed += Math.abs(step)
    missed += Math.abs(told - step)
    mirrored += Math.abs(told + step)
  }
  if (passed === 0 || missed <= 0.1 * passed) return undefined
  const why = mirrored <= 0.1 * passed ? 'They have opposite signs' : 'Is it counted anew at each step, or in another unit'
  const message = `The charge of the file is not the integral of its current: step by step they are ${((100 * missed) / passed).toPrecision(3)} % apart. ${why}?`
  return { code: 'W_CHARGE_INCONSISTENT', message, place: 'column charge' }
}

/**
 * Builds an {@link Electrochemistry} from columns and checks it. What is absent is derived: charge by integrating the current, half-cycles from
 * its sign, cycles from half-cycles. The charge starts at 0, at its first row that is known. A given charge that is not the integral of the current is kept and told in `warnings`.
 *
 * @param input Columns: bare numbers in s, V, A, A h, or with their unit.
 * @throws OperandoError `E_SHAPE` on columns of different length, `E_TIME` if time falls, `E_NAN` for NaN in the time (or in the current, if the charge
 *   must be integrated), `E_UNIT` for a unit that does not fit, `E_ARGUMENT` for counters that are no whole numbers, `E_MISSING` without
 *   time, potential or current.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * const echem = createElectrochemistry({
 *   time: [0, 1800, 3600], potential: [3.2, 3.4, 3.5], current: { values: [0, 1, 1], unit: 'mA' },
 * })
 * echem.charge.values[2] // 0.001 A h
 * ```
 */
export function createElectrochemistry(input: ElectrochemistryInput): Electrochemistry {
  assertKnown(input, 'a record', RECORD)
  assertFields(input, 'a record', ['time', 'potential', 'current'])
  const time = column(input.time, 's', 'time')
  const n = time.values.length
  const potential = column(input.potential, 'V', 'potential', n)
  const current = column(input.current, 'A', 'current', n)
  const t = time.values as Float64Array
  const i = current.values as Float64Array
  assertNotFalling(t)
  const warnings: Issue[] = [...(input.warnings ?? [])]
  const given = input.charge === undefined ? undefined : column(input.charge, 'Ah', 'charge', n)
  const told = given ? fromZero(given.values as Float64Array) : integrate(t, i)
  const doubt = given && checkCharge(t, i, told)
  if (doubt) warnings.push(doubt)
  const mode = modesOf(input.mode, i)
  const halfCycle = integers(input.halfCycle, n, 'halfCycle') ?? halfCyclesOf(i, mode)
  const columns: Record<string, Variable<'row'>> = {}
  for (const [name, c] of Object.entries(input.columns ?? {})) {
    assertFields(c, `column '${name}'`, ['values', 'unit'])
    assertKnown(c, `column '${name}'`, VARIABLE_FIELDS)
    columns[name] = createVariable(
      { dims: ['row'], shape: [n], values: c.values, unit: c.unit, sigma: c.sigma, label: c.label },
      `column '${name}'`,
    )
  }
  const optional = (x: NumbersLike | Column | undefined, to: string, name: string): Variable<'row'> | undefined =>
    x === undefined ? undefined : column(x, to, name, n)
  const sources = input.file === undefined || input.meta?.sources ? {} : { sources: [{ name: input.file }] }
  return freezeData<Electrochemistry>({
    time,
    potential,
    counterPotential: optional(input.counterPotential, 'V', 'counterPotential'),
    current,
    charge: createVariable({ dims: ['row'], values: told, unit: 'Ah', sigma: given?.sigma, label: 'charge' }, 'charge'),
    x: optional(input.x, '', 'x'),
    step: integers(input.step, n, 'step') ?? new Int32Array(n),
    cycle: integers(input.cycle, n, 'cycle') ?? cyclesOf(halfCycle),
    halfCycle,
    mode,
    interpolated: input.interpolated && Uint8Array.from(integers(input.interpolated, n, 'interpolated')!),
    columns,
    clock: { start: input.start, offset: 0, rate: 1, sigma: null, pairs: [], ...input.clock },
    segments: input.segments ?? (input.file === undefined ? [] : [{ file: input.file, from: 0, to: n }]),
    meta: { ...input.meta, ...sources },
    warnings,
  })
}
