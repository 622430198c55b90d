import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { area, asEmission } from './emissionSpectrum.js'

/** Moments of an emission line within a window. */
export interface EmissionMoments {
  /** Area, in the unit of intensity times eV. */
  readonly area: number
  /** Mean energy, eV: the first moment. */
  readonly mean: number
  /** Standard deviation about the mean, eV. */
  readonly deviation: number
  /** Third central moment over the cube of the deviation: below 0 with a tail to low energies. */
  readonly skewness: number
}

/**
 * Moments of an emission line by trapezia over a fixed window. The first moment of K beta 1,3 follows the spin; it depends on the window, which must stay the same for all spectra.
 *
 * @param energy    eV, n values, strictly rising.
 * @param intensity n values, background subtracted.
 * @param window    Lowest and highest energy that count, eV. Default: all.
 * @throws OperandoError `E_RANGE` for a window without points or an area that is not positive; `E_AXIS`, `E_SHAPE`, `E_NAN`.
 * @example
 * ```ts
 * import { emissionMoments } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 161 }, (_, i) => 6470 + 0.25 * i)
 * const line = energy.map(e => Math.exp(-(((e - 6491) / 1.6) ** 2)))
 * emissionMoments(energy, line, [6485, 6497]).mean // 6491
 * ```
 */
export function emissionMoments(
  energy: NumbersLike,
  intensity: NumbersLike,
  window?: readonly [number, number],
): EmissionMoments {
  const { energy: x, intensity: y } = asEmission(energy, intensity, window)
  const whole = area(x, y)
  if (!(whole > 0))
    throw new OperandoError(
      'E_RANGE',
      `emissionMoments: the area is ${whole.toPrecision(4)}; a positive one was expected. Subtract the background, and look at the window.`,
    )
  const mean =
    area(
      x,
      x.map((e, i) => e * y[i]!),
    ) / whole
  const central = (power: number): number =>
    area(
      x,
      x.map((e, i) => (e - mean) ** power * y[i]!),
    ) / whole
  const deviation = Math.sqrt(Math.max(0, central(2)))
  return Object.freeze({ area: whole, mean, deviation, skewness: deviation > 0 ? central(3) / deviation ** 3 : 0 })
}
