import { asFloat64 } from '../../core/arrays.js'
import { assertFields } from '../../core/fields.js'
import { unit } from '../../core/unit.js'
import { valuesIn } from '../../model/align.js'
import type { Electrochemistry } from '../../model/electrochemistry.js'
import { extremes } from './extremes.js'

/** A change from oxidation to reduction of the working electrode, or back. */
export interface CurrentReversal {
  /** Middle of the time between the last charge one way and the first the other way, in s of the record. */
  readonly time: number
  /** Half of that time: a rest lies between them, or nothing. */
  readonly halfWidth: number
  /** `'max'`: oxidation ends and the charge is largest; `'min'`: reduction ends. */
  readonly kind: 'max' | 'min'
}

/**
 * The reversals of the current, read from the charge so that pulses, noise and rests do not count: a reversal is where the net charge
 * swings by `threshold` before and after.
 *
 * @param echem     The record.
 * @param threshold Least swing in the unit of the charge. Default: a tenth of the range of the charge.
 * @example
 * ```ts
 * import { createElectrochemistry } from 'operando'
 * import { currentReversals } from 'operando/series'
 * const time = Float64Array.from({ length: 401 }, (_, i) => 10 * i)
 * const charge = time.map(t => 1000 - Math.abs((t % 2000) - 1000))
 * const current = time.map((_, i) => (i === 0 ? 0 : (charge[i]! - charge[i - 1]!) / 10))
 * const echem = createElectrochemistry({ time, potential: time.map(() => 3.5), current, charge: { values: charge, unit: 'C' } })
 * currentReversals(echem).map(turn => turn.kind) // ['max', 'min', 'max']
 * ```
 */
export function currentReversals(echem: Electrochemistry, threshold?: number): CurrentReversal[] {
  assertFields(echem, 'a record of electrochemistry', ['time', 'charge'])
  const charge = asFloat64(echem.charge.values, 'echem.charge')
  const time = asFloat64(valuesIn(echem.time, unit('s'), 'echem.time'), 'echem.time', { length: charge.length })
  let lowest = Infinity
  let highest = -Infinity
  for (const q of charge) {
    lowest = Math.min(lowest, q)
    highest = Math.max(highest, q)
  }
  const swing = threshold ?? 0.1 * (highest - lowest)
  if (!(swing > 0)) return []
  // a rest ends where the charge has moved by a thousandth of a swing, so that leakage and rounding do not end it
  const still = 1e-3 * swing
  return extremes(charge, swing).map(({ index, kind }) => {
    const q = charge[index]!
    let from = index
    let to = index
    while (from > 0 && Math.abs(charge[from - 1]! - q) <= still) from--
    while (to < charge.length - 1 && Math.abs(charge[to + 1]! - q) <= still) to++
    return { time: 0.5 * (time[from]! + time[to]!), halfWidth: 0.5 * (time[to]! - time[from]!), kind }
  })
}
