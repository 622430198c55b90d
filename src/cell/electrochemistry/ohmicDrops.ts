import { OperandoError } from '../../core/errors.js'
import { assertKnown, type FieldsOf } from '../../core/fields.js'
import type { Resistance } from '../../core/quantity.js'
import { toValue } from '../../core/quantity.js'
import { createVariable } from '../../model/createVariable.js'
import { freezeData } from '../../model/derive.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { largestCurrent } from '../../model/halfCycles.js'
import { cyclingColumns } from './columns.js'

/** A jump of the potential where the current jumps. */
export interface OhmicDrop {
  /** First row under the new current. */
  readonly row: number
  /** Its time in s of the record. */
  readonly time: number
  /** Current of the row before, A. */
  readonly before: number
  /** Current of the row, A. */
  readonly after: number
  /** Change of the potential, V. */
  readonly drop: number
  /** Drop over change of current, Ω: everything that follows the current within `delay`, so no less than the ohmic resistance. */
  readonly resistance: number
  /** Seconds between the two rows: charge transfer (ms to s) and diffusion (s and more) that happen within them are in the resistance. */
  readonly delay: number
}

/** Options of {@link ohmicDrops}. */
export interface OhmicDropOptions {
  /** Least jump of the current, as a part of the largest current. Default 0.1. */
  readonly leastShare?: number | undefined
  /** Longest time between the two rows, s. Default 10. */
  readonly maxDelay?: number | undefined
}

const OPTIONS: FieldsOf<OhmicDropOptions> = { leastShare: true, maxDelay: true }

/**
 * The resistance seen at each step of the current: change of potential over change of current between neighbouring rows. It is an upper limit of the ohmic
 * resistance, the better the shorter `delay` is; the high-frequency intercept of an impedance spectrum (R0 of `fitCircuit`) has no such delay.
 * A resistance that is not positive is given as it is: it tells of a wrong sign, or of rows too far apart.
 *
 * @param echem   The record.
 * @param options Which steps count.
 * @throws OperandoError `E_RANGE` for options out of range, `E_TIME` where time falls.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { ohmicDrops } from 'operando/cell'
 * const echem = createElectrochemistry({ time: [0, 10, 10.1, 20], potential: [3.4, 3.4, 3.45, 3.47], current: [0, 0, 0.001, 0.001] })
 * ohmicDrops(echem)[0]!.resistance // 50 Ω
 * ```
 */
export function ohmicDrops(echem: Electrochemistry, options: OhmicDropOptions = {}): OhmicDrop[] {
  assertKnown(options, 'ohmicDrops options', OPTIONS)
  const { leastShare = 0.1, maxDelay = 10 } = options
  if (!(leastShare > 0 && maxDelay > 0))
    throw new OperandoError('E_RANGE', `leastShare is ${leastShare}, maxDelay ${maxDelay} s: numbers above 0 expected.`)
  const { time, potential, current, begins } = cyclingColumns(echem)
  const least = leastShare * largestCurrent(current)
  const out: OhmicDrop[] = []
  for (let row = 1; row < time.length; row++) {
    const jump = current[row]! - current[row - 1]!
    const drop = potential[row]! - potential[row - 1]!
    const delay = time[row]! - time[row - 1]!
    if (begins[row] || !(Math.abs(jump) >= least) || jump === 0 || delay > maxDelay || !Number.isFinite(drop)) continue
    out.push({ row, time: time[row]!, before: current[row - 1]!, after: current[row]!, drop, resistance: drop / jump, delay })
  }
  return out
}

/** Column of {@link withoutOhmicDrop} that keeps what was measured. */
const MEASURED = 'potential (measured)'

/**
 * The record with the ohmic drop taken off its potential: E - I R. What was measured stays among the columns as `potential (measured)`, the label
 * tells the resistance. Corrections do not add up unseen: a record that was corrected is refused.
 *
 * @param echem      The record.
 * @param resistance R in Ω, or `'12.1 Ω'`: of `ohmicDrops`, or R0 of `fitCircuit`.
 * @throws OperandoError `E_RANGE` for a negative resistance, `E_ARGUMENT` for a record that was corrected before; `E_UNIT`, `E_NAN` as `toValue`.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { withoutOhmicDrop } from 'operando/cell'
 * const echem = createElectrochemistry({ time: [0, 10], potential: [3.4, 3.45], current: [0, 0.001] })
 * withoutOhmicDrop(echem, '50 Ω').potential.values // [3.4, 3.4]
 * ```
 */
export function withoutOhmicDrop(echem: Electrochemistry, resistance: Resistance): Electrochemistry {
  const ohms = toValue(resistance, 'Ω', 'resistance')
  if (!(ohms >= 0))
    throw new OperandoError('E_RANGE', `resistance is ${ohms} Ω: 0 or more expected.`, { details: { resistance: ohms } })
  if (echem.columns[MEASURED])
    throw new OperandoError(
      'E_ARGUMENT',
      `The potential was corrected before (${echem.potential.label}): correct the record as measured.`,
    )
  const { potential, current } = cyclingColumns(echem)
  const { unit, sigma, label } = echem.potential
  const scale = 1 / unit.factor
  const values = potential.map((v, i) => (v - ohms * (Number.isNaN(current[i]) ? 0 : current[i]!)) * scale)
  return freezeData({
    ...echem,
    potential: createVariable(
      { dims: ['row'], values, unit, sigma, label: `${label ?? 'potential'}, corrected for ${ohms} Ω` },
      'potential',
    ),
    columns: { ...echem.columns, [MEASURED]: echem.potential },
  })
}
