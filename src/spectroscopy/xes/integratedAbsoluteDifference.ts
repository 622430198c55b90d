import type { NumbersLike } from '../../core/arrays.js'
import { area } from './emissionSpectrum.js'
import { normalizeEmission } from './normalizeEmission.js'

/**
 * Integrated absolute difference (IAD) of two emission spectra of unit area, on one grid: proportional to the fraction of one of two species, if the energy scales agree. A shift of 0.1 eV alone gives some 0.04, and
 * noise adds to it, always with a positive sign.
 *
 * @param energy eV, n values, strictly rising.
 * @param a      Intensity of one, n values.
 * @param b      Intensity of the other, n values.
 * @throws OperandoError `E_RANGE` for areas that are not positive; `E_AXIS`, `E_SHAPE`, `E_NAN`.
 * @see G. Vanko et al., J. Phys. Chem. B 110 (2006) 11647
 * @example
 * ```ts
 * import { integratedAbsoluteDifference } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 161 }, (_, i) => 6470 + 0.25 * i)
 * const line = (at: number) => energy.map(e => 1 / (1 + ((e - at) / 1.6) ** 2))
 * integratedAbsoluteDifference(energy, line(6490.5), line(6491.8))
 * ```
 */
export function integratedAbsoluteDifference(energy: NumbersLike, a: NumbersLike, b: NumbersLike): number {
  const first = normalizeEmission(energy, a)
  const second = normalizeEmission(energy, b)
  return area(
    first.energy,
    first.intensity.map((v, i) => Math.abs(v - second.intensity[i]!)),
  )
}
