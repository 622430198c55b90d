import type { Electrochemistry } from '../../../model/electrochemistry.js'
import { type CyclingColumns, cyclingColumns } from '../columns.js'

/** A pulse of current between two rests. */
export interface CurrentPulse {
  /** Last row of the rest before: the equilibrium it starts from. */
  readonly before: number
  /** First row with current. */
  readonly from: number
  /** One past the last row with current: the first row of the rest after. */
  readonly to: number
  /** One past the last row of the rest after. */
  readonly restTo: number
  /** When the current was switched on, s of the record: the time of the row before, since a row ends its interval. */
  readonly start: number
  /** Seconds with current. */
  readonly duration: number
  /** Mean current in A, + = oxidation. */
  readonly current: number
  /** Charge in A h. */
  readonly charge: number
}

/**
 * The pulses in columns that were read.
 * @param columns Columns of a record.
 */
export function pulsesIn(columns: CyclingColumns): CurrentPulse[] {
  const { time, charge, resting } = columns
  const n = time.length
  const out: CurrentPulse[] = []
  let i = 0
  while (i < n) {
    while (i < n && resting[i]) i++
    const from = i
    while (i < n && !resting[i]) i++
    const to = i
    let restTo = to
    while (restTo < n && resting[restTo]) restTo++
    if (from === 0 || from === to || restTo === to) continue
    const start = time[from - 1]!
    const duration = time[to - 1]! - start
    if (!(duration > 0)) continue
    const passed = charge[to - 1]! - charge[from - 1]!
    out.push({ before: from - 1, from, to, restTo, start, duration, current: (passed * 3600) / duration, charge: passed })
  }
  return out
}

/**
 * The pulses of a galvanostatic intermittent titration (GITT), or of a pulse test: stretches with current that lie between two rests.
 *
 * @param echem The record.
 * @throws OperandoError `E_TIME` where time falls.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { findPulses } from 'operando/cell'
 * const echem = createElectrochemistry({
 *   time: [0, 10, 20, 30, 40], potential: [3.4, 3.45, 3.46, 3.42, 3.41], current: [0, 0.001, 0.001, 0, 0],
 * })
 * findPulses(echem).map(pulse => [pulse.duration, pulse.current]) // [20, 0.001]
 * ```
 */
export function findPulses(echem: Electrochemistry): CurrentPulse[] {
  return pulsesIn(cyclingColumns(echem))
}
