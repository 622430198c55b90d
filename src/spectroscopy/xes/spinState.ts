import type { NumbersLike } from '../../core/arrays.js'
import { OperandoError } from '../../core/errors.js'
import { assertFields } from '../../core/fields.js'
import type { Issue } from '../../core/issue.js'
import { integratedAbsoluteDifference } from './integratedAbsoluteDifference.js'

/** A compound of known spin. */
export interface SpinReference {
  /** Its spectrum, n values. */
  readonly intensity: NumbersLike
  /** Its spin quantum number S. */
  readonly spin: number
}

/** A spin read off two references. */
export interface SpinState {
  /** Spin quantum number, mean over the sample. */
  readonly spin: number
  /** Fraction of the second reference. */
  readonly fraction: number
  /** IAD to the first reference, and between the references. */
  readonly iad: number
  /** IAD between the references. */
  readonly iadOfReferences: number
  /** `W_INCONSISTENT` where the distances to both references do not add up: a third species, or a shifted energy scale. */
  readonly warnings: readonly Issue[]
}

/** Beyond this share the two distances do not add up to that of the references. */
const TOLERATED = 0.05

/**
 * Mean spin from the integrated absolute differences to two references. The fraction is IAD(sample, low) / IAD(high, low); the distance to the other reference must make up the rest, or something else is in the
 * sample.
 *
 * @param energy    eV, n values, strictly rising, of all three.
 * @param intensity The sample, n values.
 * @param low       Reference of one spin.
 * @param high      Reference of another.
 * @throws OperandoError `E_SINGULAR` for references of one spin or one spectrum; `E_RANGE`, `E_AXIS`, `E_SHAPE`, `E_NAN`.
 * @see G. Vanko et al., J. Phys. Chem. B 110 (2006) 11647
 * @example
 * ```ts
 * import { spinState } from 'operando/spectroscopy'
 * const energy = Float64Array.from({ length: 161 }, (_, i) => 6470 + 0.25 * i)
 * const line = (at: number) => energy.map(e => 1 / (1 + ((e - at) / 1.6) ** 2))
 * const [low, high] = [line(6490.5), line(6491.8)]
 * const mixed = low.map((v, i) => (v + high[i]!) / 2)
 * spinState(energy, mixed, { intensity: low, spin: 0 }, { intensity: high, spin: 2 }).spin // 1, nearly
 * ```
 */
export function spinState(energy: NumbersLike, intensity: NumbersLike, low: SpinReference, high: SpinReference): SpinState {
  for (const [name, reference] of Object.entries({ low, high }))
    assertFields(reference, `spinState: ${name}`, ['intensity', 'spin'])
  const iadOfReferences = integratedAbsoluteDifference(energy, high.intensity, low.intensity)
  if (low.spin === high.spin || !(iadOfReferences > 0))
    throw new OperandoError(
      'E_SINGULAR',
      `spinState: references of two spins with two spectra were expected, found S = ${low.spin} and ${high.spin} with a difference of ${iadOfReferences}.`,
    )
  const iad = integratedAbsoluteDifference(energy, intensity, low.intensity)
  const rest = integratedAbsoluteDifference(energy, intensity, high.intensity)
  const fraction = iad / iadOfReferences
  const excess = (iad + rest) / iadOfReferences - 1
  return Object.freeze({
    spin: low.spin + fraction * (high.spin - low.spin),
    fraction,
    iad,
    iadOfReferences,
    warnings:
      excess > TOLERATED
        ? [
            {
              code: 'W_INCONSISTENT' as const,
              message: `The distances to both references add up to ${(100 * (1 + excess)).toFixed(0)} % of that between them: noise, another species, or a shifted energy scale.`,
            },
          ]
        : [],
  })
}
