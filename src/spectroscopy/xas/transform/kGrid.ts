import { OperandoError } from '../../../core/errors.js'

/**
 * The even grid on which chi(k) stands: 0, kstep, 2 kstep ... to the last point that is not beyond kmax (by more than a hundredth of a step).
 *
 * @param kmax  Last wavenumber wanted, 1/Å.
 * @param kstep Step, 1/Å. Default 0.05, as in Larch, Athena and IFEFFIT: with it, R runs to 31.4 Å.
 * @throws OperandoError `E_RANGE` unless both are above 0.
 * @example
 * ```ts
 * import { kGrid } from 'operando/spectroscopy'
 * kGrid(15).length // 301
 * ```
 */
export function kGrid(kmax: number, kstep = 0.05): Float64Array {
  if (!(kstep > 0 && kmax >= 0 && kmax / kstep < 1e6)) {
    throw new OperandoError('E_RANGE', `k grid: kmax = ${kmax}, kstep = ${kstep}: a kmax and a step above 0 expected, in 1/Å.`)
  }
  const k = new Float64Array(pointsTo(kmax, kstep))
  for (let i = 0; i < k.length; i++) k[i] = i * kstep
  return k
}

/** Points of the grid from 0 to kmax, both included. */
export function pointsTo(kmax: number, kstep: number): number {
  return Math.floor(1.01 + kmax / kstep)
}
