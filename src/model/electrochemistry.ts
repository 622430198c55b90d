import type { Instant } from '../core/instant.js'
import type { Issue } from '../core/issue.js'
import type { Meta, Variable } from './dataset.js'

/** Control mode of a row, by its code in {@link Electrochemistry.mode}: index in {@link CYCLING_MODES}. */
export type CyclingMode = 'unknown' | 'rest' | 'constant-current' | 'constant-voltage' | 'impedance' | 'sweep'

/** The names behind the codes of {@link Electrochemistry.mode}. */
export const CYCLING_MODES: readonly CyclingMode[] = [
  'unknown',
  'rest',
  'constant-current',
  'constant-voltage',
  'impedance',
  'sweep',
]

/**
 * How the potentiostat's clock stands to the beamline's: beamline = start + offset + rate * t, with t the time column in s.
 */
export interface ClockRelation {
  /** The wall-clock moment of t = 0 by the potentiostat's own clock, if the file says. */
  readonly start?: Instant | undefined
  /** Seconds to add, beamline minus potentiostat. */
  readonly offset: number
  /** Beamline seconds per potentiostat second; 1 for perfect clocks. */
  readonly rate: number
  /** Standard uncertainty of the relation in s; `null` while nothing supports it. */
  readonly sigma: number | null
  /** Pairs [t of the potentiostat, s of the beamline] that support it, if any. */
  readonly pairs: readonly (readonly [number, number])[]
}

/** Which rows came from which file. */
export interface CyclingSegment {
  /** File name. */
  readonly file: string
  /** First row. */
  readonly from: number
  /** One past the last row. */
  readonly to: number
}

/**
 * The record of a potentiostat or cycler: n rows in order of time. All variables have dims `['row']`.
 * Current is positive for oxidation at the working electrode; what the file's maker did instead is undone by the reader and noted.
 */
export interface Electrochemistry {
  /** Time in s since the start of the record, not falling. */
  readonly time: Variable<'row'>
  /** Potential of the working electrode in V (against the reference electrode, or the cell voltage of a two-electrode cell). */
  readonly potential: Variable<'row'>
  /** Potential of the counter electrode in V, of three-electrode cells. */
  readonly counterPotential?: Variable<'row'> | undefined
  /** Current in A, + = oxidation at the working electrode. */
  readonly current: Variable<'row'>
  /** Net charge since the first row in A h, + = oxidation. Continues over files. */
  readonly charge: Variable<'row'>
  /** Composition x in the working electrode's active material, if its mass and formula, or the file, give it. */
  readonly x?: Variable<'row'> | undefined
  /** Step of the programme, as numbered by its maker. */
  readonly step: Int32Array
  /** Cycle, counted from 0. */
  readonly cycle: Int32Array
  /** Half-cycle, counted from 0, rests included in the half-cycle before them. */
  readonly halfCycle: Int32Array
  /** Code of the control mode, see {@link CYCLING_MODES}. */
  readonly mode: Uint8Array
  /** 1 where the row was interpolated by the maker's software rather than recorded. */
  readonly interpolated?: Uint8Array | undefined
  /** Every other column of the file under its own name, `unknown_n` for BioLogic ids that no table names. */
  readonly columns: Readonly<Record<string, Variable<'row'>>>
  /** Clock relation to the beamline. */
  readonly clock: ClockRelation
  /** The files, in order. */
  readonly segments: readonly CyclingSegment[]
  /** What else the files said (technique, mass, electrode material, device ...). */
  readonly meta: Meta
  /** What was doubtful on the way. */
  readonly warnings: readonly Issue[]
}
