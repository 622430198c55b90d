import { assertKnown, assertOneOf, type FieldsOf } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { type CapacityBasis, capacityBasis } from './capacityBasis.js'
import { cyclingColumns } from './columns.js'
import { HALF_CYCLE_FIELDS, type HalfCycle, type HalfCycleOptions, halfCyclesIn } from './findHalfCycles.js'

/** One cycle: what was charged and discharged, and how much came back. */
export interface CycleSummary {
  /** Count from 0. */
  readonly cycle: number
  /** Its charge; `null` if the record has none. */
  readonly charge: HalfCycle | null
  /** Its discharge; `null` if the record has none. */
  readonly discharge: HalfCycle | null
  /** Capacity of the charge on the basis of the result. */
  readonly chargeCapacity: number | null
  /** Capacity of the discharge on the basis of the result. */
  readonly dischargeCapacity: number | null
  /**
   * Capacity of the discharge over that of the charge before it (of the cycle before, in cells that begin with a discharge). `null` without such a
   * pair, or where one of the two was cut by the end of the record.
   */
  readonly coulombicEfficiency: number | null
  /** Energy delivered by the discharge over that taken by the charge before it; `null` as above, or where the charge takes no energy. */
  readonly energyEfficiency: number | null
  /** Mean cell voltage of the charge minus that of the discharge, V. */
  readonly hysteresis: number | null
  /** Capacity of the discharge over that of the first complete one. */
  readonly retention: number | null
}

/** What {@link summarizeCycles} returns. */
export interface CyclingSummary {
  /** The cycles. */
  readonly cycles: readonly CycleSummary[]
  /** Their half-cycles. */
  readonly halfCycles: readonly HalfCycle[]
  /** What capacities and energies are divided by, and their units. */
  readonly basis: CapacityBasis
  /** Which direction charges the cell. */
  readonly charging: 'oxidation' | 'reduction'
  /** What is doubtful. */
  readonly warnings: readonly Issue[]
}

/** Options of {@link summarizeCycles}. */
export interface SummarizeCyclesOptions extends HalfCycleOptions {
  /**
   * What happens to the working electrode when the cell is charged. Default `'oxidation'`, as for a positive electrode, whatever the counter
   * electrode. Of a negative electrode (graphite against Li) say `'reduction'` to have its lithiation called charge, as in the full cell.
   */
  readonly charging?: 'oxidation' | 'reduction' | undefined
}

const OPTIONS: FieldsOf<SummarizeCyclesOptions> = { ...HALF_CYCLE_FIELDS, charging: true }

/** Potentials that run against the current in most half-cycles: the sign of one of them must be wrong. */
function checkSigns(halfCycles: readonly HalfCycle[]): Issue[] {
  let along = 0
  let against = 0
  for (const half of halfCycles) {
    const moved = half.endPotential - half.startPotential
    if (!(Math.abs(moved) > 0.02) || half.to - half.from < 3) continue
    const size = Math.abs(half.charge)
    if (moved > 0 === half.charge > 0) along += size
    else against += size
  }
  if (!(against > along)) return []
  return [
    {
      code: 'W_SIGN',
      message: `The potential falls while the working electrode is oxidised and rises while it is reduced: the sign of the current or of the potential is probably the other way round (+ = oxidation at the working electrode was expected).`,
      place: 'column current',
    },
  ]
}

const ratio = (a: number | null | undefined, b: number | null | undefined): number | null =>
  a === null || a === undefined || b === null || b === undefined || b === 0 ? null : a / b

/**
 * Capacities and efficiencies by cycle. A cycle is two half-cycles of `findHalfCycles`, whatever rests lie between.
 *
 * @param echem   The record.
 * @param options What capacities are divided by, which direction charges, what a reversal must move.
 * @throws OperandoError as `findHalfCycles`; `E_ARGUMENT` for an unknown direction.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { summarizeCycles } from 'operando/cell'
 * const echem = createElectrochemistry({
 *   time: [0, 3600, 7200, 10800, 14400, 15000], potential: [3, 3.5, 4, 3.9, 3.4, 3.5], current: { values: [0, 1, 1, 0, -1.5, 0], unit: 'mA' },
 * })
 * const { cycles, basis } = summarizeCycles(echem, { per: { activeMass: '12 mg' } })
 * console.log(cycles[0]!.dischargeCapacity, basis.unit, cycles[0]!.coulombicEfficiency) // 125 mAh/g, 0.75
 * ```
 */
export function summarizeCycles(echem: Electrochemistry, options: SummarizeCyclesOptions = {}): CyclingSummary {
  assertKnown(options, 'summarizeCycles options', OPTIONS)
  const { charging = 'oxidation' } = options
  assertOneOf(charging, 'charging', ['oxidation', 'reduction'])
  const basis = capacityBasis(options.per)
  const columns = cyclingColumns(echem)
  const halfCycles = halfCyclesIn(columns, echem.mode, basis, options.leastShare)
  const charges = halfCycles.map(half => half.direction === charging)
  const firstDischarge = halfCycles.find((half, i) => !charges[i] && half.complete)
  const cycles: CycleSummary[] = []
  for (let i = 0; i < halfCycles.length; i += 2) {
    const pair = [i, i + 1].filter(k => k < halfCycles.length)
    const chargeAt = pair.find(k => charges[k])
    const dischargeAt = pair.find(k => !charges[k])
    const charge = chargeAt === undefined ? null : halfCycles[chargeAt]!
    const discharge = dischargeAt === undefined ? null : halfCycles[dischargeAt]!
    const before = dischargeAt === undefined ? undefined : halfCycles[dischargeAt - 1]
    const paired = discharge?.complete ? before : undefined
    // a graphite half cell delivers energy when it is "charged": no efficiency then
    const takes = (paired?.energy ?? 0) > 0 && (discharge?.energy ?? 0) < 0
    cycles.push({
      cycle: i >> 1,
      charge,
      discharge,
      chargeCapacity: charge?.capacity ?? null,
      dischargeCapacity: discharge?.capacity ?? null,
      coulombicEfficiency: ratio(paired && discharge?.capacity, paired?.capacity),
      energyEfficiency: takes ? ratio(-discharge!.energy!, paired!.energy) : null,
      hysteresis:
        charge?.meanVoltage == null || discharge?.meanVoltage == null ? null : charge.meanVoltage - discharge.meanVoltage,
      retention: discharge?.complete ? ratio(discharge.capacity, firstDischarge?.capacity) : null,
    })
  }
  return { cycles, halfCycles, basis, charging, warnings: [...columns.warnings, ...checkSigns(halfCycles)] }
}
