import { asFloat64 } from '../../core/arrays.js'
import { convertFactor } from '../../core/convert.js'
import { OperandoError } from '../../core/errors.js'
import { type Current, type Duration, toValue } from '../../core/quantity.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { coverageOfWindows, dominantLabels, linearMeans, steppedMeans, straddlesStep, type Windows } from './overWindows.js'
import type { RunClock } from './relateClocks.js'
import { type RowIntervals, rowIntervals } from './rowIntervals.js'

/** Bits of the coordinate `echemFlags`. 0 means that the rows cover the whole exposure and nothing switched in it. */
export const ECHEM_FLAGS: {
  /** No row covers any of the exposure: every value of the record is NaN there. */
  readonly uncovered: 1
  /** Rows cover only part of the exposure: see `coverage`. */
  readonly partial: 2
  /** The current steps inside the exposure: the frame is a mixture of two states of the cell. */
  readonly currentStep: 4
  /** The programme goes to another step inside the exposure. */
  readonly programmeStep: 8
} = { uncovered: 1, partial: 2, currentStep: 4, programmeStep: 8 }

/** How rows become frame values. */
export interface AttachOptions {
  /** Longest time (s, or `'10 min'`) between two rows over which the potential may be drawn straight; a longer one is a gap. Default: no limit within a file. */
  maxGap?: Duration | undefined
  /** Change of current (A, or `'0.1 mA'`) that counts as a step. Default 5 % of the largest current of the record. */
  currentStep?: Current | undefined
}

/** The record, frame by frame. Every array has one value a frame; NaN where no row covers the exposure. */
export interface FrameRows {
  /** Mean potential over the exposure. */
  readonly voltage: Float64Array
  /** Mean current. */
  readonly current: Float64Array
  /** Mean charge. */
  readonly charge: Float64Array
  /** Mean composition, if the record has it. */
  readonly x?: Float64Array | undefined
  /** Cycle that holds for most of the exposure. */
  readonly cycle: Float64Array
  /** Half-cycle that holds for most of it. */
  readonly halfCycle: Float64Array
  /** Programme step that holds for most of it. */
  readonly step: Float64Array
  /** Part of the exposure that rows cover, 0 to 1. */
  readonly coverage: Float64Array
  /** Bits of {@link ECHEM_FLAGS}. */
  readonly flags: Uint8Array
  /** When the rows begin and end on the run's clock, in s. */
  readonly range: readonly [number, number]
}

/**
 * Means of a record over exposures: potential, charge and x run straight from row to row, the current holds the value of the row that ends
 * the interval. Nothing is carried beyond the rows or across the pause between two files.
 *
 * @param echem   The record.
 * @param clock   Run seconds from the record's.
 * @param windows The exposures, run seconds.
 * @param options Gaps and what counts as a current step.
 * @throws OperandoError `E_RANGE` for a negative gap or step of current.
 */
export function attachRows(echem: Electrochemistry, clock: RunClock, windows: Windows, options: AttachOptions = {}): FrameRows {
  const maxGap = positive(options.maxGap, 's', 'maxGap')
  const rows = rowIntervals(echem, clock.offset, clock.rate, maxGap)
  const n = rows.time.length
  const column = (values: ArrayLike<number>, name: string): Float64Array =>
    asFloat64(values, `echem.${name}`, { length: n, allowNaN: true })
  const current = column(echem.current.values, 'current')
  const coverage = coverageOfWindows(rows, windows)
  const given = positive(options.currentStep, 'A', 'currentStep')
  const threshold = given === undefined ? 0.05 * largest(current) : given * convertFactor('A', echem.current.unit)
  return {
    voltage: linearMeans(rows, column(echem.potential.values, 'potential'), windows),
    current: steppedMeans(rows, current, windows),
    charge: linearMeans(rows, column(echem.charge.values, 'charge'), windows),
    x: echem.x && linearMeans(rows, column(echem.x.values, 'x'), windows),
    cycle: dominantLabels(rows, echem.cycle, windows),
    halfCycle: dominantLabels(rows, echem.halfCycle, windows),
    step: dominantLabels(rows, echem.step, windows),
    coverage,
    flags: flagsOf(coverage, straddlesStep(rows, current, threshold, windows), straddlesStep(rows, echem.step, 0, windows)),
    range: rangeOf(rows),
  }
}

function positive(given: Duration | Current | undefined, of: 's' | 'A', name: string): number | undefined {
  const value = given === undefined || given === Infinity ? given : toValue(given, of, name)
  if (value !== undefined && value < 0) throw new OperandoError('E_RANGE', `${name} is ${value} ${of}: zero or more expected.`)
  return value
}

const rangeOf = ({ time }: RowIntervals): readonly [number, number] => [time[0]!, time[time.length - 1]!]

function largest(values: Float64Array): number {
  let most = 0
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) > most) most = Math.abs(values[i]!)
  return most
}

function flagsOf(coverage: Float64Array, currentStep: Uint8Array, programmeStep: Uint8Array): Uint8Array {
  const flags = new Uint8Array(coverage.length)
  for (let i = 0; i < flags.length; i++) {
    if (coverage[i] === 0) flags[i] = ECHEM_FLAGS.uncovered
    // a window of whole rows may miss 1 by rounding
    else if (coverage[i]! < 1 - 1e-9) flags[i] = ECHEM_FLAGS.partial
    if (currentStep[i]) flags[i]! |= ECHEM_FLAGS.currentStep
    if (programmeStep[i]) flags[i]! |= ECHEM_FLAGS.programmeStep
  }
  return flags
}
