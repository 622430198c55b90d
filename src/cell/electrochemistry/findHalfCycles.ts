import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { halfCyclesOf } from '../../model/halfCycles.js'
import { type CapacityBasis, type CapacityPer, capacityBasis } from './capacityBasis.js'
import { type CyclingColumns, cyclingColumns } from './columns.js'

/** A stretch of the record in which the working electrode is oxidised, or reduced; the rest that follows belongs to it. */
export interface HalfCycle {
  /** Count from 0. */
  readonly index: number
  /** Cycle from 0: two half-cycles each. */
  readonly cycle: number
  /** What happens to the working electrode. */
  readonly direction: 'oxidation' | 'reduction'
  /** First row: that which ends the first interval with current. */
  readonly from: number
  /** One past the last row with current. */
  readonly to: number
  /** One past the last row of the rest that follows; `to` without rest. */
  readonly restTo: number
  /** Whether something follows (a rest, another half-cycle); a last one without may have been cut by the end of the record. */
  readonly complete: boolean
  /** Time of the first row in s of the record. */
  readonly time: number
  /** Seconds with current. */
  readonly duration: number
  /** Seconds of rest after it, and within it. */
  readonly restDuration: number
  /** Net charge in A h, + = oxidation: what flowed in all intervals that end in its rows, rests included. */
  readonly charge: number
  /** Size of the charge on the basis of the result (mAh, mAh/g, mAh/cm²). */
  readonly capacity: number
  /** Energy that the cell takes up (+) or delivers (-) on the basis of the result (mWh ...). `null` where a voltage is missing. */
  readonly energy: number | null
  /** Mean cell voltage in V, weighted with the charge. `null` where a voltage is missing. */
  readonly meanVoltage: number | null
  /** Mean current while it flows, A, + = oxidation. */
  readonly meanCurrent: number
  /** Potential of the working electrode in V at the first row. */
  readonly startPotential: number
  /** Potential of the working electrode in V at the last row with current. */
  readonly endPotential: number
  /** Potential in V at the end of the rest after it; `null` without rest. */
  readonly restPotential: number | null
}

/** Options of {@link findHalfCycles}. */
export interface HalfCycleOptions {
  /** What capacities and energies are divided by. Default the cell: mAh, mWh. */
  readonly per?: CapacityPer | undefined
  /**
   * A reversal that moves less than this part of the largest half-cycle's charge is none (a pulse, noise about zero in a constant-voltage step): its
   * rows belong to the half-cycle before. 0 to below 1, default 1e-3.
   */
  readonly leastShare?: number | undefined
}

/** Their names, for `assertKnown`. */
export const HALF_CYCLE_FIELDS: FieldsOf<HalfCycleOptions> = { per: true, leastShare: true }

interface Stretch {
  from: number
  to: number
  charge: number
}

/** Rows [from, to) of each direction of current, small reversals given to the stretch before (the first ones to that after). */
function stretches(columns: CyclingColumns, mode: Uint8Array, leastShare: number): Stretch[] {
  const { current, charge } = columns
  const half = halfCyclesOf(current, mode)
  const n = half.length
  const raw: Stretch[] = []
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && half[to] === half[from]) to++
    raw.push({ from, to, charge: charge[to - 1]! - charge[Math.max(0, from - 1)]! })
  }
  const least = leastShare * raw.reduce((most, s) => Math.max(most, Math.abs(s.charge)), 0)
  const out: Stretch[] = []
  let begin: number | undefined
  for (const stretch of raw) {
    const before = out.at(-1)
    const small = Math.abs(stretch.charge) <= least
    if (before && (small || Math.sign(before.charge) === Math.sign(stretch.charge))) {
      before.to = stretch.to
      before.charge += stretch.charge
    } else if (small) begin ??= stretch.from
    else {
      const from = begin ?? stretch.from
      out.push({ from, to: stretch.to, charge: charge[stretch.to - 1]! - charge[Math.max(0, from - 1)]! })
      begin = undefined
    }
  }
  return out
}

function describe(columns: CyclingColumns, { from, to }: Stretch, index: number, basis: CapacityBasis): HalfCycle | undefined {
  const { time, potential, voltage, current, charge, resting, begins } = columns
  let first = from
  while (first < to && resting[first]) first++
  if (first === to) return undefined
  let end = to
  while (end > first && resting[end - 1]) end--
  let duration = 0
  let coulombs = 0
  let energy = 0
  for (let i = Math.max(1, first); i < to; i++) {
    const dt = begins[i] ? 0 : time[i]! - time[i - 1]!
    const dq = charge[i]! - charge[i - 1]!
    // under one and the same current the voltage runs straight between rows; at a switch only the row that ends the interval tells of it
    const straight = i > first && !resting[i] && !resting[i - 1] && current[i]! > 0 === current[i - 1]! > 0
    if (dq !== 0) energy += dq * (straight ? 0.5 * (voltage[i]! + voltage[i - 1]!) : voltage[i]!)
    if (resting[i]) continue
    duration += dt
    coulombs += current[i]! * dt
  }
  const before = Math.max(0, first - 1)
  const net = charge[to - 1]! - charge[before]!
  const scale = 1000 / basis.divisor
  const known = Number.isFinite(energy)
  return {
    index,
    cycle: index >> 1,
    direction: net > 0 ? 'oxidation' : 'reduction',
    from: first,
    to: end,
    restTo: to,
    complete: to < time.length || end < to,
    time: time[first]!,
    duration,
    restDuration: time[to - 1]! - time[begins[first] ? first : before]! - duration,
    charge: net,
    capacity: Math.abs(net) * scale,
    energy: known ? energy * scale : null,
    meanVoltage: known && net !== 0 ? energy / net : null,
    meanCurrent: duration > 0 ? coulombs / duration : current[first]!,
    startPotential: potential[first]!,
    endPotential: potential[end - 1]!,
    restPotential: end < to ? potential[to - 1]! : null,
  }
}

/**
 * The half-cycles of columns that were read: the common ground of what counts cycles.
 * @param columns Columns of a record.
 * @param mode    Its control modes.
 * @param basis   What capacities are divided by.
 * @param least   As `leastShare` of {@link HalfCycleOptions}.
 */
export function halfCyclesIn(columns: CyclingColumns, mode: Uint8Array, basis: CapacityBasis, least: number = 1e-3): HalfCycle[] {
  if (!(least >= 0 && least < 1))
    throw new OperandoError('E_RANGE', `leastShare is ${least}: 0 to below 1 expected.`, { details: { leastShare: least } })
  const out: HalfCycle[] = []
  for (const stretch of stretches(columns, mode, least)) {
    const half = describe(columns, stretch, out.length, basis)
    if (half && half.charge !== 0) out.push(half)
  }
  return out
}

/**
 * The half-cycles of a record: where the current flows one way. Rests do not count as half-cycles and do not end one; neither do reversals too
 * small to matter. Makers' counters are not used: they skip at rests. The charge of an interval belongs to the row that ends it, so the
 * charges of all half-cycles sum to that of the record.
 *
 * @param echem   The record.
 * @param options What capacities are divided by, what a reversal must move.
 * @throws OperandoError `E_TIME` where time falls, `E_RANGE` for a divisor or a share out of range.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { findHalfCycles } from 'operando/cell'
 * const echem = createElectrochemistry({
 *   time: [0, 3600, 7200, 10800, 14400], potential: [3, 3.5, 4, 3.9, 3.4], current: { values: [0, 1, 1, 0, -1.5], unit: 'mA' },
 * })
 * findHalfCycles(echem).map(half => [half.direction, half.capacity]) // ['oxidation', 2], ['reduction', 1.5]
 * ```
 */
export function findHalfCycles(echem: Electrochemistry, options: HalfCycleOptions = {}): HalfCycle[] {
  assertKnown(options, 'findHalfCycles options', HALF_CYCLE_FIELDS)
  return halfCyclesIn(cyclingColumns(echem), echem.mode, capacityBasis(options.per), options.leastShare)
}
