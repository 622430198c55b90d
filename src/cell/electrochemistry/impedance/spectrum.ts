import { asFloat64, type NumbersLike } from '../../../core/arrays.js'
import { OperandoError } from '../../../core/errors.js'
import { assertFields } from '../../../core/fields.js'

/** An impedance spectrum: n frequencies in the order measured. */
export interface ImpedanceSpectrum {
  /** Frequency in Hz, > 0. */
  readonly frequency: Float64Array
  /** Re Z in Ω. */
  readonly real: Float64Array
  /** Im Z in Ω with its own sign: negative for capacitive cells (makers write -Im). */
  readonly imaginary: Float64Array
  /** Mean potential in V while it was measured, if known. */
  readonly potential?: number | undefined
  /** Time in s of the record at which it began, if known. */
  readonly time?: number | undefined
}

/** What {@link createImpedance} takes. */
export interface ImpedanceInput {
  /** n frequencies in Hz, > 0, in any order. */
  readonly frequency: NumbersLike
  /** n values of Re Z in Ω. */
  readonly real: NumbersLike
  /** n values of Im Z in Ω: negative for capacitive cells. A column `-Im(Z)` must be negated first. */
  readonly imaginary: NumbersLike
  /** Mean potential in V. */
  readonly potential?: number | undefined
  /** Time in s. */
  readonly time?: number | undefined
}

/**
 * Checks an impedance spectrum from plain arrays.
 *
 * @param input Frequency, Re Z, Im Z.
 * @throws OperandoError `E_MISSING` without one of the three, `E_SHAPE` on lengths or without points, `E_RANGE` on a frequency that is not positive or where Z is 0, `E_NAN`.
 * @example
 * ```ts
 * import { createImpedance } from 'operando/cell'
 * createImpedance({ frequency: [1000, 1], real: [10, 110], imaginary: [-5, -20] }).frequency.length // 2
 * ```
 */
export function createImpedance(input: ImpedanceInput): ImpedanceSpectrum {
  assertFields(input, 'an impedance spectrum', ['frequency', 'real', 'imaginary'])
  const frequency = asFloat64(input.frequency, 'frequency')
  const length = frequency.length
  const real = asFloat64(input.real, 'real', { length })
  const imaginary = asFloat64(input.imaginary, 'imaginary', { length })
  if (length === 0) throw new OperandoError('E_SHAPE', 'An impedance spectrum of at least one frequency expected, found none.')
  for (let i = 0; i < length; i++) {
    if (!(frequency[i]! > 0))
      throw new OperandoError('E_RANGE', `frequency[${i}] is ${frequency[i]} Hz: more than 0 expected.`, {
        details: { index: i },
      })
    if (real[i] === 0 && imaginary[i] === 0)
      throw new OperandoError('E_RANGE', `The impedance at ${frequency[i]} Hz is 0: leave the point out.`, {
        details: { index: i },
      })
  }
  return { frequency, real, imaginary, potential: input.potential, time: input.time }
}
