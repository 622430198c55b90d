/**
 * Net charge since the first row from counters of charge and discharge that may be set to zero at steps or cycles: where one falls, what it shows then has
 * flowed since. Counters that run downwards count as those that run upwards.
 * @param charge    Charge, one a row.
 * @param discharge Discharge, in the same unit times `factor`.
 * @param factor    Unit of the discharge over that of the charge.
 * @returns `undefined` if a row has no finite number.
 */
export function netCharge(charge: Float64Array, discharge: Float64Array, factor = 1): Float64Array | undefined {
  const out = new Float64Array(charge.length)
  if (!charge.every(Number.isFinite) || !discharge.every(Number.isFinite)) return undefined
  for (let i = 1; i < out.length; i++)
    out[i] = out[i - 1]! + flowed(charge[i - 1]!, charge[i]!) - factor * flowed(discharge[i - 1]!, discharge[i]!)
  return out
}

const flowed = (before: number, now: number): number =>
  Math.abs(now) >= Math.abs(before) ? Math.abs(now) - Math.abs(before) : Math.abs(now)
