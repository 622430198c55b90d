import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import { CYCLING_MODES, type Electrochemistry } from '../../model/electrochemistry.js'
import { type CapacityBasis, type CapacityPer, capacityBasis } from './capacityBasis.js'
import { cyclingColumns } from './columns.js'
import type { HalfCycle } from './findHalfCycles.js'

/** Potential against capacity over one half-cycle, rows with current only. */
export interface HalfCycleCurve {
  /** The half-cycle. */
  readonly half: HalfCycle
  /** Row of the record of each point. */
  readonly rows: Int32Array
  /** Time in s of the record. */
  readonly time: Float64Array
  /** Potential of the working electrode in V. */
  readonly potential: Float64Array
  /** Charge that flowed since the half-cycle began, rising from 0, on the basis. */
  readonly capacity: Float64Array
  /** Current in A, + = oxidation. */
  readonly current: Float64Array
  /** What capacities are divided by. */
  readonly basis: CapacityBasis
}

/** Options of {@link halfCycleCurve}. */
export interface HalfCycleCurveOptions {
  /** What capacities are divided by. Default the cell: mAh. */
  readonly per?: CapacityPer | undefined
  /** Whether rows at constant voltage are kept. Default true; derivatives are better without: dQ/dV has no meaning at a voltage that is held. */
  readonly constantVoltage?: boolean | undefined
}

const OPTIONS: FieldsOf<HalfCycleCurveOptions> = { per: true, constantVoltage: true }

const CONSTANT_VOLTAGE = CYCLING_MODES.indexOf('constant-voltage')

/**
 * The curve of a half-cycle: potential against capacity, without its rests.
 *
 * @param echem   The record.
 * @param half    One of its half-cycles, of `findHalfCycles` or `summarizeCycles`.
 * @param options What capacities are divided by, whether steps at constant voltage belong to it.
 * @throws OperandoError `E_RANGE` for rows that the record does not have; as `findHalfCycles`.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { findHalfCycles, halfCycleCurve } from 'operando/cell'
 * const echem = createElectrochemistry({ time: [0, 3600, 7200], potential: [3, 3.4, 3.5], current: [0, 0.001, 0.001] })
 * halfCycleCurve(echem, findHalfCycles(echem)[0]!, { per: { activeMass: '10 mg' } }).capacity // [100, 200] mAh/g
 * ```
 */
export function halfCycleCurve(echem: Electrochemistry, half: HalfCycle, options: HalfCycleCurveOptions = {}): HalfCycleCurve {
  assertKnown(options, 'halfCycleCurve options', OPTIONS)
  const basis = capacityBasis(options.per)
  const columns = cyclingColumns(echem)
  if (!(half.from >= 0 && half.to <= columns.time.length))
    throw new OperandoError(
      'E_RANGE',
      `Rows ${half.from} to ${half.to} of a half-cycle: the record has ${columns.time.length}. Was it found in another record?`,
    )
  const rows: number[] = []
  for (let i = half.from; i < half.to; i++)
    if (!columns.resting[i] && (options.constantVoltage !== false || echem.mode[i] !== CONSTANT_VOLTAGE)) rows.push(i)
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, i => values[i]!)
  const begin = columns.charge[Math.max(0, half.from - 1)]!
  const scale = (half.direction === 'oxidation' ? 1000 : -1000) / basis.divisor
  return {
    half,
    rows: Int32Array.from(rows),
    time: pick(columns.time),
    potential: pick(columns.potential),
    capacity: Float64Array.from(rows, i => (columns.charge[i]! - begin) * scale),
    current: pick(columns.current),
    basis,
  }
}
